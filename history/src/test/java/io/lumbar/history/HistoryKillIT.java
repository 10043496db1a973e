package io.lumbar.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lumbar.history.HistoryStore.Page;
import io.lumbar.history.HistoryStore.Range;
import io.lumbar.history.influx.InfluxConfig;
import io.lumbar.history.influx.InfluxHistory;
import io.lumbar.history.influx.RealInflux;
import io.lumbar.history.sqlite.SqliteHistory;
import io.lumbar.http.testing.TestBroker;
import io.lumbar.model.Bout;
import io.lumbar.model.Json;
import io.lumbar.model.KafkaConnection;
import io.lumbar.model.Posture;
import io.lumbar.model.Topic;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerPartitioner;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the writer again and again while points go in; in the end each is there once. {@code
 * -Dlumbar.kill.points=1000000 -Dlumbar.kill.times=20} for the long run.
 */
class HistoryKillIT {
  private static final int POINTS = Integer.getInteger("lumbar.kill.points", 40_000);
  private static final int KILLS = Integer.getInteger("lumbar.kill.times", 2);
  private static final int WEARERS = 100;
  private static final Duration PATIENCE = Duration.ofMinutes(20);

  @TempDir static Path scratch;
  private static TestBroker broker;
  private final Random random = new Random(1);

  @BeforeAll
  static void start() throws Exception {
    broker = TestBroker.start(scratch.resolve("broker"));
    Map<String, Object> properties = broker.connection().producer();
    AtomicReference<@Nullable Exception> refused = new AtomicReference<>();
    properties.put("linger.ms", 20);
    properties.put("compression.type", "lz4");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < POINTS; i++) {
        Bout bout = bout(i);
        String key = WearerPartitioner.key(bout.wearer(), bout.id());
        producer.send(
            new ProducerRecord<>(
                Topic.BOUTS.topicName(), key.getBytes(StandardCharsets.UTF_8), Json.bytes(bout)),
            (metadata, failure) -> {
              if (failure != null) {
                refused.compareAndSet(null, failure);
              }
            });
      }
    }
    assertThat(refused).as("first failure of a point to be sent").hasNullValue();
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  private static Bout bout(int number) {
    int nth = number / WEARERS;
    return Samples.bout(
        new WearerId("w_" + number % WEARERS), Posture.SITTING, 2.0 * nth, 2.0 * nth + 1, 1, false);
  }

  @Test
  void everyPointIsOnceInSqlite() throws Exception {
    Path file = scratch.resolve("history.db");
    killAndFinish("sqlite", file.toString(), "");
    try (HistoryStore store = SqliteHistory.open(file)) {
      assertThat(count(store)).isEqualTo(POINTS);
    }
  }

  @Test
  void everyPointIsOnceInInflux() throws Exception {
    Path folder = scratch.resolve("influx");
    Files.createDirectories(folder);
    try (RealInflux influx = RealInflux.start(folder)) {
      InfluxConfig config = influx.config("killed");
      killAndFinish("influx", config.url(), config.bucket());
      try (HistoryStore store = InfluxHistory.of(config)) {
        assertThat(count(store)).isEqualTo(POINTS);
      }
    }
  }

  private void killAndFinish(String name, String place, String bucket) throws Exception {
    String group = "killed-" + name;
    for (int kill = 0; kill < KILLS; kill++) {
      long before = done(group);
      Process writer = writer(group, place, bucket);
      try {
        // Each time at another moment: at the start, within a batch, or between two.
        long after = before + random.nextInt(Math.max(1, POINTS / KILLS / 2));
        await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(10 + random.nextInt(40)))
            .until(() -> done(group) > after || done(group) >= POINTS);
      } finally {
        writer.destroyForcibly().waitFor();
      }
    }
    Process last = writer(group, place, bucket);
    try {
      await().atMost(PATIENCE).until(() -> done(group) >= POINTS);
    } finally {
      last.destroy();
      last.waitFor(30, TimeUnit.SECONDS);
      last.destroyForcibly();
    }
  }

  /** Offsets that the group has committed in the topic of bouts. */
  private static long done(String group) throws Exception {
    try (Admin admin = Admin.create(client())) {
      Map<TopicPartition, OffsetAndMetadata> offsets =
          admin
              .listConsumerGroupOffsets(group)
              .partitionsToOffsetAndMetadata()
              .get(30, TimeUnit.SECONDS);
      return offsets.entrySet().stream()
          .filter(e -> e.getKey().topic().equals(Topic.BOUTS.topicName()))
          .filter(e -> e.getValue() != null)
          .mapToLong(e -> e.getValue().offset())
          .sum();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return 0;
      }
      throw e;
    }
  }

  private static Map<String, Object> client() {
    return new HashMap<>(broker.connection().client());
  }

  private static Process writer(String group, String place, String bucket) throws Exception {
    KafkaConnection kafka = broker.connection();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            KilledWriterMain.class.getName(),
            kafka.bootstrapServers(),
            group,
            place,
            bucket));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static long count(HistoryStore store) {
    long count = 0;
    for (int i = 0; i < WEARERS; i++) {
      WearerId wearer = new WearerId("w_" + i);
      String after = null;
      do {
        Page<Bout> page = store.bouts(wearer, Posture.SITTING, new Range(null, null, 5_000, after));
        count += page.items().size();
        after = page.next();
      } while (after != null);
    }
    return count;
  }
}
