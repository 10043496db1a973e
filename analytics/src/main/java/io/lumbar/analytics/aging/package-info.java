/** Which days may still change, and how what is older is forgotten. */
@NullMarked
package io.lumbar.analytics.aging;

import org.jspecify.annotations.NullMarked;
