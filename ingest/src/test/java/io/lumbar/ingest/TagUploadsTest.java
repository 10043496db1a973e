package io.lumbar.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lumbar.http.ApiException;
import io.lumbar.ingest.format.Intake;
import io.lumbar.model.MotionBatch;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What several phones heard of one wearer's tags, while Kafka takes its time. */
@Timeout(60)
class TagUploadsTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-03-02T12:00:00Z"));
  private static final int UPLOADS = 10;

  @TempDir Path folder;
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());

  @Test
  void aFewWaitForEachOtherAndTheOthersAreToldAtOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(UPLOADS);
    try (DuplicateIndex index = DuplicateIndex.open(folder, 1_024, CLOCK.instant())) {
      Funnel funnel =
          new Funnel(
              new Outbox(producer),
              index,
              new Tally(Formats.counted()),
              CLOCK,
              1_000,
              UploadGate.OPEN);
      List<Future<Integer>> uploads =
          IntStream.range(0, UPLOADS)
              .mapToObj(i -> threads.submit(() -> upload(funnel, i)))
              .toList();
      // One is on its way to Kafka and four wait for it, for less than the five seconds.
      await()
          .atMost(Duration.ofSeconds(3))
          .until(() -> uploads.stream().filter(Future::isDone).count() == UPLOADS - 5);
      for (Future<Integer> each : uploads) {
        if (each.isDone()) {
          assertThat(each.get()).isEqualTo(503);
        }
      }

      int kept = 0;
      for (Future<Integer> each : uploads) {
        await()
            .atMost(Duration.ofSeconds(10))
            .until(
                () -> {
                  producer.completeNext();
                  return each.isDone();
                });
        kept += each.get() == 200 ? 1 : 0;
      }
      assertThat(kept).isEqualTo(5);
    } finally {
      threads.shutdownNow();
    }
  }

  private static int upload(Funnel funnel, int number) {
    MotionBatch batch =
        new MotionBatch(
            Uploads.SOURCE.stampAt(CLOCK.instant()),
            (CLOCK.instant().getEpochSecond() - 60 - number) * 1_000_000_000L,
            new int[] {0},
            new float[] {0},
            new float[] {1},
            new float[] {0});
    try {
      Receipt receipt =
          funnel.accept(
              Uploads.SOURCE,
              Formats.MOTION,
              List.of(
                  new Element.Motion(
                      "[0]", 1, batch, new Intake.Identity("tag " + number, number))));
      return receipt.accepted() == 1 ? 200 : 0;
    } catch (ApiException e) {
      return e.status();
    }
  }
}
