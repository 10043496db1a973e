/**
 * Pure detectors and their Kafka Streams processors: one topology, from observations to bouts,
 * episodes and days.
 */
@NullMarked
package io.lumbar.analytics;

import org.jspecify.annotations.NullMarked;
