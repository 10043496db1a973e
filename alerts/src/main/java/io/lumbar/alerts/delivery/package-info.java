/** Takes alerts from their topic to the channels that reach a wearer. */
@NullMarked
package io.lumbar.alerts.delivery;

import org.jspecify.annotations.NullMarked;
