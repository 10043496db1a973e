/** Tries alert settings on stored history, and says why an alert came or did not. */
@NullMarked
package io.lumbar.alerts.rules;

import org.jspecify.annotations.NullMarked;
