/** Whether anything is heard of a wearer, and what their sensors need. */
@NullMarked
package io.lumbar.analytics.presence;

import org.jspecify.annotations.NullMarked;
