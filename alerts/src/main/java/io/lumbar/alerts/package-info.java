/** Alert policy, stretches, messages and channels. */
@NullMarked
package io.lumbar.alerts;

import org.jspecify.annotations.NullMarked;
