package io.lumbar.app.health;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every five seconds whether a disk has room, so that who asks need not wait for the disk.
 * Thread-safe.
 */
public final class DiskWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DiskWatch.class);
  private static final long EVERY_SECONDS = 5;

  private final Supplier<Optional<String>> look;
  private final ScheduledExecutorService looking =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "disk");
            thread.setDaemon(true);
            return thread;
          });
  private volatile Optional<String> found = Optional.empty();

  private DiskWatch(Supplier<Optional<String>> look) {
    this.look = look;
  }

  /** Of the disk that a folder is on. */
  public static DiskWatch of(Path folder) {
    return by(() -> DiskSpace.full(folder));
  }

  static DiskWatch by(Supplier<Optional<String>> look) {
    DiskWatch watch = new DiskWatch(look);
    watch.look();
    ScheduledFuture<?> unused =
        watch.looking.scheduleWithFixedDelay(
            watch::look, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    return watch;
  }

  /** Throws nothing, which would end the schedule. */
  private void look() {
    try {
      found = look.get();
    } catch (RuntimeException e) {
      LOG.error("the disk's free space is looked at again", e);
    }
  }

  /** Why nothing more should be written, as {@link DiskSpace} says it. */
  public Optional<String> full() {
    return found;
  }

  @Override
  public void close() {
    looking.shutdownNow();
  }
}
