package io.lumbar.model;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Puts everything of a wearer into the same partition number of every topic, whether the key is the
 * wearer's id or {@code wearer|id}.
 */
public final class WearerPartitioner implements Partitioner {

  /** The partition of a key among {@code partitions}. */
  public static int partition(String key, int partitions) {
    byte[] wearer = wearer(key).getBytes(StandardCharsets.UTF_8);
    return Utils.toPositive(Utils.murmur2(wearer)) % partitions;
  }

  /** The wearer part of a key. */
  public static String wearer(String key) {
    int bar = key.indexOf('|');
    return bar < 0 ? key : key.substring(0, bar);
  }

  /** The key of a wearer's bout, episode, day, alert or decision. */
  public static String key(WearerId wearer, String id) {
    return wearer.value() + "|" + id;
  }

  @Override
  public int partition(
      String topic,
      @Nullable Object key,
      byte @Nullable [] keyBytes,
      @Nullable Object value,
      byte @Nullable [] valueBytes,
      Cluster cluster) {
    if (keyBytes == null) {
      throw new IllegalArgumentException("a record of " + topic + " needs its wearer as key");
    }
    return partition(
        new String(keyBytes, StandardCharsets.UTF_8), cluster.partitionCountForTopic(topic));
  }

  @Override
  public void configure(Map<String, ?> configs) {}

  @Override
  public void close() {}
}
