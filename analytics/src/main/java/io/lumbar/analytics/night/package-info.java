/** Time in bed, how the body lay in it, and what is worth telling of that. */
@NullMarked
package io.lumbar.analytics.night;

import org.jspecify.annotations.NullMarked;
