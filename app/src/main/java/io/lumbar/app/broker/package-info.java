/** Kafka's own server inside this process, and the topics on a broker. */
@NullMarked
package io.lumbar.app.broker;

import org.jspecify.annotations.NullMarked;
