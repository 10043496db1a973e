package io.lumbar.analytics.trunk;

import io.lumbar.analytics.trunk.TrunkAxes.Direction;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of one UTC minute of a trunk sensor to find bends in: the first sample of each fifth
 * of a second.
 *
 * <p>Which sample that is follows from the set of samples alone, so that order, repetition and the
 * split into batches cannot matter. Single samples at 5 Hz do for a movement of a second; the bend
 * rule smooths them.
 *
 * <p>Form: version byte 1; deflated, one after the other, 300 bytes with the milliseconds of each
 * sample within its fifth plus one, 0 where there is none, and 300 bytes each of x, y and z in 1/64
 * g, as differences to the byte before. Some 100 to 900 bytes.
 */
final class BendMinute {
  static final int BINS = 300;
  static final long BIN_MILLIS = TrunkMinute.MILLIS / BINS;

  private static final int VERSION = 1;
  private static final int BINS_A_SECOND = 5;
  private static final double UNITS_PER_G = 64;
  private static final int PLANES = 4;

  /** Per fifth of a second: milliseconds plus one, x, y, z, a byte each; 0 without a sample. */
  private final int[] bins;

  /** What it showed when it was looked at last; null since it changed. */
  private @Nullable Look look;

  BendMinute() {
    this(new int[BINS]);
  }

  private BendMinute(int[] bins) {
    this.bins = bins;
  }

  /** Adds a sample, in g; false when what is kept stays as it is. */
  boolean add(long millisOfMinute, double x, double y, double z) {
    int bin = (int) (millisOfMinute / BIN_MILLIS);
    int offset = (int) (millisOfMinute % BIN_MILLIS) + 1;
    int sample = offset << 24 | units(x) << 16 | units(y) << 8 | units(z);
    boolean first = bins[bin] == 0 || Integer.compareUnsigned(sample, bins[bin]) < 0;
    if (first) {
      bins[bin] = sample;
      look = null;
    }
    return first;
  }

  private static int units(double g) {
    return (int) Math.max(-128, Math.min(127, Math.round(g * UNITS_PER_G))) & 0xFF;
  }

  /** Milliseconds within the minute of the sample of a bin. */
  long millis(int bin) {
    return bin * BIN_MILLIS + (bins[bin] >>> 24) - 1;
  }

  /** The sample of a bin; empty when nothing was heard in it. */
  Optional<Direction> sample(int bin) {
    int one = bins[bin];
    return one == 0
        ? Optional.empty()
        : Optional.of(
            new Direction(
                (byte) (one >> 16) / UNITS_PER_G,
                (byte) (one >> 8) / UNITS_PER_G,
                (byte) one / UNITS_PER_G));
  }

  /** The mean reading of a second of the minute; empty when nothing was heard in it. */
  Optional<Direction> second(int second) {
    int x = 0;
    int y = 0;
    int z = 0;
    int n = 0;
    for (int bin = second * BINS_A_SECOND; bin < (second + 1) * BINS_A_SECOND; bin++) {
      int one = bins[bin];
      if (one != 0) {
        x += (byte) (one >> 16);
        y += (byte) (one >> 8);
        z += (byte) one;
        n++;
      }
    }
    return n == 0
        ? Optional.empty()
        : Optional.of(
            new Direction(x / UNITS_PER_G, y / UNITS_PER_G, z / UNITS_PER_G).times(1.0 / n));
  }

  /**
   * What the minute shows by some axes; asked again, it costs nothing until a sample changes it.
   *
   * @param looking what looks at the samples in the body's frame, their times from the minute's
   *     start
   */
  Look look(TrunkAxes axes, BiFunction<TrunkAxes, Felt, Look> looking) {
    Look known = look;
    if (known == null || !known.axes().equals(axes)) {
      Felt felt = new Felt(BINS);
      addTo(felt, 0, axes);
      known = looking.apply(axes, felt);
      look = known;
    }
    return known;
  }

  /**
   * What a minute shows by itself.
   *
   * @param readings how many there are, without drop-outs
   * @param lastMillis milliseconds within the minute of the last of them; -1 without any
   * @param upright true when the trunk is well within twenty degrees of upright in all of them, so
   *     that whatever is a mean of some of them is so too, with room for its rounding
   * @param bentThrough true when a bend that is open before the minute may be open behind it
   * @param heldThrough true when a trunk that is held forward before it may be so behind it
   */
  record Look(
      TrunkAxes axes,
      int readings,
      long lastMillis,
      boolean upright,
      boolean bentThrough,
      boolean heldThrough) {}

  private static boolean isReading(int sample) {
    return (sample & 0xFF_FF_FF) != 0;
  }

  /**
   * Adds the minute's samples by time, in the body's frame; without drop-outs, of which nothing but
   * zeros came.
   *
   * @param start of the minute in epoch milliseconds
   */
  void addTo(Felt felt, long start, TrunkAxes axes) {
    Direction head = axes.head();
    Direction right = axes.right();
    Direction front = axes.front();
    for (int bin = 0; bin < BINS; bin++) {
      int one = bins[bin];
      if (isReading(one)) {
        double x = (byte) (one >> 16) / UNITS_PER_G;
        double y = (byte) (one >> 8) / UNITS_PER_G;
        double z = (byte) one / UNITS_PER_G;
        felt.add(
            start + millis(bin),
            x * head.x() + y * head.y() + z * head.z(),
            x * right.x() + y * right.y() + z * right.z(),
            x * front.x() + y * front.y() + z * front.z());
      }
    }
  }

  /** Adds those of the minute's samples that are wanted, by time. */
  void addReadings(long start, Predicate<Reading> wanted, List<Reading> readings) {
    for (int bin = 0; bin < BINS; bin++) {
      long at = start + millis(bin);
      sample(bin).map(value -> new Reading(at, value)).filter(wanted).ifPresent(readings::add);
    }
  }

  byte[] encode() {
    byte[] planes = new byte[PLANES * BINS];
    for (int plane = 0; plane < PLANES; plane++) {
      int before = 0;
      for (int bin = 0; bin < BINS; bin++) {
        int value = bins[bin] >>> (24 - 8 * plane) & 0xFF;
        planes[plane * BINS + bin] = (byte) (plane == 0 ? value : value - before);
        before = value;
      }
    }
    Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    try {
      deflater.setInput(planes);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
      out.write(VERSION);
      byte[] buffer = new byte[1024];
      while (!deflater.finished()) {
        out.write(buffer, 0, deflater.deflate(buffer));
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }

  static BendMinute decode(byte[] bytes) {
    int version = ByteBuffer.wrap(bytes).get();
    if (version != VERSION) {
      throw new IllegalStateException("a bend minute of version " + version + " is not known");
    }
    byte[] planes = new byte[PLANES * BINS];
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(bytes, 1, bytes.length - 1);
      if (inflater.inflate(planes) != planes.length) {
        throw new IllegalStateException("a bend minute is cut short");
      }
    } catch (DataFormatException e) {
      throw new IllegalStateException("a bend minute is not readable", e);
    } finally {
      inflater.end();
    }
    int[] bins = new int[BINS];
    for (int plane = 0; plane < PLANES; plane++) {
      int value = 0;
      for (int bin = 0; bin < BINS; bin++) {
        int stored = planes[plane * BINS + bin];
        value = (plane == 0 ? stored : value + stored) & 0xFF;
        bins[bin] |= value << (24 - 8 * plane);
      }
    }
    return new BendMinute(bins);
  }
}
