/** The hours of a wearer in which no alert is meant to come. */
@NullMarked
package io.lumbar.alerts.hours;

import org.jspecify.annotations.NullMarked;
