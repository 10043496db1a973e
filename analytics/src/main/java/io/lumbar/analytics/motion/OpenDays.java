package io.lumbar.analytics.motion;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongPredicate;

/**
 * Which UTC days of a sensor are kept second by second, and which ten minutes of others were told
 * and let go. Days count from 1970.
 *
 * <p>The newest three days with motion stay open, so that what comes two days late is judged with
 * its neighbours. Another day stays open while it or one next to it is among the two written last,
 * and as long as nothing is known of the day before or behind it: a file of that day may come, and
 * bears on it. So files of many days end in the same whatever order they come in. All other days
 * are closed when a new one opens; with more than {@value #MOST_OPEN} open, those written least
 * recently too.
 *
 * <p>Of a closed day the ten minutes with motion are remembered: what was told of them stays, and
 * what comes for them is left out, as it could not be judged with what is gone. The other ten
 * minutes of that day can still be filled, which opens it again. The newest {@value
 * #MOST_REMEMBERED} closed days are remembered.
 *
 * <p>Form of the open ones: version byte 1, and 4 bytes a day, the one written last at the end. Of
 * the closed ones: version byte 1, and per day 4 bytes day, a byte length and as many bytes with a
 * bit for each ten minutes.
 */
final class OpenDays {
  static final int MOST_OPEN = 8;
  static final int MOST_REMEMBERED = 400;
  static final int DAY_MINUTES = 1_440;
  private static final int BLOCK_MINUTES = LimbMotion.BLOCK_SECONDS / Minute.SECONDS;
  private static final int NEWEST = 3;
  private static final int WRITTEN_LAST = 2;
  private static final int VERSION = 1;

  private final LinkedHashSet<Long> open = new LinkedHashSet<>();
  private final NavigableMap<Long, BitSet> closed = new TreeMap<>();
  private long writtenLast = Long.MIN_VALUE;

  /** The day of a minute since 1970. */
  static long dayOf(long minute) {
    return Math.floorDiv(minute, DAY_MINUTES);
  }

  private static int blockOf(long minute) {
    return (int) (Math.floorMod(minute, (long) DAY_MINUTES) / BLOCK_MINUTES);
  }

  boolean isOpen(long day) {
    return open.contains(day);
  }

  Set<Long> open() {
    return Collections.unmodifiableSet(open);
  }

  /** Whether the ten minutes around a minute were told and let go. */
  boolean isLetGo(long minute) {
    BitSet told = closed.get(dayOf(minute));
    return told != null && told.get(blockOf(minute));
  }

  /** Notes that a day was written to; returns whether that opened it. */
  boolean written(long day) {
    if (day == writtenLast) {
      return false;
    }
    writtenLast = day;
    boolean isNew = !open.remove(day);
    open.add(day);
    return isNew;
  }

  /** The days that are to be closed, as a day was opened. */
  List<Long> surplus() {
    NavigableSet<Long> byTime = new TreeSet<>(open);
    List<Long> lastWritten = new ArrayList<>(open);
    List<Long> current =
        lastWritten.subList(Math.max(0, lastWritten.size() - WRITTEN_LAST), lastWritten.size());
    Set<Long> newest = new HashSet<>();
    byTime.descendingSet().stream().limit(NEWEST).forEach(newest::add);
    List<Long> closing = new ArrayList<>();
    List<Long> spared = new ArrayList<>();
    for (long day : open) {
      boolean isNear = current.stream().anyMatch(one -> Math.abs(one - day) <= 1);
      if (!newest.contains(day) && !isNear) {
        (isSeen(day - 1) && isSeen(day + 1) ? closing : spared).add(day);
      }
    }
    for (int i = 0; open.size() - closing.size() > MOST_OPEN && i < spared.size(); i++) {
      closing.add(spared.get(i));
    }
    return closing;
  }

  private boolean isSeen(long day) {
    return open.contains(day) || closed.containsKey(day);
  }

  /** The open days of which a condition on their last minute holds. */
  List<Long> ending(LongPredicate lastMinute) {
    return open.stream().filter(day -> lastMinute.test((day + 1) * DAY_MINUTES - 1)).toList();
  }

  /**
   * Closes a day.
   *
   * @param minutes of it that are known
   */
  void close(long day, Iterable<Long> minutes) {
    open.remove(day);
    if (day == writtenLast) {
      writtenLast = Long.MIN_VALUE;
    }
    minutes.forEach(this::letGo);
    while (closed.size() > MOST_REMEMBERED) {
      closed.pollFirstEntry();
    }
  }

  /** Notes that the ten minutes around a minute were told and let go. */
  void letGo(long minute) {
    closed.computeIfAbsent(dayOf(minute), day -> new BitSet()).set(blockOf(minute));
  }

  byte[] encodeOpen() {
    ByteBuffer out = ByteBuffer.allocate(1 + open.size() * Integer.BYTES).put((byte) VERSION);
    open.forEach(day -> out.putInt((int) (long) day));
    return out.array();
  }

  void decodeOpen(ByteBuffer in) {
    requireVersion(in);
    while (in.hasRemaining()) {
      written(in.getInt());
    }
  }

  byte[] encodeClosed() {
    int bytes = 1;
    for (BitSet told : closed.values()) {
      bytes += Integer.BYTES + 1 + (told.length() + 7) / 8;
    }
    ByteBuffer out = ByteBuffer.allocate(bytes).put((byte) VERSION);
    closed.forEach(
        (day, told) -> {
          byte[] bits = told.toByteArray();
          out.putInt((int) (long) day).put((byte) bits.length).put(bits);
        });
    return out.array();
  }

  void decodeClosed(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    requireVersion(in);
    while (in.hasRemaining()) {
      long day = in.getInt();
      byte[] bits = new byte[in.get()];
      in.get(bits);
      closed.put(day, BitSet.valueOf(bits));
    }
  }

  private static void requireVersion(ByteBuffer in) {
    int version = in.get();
    if (version != VERSION) {
      throw new IllegalStateException("days of motion of version " + version + " are not known");
    }
  }
}
