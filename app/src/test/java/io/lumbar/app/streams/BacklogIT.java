package io.lumbar.app.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lumbar.app.broker.EmbeddedBroker;
import io.lumbar.app.broker.Topics;
import io.lumbar.model.KafkaConnection;
import io.lumbar.model.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BacklogIT {
  private static final String GROUP = "alerts";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path folder;

  @Test
  void growsWhileARecordIsUnreadAndTakesNoEndOfATransactionForOne() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("kafka"), fault -> {})) {
      KafkaConnection kafka = KafkaConnection.plain(broker.bootstrapServers());
      Topics.prepare(kafka, 2, (short) 1, true);
      try (Backlog backlog = Backlog.of(kafka, GROUP, List.of(Topic.EPISODES), 2);
          Admin admin = Admin.create(kafka.client())) {
        assertThat(backlog.longestWait()).contains(Duration.ZERO);
        TopicPartition partition = new TopicPartition(Topic.EPISODES.topicName(), 1);
        write(kafka, partition);
        await()
            .atMost(PATIENCE)
            .until(() -> backlog.longestWait().orElseThrow().compareTo(Duration.ofSeconds(3)) > 0);

        // The record is read; behind it lies what ends its transaction.
        admin
            .alterConsumerGroupOffsets(GROUP, Map.of(partition, new OffsetAndMetadata(1)))
            .all()
            .get();
        await().atMost(PATIENCE).until(() -> backlog.longestWait().orElseThrow().isZero());
        await()
            .during(Duration.ofSeconds(6))
            .atMost(PATIENCE)
            .until(() -> backlog.longestWait().orElseThrow().compareTo(Duration.ofSeconds(5)) < 0);
      }
    }
  }

  @Test
  void doesNotAnswerWithoutABroker() {
    try (Backlog backlog =
        Backlog.of(KafkaConnection.plain("127.0.0.1:1"), GROUP, List.of(Topic.EPISODES), 1)) {
      assertThat(backlog.longestWait()).isEmpty();
    }
  }

  private static void write(KafkaConnection kafka, TopicPartition partition) throws Exception {
    Map<String, Object> properties = kafka.producer();
    properties.put("transactional.id", "one");
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      producer
          .send(new ProducerRecord<>(partition.topic(), partition.partition(), "w_1|e", "{}"))
          .get();
      producer.commitTransaction();
    }
  }
}
