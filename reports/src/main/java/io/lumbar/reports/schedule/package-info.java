/** When reports are made and where they are put. */
@NullMarked
package io.lumbar.reports.schedule;

import org.jspecify.annotations.NullMarked;
