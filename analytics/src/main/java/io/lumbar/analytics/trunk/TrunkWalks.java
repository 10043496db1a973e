package io.lumbar.analytics.trunk;

import io.lumbar.analytics.trunk.StepRhythm.Steps;
import io.lumbar.analytics.trunk.TrunkAxes.Direction;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which way was up for a trunk sensor in the minutes in which its wearer walked, and with that how
 * it is turned against the body.
 *
 * <p>The reference of a time is the median of the last {@value #AVERAGED} such minutes before it,
 * of one day, however long ago, because a sensor stays as it is put on; without any, the first walk
 * of the twelve hours after it. Once two walks in a row show that the sensor was put on another
 * way, what walks showed before does not count. Eleven bytes a minute of walking.
 *
 * <p>Form: version byte 1; per minute 8 bytes epoch milliseconds and x, y, z in 1/127.
 */
final class TrunkWalks {
  private static final int AVERAGED = 30;
  static final long MEMORY_MILLIS = 24 * 3_600_000L;
  static final long AHEAD_MILLIS = 12 * 3_600_000L;
  private static final int VERSION = 1;
  private static final int BYTES = 11;
  private static final double UNITS = 127;
  private static final int FEWEST_SLOTS = 9;
  private static final int FEWEST_SAMPLES = 3;
  private static final double MOVING_G = 0.12;
  private static final double SHORTEST_MEDIAN = 0.5;
  private static final double STEADY_DEGREES = 25;

  /** A sensor within this was put on as asked, as far as which way is up goes. */
  private static final double AS_ASKED_DEGREES = 45;

  /** So much no wearer leans in walking: the sensor was put on another way. */
  private static final double TURNED_DEGREES = 60;

  private final NavigableMap<Long, Direction> minutes = new TreeMap<>();

  /**
   * Which way was up if the wearer walked through most of the minute.
   *
   * <p>Where steps cannot be told from shaking, because too little is heard, a minute counts only
   * for a sensor that is turned as asked: it then says how the wearer leans. A tag that a restless
   * sleeper wears shakes as well, and would teach that lying is upright.
   *
   * @param fine the same minute at 5 Hz, which shows whether the movement has the pace of steps
   */
  static Optional<Direction> walked(TrunkMinute minute, Optional<BendMinute> fine) {
    List<Direction> means = new ArrayList<>();
    for (int slot = 0; slot < TrunkMinute.SLOTS; slot++) {
      List<Direction> samples = minute.slot(slot);
      double least = samples.stream().mapToDouble(Direction::length).min().orElse(0);
      double most = samples.stream().mapToDouble(Direction::length).max().orElse(0);
      if (samples.size() >= FEWEST_SAMPLES && most - least > MOVING_G) {
        means.add(Direction.mean(samples));
      }
    }
    if (means.size() < FEWEST_SLOTS) {
      return Optional.empty();
    }
    Direction mean = Direction.mean(means);
    boolean steady =
        mean.length() > 0.5
            && means.stream()
                .allMatch(one -> one.length() > 0.5 && one.degreesTo(mean) < STEADY_DEGREES);
    return steady && isBelieved(mean, fine.map(StepRhythm::of).orElse(Steps.CANNOT_TELL))
        ? Optional.of(rounded(mean.unit()))
        : Optional.empty();
  }

  private static boolean isBelieved(Direction up, Steps steps) {
    return switch (steps) {
      case YES -> true;
      case NO -> false;
      case CANNOT_TELL -> up.degreesTo(TrunkAxes.STANDARD.head()) < AS_ASKED_DEGREES;
    };
  }

  private static Direction rounded(Direction up) {
    return new Direction(
        Math.round(up.x() * UNITS) / UNITS,
        Math.round(up.y() * UNITS) / UNITS,
        Math.round(up.z() * UNITS) / UNITS);
  }

  /** What is kept of a minute. */
  Optional<Direction> of(long minute) {
    return Optional.ofNullable(minutes.get(minute));
  }

  /** Keeps what a minute shows. */
  void put(long minute, Optional<Direction> up) {
    up.ifPresentOrElse(one -> minutes.put(minute, one), () -> minutes.remove(minute));
  }

  /** What this and another state of the same sensor know. */
  TrunkWalks and(TrunkWalks other) {
    TrunkWalks both = new TrunkWalks();
    both.minutes.putAll(minutes);
    // A minute in which the zone changed is known by both, in parts.
    other.minutes.forEach((at, up) -> both.minutes.merge(at, up, (one, two) -> first(one, two)));
    return both;
  }

  /** One of two by content, whichever state is asked. */
  private static Direction first(Direction one, Direction two) {
    Comparator<Direction> order =
        Comparator.comparingDouble(Direction::x)
            .thenComparingDouble(Direction::y)
            .thenComparingDouble(Direction::z);
    return order.compare(one, two) <= 0 ? one : two;
  }

  /** The reference at a time; empty when no walk is near enough. */
  Optional<Direction> at(long millis) {
    Long newest = minutes.floorKey(millis);
    if (newest != null) {
      return Optional.of(middle(sinceTurned(upTo(newest, newest - MEMORY_MILLIS - 1))));
    }
    Map.Entry<Long, Direction> coming = minutes.higherEntry(millis);
    return coming == null || coming.getKey() - millis > AHEAD_MILLIS
        ? Optional.empty()
        : Optional.of(coming.getValue());
  }

  /**
   * The reference at a time by nothing but the walks behind another time; empty unless two or more
   * of them show it, because one alone may be an odd one.
   *
   * @param after what the walks have to be newer than, in epoch milliseconds
   */
  Optional<Direction> since(long after, long millis) {
    Long newest = minutes.floorKey(millis);
    if (newest == null || newest <= after) {
      return Optional.empty();
    }
    List<Direction> last = sinceTurned(upTo(newest, Math.max(after, newest - MEMORY_MILLIS - 1)));
    return last.size() < 2 || areTwoThatDiffer(last) ? Optional.empty() : Optional.of(middle(last));
  }

  /** The walks that count in (after, newest], the newest first. */
  private List<Direction> upTo(long newest, long after) {
    return minutes.subMap(after, false, newest, true).descendingMap().values().stream()
        .limit(AVERAGED)
        .toList();
  }

  /**
   * The median of some walks. Two with the sensor turned over between them, or many that disagree,
   * have no middle; the newest one holds.
   */
  private static Direction middle(List<Direction> newestFirst) {
    Direction median = Direction.median(newestFirst);
    return !areTwoThatDiffer(newestFirst) && median.length() > SHORTEST_MEDIAN
        ? median
        : newestFirst.get(0);
  }

  private static boolean areTwoThatDiffer(List<Direction> walks) {
    return walks.size() == 2 && isTurned(walks.get(0), walks.get(1));
  }

  /**
   * The walks since the sensor was last put on another way, of some by time, the newest first. Two
   * that agree show it; one alone may be an odd one and stays with those before it.
   */
  private static List<Direction> sinceTurned(List<Direction> newestFirst) {
    int alone = newestFirst.size() > 1 && isTurned(newestFirst.get(0), newestFirst.get(1)) ? 1 : 0;
    int end = alone + 1;
    while (end < newestFirst.size() && !isTurned(newestFirst.get(alone), newestFirst.get(end))) {
      end++;
    }
    return newestFirst.subList(0, Math.min(end, newestFirst.size()));
  }

  private static boolean isTurned(Direction one, Direction other) {
    return one.degreesTo(other) > TURNED_DEGREES;
  }

  /** When the walk was that counts most at a time, if it was before it. */
  OptionalLong newestBefore(long millis) {
    Long newest = minutes.floorKey(millis);
    return newest == null ? OptionalLong.empty() : OptionalLong.of(newest);
  }

  /**
   * Drops the walks that no time is judged by any more.
   *
   * @param days the starts of those that are still judged
   */
  void keepOnly(Set<Long> days) {
    Set<Long> needed = new HashSet<>();
    for (long day : days) {
      long near = day - KeptDays.DAY_MILLIS;
      needed.addAll(minutes.subMap(near, day + 2 * KeptDays.DAY_MILLIS).keySet());
      minutes.headMap(near, false).descendingKeySet().stream().limit(AVERAGED).forEach(needed::add);
    }
    minutes.keySet().retainAll(needed);
  }

  byte[] encode() {
    ByteBuffer out = ByteBuffer.allocate(1 + minutes.size() * BYTES);
    out.put((byte) VERSION);
    minutes.forEach(
        (at, up) -> out.putLong(at).put(unit(up.x())).put(unit(up.y())).put(unit(up.z())));
    return out.array();
  }

  private static byte unit(double value) {
    return (byte) Math.round(value * UNITS);
  }

  static TrunkWalks decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int version = in.get();
    if (version != VERSION) {
      throw new IllegalStateException("a walk memory of version " + version + " is not known");
    }
    TrunkWalks walks = new TrunkWalks();
    while (in.hasRemaining()) {
      walks.minutes.put(
          in.getLong(), new Direction(in.get() / UNITS, in.get() / UNITS, in.get() / UNITS));
    }
    return walks;
  }
}
