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
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
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

  /** One on its way to Kafka and four that wait for it. */
  private static final int TAKEN = 5;

  @TempDir Path folder;
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());

  @Test
  void aFewWaitForEachOtherAndTheOthersAreToldAtOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(UPLOADS);
    try (DuplicateIndex index = DuplicateIndex.open(folder, 1_024, CLOCK.instant())) {
      Outbox outbox = new Outbox(producer);
      Queue<Integer> told = new ConcurrentLinkedQueue<>();
      outbox.whenRefused(told::add);
      Funnel funnel =
          new Funnel(outbox, index, new Tally(Formats.counted()), CLOCK, 1_000, UploadGate.OPEN);
      // What a first upload loads and compiles must not make the others late.
      Future<Integer> early = threads.submit(() -> upload(funnel, UPLOADS));
      await()
          .atMost(Duration.ofSeconds(10))
          .until(
              () -> {
                producer.completeNext();
                return early.isDone();
              });

      List<Future<Integer>> taken = new ArrayList<>();
      for (int i = 0; i < TAKEN; i++) {
        int number = i;
        AtomicReference<Thread> by = new AtomicReference<>();
        taken.add(
            threads.submit(
                () -> {
                  by.set(Thread.currentThread());
                  return upload(funnel, number);
                }));
        await()
            .pollInterval(Duration.ofMillis(2))
            .atMost(Duration.ofSeconds(3))
            .until(() -> by.get() != null && by.get().getState() == Thread.State.TIMED_WAITING);
      }
      for (int i = TAKEN; i < UPLOADS; i++) {
        assertThat(upload(funnel, i)).isEqualTo(503);
      }
      // Somebody may stand up in one of them, which a timer must not take for sitting.
      assertThat(told).containsOnly(Funnel.RETRY_SECONDS).hasSize(UPLOADS - TAKEN);

      for (Future<Integer> each : taken) {
        await()
            .atMost(Duration.ofSeconds(10))
            .until(
                () -> {
                  producer.completeNext();
                  return each.isDone();
                });
        assertThat(each.get()).isEqualTo(200);
      }
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
