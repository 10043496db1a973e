package io.lumbar.app.streams;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows whether this process was away lately: not running, or asleep with its machine.
 *
 * <p>Phones that were refused need ten seconds to send again, so for these no timer may speak.
 * After an absence of up to twenty seconds, as of a restart right after a kill, it is alerted at
 * once: whoever was refused meanwhile is back by then, or nearly. The time of a file that is
 * touched every five seconds tells how long the process was not there; a missing file, nothing.
 */
public final class Heartbeat implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
  private static final Duration BEAT = Duration.ofSeconds(5);
  private static final long LONGEST_RESTART_MILLIS = 20_000;
  private static final long GRACE_NANOS = Duration.ofSeconds(10).toNanos();

  private final Path file;
  private final LongSupplier millis;
  private final LongSupplier nanos;
  private final ScheduledExecutorService pulse =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "heartbeat");
            thread.setDaemon(true);
            return thread;
          });
  private long seenMillis;
  private long backNanos;
  private boolean wasAway;

  /** Whether a phone can reach this process; its moment to come back begins no earlier. */
  private boolean reachable;

  Heartbeat(Path file, LongSupplier millis, LongSupplier nanos) {
    this.file = file;
    this.millis = millis;
    this.nanos = nanos;
    seenMillis = lastTouched();
    beat();
  }

  /** Begins to touch a file, whose folder is there or can be made. */
  @SuppressWarnings("FutureReturnValueIgnored") // beat() logs what goes wrong
  public static Heartbeat start(Path file) {
    Heartbeat heartbeat = new Heartbeat(file, System::currentTimeMillis, System::nanoTime);
    heartbeat.pulse.scheduleWithFixedDelay(
        heartbeat::beat, BEAT.toMillis(), BEAT.toMillis(), TimeUnit.MILLISECONDS);
    return heartbeat;
  }

  /** Notes that uploads are taken from now on. */
  public synchronized void reachable() {
    isJustBack();
    if (!reachable && wasAway) {
      backNanos = nanos.getAsLong();
    }
    reachable = true;
  }

  /**
   * True for ten seconds after an absence of more than twenty; after one before its start, from
   * when it could be reached.
   */
  public synchronized boolean isJustBack() {
    long now = millis.getAsLong();
    // A clock that was put back says nothing about the time between; so it counts as an absence.
    if (Math.abs(now - seenMillis) > LONGEST_RESTART_MILLIS) {
      wasAway = true;
      backNanos = nanos.getAsLong();
    }
    seenMillis = now;
    wasAway &= !reachable || nanos.getAsLong() - backNanos < GRACE_NANOS;
    return wasAway;
  }

  /** Looks and leaves a trace. */
  void beat() {
    isJustBack();
    touch();
  }

  private long lastTouched() {
    try {
      return Files.getLastModifiedTime(file).toMillis();
    } catch (NoSuchFileException e) {
      return millis.getAsLong();
    } catch (IOException e) {
      LOG.warn("cannot read {}", file, e);
      return millis.getAsLong();
    }
  }

  private void touch() {
    try {
      if (!Files.exists(file)) {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, "");
      }
      Files.setLastModifiedTime(file, FileTime.fromMillis(millis.getAsLong()));
    } catch (IOException e) {
      LOG.warn("cannot touch {}; after a stop timers may speak before phones are back", file, e);
    }
  }

  @Override
  public void close() {
    pulse.shutdownNow();
    touch();
  }
}
