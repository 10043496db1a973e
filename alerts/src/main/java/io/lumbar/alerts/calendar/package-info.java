/** Meetings in a wearer's calendar, in which no alert comes. */
@NullMarked
package io.lumbar.alerts.calendar;

import org.jspecify.annotations.NullMarked;
