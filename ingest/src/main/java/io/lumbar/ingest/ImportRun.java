package io.lumbar.ingest;

import io.lumbar.http.ApiException;
import io.lumbar.http.Registry;
import io.lumbar.ingest.recording.InputFile;
import io.lumbar.model.Barrier;
import io.lumbar.model.BatteryObservation;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.Observation;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.StepCounterObservation;
import io.lumbar.model.StepsObservation;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One import at work: reads the file in batches through the funnel, then waits for the history. */
final class ImportRun implements ImportSink {
  private static final int BATCH = 1_000;
  // About two megabytes when encoded.
  private static final int BATCH_SAMPLES = 250_000;
  private static final Duration MOST_LAG = Duration.ofSeconds(2);
  private static final int ATTEMPTS = 300;
  private static final long RETRY_NANOS = 1_000_000_000L;
  private static final long PAUSE_NANOS = 100_000_000L;
  private static final long LONGEST_PAUSE_NANOS = 120_000_000_000L;
  // Reading the file is most of the way; the rest is the history's.
  private static final double READ_SHARE = 0.9;

  private final Source source;
  private final Funnel funnel;
  private final ImportJobs jobs;
  private final LiveLag liveLag;
  private final Registry registry;
  private final List<Element> batch = new ArrayList<>(BATCH);
  private ImportJob job;
  private int samples;
  private long first = Long.MAX_VALUE;
  private long last = Long.MIN_VALUE;
  private boolean waitedLongEnough;
  private boolean toldOfWaiting;
  private boolean motion;
  private @Nullable InputFile file;

  ImportRun(
      ImportJob job,
      Source source,
      Funnel funnel,
      ImportJobs jobs,
      LiveLag liveLag,
      Registry registry) {
    this.job = job;
    this.source = source;
    this.funnel = funnel;
    this.jobs = jobs;
    this.liveLag = liveLag;
    this.registry = registry;
  }

  /**
   * Reads the file to its end and writes the barrier.
   *
   * @throws IOException when the file cannot be read
   * @throws ApiException when Kafka stays away for minutes, or the wearer was erased
   */
  void read(ImportFormat format, InputFile uploaded) throws IOException {
    file = uploaded;
    String start = job.file().start();
    format.read(uploaded, source, start.isEmpty() ? null : Instant.parse(start), this);
    flush();
    retrying(
        () -> {
          Imports.requireNotErased(registry, job.wearer());
          funnel.close(source, new Barrier(job.id()));
        });
    job = job.with(ImportJob.State.WAITING, READ_SHARE).begun(0);
    jobs.save(job);
  }

  /** Whether the history has everything; then the import is done. */
  boolean isConfirmed(BarrierWatch watch) {
    if (!hasPassed(watch)) {
      return false;
    }
    job = job.with(ImportJob.State.DONE, 1);
    jobs.save(job);
    return true;
  }

  @Override
  public void take(Element element) {
    batch.add(element);
    if (element instanceof Element.Motion moved) {
      motion = true;
      MotionBatch felt = moved.batch();
      samples += felt.size();
      span(felt.millisAt(0), felt.millisAt(felt.size() - 1));
    } else if (element instanceof Element.Reading reading) {
      span(reading.observation());
    }
    if (batch.size() >= BATCH || samples >= BATCH_SAMPLES) {
      flush();
    }
  }

  @Override
  public void note(String sentence) {
    job = job.noted(sentence);
  }

  private void span(Observation observation) {
    if (observation instanceof PostureObservation posture) {
      Instant end = posture.change() ? posture.from() : posture.to();
      span(posture.from().toEpochMilli(), end.toEpochMilli());
    } else if (observation instanceof StepsObservation steps) {
      span(steps.from().toEpochMilli(), steps.to().toEpochMilli());
    } else if (observation instanceof StepCounterObservation counter) {
      span(counter.at().toEpochMilli(), counter.at().toEpochMilli());
    } else if (observation instanceof BatteryObservation battery) {
      span(battery.at().toEpochMilli(), battery.at().toEpochMilli());
    }
  }

  private void span(long from, long to) {
    first = Math.min(first, from);
    last = Math.max(last, to);
  }

  /** From the first to the last of what was measured; empty without any. */
  Optional<Span> span() {
    return first > last
        ? Optional.empty()
        : Optional.of(new Span(Instant.ofEpochMilli(first), Instant.ofEpochMilli(last)));
  }

  /** Whether there was any motion in it. */
  boolean hasMotion() {
    return motion;
  }

  /** Some time of a recording. */
  record Span(Instant from, Instant to) {}

  ImportJob job() {
    return job;
  }

  private void flush() {
    List<Element> elements = List.copyOf(batch);
    batch.clear();
    samples = 0;
    if (!elements.isEmpty()) {
      standBack();
      retrying(
          () -> {
            awaitRoom();
            requireGoingOn();
            Imports.requireNotErased(registry, job.wearer());
            job = job.plus(funnel.accept(source, job.file().format(), elements));
          });
    }
    double read = file == null ? 0 : file.progress();
    job = job.with(ImportJob.State.READING, READ_SHARE * read);
    jobs.show(job);
  }

  /**
   * Live comes first: waits while what is in the partition already is worked off too slowly. An
   * analysis that does not run at all must not hold up every import, so the wait has an end.
   */
  private void standBack() {
    long end = System.nanoTime() + LONGEST_PAUSE_NANOS;
    while (!waitedLongEnough && !Thread.currentThread().isInterrupted() && liveWaits()) {
      LockSupport.parkNanos(PAUSE_NANOS);
      if (System.nanoTime() - end > 0) {
        waitedLongEnough = true;
        note("the analysis is behind or does not run; the import went on without waiting for it");
      }
    }
  }

  /** Waits as long as it takes: what is full now would be as full for a file handed in anew. */
  private void awaitRoom() {
    Optional<String> closed = funnel.closedForImports();
    while (closed.isPresent() && !Thread.currentThread().isInterrupted()) {
      Imports.requireNotErased(registry, job.wearer());
      if (!toldOfWaiting) {
        note("waited for a while: " + closed.get());
        jobs.show(job);
        toldOfWaiting = true;
      }
      LockSupport.parkNanos(RETRY_NANOS);
      closed = funnel.closedForImports();
    }
  }

  /** Of a file of nothing but duplicates nothing is sent that a stop could interrupt. */
  private static void requireGoingOn() {
    if (Thread.currentThread().isInterrupted()) {
      throw ApiException.unavailable("the server stops", Funnel.RETRY_SECONDS);
    }
  }

  private boolean liveWaits() {
    try {
      return liveLag.of(job.wearer()).compareTo(MOST_LAG) > 0;
    } catch (RuntimeException e) {
      // Who cannot be asked may be behind; the broker comes back or the import is stopped.
      return true;
    }
  }

  private boolean hasPassed(BarrierWatch watch) {
    try {
      return watch.passed(job.wearer(), job.id());
    } catch (RuntimeException e) {
      // The history may be away for a while; the deadline decides.
      return false;
    }
  }

  /** A broker that is away for a few minutes only delays an import. */
  private static void retrying(Runnable step) {
    for (int attempt = 1; ; attempt++) {
      try {
        step.run();
        return;
      } catch (ApiException e) {
        if (e.status() != 503 || attempt == ATTEMPTS || Thread.currentThread().isInterrupted()) {
          throw e;
        }
        LockSupport.parkNanos(RETRY_NANOS);
      }
    }
  }
}
