package io.lumbar.app.health;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Looks every five seconds whether a disk has room, so that who asks need not wait for the disk.
 * Thread-safe.
 */
public final class DiskWatch implements AutoCloseable {
  private static final long EVERY_SECONDS = 5;

  private final Supplier<Condition> look;
  private final ScheduledExecutorService looking =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "disk");
            thread.setDaemon(true);
            return thread;
          });
  private volatile Condition found = Condition.ok();

  private DiskWatch(Supplier<Condition> look) {
    this.look = look;
  }

  /** Of the disk that a folder is on. */
  public static DiskWatch of(Path folder) {
    return by(() -> DiskSpace.of(folder));
  }

  static DiskWatch by(Supplier<Condition> look) {
    DiskWatch watch = new DiskWatch(look);
    watch.look();
    ScheduledFuture<?> unused =
        watch.looking.scheduleWithFixedDelay(
            watch::look, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    return watch;
  }

  private void look() {
    found = look.get();
  }

  /** Why nothing more should be written, as {@link DiskSpace} says it. */
  public Optional<String> full() {
    return found.grade() == Condition.Grade.OK ? Optional.empty() : Optional.of(found.sentence());
  }

  @Override
  public void close() {
    looking.shutdownNow();
  }
}
