package io.lumbar.analytics.motion;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Which way a thigh sensor turns when its wearer sits down, and with that how it is turned about
 * the length of the thigh: in front, on the side or at the back.
 *
 * <p>Per UTC minute the first seat that is taken from the feet within {@value #AFTER_WALK_SECONDS}
 * s of a walk: who goes to bed sits on its edge before they turn onto a side, so such a seat shows
 * the front of the thigh, most of the time. Two that agree are believed, of the last {@value
 * #COMPARED}; where fewer came before, the next ones within the time for which a walk tells of what
 * was before it count too. A function of the set of what was found, in any order.
 *
 * <p>Form: a count, and per seat 8 bytes second and 3 bytes direction in 1/127.
 */
final class Seats {
  /** How long after a walk a seat shows which way the thigh turned from it. */
  static final int AFTER_WALK_SECONDS = 300;

  static final int BYTES = 11;

  private static final int COMPARED = 6;
  private static final int FEWEST = 2;

  /** People turn their thighs outward on a seat by up to half of that; a side is 90 away. */
  private static final double SAME_DEGREES = 40;

  /** A seat that shows the front is across the thigh as it hangs. */
  private static final double LEAST_ACROSS = Math.sin(Math.toRadians(45));

  private final NavigableMap<Long, Direction> seats = new TreeMap<>();

  /**
   * Which way the front of the thigh is.
   *
   * @param front across the thigh, or null when too few seats agree
   * @param validUntil until when nothing else is known, in seconds since 1970
   */
  record Facing(@Nullable Direction front, long validUntil) {}

  /** A seat as it is kept. */
  static Direction rounded(double x, double y, double z) {
    Direction exact = Direction.of(x, y, z);
    return Direction.of(unit(exact.x()), unit(exact.y()), unit(exact.z()));
  }

  private static byte unit(double value) {
    return (byte) Math.round(value * Walks.STEPS_PER_UNIT);
  }

  /**
   * The front at a second.
   *
   * @param up which way is up for the thigh as it hangs
   * @param memory for how many seconds a seat counts
   * @param lookBack how many seconds before it a seat may count
   */
  Facing at(long second, Direction up, long memory, long lookBack) {
    List<Direction> used = new ArrayList<>(COMPARED);
    Long next = seats.higherKey(second);
    long until = next == null ? Long.MAX_VALUE : next;
    for (Map.Entry<Long, Direction> seat : seats.headMap(second, true).descendingMap().entrySet()) {
      long expires = seat.getKey() + memory;
      if (expires <= second || used.size() == COMPARED) {
        break;
      }
      until = Math.min(until, expires);
      across(seat.getValue(), up, used);
    }
    for (Map.Entry<Long, Direction> seat : seats.tailMap(second, false).entrySet()) {
      long begins = seat.getKey() - lookBack;
      if (used.size() >= FEWEST) {
        break;
      }
      if (begins > second) {
        until = Math.min(until, begins);
        break;
      }
      across(seat.getValue(), up, used);
    }
    return new Facing(agreed(used), until);
  }

  /** Adds what a seat shows across the thigh, unless it was taken with the sensor put on anew. */
  private static void across(Direction seat, Direction up, List<Direction> used) {
    double along = seat.dot(up);
    double x = seat.x() - along * up.x();
    double y = seat.y() - along * up.y();
    double z = seat.z() - along * up.z();
    if (x * x + y * y + z * z > LEAST_ACROSS * LEAST_ACROSS) {
      used.add(Direction.of(x, y, z));
    }
  }

  /** The mean of those that agree with the one that most agree with, the newest of equals. */
  private static @Nullable Direction agreed(List<Direction> newestFirst) {
    int most = FEWEST - 1;
    Direction agreed = null;
    for (Direction candidate : newestFirst) {
      double x = 0;
      double y = 0;
      double z = 0;
      int count = 0;
      for (Direction other : newestFirst) {
        if (candidate.degreesTo(other) < SAME_DEGREES) {
          x += other.x();
          y += other.y();
          z += other.z();
          count++;
        }
      }
      if (count > most) {
        most = count;
        agreed = Direction.of(x, y, z);
      }
    }
    return agreed;
  }

  /** Replaces what is known of some seconds; returns whether that was something else. */
  boolean replace(Range seconds, NavigableMap<Long, Direction> found) {
    NavigableMap<Long, Direction> known = seats.subMap(seconds.from(), true, seconds.to(), false);
    if (known.equals(found)) {
      return false;
    }
    known.clear();
    seats.putAll(found);
    return true;
  }

  /** The seconds whose front may differ when a seat within some seconds does. */
  Range affectedBy(Range seconds, long memory, long lookBack) {
    long from = seconds.from();
    if (seats.headMap(from, false).descendingMap().keySet().stream()
            .takeWhile(at -> at + memory >= seconds.from())
            .limit(FEWEST)
            .count()
        < FEWEST) {
      from -= lookBack;
    }
    long to = seconds.to() + memory;
    int later = 0;
    for (long at : seats.tailMap(seconds.to(), true).keySet()) {
      if (++later == COMPARED) {
        to = Math.min(to, at);
        break;
      }
    }
    return new Range(from, to);
  }

  /** Adds what is known of some seconds. */
  void copy(Range seconds, NavigableMap<Long, Direction> found) {
    found.putAll(seats.subMap(seconds.from(), true, seconds.to(), false));
  }

  /** Adds all that another state of the same sensor knows. */
  void addAll(Seats other) {
    other.seats.forEach((at, seat) -> seats.merge(at, seat, Seats::first));
  }

  /** One of two by content, whichever state is asked. */
  private static Direction first(Direction one, Direction other) {
    int order = Double.compare(one.x(), other.x());
    order = order == 0 ? Double.compare(one.y(), other.y()) : order;
    order = order == 0 ? Double.compare(one.z(), other.z()) : order;
    return order >= 0 ? one : other;
  }

  void keepOnly(LongPredicate second) {
    seats.keySet().removeIf(at -> !second.test(at));
  }

  int size() {
    return seats.size();
  }

  void encode(ByteBuffer out) {
    out.putInt(seats.size());
    seats.forEach(
        (second, seat) ->
            out.putLong(second).put(unit(seat.x())).put(unit(seat.y())).put(unit(seat.z())));
  }

  void decode(ByteBuffer in) {
    for (int left = in.getInt(); left > 0; left--) {
      seats.put(in.getLong(), Direction.of(in.get(), in.get(), in.get()));
    }
  }
}
