/** Day summaries, rebuilt whole when something in the day has changed. */
@NullMarked
package io.lumbar.analytics.day;

import org.jspecify.annotations.NullMarked;
