package io.lumbar.ingest;

import io.lumbar.http.ApiException;
import io.lumbar.model.Barrier;
import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** One import at work: reads the file in batches through the funnel, then waits for the history. */
final class ImportRun implements ImportSink {
  private static final int BATCH = 1_000;
  private static final int ATTEMPTS = 300;
  private static final long RETRY_NANOS = 1_000_000_000L;
  private static final long POLL_MILLIS = 50;
  // Reading the file is most of the way; the rest is the history's.
  private static final double READ_SHARE = 0.9;

  private final Source source;
  private final Funnel funnel;
  private final ImportJobs jobs;
  private final List<Element> batch = new ArrayList<>(BATCH);
  private ImportJob job;
  private long bytesRead;
  private long bytesInAll = 1;

  ImportRun(ImportJob job, Source source, Funnel funnel, ImportJobs jobs) {
    this.job = job;
    this.source = source;
    this.funnel = funnel;
    this.jobs = jobs;
  }

  /**
   * Reads the file to its end and writes the barrier.
   *
   * @throws IOException when the file cannot be read
   * @throws ApiException when Kafka stays away for minutes
   */
  void read(ImportFormat format, Path file) throws IOException, InterruptedException {
    bytesInAll = Math.max(1, Files.size(file));
    CharsetDecoder decoder =
        StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPLACE);
    try (InputStream in = new Counting(Files.newInputStream(file));
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, decoder))) {
      format.read(lines, source, this);
    }
    flush();
    retrying(() -> funnel.close(source, new Barrier(job.id())));
    job = job.with(ImportJob.State.WAITING, READ_SHARE);
    jobs.save(job);
  }

  /** Waits until the history has everything; false when that takes longer than the limit. */
  boolean awaitHistory(BarrierWatch watch, Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!hasPassed(watch)) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      Thread.sleep(POLL_MILLIS);
    }
    job = job.with(ImportJob.State.DONE, 1);
    jobs.save(job);
    return true;
  }

  @Override
  public void take(Element element) {
    batch.add(element);
    if (batch.size() >= BATCH) {
      flush();
    }
  }

  @Override
  public void note(String sentence) {
    job = job.noted(sentence);
  }

  ImportJob job() {
    return job;
  }

  private void flush() {
    List<Element> elements = List.copyOf(batch);
    batch.clear();
    if (!elements.isEmpty()) {
      retrying(() -> job = job.plus(funnel.accept(source, elements)));
    }
    job = job.with(ImportJob.State.READING, READ_SHARE * bytesRead / bytesInAll);
    jobs.show(job);
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

  private final class Counting extends FilterInputStream {
    Counting(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
      int n = super.read(buffer, from, length);
      bytesRead += Math.max(0, n);
      return n;
    }
  }
}
