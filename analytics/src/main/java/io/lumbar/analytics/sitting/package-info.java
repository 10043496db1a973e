/** From the resolved timeline to bouts, and from bouts to long-sitting episodes. */
@NullMarked
package io.lumbar.analytics.sitting;

import org.jspecify.annotations.NullMarked;
