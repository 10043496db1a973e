/** What came of alerts: the reaction to each, and how much they change. */
@NullMarked
package io.lumbar.alerts.effect;

import org.jspecify.annotations.NullMarked;
