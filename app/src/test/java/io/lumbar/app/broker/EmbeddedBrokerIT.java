package io.lumbar.app.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lumbar.app.fault.UserMistake;
import io.lumbar.model.KafkaConnection;
import io.lumbar.model.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerIT {
  @TempDir Path folder;

  @Test
  void keepsWhatItAcknowledgedAndItsTopicsOverRestarts() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder, fault -> {})) {
      KafkaConnection kafka = KafkaConnection.plain(broker.bootstrapServers());
      assertThat(Topics.prepare(kafka, 2, (short) 1, true)).isEqualTo(2);
      send(kafka, "first");
    }
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder, fault -> {})) {
      KafkaConnection kafka = KafkaConnection.plain(broker.bootstrapServers());
      assertThat(Topics.prepare(kafka, 8, (short) 1, true)).isEqualTo(2);
      send(kafka, "second");
      assertThat(read(kafka, 2)).containsExactly("first", "second");
    }
  }

  @Test
  void saysThatAFolderIsInUse() {
    try (EmbeddedBroker first = EmbeddedBroker.start(folder, fault -> {})) {
      assertThatThrownBy(() -> EmbeddedBroker.start(folder, fault -> {}))
          .isInstanceOf(UserMistake.class)
          .hasMessageContaining(folder.toString())
          .hasMessageContaining("in use by another process");
      assertThat(first.bootstrapServers()).startsWith("127.0.0.1:");
    }
  }

  @Test
  void stopsWithinASecondAndOnlyOnce() {
    EmbeddedBroker broker = EmbeddedBroker.start(folder, fault -> {});
    long begin = System.nanoTime();
    broker.close();
    broker.close();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
    Awaitility.await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> Thread.getAllStackTraces().keySet().stream().noneMatch(this::ofKafka));
  }

  private boolean ofKafka(Thread thread) {
    return !thread.isDaemon() && thread.getName().contains("kafka");
  }

  private static void send(KafkaConnection kafka, String value) throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(kafka.producer(), new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>(Topic.POSTURE.topicName(), "w_1", value)).get();
    }
  }

  private static List<String> read(KafkaConnection kafka, int count) {
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(kafka.consumer(), new StringDeserializer(), new StringDeserializer())) {
      List<TopicPartition> partitions =
          List.of(
              new TopicPartition(Topic.POSTURE.topicName(), 0),
              new TopicPartition(Topic.POSTURE.topicName(), 1));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      List<String> values = new ArrayList<>();
      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .until(
              () -> {
                for (ConsumerRecord<String, String> record :
                    consumer.poll(Duration.ofMillis(200))) {
                  values.add(record.value());
                }
                return values.size() >= count;
              });
      return values;
    }
  }
}
