/** Alerts to browsers that are closed, by Web Push. */
@NullMarked
package io.lumbar.alerts.push;

import org.jspecify.annotations.NullMarked;
