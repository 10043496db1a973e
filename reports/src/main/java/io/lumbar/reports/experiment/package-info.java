/** What came of a change that a wearer tried on themselves. */
@NullMarked
package io.lumbar.reports.experiment;

import org.jspecify.annotations.NullMarked;
