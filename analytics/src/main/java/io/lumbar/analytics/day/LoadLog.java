package io.lumbar.analytics.day;

import io.lumbar.model.WearerId;
import io.lumbar.model.WearerPartitioner;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The daily loads of each wearer, in a store with one value per wearer and 32 days.
 *
 * <p>Form: version byte 1; then 32 times flags (1 seen, 2 tagged, 4 heavier), steps, active
 * minutes, bends, lift volume and heaviest weight, four bytes each but one for the flags: 673
 * bytes. The 28 days that bear on one touch two values at most.
 */
final class LoadLog {
  /** How many days bear on the load of a day, itself included. */
  static final int DAYS = 28;

  private static final byte VERSION = 1;
  private static final int CHUNK_DAYS = 32;
  private static final int ENTRY_BYTES = 21;
  private static final int SEEN = 1;
  private static final int TAGGED = 2;
  private static final int HEAVIER = 4;

  private final KeyValueStore<String, byte[]> store;

  LoadLog(KeyValueStore<String, byte[]> store) {
    this.store = store;
  }

  /** Puts the load of a day in place; returns whether it differs from what was there. */
  boolean put(WearerId wearer, LocalDate date, DayLoad load) {
    if (get(wearer, date.toEpochDay()).equals(load)) {
      return false;
    }
    String key = key(wearer, date.toEpochDay());
    byte[] known = store.get(key);
    byte[] bytes = known == null ? new byte[1 + CHUNK_DAYS * ENTRY_BYTES] : known.clone();
    bytes[0] = VERSION;
    ByteBuffer.wrap(bytes, offset(date.toEpochDay()), ENTRY_BYTES)
        .put(
            (byte)
                ((load.seen() ? SEEN : 0)
                    | (load.tagged() ? TAGGED : 0)
                    | (load.heavier() ? HEAVIER : 0)))
        .putInt(load.steps())
        .putFloat(load.activeMinutes())
        .putInt(load.bends())
        .putFloat(load.liftVolume())
        .putFloat(load.heaviestKg());
    store.put(key, bytes);
    return true;
  }

  /** The loads of the 28 days up to a date, oldest first. */
  List<DayLoad> upTo(WearerId wearer, LocalDate date) {
    long last = date.toEpochDay();
    return LongStream.rangeClosed(last - DAYS + 1, last).mapToObj(day -> get(wearer, day)).toList();
  }

  private DayLoad get(WearerId wearer, long day) {
    byte[] bytes = store.get(key(wearer, day));
    if (bytes == null) {
      return DayLoad.NOTHING;
    }
    if (bytes[0] != VERSION) {
      throw new IllegalStateException("loads of version " + bytes[0] + " are not known");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes, offset(day), ENTRY_BYTES);
    int flags = in.get();
    return new DayLoad(
        (flags & SEEN) != 0,
        (flags & TAGGED) != 0,
        (flags & HEAVIER) != 0,
        in.getInt(),
        in.getFloat(),
        in.getInt(),
        in.getFloat(),
        in.getFloat());
  }

  private static int offset(long day) {
    return 1 + Math.toIntExact(Math.floorMod(day, (long) CHUNK_DAYS)) * ENTRY_BYTES;
  }

  private static String key(WearerId wearer, long day) {
    return WearerPartitioner.key(wearer, Long.toString(Math.floorDiv(day, (long) CHUNK_DAYS)));
  }
}
