/** What a wearer may ask about the data itself: all of it, its end, and who reads it. */
@NullMarked
package io.lumbar.reports.privacy;

import org.jspecify.annotations.NullMarked;
