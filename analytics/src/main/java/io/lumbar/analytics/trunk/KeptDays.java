package io.lumbar.analytics.trunk;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongPredicate;

/**
 * Which UTC days of a sensor are kept sample by sample, and which are closed.
 *
 * <p>Four days are open: the newest two, and two others, so that the day of a file that is being
 * imported is whole while live motion goes on. When a fifth comes, the one that was written to
 * least recently is closed: what was told of it stays, and samples that come for it later are left
 * out, because they could not be judged with those that are gone. Closed days are remembered for
 * {@value #REMEMBERED}; 16 bytes an open day, 8 a closed one.
 *
 * <p>Form: version byte 1; 8 bytes writes so far; a count and per open day 8 bytes day, 8 bytes
 * last write; then the closed days, 8 bytes each.
 */
final class KeptDays {
  private static final int VERSION = 1;
  private static final int OPEN = 4;
  private static final int NEWEST = 2;
  private static final int REMEMBERED = 400;
  static final long DAY_MILLIS = 86_400_000;

  private final NavigableMap<Long, Long> open = new TreeMap<>();
  private final NavigableSet<Long> closed = new TreeSet<>();
  private long writes;

  /** Start of the UTC day of a time, in epoch milliseconds. */
  static long dayOf(long millis) {
    return Math.floorDiv(millis, DAY_MILLIS) * DAY_MILLIS;
  }

  /** Whether the day of a time has samples to judge it by. */
  boolean isOpen(long millis) {
    return open.containsKey(dayOf(millis));
  }

  /** The starts of the open days, by time. */
  Set<Long> open() {
    return Collections.unmodifiableSet(open.keySet());
  }

  boolean isClosed(long millis) {
    return closed.contains(dayOf(millis));
  }

  /** Notes that samples of a day were written. */
  void written(long day) {
    open.put(day, ++writes);
  }

  /** Closes the day that has to make room, if one has to. */
  OptionalLong close() {
    if (open.size() <= OPEN) {
      return OptionalLong.empty();
    }
    long leastRecent =
        open.headMap(newest(NEWEST), false).entrySet().stream()
            .min(Map.Entry.comparingByValue())
            .orElseThrow()
            .getKey();
    close(leastRecent);
    return OptionalLong.of(leastRecent);
  }

  /** Closes those of the open days of which a condition holds; returns them. */
  List<Long> close(LongPredicate old) {
    List<Long> closing = open.keySet().stream().filter(old::test).toList();
    closing.forEach(this::close);
    return closing;
  }

  private void close(long day) {
    open.remove(day);
    closed.add(day);
    while (closed.size() > REMEMBERED) {
      closed.pollFirst();
    }
  }

  private long newest(int nth) {
    return open.descendingKeySet().stream().skip(nth - 1).findFirst().orElseThrow();
  }

  byte[] encode() {
    ByteBuffer out = ByteBuffer.allocate(13 + open.size() * 16 + closed.size() * 8);
    out.put((byte) VERSION).putLong(writes).putInt(open.size());
    open.forEach((day, write) -> out.putLong(day).putLong(write));
    closed.forEach(out::putLong);
    return out.array();
  }

  static KeptDays decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int version = in.get();
    if (version != VERSION) {
      throw new IllegalStateException("kept days of version " + version + " are not known");
    }
    KeptDays days = new KeptDays();
    days.writes = in.getLong();
    for (int left = in.getInt(); left > 0; left--) {
      days.open.put(in.getLong(), in.getLong());
    }
    while (in.hasRemaining()) {
      days.closed.add(in.getLong());
    }
    return days;
  }
}
