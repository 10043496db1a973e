package io.lumbar.analytics.day;

import io.lumbar.model.WearerId;
import io.lumbar.model.WearerPartitioner;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The daily loads of each wearer, in a store with one value per wearer and 32 days.
 *
 * <p>Form: version byte 2; then 32 times flags (2 tagged, 4 heavier, 8 steps told, 16 posture told,
 * 32 bends told), steps, active minutes, bends, lift volume and heaviest weight, four bytes each
 * but one for the flags: 673 bytes. The days that bear on one touch three values at most.
 *
 * <p>Version 1 had one flag (1) for a day of which anything was known: of its days, what is above 0
 * was told. Writing a day brings the whole value into the newer form.
 */
final class LoadLog {
  /**
   * How many days may bear on the load of a day, itself included: 28 where none of them is tagged,
   * the rest to look beyond tagged ones. So many are kept of every day that may still change.
   */
  static final int DAYS = 56;

  private static final byte VERSION = 2;
  private static final byte FIRST_VERSION = 1;
  private static final int CHUNK_DAYS = 32;
  private static final int ENTRY_BYTES = 21;
  private static final int SEEN = 1;
  private static final int TAGGED = 2;
  private static final int HEAVIER = 4;
  private static final int STEPS_TOLD = 8;
  private static final int POSTURE_TOLD = 16;
  private static final int BENDS_TOLD = 32;

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
    byte[] bytes =
        known == null ? new byte[1 + CHUNK_DAYS * ENTRY_BYTES] : inThisForm(known.clone());
    bytes[0] = VERSION;
    write(bytes, offset(date.toEpochDay()), load);
    store.put(key, bytes);
    return true;
  }

  /** The loads of the {@link #DAYS} days up to a date, oldest first. */
  List<DayLoad> upTo(WearerId wearer, LocalDate date) {
    long last = date.toEpochDay();
    List<DayLoad> loads = new ArrayList<>(DAYS);
    byte[] bytes = null;
    for (long day = last - DAYS + 1; day <= last; day++) {
      if (loads.isEmpty() || Math.floorMod(day, (long) CHUNK_DAYS) == 0) {
        bytes = store.get(key(wearer, day));
      }
      loads.add(bytes == null ? DayLoad.NOTHING : read(bytes, offset(day)));
    }
    return loads;
  }

  private DayLoad get(WearerId wearer, long day) {
    byte[] bytes = store.get(key(wearer, day));
    return bytes == null ? DayLoad.NOTHING : read(bytes, offset(day));
  }

  private static byte[] inThisForm(byte[] bytes) {
    for (int day = 0; day < CHUNK_DAYS && bytes[0] != VERSION; day++) {
      int offset = 1 + day * ENTRY_BYTES;
      write(bytes, offset, read(bytes, offset));
    }
    return bytes;
  }

  private static void write(byte[] bytes, int offset, DayLoad load) {
    ByteBuffer.wrap(bytes, offset, ENTRY_BYTES)
        .put(
            (byte)
                ((load.tagged() ? TAGGED : 0)
                    | (load.heavier() ? HEAVIER : 0)
                    | (load.stepsTold() ? STEPS_TOLD : 0)
                    | (load.postureTold() ? POSTURE_TOLD : 0)
                    | (load.bendsTold() ? BENDS_TOLD : 0)))
        .putInt(load.steps())
        .putFloat(load.activeMinutes())
        .putInt(load.bends())
        .putFloat(load.liftVolume())
        .putFloat(load.heaviestKg());
  }

  private static DayLoad read(byte[] bytes, int offset) {
    if (bytes[0] != VERSION && bytes[0] != FIRST_VERSION) {
      throw new IllegalStateException("loads of version " + bytes[0] + " are not known");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes, offset, ENTRY_BYTES);
    int flags = in.get();
    int steps = in.getInt();
    float active = in.getFloat();
    int bends = in.getInt();
    if (bytes[0] == FIRST_VERSION && (flags & SEEN) != 0) {
      flags |= (steps > 0 ? STEPS_TOLD : 0);
      flags |= (active > 0 ? POSTURE_TOLD : 0);
      flags |= (bends > 0 ? BENDS_TOLD : 0);
    }
    return new DayLoad(
        (flags & STEPS_TOLD) != 0,
        (flags & POSTURE_TOLD) != 0,
        (flags & BENDS_TOLD) != 0,
        (flags & TAGGED) != 0,
        (flags & HEAVIER) != 0,
        steps,
        active,
        bends,
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
