package io.lumbar.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lumbar.http.ApiException;
import io.lumbar.http.MemoryRegistry;
import io.lumbar.model.Placement;
import io.lumbar.model.Provenance;
import io.lumbar.model.Wearer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What one import does while it may not go on. */
@Timeout(60)
class ImportRunTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-03-02T12:00:00Z"));
  private static final int BATCH = 1_000;
  private static final Optional<String> FULL = Optional.of("the disk is nearly full");

  @TempDir Path folder;
  private final Script gate = new Script();
  private DuplicateIndex index;
  private ImportRun run;

  /** Answers in turn, and is open after that. */
  private static final class Script implements UploadGate {
    private final Queue<Optional<String>> forAll = new ArrayDeque<>();
    private final Queue<Optional<String>> forImports = new ArrayDeque<>();

    @Override
    public Optional<String> closed() {
      return forAll.isEmpty() ? Optional.empty() : forAll.remove();
    }

    @Override
    public Optional<String> closedForImports() {
      return forImports.isEmpty() ? Optional.empty() : forImports.remove();
    }
  }

  @BeforeEach
  void start() {
    index = DuplicateIndex.open(folder.resolve("duplicates"), 1_024, CLOCK.instant());
    MemoryRegistry registry = new MemoryRegistry();
    Wearer anna = registry.addWearer("Anna", ZoneId.of("Europe/London")).item();
    run =
        new ImportRun(
            ImportJob.fresh(
                "i_1",
                anna.id(),
                new ImportedFile("steps.csv", "fitbit", "Fitbit", null, Placement.WRIST, "", "")),
            new Source(anna, Uploads.DEVICE, null, "import i_1", Provenance.IMPORT),
            new Funnel(
                new Outbox(
                    new MockProducer<>(
                        true, null, new ByteArraySerializer(), new ByteArraySerializer())),
                index,
                new Tally(Formats.counted()),
                CLOCK,
                BATCH,
                gate),
            ImportJobs.open(folder.resolve("imports")),
            who -> Duration.ZERO,
            registry);
  }

  @AfterEach
  void stop() {
    index.close();
  }

  @Test
  void aFileOfNothingNewEndsWithTheServerToo() {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> batch(new Element.Ignored(1)))
          .isInstanceOf(ApiException.class)
          .hasMessageContaining("stops");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void saysOnceThatItHadToWait() {
    gate.forImports.addAll(List.of(FULL, Optional.empty(), FULL));
    batch(new Element.Ignored(1));
    batch(new Element.Ignored(1));
    assertThat(gate.forImports).isEmpty();
    assertThat(run.job().received()).isEqualTo(2 * BATCH);
    assertThat(run.job().notes()).containsExactly("waited for a while: the disk is nearly full");
  }

  @Test
  void waitsPatientlyForWhatFillsUpWhileItSends() {
    gate.forAll.add(FULL);
    gate.forImports.addAll(List.of(Optional.empty(), FULL));
    batch(new Element.Refused("row", "no date", null));
    assertThat(gate.forImports).isEmpty();
    assertThat(run.job().rejectedCount()).isEqualTo(BATCH);
    assertThat(run.job().notes()).hasSize(1);
  }

  private void batch(Element each) {
    for (int i = 0; i < BATCH; i++) {
      run.take(each);
    }
  }
}
