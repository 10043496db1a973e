package io.lumbar.analytics.trunk;

import io.lumbar.analytics.trunk.TrunkAxes.Direction;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of one UTC minute of a trunk sensor: in each of its twelve slots of five seconds the
 * four samples whose times come first in a fixed shuffle.
 *
 * <p>Which samples those are follows from the set of samples alone, so that order, repetition and
 * the split into batches cannot matter, and nothing has to stay open. Four of them give the tilt to
 * a degree and show whether the wearer moves. A minute takes at most {@value #MOST_BYTES} bytes, a
 * day 364 KB; a tag that is heard once in ten seconds a tenth of that.
 *
 * <p>Form: version byte 1; per slot a count byte, and per sample 5 bytes: 13 bits of milliseconds
 * within the slot, then x, y and z in 1/80 g.
 */
final class TrunkMinute {
  static final long MILLIS = 60_000;
  static final long SLOT_MILLIS = 5_000;
  static final int SLOTS = (int) (MILLIS / SLOT_MILLIS);

  private static final int KEPT = 4;
  private static final int SAMPLE_BYTES = 5;
  private static final int MOST_BYTES = 1 + SLOTS * (1 + KEPT * SAMPLE_BYTES);
  private static final int VERSION = 1;
  private static final double UNITS_PER_G = 80;

  private final long start;
  private final long[][] slots;

  private @Nullable Extent extent;

  /** Means that were asked for; a block is judged again and again while it grows. */
  private final List<@Nullable Optional<Direction>> means =
      new ArrayList<>(Collections.nCopies(SLOTS, null));

  TrunkMinute(long start) {
    this(start, new long[SLOTS][0]);
  }

  private TrunkMinute(long start, long[][] slots) {
    this.start = start;
    this.slots = slots;
  }

  /** The start of the minute that holds a time, in epoch milliseconds. */
  static long startOf(long millis) {
    return Math.floorDiv(millis, MILLIS) * MILLIS;
  }

  /** Adds a sample of this minute, in g; false when what is kept stays as it is. */
  boolean add(long at, double x, double y, double z) {
    int slot = (int) ((at - start) / SLOT_MILLIS);
    long offset = (at - start) % SLOT_MILLIS;
    long sample = offset << 24 | units(x) << 16 | units(y) << 8 | units(z);
    long[] kept = slots[slot];
    int rank = 0;
    while (rank < kept.length && compare(slot, kept[rank], sample) < 0) {
      rank++;
    }
    if (rank == KEPT || (rank < kept.length && kept[rank] == sample)) {
      return false;
    }
    long[] grown = new long[Math.min(KEPT, kept.length + 1)];
    System.arraycopy(kept, 0, grown, 0, rank);
    grown[rank] = sample;
    System.arraycopy(kept, rank, grown, rank + 1, grown.length - rank - 1);
    slots[slot] = grown;
    means.set(slot, null);
    extent = null;
    return true;
  }

  private int compare(int slot, long a, long b) {
    int order = Long.compare(shuffled(slot, a), shuffled(slot, b));
    return order == 0 ? Long.compare(a, b) : order;
  }

  /** The place of a sample's time in the shuffle (the finaliser of SplitMix64). */
  private long shuffled(int slot, long sample) {
    long mixed = start + slot * SLOT_MILLIS + (sample >>> 24);
    mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }

  private static long units(double g) {
    return Math.max(-128, Math.min(127, Math.round(g * UNITS_PER_G))) & 0xFF;
  }

  /** The samples that are kept of a slot. */
  List<Direction> slot(int slot) {
    List<Direction> samples = new ArrayList<>(KEPT);
    for (long sample : slots[slot]) {
      samples.add(
          new Direction(
              (byte) (sample >> 16) / UNITS_PER_G,
              (byte) (sample >> 8) / UNITS_PER_G,
              (byte) sample / UNITS_PER_G));
    }
    return samples;
  }

  /** The mean reading of a slot; empty when nothing was heard in it. */
  Optional<Direction> mean(int slot) {
    Optional<Direction> mean = means.get(slot);
    if (mean == null) {
      List<Direction> samples = slot(slot);
      mean = samples.isEmpty() ? Optional.empty() : Optional.of(Direction.mean(samples));
      means.set(slot, mean);
    }
    return mean;
  }

  /** How far the kept samples of the minute lie apart; null when nothing was heard in it. */
  @Nullable Extent extent() {
    if (extent == null) {
      Extent all = new Extent();
      for (long[] kept : slots) {
        for (long sample : kept) {
          all.add((byte) (sample >> 16), (byte) (sample >> 8), (byte) sample);
        }
      }
      extent = all;
    }
    return extent.samples() == 0 ? null : extent;
  }

  /** Least, greatest and sum of the samples of a minute on each axis, in 1/80 g. */
  static final class Extent {
    private final byte[] low = {Byte.MAX_VALUE, Byte.MAX_VALUE, Byte.MAX_VALUE};
    private final byte[] high = {Byte.MIN_VALUE, Byte.MIN_VALUE, Byte.MIN_VALUE};
    private final int[] sum = new int[3];
    private int samples;

    private void add(byte... axes) {
      samples++;
      for (int axis = 0; axis < axes.length; axis++) {
        low[axis] = (byte) Math.min(low[axis], axes[axis]);
        high[axis] = (byte) Math.max(high[axis], axes[axis]);
        sum[axis] += axes[axis];
      }
    }

    int samples() {
      return samples;
    }

    int low(int axis) {
      return low[axis];
    }

    int high(int axis) {
      return high[axis];
    }

    int sum(int axis) {
      return sum[axis];
    }
  }

  byte[] encode() {
    ByteBuffer out = ByteBuffer.allocate(MOST_BYTES);
    out.put((byte) VERSION);
    for (long[] kept : slots) {
      out.put((byte) kept.length);
      for (long sample : kept) {
        out.put((byte) (sample >> 32)).putInt((int) sample);
      }
    }
    return Arrays.copyOf(out.array(), out.position());
  }

  /**
   * Reads a minute.
   *
   * @param start its start in epoch milliseconds, which the key tells
   */
  static TrunkMinute decode(long start, byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int version = in.get();
    if (version != VERSION) {
      throw new IllegalStateException("a trunk minute of version " + version + " is not known");
    }
    long[][] slots = new long[SLOTS][];
    for (int slot = 0; slot < SLOTS; slot++) {
      slots[slot] = new long[in.get()];
      for (int i = 0; i < slots[slot].length; i++) {
        slots[slot][i] = (in.get() & 0xFFL) << 32 | (in.getInt() & 0xFFFFFFFFL);
      }
    }
    return new TrunkMinute(start, slots);
  }
}
