package io.lumbar.analytics.motion;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What walking showed of the way a sensor is worn: per UTC minute with at least ten seconds of
 * clear steps, which way was up then; and when a loose sensor was picked up, which ends what was
 * learnt before. A pose in which the wearer stood still is one more walk, and on a fixed sensor no
 * walk from before it counts any more: the wearer has said which way is up.
 *
 * <p>Form: version byte 3; a count, and per walk 8 bytes start second, 3 bytes direction in 1/127,
 * a byte with its seconds, negative for a pose; a count, and per pick-up 8 bytes second; the {@link
 * Seats}. Version 2, without these, and version 1, in which a pose looks like a walk as well, are
 * read.
 */
final class Walks {
  /** How many walks are averaged. */
  static final int AVERAGED = 6;

  private static final int VERSION = 3;
  private static final int WITHOUT_SEATS = 2;
  private static final int WITHOUT_POSES = 1;
  private static final int WALK_BYTES = 12;

  /** A loose sensor leans differently from walk to walk. */
  private static final double SAME_DEGREES_LOOSE = 20;

  /** A fixed one does not; stairs and bicycles differ by more than that from walking. */
  private static final double SAME_DEGREES_FIXED = 8;

  /** So much no thigh leans in walking: the sensor was put on another way. */
  private static final double TURNED_DEGREES = 60;

  /** One minute that looked like walking does not outvote what the wearer said; two do. */
  private static final int POSE_WEIGHT_SECONDS = 90;

  static final double STEPS_PER_UNIT = 127;

  private final long memorySeconds;
  private final long lookBackSeconds;

  /** What this state of the sensor showed, which is what is stored with it. */
  private final NavigableMap<Long, Walk> ownWalks = new TreeMap<>();

  private final NavigableSet<Long> ownPickUps = new TreeSet<>();
  private final Seats ownSeats = new Seats();

  /** The same with what other states of it showed, as it was worn under other zones. */
  private NavigableMap<Long, Walk> walks = ownWalks;

  private NavigableSet<Long> pickUps = ownPickUps;
  private Seats seats = ownSeats;
  private List<Walks> others = List.of();

  /**
   * Which way was up over some seconds of walking or of a pose.
   *
   * @param seconds how many; negative for a pose
   */
  record Walk(byte x, byte y, byte z, int seconds) {
    static Walk of(double x, double y, double z, int seconds) {
      Direction up = Direction.of(x, y, z);
      return new Walk(unit(up.x()), unit(up.y()), unit(up.z()), seconds);
    }

    static Walk ofPose(double x, double y, double z, int seconds) {
      return of(x, y, z, -seconds);
    }

    boolean isPose() {
      return seconds < 0;
    }

    int weight() {
      return isPose() ? POSE_WEIGHT_SECONDS : seconds;
    }

    private static byte unit(double value) {
      return (byte) Math.round(value * STEPS_PER_UNIT);
    }

    Direction up() {
      return Direction.of(x, y, z);
    }
  }

  /**
   * Which way is up for the limb when it hangs down, until when that is so.
   *
   * @param up null when it is not known
   */
  record Reference(@Nullable Direction up, long validUntil) {}

  /**
   * Prepares an empty memory.
   *
   * @param memorySeconds how long a walk is remembered
   * @param lookBackSeconds how far back the first walk tells of the time before it; 0 for a sensor
   *     that may have been put in a pocket on the way
   */
  Walks(long memorySeconds, long lookBackSeconds) {
    this.memorySeconds = memorySeconds;
    this.lookBackSeconds = lookBackSeconds;
  }

  /** Goes by what other states of the same sensor showed too. */
  void know(List<Walks> all) {
    others = List.copyOf(all);
    combine();
  }

  private void combine() {
    if (others.isEmpty()) {
      walks = ownWalks;
      pickUps = ownPickUps;
      seats = ownSeats;
      return;
    }
    seats = new Seats();
    seats.addAll(ownSeats);
    walks = new TreeMap<>(ownWalks);
    pickUps = new TreeSet<>(ownPickUps);
    for (Walks other : others) {
      // A walk in which the zone changed is known by both; which counts is decided by content.
      other.ownWalks.forEach((at, walk) -> walks.merge(at, walk, Walks::first));
      pickUps.addAll(other.ownPickUps);
      seats.addAll(other.ownSeats);
    }
  }

  private static Walk first(Walk one, Walk other) {
    Comparator<Walk> order =
        Comparator.comparing(Walk::isPose)
            .thenComparing(Walk::weight)
            .thenComparing(Walk::x)
            .thenComparing(Walk::y)
            .thenComparing(Walk::z);
    return order.compare(one, other) >= 0 ? one : other;
  }

  /** The reference at a second. */
  Reference at(long second) {
    Long pickedUp = pickUps.floor(second);
    long earliest = pickedUp == null ? Long.MIN_VALUE : pickedUp;
    long until = next(second);
    List<Walk> used = new ArrayList<>(AVERAGED);
    for (Map.Entry<Long, Walk> walk : walks.headMap(second, true).descendingMap().entrySet()) {
      long expires = walk.getKey() + memorySeconds;
      if (walk.getKey() <= earliest || expires <= second || used.size() == AVERAGED) {
        break;
      }
      until = Math.min(until, expires);
      used.add(walk.getValue());
      if (lookBackSeconds > 0 && walk.getValue().isPose()) {
        break;
      }
    }
    if (!used.isEmpty()) {
      return new Reference(agreed(lookBackSeconds > 0 ? sinceTurned(used) : used), until);
    }
    Map.Entry<Long, Walk> coming = walks.higherEntry(second);
    if (coming != null && coming.getKey() - second <= lookBackSeconds) {
      return new Reference(coming.getValue().up(), until);
    }
    if (coming != null && lookBackSeconds > 0) {
      until = Math.min(until, coming.getKey() - lookBackSeconds);
    }
    return new Reference(null, until);
  }

  /**
   * How a sensor that stays as it was put on is turned about the length of the thigh at a second.
   *
   * @param up as {@link #at} gives it
   */
  Seats.Facing facing(long second, Direction up) {
    return seats.at(second, up, memorySeconds, lookBackSeconds);
  }

  /**
   * The newest walks, without those before the sensor was put on another way as two of them show.
   */
  private static List<Walk> sinceTurned(List<Walk> newestFirst) {
    Direction up = newestFirst.get(0).up();
    int end = 1;
    while (end < newestFirst.size() && up.degreesTo(newestFirst.get(end).up()) <= TURNED_DEGREES) {
      end++;
    }
    return end > 1 ? newestFirst.subList(0, end) : newestFirst;
  }

  /**
   * The mean of those walks that agree with each other: with the newest where a loose sensor may
   * have shifted, otherwise with the one that most seconds agree with, so that a ride on a bicycle
   * that looked like walking does not count.
   */
  private Direction agreed(List<Walk> newestFirst) {
    boolean fixed = lookBackSeconds > 0;
    double tolerance = fixed ? SAME_DEGREES_FIXED : SAME_DEGREES_LOOSE;
    double mostSeconds = 0;
    Direction agreed = newestFirst.get(0).up();
    for (Walk candidate : fixed ? newestFirst : newestFirst.subList(0, 1)) {
      Direction up = candidate.up();
      double x = 0;
      double y = 0;
      double z = 0;
      double seconds = 0;
      for (Walk walk : newestFirst) {
        Direction other = walk.up();
        if (up.degreesTo(other) < tolerance) {
          x += walk.weight() * other.x();
          y += walk.weight() * other.y();
          z += walk.weight() * other.z();
          seconds += walk.weight();
        }
      }
      if (seconds > mostSeconds) {
        mostSeconds = seconds;
        agreed = Direction.of(x, y, z);
      }
    }
    return agreed;
  }

  private long next(long second) {
    Long walk = walks.higherKey(second);
    Long pickUp = pickUps.higher(second);
    return Math.min(walk == null ? Long.MAX_VALUE : walk, pickUp == null ? Long.MAX_VALUE : pickUp);
  }

  /** Whether this state of the sensor learnt something from a second on. */
  boolean hasFrom(long second) {
    return ownWalks.containsKey(second);
  }

  /** Replaces what is known of some seconds; returns the seconds whose reference may differ. */
  @Nullable Range replace(
      Range seconds, NavigableMap<Long, Walk> found, NavigableSet<Long> turned) {
    NavigableMap<Long, Walk> known = ownWalks.subMap(seconds.from(), true, seconds.to(), false);
    NavigableSet<Long> knownTurned = ownPickUps.subSet(seconds.from(), true, seconds.to(), false);
    if (known.equals(found) && knownTurned.equals(turned)) {
      return null;
    }
    known.clear();
    ownWalks.putAll(found);
    knownTurned.clear();
    ownPickUps.addAll(turned);
    combine();
    return affectedBy(seconds);
  }

  private Range affectedBy(Range seconds) {
    long from = seconds.from();
    Map.Entry<Long, Walk> before = walks.lowerEntry(from);
    if (lookBackSeconds > 0 && (before == null || before.getKey() + memorySeconds < from)) {
      from -= lookBackSeconds;
    }
    long to = seconds.to() + memorySeconds;
    int later = 0;
    for (long start : walks.tailMap(seconds.to(), true).keySet()) {
      if (++later == AVERAGED) {
        to = Math.min(to, start);
        break;
      }
    }
    return new Range(from, to);
  }

  /**
   * Replaces the seats of some seconds; returns the seconds whose front may differ, or null when
   * nothing else is known than before.
   */
  @Nullable Range replaceSeats(Range seconds, NavigableMap<Long, Direction> found) {
    if (!ownSeats.replace(seconds, found)) {
      return null;
    }
    combine();
    return seats.affectedBy(seconds, memorySeconds, lookBackSeconds);
  }

  /** Adds the seats that are known of some seconds. */
  void copySeats(Range seconds, NavigableMap<Long, Direction> found) {
    ownSeats.copy(seconds, found);
  }

  /** The walk nearest before a second, of the seconds before it; null when there is none. */
  @Nullable Walk walkBefore(long second, int seconds) {
    Map.Entry<Long, Walk> walk = ownWalks.floorEntry(second);
    return walk == null || walk.getKey() < second - seconds ? null : walk.getValue();
  }

  /** Adds what is known of some seconds. */
  void copy(Range seconds, NavigableMap<Long, Walk> found, NavigableSet<Long> turned) {
    found.putAll(ownWalks.subMap(seconds.from(), true, seconds.to(), false));
    turned.addAll(ownPickUps.subSet(seconds.from(), true, seconds.to(), false));
  }

  /** Forgets what was learnt at seconds of which a condition does not hold. */
  void keepOnly(LongPredicate second) {
    ownWalks.keySet().removeIf(at -> !second.test(at));
    ownPickUps.removeIf(at -> !second.test(at));
    ownSeats.keepOnly(second);
    combine();
  }

  byte[] encode() {
    int counts = 1 + 3 * Integer.BYTES;
    ByteBuffer out =
        ByteBuffer.allocate(
            counts
                + ownWalks.size() * WALK_BYTES
                + ownPickUps.size() * Long.BYTES
                + ownSeats.size() * Seats.BYTES);
    out.put((byte) VERSION).putInt(ownWalks.size());
    ownWalks.forEach(
        (second, walk) ->
            out.putLong(second).put(walk.x).put(walk.y).put(walk.z).put((byte) walk.seconds));
    out.putInt(ownPickUps.size());
    ownPickUps.forEach(out::putLong);
    ownSeats.encode(out);
    return out.array();
  }

  void decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int version = in.get();
    if (version != VERSION && version != WITHOUT_SEATS && version != WITHOUT_POSES) {
      throw new IllegalStateException("a walk memory of version " + version + " is not known");
    }
    for (int left = in.getInt(); left > 0; left--) {
      ownWalks.put(in.getLong(), new Walk(in.get(), in.get(), in.get(), in.get()));
    }
    for (int left = in.getInt(); left > 0; left--) {
      ownPickUps.add(in.getLong());
    }
    if (version == VERSION) {
      ownSeats.decode(in);
    }
  }
}
