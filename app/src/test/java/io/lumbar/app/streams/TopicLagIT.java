package io.lumbar.app.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lumbar.analytics.stream.InputLag;
import io.lumbar.app.broker.EmbeddedBroker;
import io.lumbar.app.broker.Topics;
import io.lumbar.model.KafkaConnection;
import io.lumbar.model.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicLagIT {
  private static final String ANALYSIS = "analysis";

  /** A task whose timers have seen the first record of raw motion and none behind it. */
  private static final InputLag.Positions FIRST = topic -> topic == Topic.MOTION ? 1 : -1;

  @TempDir Path folder;

  @Test
  void whatWasReadWithoutEffectIsReadOnceItIsCommittedAndTheWearersWordCountsToo()
      throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("kafka"), fault -> {})) {
      KafkaConnection kafka = KafkaConnection.plain(broker.bootstrapServers());
      Topics.prepare(kafka, 1, (short) 1, true);
      try (KafkaProducer<String, String> producer =
              new KafkaProducer<>(
                  kafka.producer(), new StringSerializer(), new StringSerializer());
          Heartbeat heartbeat = Heartbeat.start(folder.resolve("alive"));
          TopicLag lag = TopicLag.of(kafka, ANALYSIS, heartbeat);
          Admin admin = Admin.create(kafka.client())) {
        for (String samples : new String[] {"told", "not told"}) {
          producer.send(new ProducerRecord<>(Topic.MOTION.topicName(), "w_1", samples)).get();
        }
        commit(admin, 1);
        assertThat(lag.caughtUp(0, FIRST)).isFalse();
        commit(admin, 2);
        await().atMost(Duration.ofSeconds(10)).until(() -> lag.caughtUp(0, FIRST));

        producer.send(new ProducerRecord<>(Topic.CHECKINS.topicName(), "w_1", "stood up")).get();
        await().atMost(Duration.ofSeconds(10)).until(() -> !lag.caughtUp(0, FIRST));
      }
    }
  }

  @Test
  void afterAnUploadWasRefusedNothingCountsAsReadForTenSeconds() {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("kafka"), fault -> {})) {
      KafkaConnection kafka = KafkaConnection.plain(broker.bootstrapServers());
      Topics.prepare(kafka, 1, (short) 1, true);
      AtomicLong nanos = new AtomicLong();
      try (Heartbeat heartbeat = Heartbeat.start(folder.resolve("alive"));
          TopicLag lag = TopicLag.of(kafka, ANALYSIS, heartbeat, nanos::get)) {
        await().atMost(Duration.ofSeconds(10)).until(() -> lag.caughtUp(0, topic -> -1));
        assertThat(lag.settling()).isFalse();
        lag.uploadRefused(5);
        assertThat(lag.settling()).isTrue();
        assertThat(lag.caughtUp(0, topic -> -1)).isFalse();
        nanos.addAndGet(Duration.ofMillis(9_999).toNanos());
        assertThat(lag.settling()).isTrue();
        nanos.addAndGet(Duration.ofMillis(1).toNanos());
        assertThat(lag.settling()).isFalse();
        assertThat(lag.caughtUp(0, topic -> -1)).isTrue();

        lag.uploadRefused(30);
        lag.uploadRefused(5);
        nanos.addAndGet(Duration.ofMillis(34_999).toNanos());
        assertThat(lag.settling()).as("its sender comes back after thirty").isTrue();
        nanos.addAndGet(Duration.ofMillis(1).toNanos());
        assertThat(lag.settling()).isFalse();
      }
    }
  }

  private static void commit(Admin admin, long offset) throws Exception {
    TopicPartition partition = new TopicPartition(Topic.MOTION.topicName(), 0);
    admin
        .alterConsumerGroupOffsets(ANALYSIS, Map.of(partition, new OffsetAndMetadata(offset)))
        .all()
        .get();
  }
}
