/** Spans of local time in which alerts are quiet, or in which a wearer is at work. */
@NullMarked
package io.lumbar.alerts.hours;

import org.jspecify.annotations.NullMarked;
