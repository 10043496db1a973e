/** What was measured in the forms that other programs read. */
@NullMarked
package io.lumbar.reports.interchange;

import org.jspecify.annotations.NullMarked;
