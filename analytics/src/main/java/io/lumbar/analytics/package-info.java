/** Pure detectors and their Kafka Streams processors. */
@NullMarked
package io.lumbar.analytics;

import org.jspecify.annotations.NullMarked;
