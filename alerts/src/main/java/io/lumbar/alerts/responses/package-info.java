/** What a wearer answers to an alert, from HTTP to its topic. */
@NullMarked
package io.lumbar.alerts.responses;

import org.jspecify.annotations.NullMarked;
