/** What wearers tell by themselves: corrections, check-ins and day tags. */
@NullMarked
package io.lumbar.analytics.told;

import org.jspecify.annotations.NullMarked;
