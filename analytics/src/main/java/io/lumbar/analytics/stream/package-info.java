/**
 * What the processors of the analytics share: the names of nodes and stores, timers and how to be
 * called back, the ledgers of what was published, and the notes that processors send each other.
 */
@NullMarked
package io.lumbar.analytics.stream;

import org.jspecify.annotations.NullMarked;
