package io.lumbar.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lumbar.http.Authentication;
import io.lumbar.http.HttpConfig;
import io.lumbar.http.KafkaRegistry;
import io.lumbar.http.testing.TestBroker;
import io.lumbar.ingest.statements.KnownDays;
import io.lumbar.ingest.watch.ImportFolder;
import io.lumbar.model.Device;
import io.lumbar.model.Placement;
import io.lumbar.model.Topic;
import io.lumbar.model.WearerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderImportsIT {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-03-02T12:00:00Z"));
  private static final String STEPS =
      "timestamp,steps,data source\n2026-02-03T06:00:00Z,50,Watch\n2026-02-03T06:01:00Z,60,Watch\n";

  @TempDir Path folder;
  private final AtomicBoolean historyAnswers = new AtomicBoolean(true);
  private Path inbox;
  private TestBroker broker;
  private KafkaRegistry registry;
  private Ingest ingest;
  private ImportFolder watching;

  @BeforeEach
  void start() {
    inbox = folder.resolve("inbox");
    broker = TestBroker.start(folder.resolve("kafka"));
    registry = KafkaRegistry.start(broker.connection());
    registry.addWearer("Anna", ZoneId.of("Europe/Berlin"));
    open();
  }

  @AfterEach
  void stop() {
    close();
    registry.close();
    broker.close();
  }

  @Test
  void importsWhatAppearsAndTellsWhatItCannotRead() throws IOException {
    put("Anna/steps.txt", STEPS);
    put("Anna/holiday.txt", "Dear diary");
    put("Anna/wrist/walk.csv", "time,x,y,z\n0.00,0,0,1\n0.02,0,0,1\n");
    put("Anna/nowhere/steps.csv", STEPS);
    put("Ana/steps.csv", STEPS);

    awaitFile("Anna/done/steps.txt");
    awaitFile("Ana/failed/steps.csv");
    awaitFile("Anna/nowhere/failed/steps.csv");
    assertThat(inbox.resolve("Anna/done/steps.txt.txt"))
        .content()
        .contains("fitbit: done. 2 rows: 2 accepted, 0 duplicate, 0 ignored, 0 rejected.");
    assertThat(inbox.resolve("Anna/failed/holiday.txt.txt"))
        .content()
        .contains("starts with 'Dear diary'", "docs/formats/recordings.md");
    assertThat(inbox.resolve("Anna/wrist/failed/walk.csv.txt")).content().contains("--start");
    assertThat(inbox.resolve("Anna/nowhere/failed/steps.csv.txt"))
        .content()
        .contains("trouser-pocket");
    assertThat(inbox.resolve("Ana/failed/steps.csv.txt"))
        .content()
        .contains("No wearer is named 'Ana'");
    assertThat(stepRecords()).isEqualTo(2);
    assertThat(watching.trouble()).isEmpty();
  }

  @Test
  void aFolderNamedAfterADeviceImportsForIt() throws IOException {
    WearerId anna = registry.wearer("Anna").orElseThrow().id();
    registry.addDevice(anna, "Sock", Placement.THIGH);
    StringBuilder walk = new StringBuilder("time (s),x,y,z\n");
    for (int i = 0; i < 100; i++) {
      walk.append(1_770_000_000 + i / 50.0).append(",0,0,1\n");
    }
    put("Anna/Sock/walk.csv", walk.toString());

    awaitFile("Anna/Sock/done/walk.csv");
    assertThat(registry.devicesOf(anna)).extracting(Device::name).containsExactly("Sock");
  }

  @Test
  void goesOnAfterARestartWithoutDoubling() throws IOException {
    historyAnswers.set(false);
    put("Anna/steps.csv", STEPS);
    await().atMost(Duration.ofSeconds(40)).until(() -> stepRecords() == 2);
    close();
    assertThat(inbox.resolve("Anna/steps.csv")).exists();
    historyAnswers.set(true);
    open();

    awaitFile("Anna/done/steps.csv");
    assertThat(stepRecords()).isEqualTo(2);
    put("Anna/the same again.csv", STEPS);
    awaitFile("Anna/done/the same again.csv");
    assertThat(stepRecords()).isEqualTo(2);
  }

  private void open() {
    Authentication authentication =
        new Authentication(registry, "owner", null, new byte[32], HttpConfig.loopback(0), CLOCK);
    ingest =
        Ingest.start(
            broker.connection(),
            registry,
            authentication,
            CLOCK,
            folder.resolve("ingest"),
            (who, barrier) -> historyAnswers.get(),
            who -> List.of(),
            KnownDays.NONE,
            who -> Duration.ZERO,
            IngestLimits.defaults(),
            UploadGate.OPEN);
    watching = ingest.watch(inbox);
  }

  private void close() {
    watching.close();
    ingest.close();
  }

  private void put(String path, String text) throws IOException {
    Path file = inbox.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void awaitFile(String path) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(inbox.resolve(path)).exists());
  }

  /** Without the barriers behind the imports. */
  private long stepRecords() {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            broker.connection().client(),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          IntStream.range(0, TestBroker.PARTITIONS)
              .mapToObj(each -> new TopicPartition(Topic.STEPS.topicName(), each))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      long steps = 0;
      while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
        for (var each : consumer.poll(Duration.ofMillis(200))) {
          steps +=
              new String(each.headers().lastHeader("kind").value(), UTF_8).equals("steps") ? 1 : 0;
        }
      }
      return steps;
    }
  }
}
