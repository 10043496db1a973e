package io.lumbar.analytics.stream;

import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Decodes equal bytes once, as long as they are among those asked for last. For values that do not
 * change and are read far more often than written. What is kept hangs on the bytes alone, so it is
 * right whoever writes the store. Thread-safe.
 */
final class DecodedOnce<T> implements Deserializer<T> {
  private final Deserializer<T> deserializer;
  private final Map<ByteBuffer, T> known;

  /** Keeps at most so many values. */
  DecodedOnce(Deserializer<T> deserializer, int most) {
    this.deserializer = deserializer;
    known = new RecentlyUsed<>(most);
  }

  @Override
  @SuppressWarnings(
      "NullAway") // Kafka's deserializers are not null-marked, but tombstones are null
  public synchronized T deserialize(String topic, byte @Nullable [] bytes) {
    if (bytes == null) {
      return null;
    }
    ByteBuffer key = ByteBuffer.wrap(bytes);
    T value = known.get(key);
    if (value == null) {
      value = deserializer.deserialize(topic, bytes);
      known.put(key, value);
    }
    return value;
  }
}
