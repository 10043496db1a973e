package io.lumbar.ingest.recording;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns the times of one file into instants.
 *
 * <p>A sensor's wall clock runs through a change of daylight saving time. So only the first local
 * time is looked up in the zone, and all others keep their distance from it.
 */
public final class LocalClock {
  private static final long SECOND = 1_000_000_000L;

  private final Function<Instant, ZoneId> zone;
  private final @Nullable Instant start;
  private boolean fixed;
  private long offsetNanos;

  /**
   * A clock for one file.
   *
   * @param zone the zone that holds around an instant
   * @param start when the recording began, for files that count from there
   */
  public LocalClock(Function<Instant, ZoneId> zone, @Nullable Instant start) {
    this.zone = zone;
    this.start = start;
  }

  /** When the recording began, if that was said. */
  @Nullable Instant start() {
    return start;
  }

  /** Epoch nanoseconds of a wall clock's time, given as nanoseconds since 1970 on that clock. */
  long ofLocal(long wallNanos) {
    if (!fixed) {
      Instant asUtc = Instant.ofEpochSecond(0, 0).plusNanos(wallNanos);
      LocalDateTime local = LocalDateTime.ofInstant(asUtc, ZoneOffset.UTC);
      ZoneId holding = zone.apply(asUtc);
      offsetNanos = local.atZone(holding).getOffset().getTotalSeconds() * SECOND;
      fixed = true;
    }
    return wallNanos - offsetNanos;
  }

  /**
   * Epoch nanoseconds of a time that counts from the start.
   *
   * @throws UnusableFile when nobody said when that was
   */
  long ofRelative(double seconds) throws UnusableFile {
    if (start == null) {
      throw new UnusableFile("start: the file does not say when the recording began");
    }
    return start.getEpochSecond() * SECOND + start.getNano() + Math.round(seconds * SECOND);
  }
}
