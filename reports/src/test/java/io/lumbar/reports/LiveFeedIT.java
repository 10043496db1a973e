package io.lumbar.reports;

import static io.lumbar.reports.ReportsServer.MIRA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lumbar.http.testing.TestBroker;
import io.lumbar.model.Alert;
import io.lumbar.model.DeviceId;
import io.lumbar.model.Heard;
import io.lumbar.model.Json;
import io.lumbar.model.Posture;
import io.lumbar.model.Provenance;
import io.lumbar.model.Topic;
import io.lumbar.model.WearerPartitioner;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveFeedIT {
  private static final InstantSource CLOCK = InstantSource.system();

  @TempDir static Path folder;
  private static TestBroker broker;
  private static Producer<String, byte[]> producer;

  private final Instant now = CLOCK.instant().truncatedTo(ChronoUnit.SECONDS);

  @BeforeAll
  static void startBroker() throws Exception {
    broker = TestBroker.start(folder);
    Map<String, Object> settings = broker.connection().producer();
    settings.put("transactional.id", "live-feed-test");
    producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    producer.initTransactions();
  }

  @AfterAll
  static void stopBroker() {
    producer.close();
    broker.close();
  }

  @Test
  void passesOnWhatIsCommittedAndNothingElse() throws InterruptedException {
    try (ReportsServer server = started();
        EventStream stream = EventStream.open(server, "w_mira", null)) {
      stream.next();

      producer.beginTransaction();
      send(Topic.ALERTS, "aborted", Json.bytes(alert("aborted")));
      producer.abortTransaction();
      producer.beginTransaction();
      send(Topic.BOUTS, "barrier", Json.bytes(Map.of("id", "import-1")));
      send(Topic.BOUTS, "b", "not json".getBytes(StandardCharsets.UTF_8));
      send(Topic.ALERTS, "committed", Json.bytes(alert("committed")));
      producer.commitTransaction();

      assertThat(stream.next().data().get("id").asText()).isEqualTo("committed");
      assertThat(server.feed.isAlive()).isTrue();
    }
  }

  @Test
  void isPromptAfterTheCommit() throws InterruptedException {
    try (ReportsServer server = started();
        EventStream stream = EventStream.open(server, "w_mira", null)) {
      stream.next();
      long slowest = 0;
      for (int i = 0; i < 100; i++) {
        producer.beginTransaction();
        send(
            Topic.BOUTS,
            "b" + i,
            Json.bytes(Records.bout(MIRA, Posture.SITTING, now.minusSeconds(60), now)));
        producer.commitTransaction();
        long committed = System.nanoTime();
        EventStream.Event event = stream.next();
        if (i >= 20) {
          slowest = Math.max(slowest, event.receivedNanos() - committed);
        }
      }

      assertThat(Duration.ofNanos(slowest)).isLessThan(Duration.ofMillis(500));
    }
  }

  @Test
  void knowsAlertsAndDevicesFromShortlyBeforeTheStart() {
    producer.beginTransaction();
    send(Topic.ALERTS, "before", Json.bytes(alert("before")));
    ProducerRecord<String, byte[]> steps =
        new ProducerRecord<>(Topic.STEPS.topicName(), "w_mira", new byte[] {1});
    Heard.from(new DeviceId("d_tag"), new DeviceId("d_phone"))
        .headers()
        .forEach(steps.headers()::add);
    ProducerRecord<String, byte[]> imported =
        new ProducerRecord<>(Topic.STEPS.topicName(), "w_mira", new byte[] {1});
    Heard.from(new DeviceId("d_file"), new DeviceId("d_file"))
        .headers()
        .forEach(imported.headers()::add);
    imported.headers().add(Provenance.IMPORT.header());
    // Before the other one and in its partition, so that it is read first.
    producer.send(imported);
    producer.send(steps);
    producer.commitTransaction();

    try (LiveFeed feed = LiveFeed.start(broker.connection(), CLOCK)) {
      await().untilAsserted(() -> assertThat(feed.recentAlert("before")).isPresent());
      await()
          .untilAsserted(
              () ->
                  assertThat(feed.presence().lastSeen(new DeviceId("d_phone")))
                      .hasValueSatisfying(
                          seen ->
                              assertThat(seen).isBetween(now.minusSeconds(5), CLOCK.instant())));
      assertThat(feed.presence().lastSeen(new DeviceId("d_tag"))).isPresent();
      assertThat(feed.presence().lastSeen(new DeviceId("d_file")))
          .as("an import is no sign of a device")
          .isEmpty();
      assertThat(feed.presence().lastVia(new DeviceId("d_tag"))).contains(new DeviceId("d_phone"));
    }
  }

  private static ReportsServer started() {
    return new ReportsServer(CLOCK, LiveFeed.start(broker.connection(), CLOCK));
  }

  private Alert alert(String id) {
    return Records.alert(MIRA, id, 30, now, "sent");
  }

  private static void send(Topic topic, String id, byte[] value) {
    producer.send(
        new ProducerRecord<>(topic.topicName(), WearerPartitioner.key(MIRA.id(), id), value));
  }
}
