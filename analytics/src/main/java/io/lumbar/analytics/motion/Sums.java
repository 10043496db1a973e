package io.lumbar.analytics.motion;

import io.lumbar.analytics.stream.Varint;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What the samples of one batch add up to within one UTC second, in whole units of 1/2048 g, so
 * that parts of a second that come in any order add up to exactly the same.
 *
 * <p>The magnitude is also summed per sixteenth of the second: enough to see steps, which come at
 * up to 4 Hz.
 */
final class Sums {
  static final int UNITS_PER_G = 2048;
  static final int FINE = 16;
  static final int SLOTS = 16;

  /** From this share of the usual time between samples on, one may be missing. */
  private static final double MISSING_AT_END = 0.9;

  private static final double MISSING_BETWEEN = 1.5;

  /** Marks the short form of a single sample. */
  private static final int SINGLE = 4;

  /** Seconds of fewer samples are kept in full: they need little room. */
  private static final int FEWEST_TO_LET_GO = 5;

  int firstMicros;
  int lastMicros;

  /** The batch has samples before the second, so that none is missing at its start. */
  boolean fromBefore;

  /** The batch has samples behind the second, so that none is missing at its end. */
  boolean goesOn;

  int count;
  int x;
  int y;
  int z;

  /** How much longer than 1 g the samples are, in 1/16 unit, and the square of that. */
  int excess;

  long excessSquare;
  long square;
  final int[] slotCount = new int[SLOTS];
  final int[] slotExcess = new int[SLOTS];

  void clear() {
    fromBefore = false;
    goesOn = false;
    count = 0;
    x = 0;
    y = 0;
    z = 0;
    excess = 0;
    excessSquare = 0;
    square = 0;
    Arrays.fill(slotCount, 0);
    Arrays.fill(slotExcess, 0);
  }

  /** Adds a sample; the samples of a batch come in order. */
  void add(int micros, int sx, int sy, int sz) {
    int power = sx * sx + sy * sy + sz * sz;
    double length = Math.sqrt((double) (power & 0xFFFFFFFFL));
    int over = (int) (FINE * length + 0.5) - FINE * UNITS_PER_G;
    if (count == 0) {
      firstMicros = micros;
    }
    lastMicros = micros;
    count++;
    x += sx;
    y += sy;
    z += sz;
    excess += over;
    excessSquare += (long) over * over;
    square += power & 0xFFFFFFFFL;
    int slot = (int) ((micros * 17_592_187L) >>> 40);
    slotCount[slot]++;
    slotExcess[slot] += over;
  }

  /** Adds a part that comes after this one. */
  void append(Sums later) {
    if (count == 0) {
      firstMicros = later.firstMicros;
      fromBefore = later.fromBefore;
    }
    lastMicros = later.lastMicros;
    goesOn = later.goesOn;
    count += later.count;
    x += later.x;
    y += later.y;
    z += later.z;
    excess += later.excess;
    excessSquare += later.excessSquare;
    square += later.square;
    for (int i = 0; i < SLOTS; i++) {
      slotCount[i] += later.slotCount[i];
      slotExcess[i] += later.slotExcess[i];
    }
  }

  Sums copy() {
    Sums copy = new Sums();
    copy.append(this);
    return copy;
  }

  /** Mean time between samples in microseconds; not known from a single one. */
  private double interval() {
    return count < 2 ? Double.NaN : (lastMicros - firstMicros) / (double) (count - 1);
  }

  /** True when no sample of the second can be missing. */
  boolean isWhole() {
    return isWhole(interval());
  }

  private boolean isWhole(double interval) {
    double most = MISSING_AT_END * interval;
    return count >= FEWEST_TO_LET_GO
        && (fromBefore || firstMicros < most)
        && (goesOn || 1_000_000 - lastMicros < most);
  }

  /** Order in which overlapping parts are preferred: earlier, then longer, then by content. */
  static int compare(Sums a, Sums b) {
    int order = Integer.compare(a.firstMicros, b.firstMicros);
    order = order != 0 ? order : Integer.compare(b.lastMicros, a.lastMicros);
    order = order != 0 ? order : Integer.compare(b.count, a.count);
    order = order != 0 ? order : Boolean.compare(a.fromBefore, b.fromBefore);
    order = order != 0 ? order : Boolean.compare(a.goesOn, b.goesOn);
    order = order != 0 ? order : Integer.compare(a.x, b.x);
    order = order != 0 ? order : Integer.compare(a.y, b.y);
    order = order != 0 ? order : Integer.compare(a.z, b.z);
    order = order != 0 ? order : Long.compare(a.square, b.square);
    order = order != 0 ? order : Integer.compare(a.excess, b.excess);
    order = order != 0 ? order : Arrays.compare(a.slotCount, b.slotCount);
    return order != 0 ? order : Arrays.compare(a.slotExcess, b.slotExcess);
  }

  /**
   * Adds up sorted parts; of those that overlap the earlier counts. False when a sample may still
   * be missing.
   *
   * @param total is filled with the sum in any case
   */
  static boolean chain(Iterable<Sums> sorted, Sums total) {
    total.clear();
    double widest = 0;
    double interval = Double.NaN;
    for (Sums part : sorted) {
      // The closest samples tell how close they all are; single ones may be any share of all.
      if (part.count > 1 && !(part.interval() >= interval)) {
        interval = part.interval();
      }
      if (total.count == 0) {
        total.append(part);
      } else if (part.firstMicros > total.lastMicros) {
        widest = Math.max(widest, part.firstMicros - total.lastMicros);
        total.append(part);
      } else {
        total.fromBefore |= part.fromBefore && part.firstMicros == total.firstMicros;
        total.goesOn |= part.goesOn && part.lastMicros == total.lastMicros;
      }
    }
    return total.isWhole(interval) && widest < MISSING_BETWEEN * interval;
  }

  /** Of a single sample the rest follows from its axes. */
  void put(ByteBuffer out) {
    boolean isSingle = count == 1;
    Varint.put(out, firstMicros);
    Varint.put(out, lastMicros - firstMicros);
    out.put((byte) ((fromBefore ? 1 : 0) | (goesOn ? 2 : 0) | (isSingle ? SINGLE : 0)));
    if (!isSingle) {
      Varint.put(out, count);
    }
    Varint.putSigned(out, x);
    Varint.putSigned(out, y);
    Varint.putSigned(out, z);
    if (isSingle) {
      return;
    }
    Varint.putSigned(out, excess);
    out.putLong(excessSquare);
    out.putLong(square);
    for (int i = 0; i < SLOTS; i++) {
      Varint.put(out, slotCount[i]);
      if (slotCount[i] > 0) {
        Varint.putSigned(out, slotExcess[i]);
      }
    }
  }

  static Sums get(ByteBuffer in) {
    Sums sums = new Sums();
    sums.firstMicros = Varint.get(in);
    sums.lastMicros = sums.firstMicros + Varint.get(in);
    int ends = in.get();
    sums.fromBefore = (ends & 1) != 0;
    sums.goesOn = (ends & 2) != 0;
    if ((ends & SINGLE) != 0) {
      sums.add(sums.firstMicros, Varint.getSigned(in), Varint.getSigned(in), Varint.getSigned(in));
      return sums;
    }
    sums.count = Varint.get(in);
    sums.x = Varint.getSigned(in);
    sums.y = Varint.getSigned(in);
    sums.z = Varint.getSigned(in);
    sums.excess = Varint.getSigned(in);
    sums.excessSquare = in.getLong();
    sums.square = in.getLong();
    for (int i = 0; i < SLOTS; i++) {
      sums.slotCount[i] = Varint.get(in);
      if (sums.slotCount[i] > 0) {
        sums.slotExcess[i] = Varint.getSigned(in);
      }
    }
    return sums;
  }
}
