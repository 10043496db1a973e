/** From raw acceleration to posture, for a thigh or trouser-pocket sensor. */
@NullMarked
package io.lumbar.analytics.motion;

import org.jspecify.annotations.NullMarked;
