package io.lumbar.app.system;

import io.lumbar.model.Alert;
import io.lumbar.model.Json;
import io.lumbar.model.KafkaConnection;
import io.lumbar.model.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What stands committed in a topic, in which nothing hides that it was written twice. */
final class Committed {
  private Committed() {}

  /** The ids of the alerts that were decided to be sent, each as often as it was written. */
  static List<String> idsSent(String bootstrapServers) {
    return values(bootstrapServers, Topic.ALERTS).stream()
        .map(value -> Json.read(value, Alert.class))
        .filter(alert -> alert.decision().equals("sent"))
        .map(Alert::id)
        .toList();
  }

  private static List<byte[]> values(String bootstrapServers, Topic topic) {
    // Committed records only, as all of Lumbar reads.
    Map<String, Object> properties = KafkaConnection.plain(bootstrapServers).consumer();
    List<byte[]> values = new ArrayList<>();
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> all =
          consumer.partitionsFor(topic.topicName()).stream()
              .map(each -> new TopicPartition(each.topic(), each.partition()))
              .toList();
      consumer.assign(all);
      consumer.seekToBeginning(all);
      Map<TopicPartition, Long> ends = consumer.endOffsets(all);
      while (all.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          if (record.value() != null) {
            values.add(record.value());
          }
        }
      }
    }
    return values;
  }
}
