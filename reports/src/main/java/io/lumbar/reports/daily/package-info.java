/** The morning report as a value, and how it is made from what was measured; pure. */
@NullMarked
package io.lumbar.reports.daily;

import org.jspecify.annotations.NullMarked;
