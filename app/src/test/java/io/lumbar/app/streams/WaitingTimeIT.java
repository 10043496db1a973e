package io.lumbar.app.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lumbar.app.broker.EmbeddedBroker;
import io.lumbar.app.broker.Topics;
import io.lumbar.model.KafkaConnection;
import io.lumbar.model.Topic;
import io.lumbar.model.WearerId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WaitingTimeIT {
  private static final WearerId WEARER = new WearerId("w_1");
  private static final String ANALYSIS = "analysis";

  @TempDir Path folder;

  @Test
  void growsWhileARecordIsNotWorkedOffAndEndsWithIt() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("kafka"), fault -> {})) {
      KafkaConnection kafka = KafkaConnection.plain(broker.bootstrapServers());
      Topics.prepare(kafka, 1, (short) 1, true);
      try (WaitingTime waiting = WaitingTime.of(kafka, ANALYSIS)) {
        assertThat(waiting.of(WEARER)).isZero();

        try (KafkaProducer<String, String> producer =
            new KafkaProducer<>(kafka.producer(), new StringSerializer(), new StringSerializer())) {
          producer
              .send(new ProducerRecord<>(Topic.MOTION.topicName(), WEARER.value(), "samples"))
              .get();
        }
        await()
            .atMost(Duration.ofSeconds(10))
            .until(() -> waiting.of(WEARER).compareTo(Duration.ofMillis(300)) > 0);

        try (Admin admin = Admin.create(kafka.client())) {
          TopicPartition partition = new TopicPartition(Topic.MOTION.topicName(), 0);
          admin
              .alterConsumerGroupOffsets(ANALYSIS, Map.of(partition, new OffsetAndMetadata(1)))
              .all()
              .get();
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> waiting.of(WEARER).isZero());
      }
    }
  }

  @Test
  void doesNotAnswerWithoutABroker() {
    try (WaitingTime waiting = WaitingTime.of(KafkaConnection.plain("127.0.0.1:1"), ANALYSIS)) {
      assertThatThrownBy(() -> waiting.of(WEARER)).isInstanceOf(KafkaException.class);
    }
  }
}
