package io.lumbar.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lumbar.http.MemoryRegistry;
import io.lumbar.ingest.export.Zips;
import io.lumbar.ingest.recording.InputFile;
import io.lumbar.ingest.statements.ImportedLately;
import io.lumbar.ingest.watch.Importer;
import io.lumbar.model.Device;
import io.lumbar.model.Placement;
import io.lumbar.model.WearerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Imports over restarts and past a gate that is closed, without a broker. */
@Timeout(120)
class ImportsTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-03-02T12:00:00Z"));
  private static final Instant AT = Instant.parse("2026-03-02T09:00:00Z");
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String STEPS =
      "timestamp,steps,data source\n2026-02-03T06:00:00Z,50,Watch\n2026-02-03T06:01:00Z,60,Watch\n";

  @TempDir Path folder;
  private final MemoryRegistry registry = new MemoryRegistry();
  private final AtomicReference<Duration> lag = new AtomicReference<>(Duration.ZERO);
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final Gate gate = new Gate();
  private final UploadBook book = new UploadBook();
  private DuplicateIndex index;
  private Funnel funnel;
  private WearerId anna;

  /** As the test says. */
  private static final class Gate implements UploadGate {
    private volatile Optional<String> forAll = Optional.empty();
    private volatile Optional<String> forImports = Optional.empty();

    @Override
    public Optional<String> closed() {
      return forAll;
    }

    @Override
    public Optional<String> closedForImports() {
      return forImports;
    }
  }

  @BeforeEach
  void start() {
    index = DuplicateIndex.open(folder.resolve("duplicates"), 1_024, CLOCK.instant());
    funnel =
        new Funnel(new Outbox(producer), index, new Tally(Formats.counted()), CLOCK, 1_000, gate);
    anna = registry.addWearer("Anna", ZoneId.of("Europe/London")).item().id();
  }

  @AfterEach
  void stop() {
    index.close();
  }

  @Test
  void importsThatWaitForTheirTurnOutliveAnyNumberOfRestarts() throws IOException {
    List<String> ids = List.of("i_1", "i_2", "i_3");
    lag.set(Duration.ofMinutes(1));
    try (Imports first = open()) {
      for (String id : ids) {
        begin(first, id);
      }
      awaitBegun(first);
    }
    for (int restart = 0; restart < 5; restart++) {
      try (Imports again = open()) {
        awaitBegun(again);
      }
    }

    lag.set(Duration.ZERO);
    try (Imports last = open()) {
      await().atMost(SOON).until(() -> ids.stream().allMatch(id -> job(last, id).isOver()));
      assertThat(ids).extracting(id -> job(last, id).state()).containsOnly(ImportJob.State.DONE);
      assertThat(job(last, "i_1").notes()).containsOnlyOnce(Imports.RESTARTED);
      assertThat(ids).allMatch(id -> job(last, id).notes().size() <= 1);
    }
  }

  @Test
  void aFileThatEndsTheProcessIsNotBegunForEver() throws IOException {
    ImportJobs before = ImportJobs.open(folder.resolve("imports"));
    Files.writeString(before.data("i_1"), STEPS);
    before.save(ImportJob.fresh("i_1", anna, steps()).begun(Imports.MOST_BEGUN));
    try (Imports imports = open()) {
      assertThat(job(imports, "i_1").state()).isEqualTo(ImportJob.State.FAILED);
      assertThat(job(imports, "i_1").notes()).singleElement().asString().contains("begun 4 times");
      assertThat(imports.data("i_1")).doesNotExist();
    }
  }

  @Test
  void aFileOfTheFolderThatEndsTheProcessIsGivenBackAndTriedWhenSomebodyPutsItThereAgain()
      throws IOException {
    Path watched = Files.createDirectories(folder.resolve("watched/Anna"));
    Path file = Files.writeString(watched.resolve("steps.csv"), STEPS);
    Importer.Arrival arrival =
        new Importer.Arrival(watched.getParent(), file, "Anna", "", Files.size(file));
    String id =
        FolderImports.copy(arrival, registry.wearer("Anna").orElseThrow(), folder.resolve("copy"));
    ImportJobs before = ImportJobs.open(folder.resolve("imports"));
    Files.writeString(before.data(id), STEPS);
    before.save(ImportJob.fresh(id, anna, steps()).begun(Imports.MOST_BEGUN));
    try (Imports imports = open()) {
      FolderImports again = new FolderImports(imports, registry, 1 << 20);
      assertThat(again.begin(arrival)).isEqualTo(new Importer.Answer.Working(id));
      assertThat(again.ending(id))
          .hasValueSatisfying(ending -> assertThat(ending.words()).contains("begun 4 times"));

      assertThat(again.begin(arrival)).isEqualTo(new Importer.Answer.Working(id));
      await().atMost(SOON).until(() -> job(imports, id).isOver());
      assertThat(job(imports, id).state()).isEqualTo(ImportJob.State.DONE);
    }
  }

  @Test
  void goesOnWithWhatAnOlderVersionHasLeft() throws IOException {
    Path imports = Files.createDirectories(folder.resolve("imports"));
    Files.writeString(imports.resolve("i_1.data"), STEPS);
    Files.writeString(
        imports.resolve("i_1.json"),
        """
        {"id":"i_1","wearer":"%s","filename":"steps.csv","format":"fitbit","device":"Fitbit",\
        "into":null,"placement":"wrist","zone":"","start":"","state":"reading","received":0,\
        "accepted":0,"duplicate":0,"ignored":0,"rejected":[],"rejectedCount":0,"notes":[\
        "a restart came in between; rows that were read before it count as duplicates",\
        "a restart came in between; rows that were read before it count as duplicates",\
        "a restart came in between; rows that were read before it count as duplicates"],\
        "progress":0.0,"rows":0}"""
            .formatted(anna.value()));
    try (Imports again = open()) {
      await().atMost(SOON).until(() -> job(again, "i_1").isOver());
      assertThat(job(again, "i_1").state()).isEqualTo(ImportJob.State.DONE);
      assertThat(job(again, "i_1").accepted()).isEqualTo(2);
    }
  }

  @Test
  void importsMakeRoomForUploadsAndWaitAsLongAsItTakes() throws IOException {
    gate.forImports = Optional.of("the analysis is too far behind with what came before (steps)");
    try (Imports imports = open()) {
      begin(imports, "i_1");
      await()
          .atMost(SOON)
          .until(() -> job(imports, "i_1").notes().toString().contains("too far behind"));
      assertThat(producer.history()).isEmpty();
      Receipt live =
          funnel.accept(Uploads.SOURCE, Formats.OBSERVATIONS, List.of(new Element.Ignored(1)));
      assertThat(live.ignored()).isEqualTo(1);

      gate.forImports = Optional.empty();
      await().atMost(SOON).until(() -> job(imports, "i_1").isOver());
      assertThat(job(imports, "i_1").state()).isEqualTo(ImportJob.State.DONE);
      assertThat(job(imports, "i_1").accepted()).isEqualTo(2);
    }
  }

  @Test
  void aRecordingWithoutMotionFillsWhatItsPushHasLost() throws IOException {
    Device phone = phoneThatLostAMessage(AT, 60);
    long nanos = AT.getEpochSecond() * 1_000_000_000L;
    String rows =
        "time,seconds_elapsed,steps\n%d,0,0\n%d,180,250\n"
            .formatted(nanos, nanos + 180_000_000_000L);
    try (Imports imports = open()) {
      Path zip = folder.resolve("recording.zip");
      Zips.of(
          zip,
          Map.of(
              "Metadata.csv", "version,platform\n3,android\n".getBytes(UTF_8),
              "Pedometer.csv", rows.getBytes(UTF_8)));
      InputFile file = imports.file(zip);
      ImportFormat format = ImportFormats.of(file.head(), "");
      assertThat(format.origin(file).placement()).isNull();
      Files.copy(zip, imports.data("i_1"));
      imports.begin(
          ImportJob.fresh(
              "i_1",
              anna,
              new ImportedFile(
                  "recording.zip", format.id(), "Phone", phone.id(), phone.placement(), "", "")),
          registry.wearer("Anna").orElseThrow(),
          format);
      await().atMost(SOON).until(() -> job(imports, "i_1").isOver());
      assertThat(job(imports, "i_1").state()).isEqualTo(ImportJob.State.DONE);
    }
    assertThat(book.of(phone.id()).messagesLost()).isZero();
    assertThat(book.of(phone.id()).messagesFilled()).isEqualTo(1);
  }

  @Test
  void stepsOfAnAppFillNothingThatAPushHasLost() throws IOException {
    Device phone = phoneThatLostAMessage(Instant.parse("2026-02-03T06:00:00Z"), 20);
    try (Imports imports = open()) {
      Files.writeString(imports.data("i_1"), STEPS);
      imports.begin(
          ImportJob.fresh(
              "i_1",
              anna,
              new ImportedFile(
                  "steps.csv", "fitbit", "Phone", phone.id(), phone.placement(), "", "")),
          registry.wearer("Anna").orElseThrow(),
          ImportFormats.find("fitbit").orElseThrow());
      await().atMost(SOON).until(() -> job(imports, "i_1").isOver());
      assertThat(job(imports, "i_1").accepted()).isEqualTo(2);
    }
    assertThat(book.of(phone.id()).messagesLost()).isEqualTo(1);
    assertThat(book.of(phone.id()).messagesFilled()).isZero();
  }

  /** Of three messages of so many seconds the second is missing. */
  private Device phoneThatLostAMessage(Instant from, int seconds) {
    Device phone = registry.addDevice(anna, "Phone", Placement.TROUSER_POCKET).item();
    for (long number : new long[] {0, 2}) {
      Instant begin = from.plusSeconds(seconds * number);
      book.upload(
          phone.id(),
          "sensor-logger",
          CLOCK.instant(),
          new Findings.Message("s", number, begin, begin.plusSeconds(seconds)));
    }
    assertThat(book.of(phone.id()).messagesLost()).isEqualTo(1);
    return phone;
  }

  private void begin(Imports imports, String id) throws IOException {
    Files.writeString(imports.data(id), STEPS);
    imports.begin(
        ImportJob.fresh(id, anna, steps()),
        registry.wearer("Anna").orElseThrow(),
        ImportFormats.find("fitbit").orElseThrow());
  }

  private void awaitBegun(Imports imports) {
    await()
        .atMost(SOON)
        .until(() -> Stream.of("i_1", "i_2", "i_3").anyMatch(id -> job(imports, id).begun() == 1));
  }

  private static ImportJob job(Imports imports, String id) {
    return imports.job(id).orElseThrow();
  }

  private static ImportedFile steps() {
    return new ImportedFile("steps.csv", "fitbit", "Fitbit", null, Placement.WRIST, "", "");
  }

  private Imports open() {
    return new Imports(
        folder.resolve("imports"),
        funnel,
        registry,
        book,
        ImportedLately.open(folder.resolve("imported.txt"), InstantSource.system()),
        (who, barrier) -> true,
        who -> lag.get(),
        IngestLimits.defaults());
  }
}
