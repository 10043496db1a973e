/** The life of the Kafka Streams instance and what its timers ask the broker. */
@NullMarked
package io.lumbar.app.streams;

import org.jspecify.annotations.NullMarked;
