package io.lumbar.app.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lumbar.app.broker.EmbeddedBroker;
import io.lumbar.app.broker.Topics;
import io.lumbar.model.KafkaConnection;
import io.lumbar.model.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertLagIT {
  private static final String ANALYSIS = "analysis";
  private static final String ALERTS = "alerts";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;

  @Test
  void nothingCountsAsReadWhileAnUploadIsNotAnalysedOrAnEpisodeNotRead() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("kafka"), fault -> {})) {
      KafkaConnection kafka = KafkaConnection.plain(broker.bootstrapServers());
      Topics.prepare(kafka, 1, (short) 1, true);
      try (KafkaProducer<String, String> producer =
              new KafkaProducer<>(
                  kafka.producer(), new StringSerializer(), new StringSerializer());
          Heartbeat heartbeat = Heartbeat.start(folder.resolve("alive"));
          AlertLag lag = AlertLag.of(kafka, ANALYSIS, ALERTS, heartbeat);
          Admin admin = Admin.create(kafka.client())) {
        awaitAllRead(lag);

        producer.send(new ProducerRecord<>(Topic.POSTURE.topicName(), "w_1", "stood up")).get();
        long uploaded = System.currentTimeMillis();
        awaitStandstill(lag);
        assertThat(lag.readUpTo(0)).isLessThan(uploaded);

        producer.send(new ProducerRecord<>(Topic.EPISODES.topicName(), "w_1|e", "over")).get();
        commit(admin, ANALYSIS, Topic.POSTURE, 1);
        awaitStandstill(lag);
        assertThat(lag.readUpTo(0)).isLessThan(uploaded);

        commit(admin, ALERTS, Topic.EPISODES, 1);
        awaitAllRead(lag);
      }
    }
  }

  @Test
  void theMarksOfTransactionsAreNoRecords() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("kafka"), fault -> {})) {
      KafkaConnection kafka = KafkaConnection.plain(broker.bootstrapServers());
      Topics.prepare(kafka, 1, (short) 1, true);
      Map<String, Object> writing = kafka.producer();
      writing.put("transactional.id", "uploads");
      try (KafkaProducer<String, String> producer =
              new KafkaProducer<>(writing, new StringSerializer(), new StringSerializer());
          Heartbeat heartbeat = Heartbeat.start(folder.resolve("alive"));
          AlertLag lag = AlertLag.of(kafka, ANALYSIS, ALERTS, heartbeat);
          Admin admin = Admin.create(kafka.client())) {
        producer.initTransactions();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(Topic.POSTURE.topicName(), "w_1", "sitting"));
        producer.commitTransaction();
        commit(admin, ANALYSIS, Topic.POSTURE, 1);
        awaitAllRead(lag);
      }
    }
  }

  @Test
  void nothingCountsAsReadWhileTheBrokerIsAway() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("kafka"), fault -> {})) {
      KafkaConnection kafka = KafkaConnection.plain(broker.bootstrapServers());
      Topics.prepare(kafka, 1, (short) 1, true);
      try (Heartbeat heartbeat = Heartbeat.start(folder.resolve("alive"));
          AlertLag lag = AlertLag.of(kafka, ANALYSIS, ALERTS, heartbeat)) {
        awaitAllRead(lag);
        broker.close();
        long away = System.currentTimeMillis();
        awaitStandstill(lag);
        assertThat(lag.readUpTo(0)).isLessThan(away);
      }
    }
  }

  private static void awaitAllRead(AlertLag lag) {
    long now = System.currentTimeMillis();
    await().atMost(PATIENCE).until(() -> lag.readUpTo(0) >= now);
  }

  /** Several looks long. */
  private static void awaitStandstill(AlertLag lag) {
    await().atMost(PATIENCE).until(() -> lag.readUpTo(0) < System.currentTimeMillis() - 8_000);
  }

  private static void commit(Admin admin, String group, Topic topic, long offset) throws Exception {
    TopicPartition partition = new TopicPartition(topic.topicName(), 0);
    admin
        .alterConsumerGroupOffsets(group, Map.of(partition, new OffsetAndMetadata(offset)))
        .all()
        .get();
  }
}
