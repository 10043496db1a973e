package io.lumbar.analytics.trunk;

import io.lumbar.analytics.trunk.TrunkAxes.Direction;
import java.nio.ByteBuffer;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * When a trunk sensor was first seen as it reads on somebody upright who wears it as asked: per UTC
 * day the first such minute. A function of the set of kept minutes. It tells a sensor that is worn
 * as asked from one that never is, and that nobody has walked with yet.
 *
 * <p>Of days that are closed the earliest minute stays, because a sensor stays as it is put on.
 *
 * <p>Form: version byte 1; 8 bytes epoch milliseconds a minute.
 */
final class TrunkUprights {
  private static final int VERSION = 1;
  private static final double UPRIGHT = Math.cos(Math.toRadians(45));

  private final NavigableMap<Long, Long> firstByDay = new TreeMap<>();

  /** Whether most of what was heard in a minute is upright as asked. */
  static boolean shows(TrunkMinute minute) {
    int heard = 0;
    int upright = 0;
    for (int slot = 0; slot < TrunkMinute.SLOTS; slot++) {
      Direction mean = minute.mean(slot).orElse(null);
      if (mean != null && mean.mayBeStill()) {
        heard++;
        double head = mean.dot(TrunkAxes.STANDARD.head());
        upright += head > UPRIGHT * mean.length() ? 1 : 0;
      }
    }
    return 2 * upright > heard;
  }

  /** Whether the sensor was seen so before a time, or soon after it. */
  boolean knownAt(long millis) {
    return firstByDay.values().stream().anyMatch(one -> one <= millis + TrunkWalks.AHEAD_MILLIS);
  }

  /** Whether what is known may be another when a minute is as it is now. */
  boolean isChangedBy(long start, boolean shows) {
    Long first = firstByDay.get(KeptDays.dayOf(start));
    return shows ? first == null || start < first : first != null && first == start;
  }

  /**
   * Looks at the day of a minute again.
   *
   * @param minutes that are kept
   */
  void look(long start, TrunkMinutes minutes) {
    long day = KeptDays.dayOf(start);
    firstByDay.remove(day);
    for (long at = day; at < day + KeptDays.DAY_MILLIS; at += TrunkMinute.MILLIS) {
      TrunkMinute minute = minutes.find(at);
      if (minute != null && shows(minute)) {
        firstByDay.put(day, at);
        return;
      }
    }
  }

  /** What this and another state of the same sensor know. */
  TrunkUprights and(TrunkUprights other) {
    TrunkUprights both = new TrunkUprights();
    firstByDay.values().forEach(both::seen);
    other.firstByDay.values().forEach(both::seen);
    return both;
  }

  /** Notes that a minute shows it. */
  void seen(long start) {
    firstByDay.merge(KeptDays.dayOf(start), start, Math::min);
  }

  /**
   * Keeps of the days that are closed the earliest.
   *
   * @param open the starts of those that are not
   */
  void keepOnly(Set<Long> open) {
    Long earliest =
        firstByDay.keySet().stream().filter(day -> !open.contains(day)).findFirst().orElse(null);
    firstByDay.keySet().removeIf(day -> !open.contains(day) && !day.equals(earliest));
  }

  byte[] encode() {
    ByteBuffer out = ByteBuffer.allocate(1 + firstByDay.size() * Long.BYTES);
    out.put((byte) VERSION);
    firstByDay.values().forEach(out::putLong);
    return out.array();
  }

  static TrunkUprights decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int version = in.get();
    if (version != VERSION) {
      throw new IllegalStateException("upright minutes of version " + version + " are not known");
    }
    TrunkUprights uprights = new TrunkUprights();
    while (in.hasRemaining()) {
      uprights.seen(in.getLong());
    }
    return uprights;
  }
}
