package io.lumbar.ingest;

import io.lumbar.http.ApiException;
import io.lumbar.http.Registry;
import io.lumbar.ingest.recording.InputFile;
import io.lumbar.ingest.recording.UnusableFile;
import io.lumbar.ingest.statements.ImportedLately;
import io.lumbar.model.Device;
import io.lumbar.model.DeviceId;
import io.lumbar.model.Provenance;
import io.lumbar.model.RandomIds;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works through imported files beside the live uploads: two at a time, of different wearers, who
 * take turns. What a restart finds unfinished is read again from its beginning, which adds nothing
 * twice.
 */
final class Imports implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Imports.class);

  /** Text packs to a tenth or less; what is read is never kept, so that it only costs time. */
  private static final int MOST_INFLATION = 16;

  static final String RESTARTED =
      "a restart came in between; rows that were read before it count as duplicates";

  /** A file that ends the process must not do so at every start. */
  static final int MOST_BEGUN = 4;

  private static final long LOOK_SECONDS = 20;
  private static final int RETRY_SECONDS = 60;

  /** So that a small file need not wait for a large one. */
  private static final int AT_ONCE = 2;

  private static final long CONFIRM_MILLIS = 50;
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final ImportJobs jobs;
  private final Funnel funnel;
  private final Registry registry;
  private final UploadBook book;
  private final ImportedLately imported;
  private final BarrierWatch watch;
  private final LiveLag liveLag;
  private final Duration confirmWithin;
  private final long mostBytes;
  private final ImportRoom room;

  /** Imports that were over and of an erased wearer at the last look. */
  private final Set<String> leftOver = new HashSet<>();

  private final ScheduledExecutorService cleaner =
      Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "imports-cleaner"));
  private final ImportTurns turns = new ImportTurns();
  private final ExecutorService workers =
      Executors.newFixedThreadPool(AT_ONCE, task -> daemon(task, "imports"));

  /** Read to their end, and not known to be in the history. */
  private final Queue<Unconfirmed> unconfirmed = new ConcurrentLinkedQueue<>();

  private final ScheduledExecutorService confirming =
      Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "imports-history"));

  /** An import that waits for the history, which needs no worker. */
  private static final class Unconfirmed {
    private final ImportRun run;
    private final long since = System.nanoTime();
    private long nextLook = since;

    Unconfirmed(ImportRun run) {
      this.run = run;
    }
  }

  Imports(
      Path folder,
      Funnel funnel,
      Registry registry,
      UploadBook book,
      ImportedLately imported,
      BarrierWatch watch,
      LiveLag liveLag,
      IngestLimits limits) {
    this.jobs = ImportJobs.open(folder);
    this.funnel = funnel;
    this.registry = registry;
    this.book = book;
    this.imported = imported;
    this.watch = watch;
    this.liveLag = liveLag;
    this.confirmWithin = limits.confirmWithin();
    this.mostBytes = limits.maxImportBytes();
    this.room = new ImportRoom(folder, limits.importsBytes(), limits.leastFreeBytes());
    jobs.removeIf(job -> registry.wearer(job.wearer().value()).isEmpty());
    for (ImportJob job : jobs.unfinished()) {
      resume(job);
    }
    for (int i = 0; i < AT_ONCE; i++) {
      workers.execute(this::workOn);
    }
    every(TimeUnit.SECONDS.toMillis(LOOK_SECONDS), cleaner, this::removeErased);
    every(CONFIRM_MILLIS, confirming, this::confirm);
  }

  private static void every(long millis, ScheduledExecutorService by, Runnable task) {
    ScheduledFuture<?> unused =
        by.scheduleWithFixedDelay(task, millis, millis, TimeUnit.MILLISECONDS);
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** At the second look, so that whoever waits for the import may still read why it ended. */
  private void removeErased() {
    try {
      Set<String> found = new HashSet<>();
      jobs.removeIf(
          job -> {
            boolean gone = job.isOver() && registry.wearer(job.wearer().value()).isEmpty();
            if (gone) {
              found.add(job.id());
            }
            return gone && leftOver.contains(job.id());
          });
      imported.removeIf(wearer -> registry.wearer(wearer.value()).isEmpty());
      leftOver.clear();
      leftOver.addAll(found);
    } catch (RuntimeException e) {
      LOG.error("imports of erased wearers wait for the next look", e);
    }
  }

  /** How many imports of a wearer wait or are under way. */
  long queued(WearerId wearer) {
    return jobs.unfinished().stream().filter(job -> job.wearer().equals(wearer)).count();
  }

  Optional<ImportJob> job(String id) {
    return jobs.job(id);
  }

  /** Counts a file that was refused before an import of it began. */
  void refused() {
    funnel.countRefusedFile();
  }

  /** A new id; the upload is to be written to {@link #data}. */
  String newId() {
    return RandomIds.next("i_");
  }

  Path data(String id) {
    return jobs.data(id);
  }

  /** An uploaded file, to be looked at before it is worked on. */
  InputFile file(String id) throws IOException {
    return file(jobs.data(id));
  }

  InputFile file(Path data) throws IOException {
    return new InputFile(data, MOST_INFLATION * mostBytes, out -> room.bounded(out, mostBytes));
  }

  /**
   * Refuses a file for which there is no room.
   *
   * @param size as far as it is known, or 0
   * @throws ApiException 503
   */
  void requireRoom(long size) {
    room.require(size);
  }

  /** A new file for an upload, which fails when the room for it ends. */
  OutputStream create(Path data) throws IOException {
    return room.bounded(Files.newOutputStream(data), Long.MAX_VALUE);
  }

  /**
   * Starts to work on an uploaded file.
   *
   * @throws ApiException 503 when it cannot be noted: after a restart nobody would know of it
   */
  void begin(ImportJob job, Wearer wearer, ImportFormat format) {
    try {
      jobs.keep(job);
    } catch (IOException e) {
      LOG.warn("import {} cannot be noted: {}", job.id(), e.toString());
      throw ApiException.unavailable(
          "the import cannot be noted on the server's disk; is it full?", RETRY_SECONDS);
    }
    submit(job, wearer, format);
  }

  @Override
  public void close() {
    cleaner.shutdownNow();
    workers.shutdownNow();
    confirming.shutdownNow();
    try {
      if (!workers.awaitTermination(20, TimeUnit.SECONDS)
          || !confirming.awaitTermination(5, TimeUnit.SECONDS)) {
        LOG.warn("an import did not stop in time; it is read again at the next start");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void resume(ImportJob job) {
    Optional<ImportFormat> format = ImportFormats.find(job.file().format());
    Optional<Wearer> wearer = registry.wearer(job.wearer().value());
    if (format.isEmpty() || wearer.isEmpty() || !Files.exists(jobs.data(job.id()))) {
      jobs.save(
          job.noted("a restart came in between and the file is gone; import it again")
              .with(ImportJob.State.FAILED, job.progress()));
      return;
    }
    if (job.begun() >= MOST_BEGUN) {
      fail(job, "it was begun %d times without an end; import it again".formatted(job.begun()));
      return;
    }
    ImportJob again = ImportJob.fresh(job.id(), job.wearer(), job.file()).begun(job.begun());
    if (wasRead(job)) {
      again = again.noted(RESTARTED);
    }
    jobs.save(again);
    submit(again, wearer.get(), format.get());
  }

  /** Whether some of the file may have been imported already. */
  private static boolean wasRead(ImportJob job) {
    return job.begun() > 0
        || job.state() == ImportJob.State.WAITING
        || job.notes().contains(RESTARTED);
  }

  /**
   * Leaves an import that a stop has interrupted to the next start; the file did not cause that.
   */
  private void leave(ImportJob job) {
    LOG.info("import {} is read again at the next start", job.id());
    // An interrupted thread may be kept from writing.
    boolean interrupted = Thread.interrupted();
    try {
      jobs.save(wasRead(job) ? job : job.noted(RESTARTED));
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void submit(ImportJob job, Wearer wearer, ImportFormat format) {
    turns.add(job.wearer(), () -> work(job, wearer, format));
  }

  private void workOn() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        ImportTurns.Turn turn = turns.next();
        try {
          turn.work().run();
        } catch (RuntimeException | Error e) {
          // Whoever comes next still has a turn.
          LOG.error("an import ended without a word", e);
        } finally {
          turns.over(turn);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void confirm() {
    unconfirmed.removeIf(this::isOver);
  }

  /** Asks the history for one that waits for it, the more seldom the longer it waits. */
  private boolean isOver(Unconfirmed waiting) {
    long now = System.nanoTime();
    if (now - waiting.nextLook < 0) {
      return false;
    }
    long waited = now - waiting.since;
    waiting.nextLook = now + Math.min(LONGEST_PAUSE_NANOS, waited / 10);
    ImportRun run = waiting.run;
    try {
      if (run.isConfirmed(watch)) {
        LOG.info("import {} is over: {} rows", run.job().id(), run.job().rows());
        return true;
      }
      if (waited > confirmWithin.toNanos()) {
        fail(
            run.job(),
            "the data is kept, but the history had not confirmed it within "
                + confirmWithin.toMinutes()
                + " min; is the history running?");
        return true;
      }
    } catch (RuntimeException | Error e) {
      LOG.error("whether import {} is over is asked again", run.job().id(), e);
    }
    return false;
  }

  private void work(ImportJob waiting, Wearer wearer, ImportFormat format) {
    ImportJob job = waiting.begun(waiting.begun() + 1);
    jobs.save(job);
    ImportRun run = null;
    try {
      requireNotErased(registry, job.wearer());
      String zone = job.file().zone();
      Source source =
          new Source(
              wearer,
              device(wearer, job.file()),
              zone.isEmpty() ? null : ZoneId.of(zone),
              "import " + job.id(),
              Provenance.IMPORT);
      run = new ImportRun(job, source, funnel, jobs, liveLag, registry);
      imported.note(job.wearer());
      run.read(format, file(job.id()));
      imported.note(job.wearer());
      // An app's export spans years; steps alone bring no motion back that a push has lost.
      if (run.hasMotion() || format instanceof SensorLoggerImport) {
        run.span().ifPresent(span -> book.imported(source.device().id(), span.from(), span.to()));
      }
      unconfirmed.add(new Unconfirmed(run));
    } catch (ApiException | UnusableFile e) {
      if (Thread.currentThread().isInterrupted()) {
        leave(waiting);
        return;
      }
      fail(run == null ? job : run.job(), String.valueOf(e.getMessage()));
    } catch (IOException | RuntimeException | Error e) {
      if (Thread.currentThread().isInterrupted()) {
        leave(waiting);
        return;
      }
      LOG.error("import {} failed", job.id(), e);
      fail(
          run == null ? job : run.job(),
          "something went wrong here; the log has it under import " + job.id());
    }
  }

  /** Ends an import whose wearer was erased after it was handed in. */
  static void requireNotErased(Registry registry, WearerId wearer) {
    if (registry.wearer(wearer.value()).isEmpty()) {
      throw ApiException.notFound("the wearer was erased meanwhile, so the import ended");
    }
  }

  private void fail(ImportJob job, String sentence) {
    jobs.save(job.noted(sentence).with(ImportJob.State.FAILED, job.progress()));
  }

  private Device device(Wearer wearer, ImportedFile file) {
    DeviceId into = file.into();
    if (into != null) {
      return registry.devicesOf(wearer.id()).stream()
          .filter(device -> device.id().equals(into))
          .findFirst()
          .orElseThrow(() -> ApiException.badRequest("the device was removed meanwhile"));
    }
    return registry.devicesOf(wearer.id()).stream()
        .filter(device -> device.name().equals(file.device()))
        .filter(device -> device.placement() == file.placement())
        .findFirst()
        .orElseGet(() -> registry.addDevice(wearer.id(), file.device(), file.placement()).item());
  }
}
