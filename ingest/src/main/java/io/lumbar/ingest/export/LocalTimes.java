package io.lumbar.ingest.export;

import io.lumbar.ingest.recording.WallClock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;

/**
 * Turns the times of an app's export into instants. Such times follow the clock on the wall through
 * a change of daylight saving time: of an hour that comes twice the first is meant, until the rows
 * come to it again.
 */
final class LocalTimes {
  private static final long SECOND = 1_000_000_000L;

  private final Function<Instant, ZoneId> zone;
  private final WallClock clock;
  private Instant last = Instant.MIN;

  LocalTimes(Function<Instant, ZoneId> zone, boolean dayFirst) {
    this.zone = zone;
    this.clock = new WallClock(dayFirst);
  }

  /**
   * The instant of a text, local unless it has an offset.
   *
   * @throws java.time.DateTimeException when it is no date with a time
   */
  Instant of(String text) {
    long nanos = clock.nanos(text);
    Instant asUtc =
        Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND));
    if (!clock.isAbsolute()) {
      asUtc = of(LocalDateTime.ofInstant(asUtc, ZoneOffset.UTC), zone.apply(asUtc));
    }
    last = asUtc;
    return asUtc;
  }

  private Instant of(LocalDateTime local, ZoneId holding) {
    List<ZoneOffset> offsets = holding.getRules().getValidOffsets(local);
    if (offsets.size() < 2) {
      return local.atZone(holding).toInstant();
    }
    Instant first = local.toInstant(offsets.get(0));
    return first.isAfter(last) ? first : local.toInstant(offsets.get(1));
  }
}
