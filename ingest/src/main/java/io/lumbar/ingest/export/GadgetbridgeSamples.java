package io.lumbar.ingest.export;

import io.lumbar.model.Posture;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The samples of one device in order of time, a minute each. Minutes of one posture are joined;
 * while the watch is not worn or charges, its zeros are no steps.
 */
final class GadgetbridgeSamples {
  private static final long MINUTE_MILLIS = 60_000;

  /** Seconds have ten digits for the next two centuries, milliseconds thirteen. */
  private static final long LEAST_MILLIS = 100_000_000_000L;

  private static final long LONGEST_MILLIS = 24 * 60 * MINUTE_MILLIS;

  private final String table;
  private final GadgetbridgeKinds kinds;
  private final ExportTaker taker;
  private int kind = -1;
  private @Nullable Posture posture;
  private long from;
  private long to;
  private int rows;

  GadgetbridgeSamples(String table, GadgetbridgeKinds kinds, ExportTaker taker) {
    this.table = table;
    this.kinds = kinds;
    this.taker = taker;
  }

  void take(long timestamp, int steps, int rawKind) {
    long at = timestamp < LEAST_MILLIS ? timestamp * 1_000 : timestamp;
    if (at <= 0) {
      taker.refused(table + " at " + timestamp, "TIMESTAMP: must be seconds since 1970");
      return;
    }
    kind = rawKind == kinds.carried() ? kind : rawKind;
    Posture now = kinds.posture(kind).orElse(null);
    boolean told = steps >= 0 && now != Posture.NOT_WORN;
    if (told) {
      Instant begin = instant(at);
      taker.steps(path(at), 1, steps, begin, begin.plusMillis(MINUTE_MILLIS));
    }
    continueWith(now, at, told ? 0 : 1);
  }

  /** Passes on the last posture. */
  void finish() {
    continueWith(null, Long.MAX_VALUE, 0);
  }

  /** A row that steps stand for already counts 0 here. */
  private void continueWith(@Nullable Posture now, long at, int count) {
    boolean goesOn =
        now != null
            && now == posture
            && at <= to + MINUTE_MILLIS
            && at + MINUTE_MILLIS - from <= LONGEST_MILLIS;
    if (!goesOn) {
      if (posture != null) {
        taker.posture(path(from), rows, posture, instant(from), instant(to));
      } else if (rows > 0) {
        taker.ignored(rows);
      }
      posture = now;
      from = at;
      rows = 0;
    }
    rows += count;
    to = at == Long.MAX_VALUE ? at : at + MINUTE_MILLIS;
  }

  private String path(long at) {
    return table + " at " + instant(at);
  }

  private static Instant instant(long millis) {
    try {
      return Instant.ofEpochMilli(millis);
    } catch (DateTimeException e) {
      return Instant.MAX;
    }
  }
}
