package io.lumbar.analytics.motion;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the samples of one batch add up to within one UTC second, in whole units of 1/2048 g, so
 * that parts of a second that come in any order add up to exactly the same.
 *
 * <p>The magnitude is also summed per sixteenth of the second: enough to see steps, which come at
 * up to 4 Hz.
 */
final class Sums {
  static final int UNITS_PER_G = 2048;
  static final int SLOTS = 16;

  /** A part of a second is whole when no sample can be missing at its ends or in between. */
  private static final double FITS = 0.98;

  int firstMicros;
  int lastMicros;
  int count;
  int x;
  int y;
  int z;
  int magnitude;
  long square;
  final int[] slotCount = new int[SLOTS];
  final int[] slotMagnitude = new int[SLOTS];

  void clear() {
    count = 0;
    x = 0;
    y = 0;
    z = 0;
    magnitude = 0;
    square = 0;
    Arrays.fill(slotCount, 0);
    Arrays.fill(slotMagnitude, 0);
  }

  /** Adds a sample; the samples of a batch come in order. */
  void add(int micros, int sx, int sy, int sz) {
    int power = sx * sx + sy * sy + sz * sz;
    int length = (int) (Math.sqrt(power & 0xFFFFFFFFL) + 0.5);
    if (count == 0) {
      firstMicros = micros;
    }
    lastMicros = micros;
    count++;
    x += sx;
    y += sy;
    z += sz;
    magnitude += length;
    square += power & 0xFFFFFFFFL;
    int slot = (int) ((micros * 17_592_187L) >>> 40);
    slotCount[slot]++;
    slotMagnitude[slot] += length;
  }

  /** Adds a part that comes after this one. */
  void append(Sums later) {
    if (count == 0) {
      firstMicros = later.firstMicros;
    }
    lastMicros = later.lastMicros;
    count += later.count;
    x += later.x;
    y += later.y;
    z += later.z;
    magnitude += later.magnitude;
    square += later.square;
    for (int i = 0; i < SLOTS; i++) {
      slotCount[i] += later.slotCount[i];
      slotMagnitude[i] += later.slotMagnitude[i];
    }
  }

  Sums copy() {
    Sums copy = new Sums();
    copy.append(this);
    return copy;
  }

  /** Mean time between samples in microseconds; a whole second when there is but one. */
  double interval() {
    return count < 2 ? 1e6 : (lastMicros - firstMicros) / (double) (count - 1);
  }

  boolean isWhole() {
    double interval = interval();
    return count >= 5
        && firstMicros < FITS * interval
        && 1_000_000 - lastMicros < (2 - FITS) * interval;
  }

  /** Order in which overlapping parts are preferred: earlier, then longer, then by content. */
  static int compare(Sums a, Sums b) {
    int order = Integer.compare(a.firstMicros, b.firstMicros);
    order = order != 0 ? order : Integer.compare(b.lastMicros, a.lastMicros);
    order = order != 0 ? order : Integer.compare(b.count, a.count);
    order = order != 0 ? order : Integer.compare(a.x, b.x);
    order = order != 0 ? order : Integer.compare(a.y, b.y);
    order = order != 0 ? order : Integer.compare(a.z, b.z);
    order = order != 0 ? order : Long.compare(a.square, b.square);
    order = order != 0 ? order : Integer.compare(a.magnitude, b.magnitude);
    order = order != 0 ? order : Arrays.compare(a.slotCount, b.slotCount);
    return order != 0 ? order : Arrays.compare(a.slotMagnitude, b.slotMagnitude);
  }

  /**
   * Adds up sorted parts; of those that overlap the earlier counts. Null when a sample may still be
   * missing between two parts.
   *
   * @param total is filled with the sum in any case
   */
  static @Nullable Sums chain(Iterable<Sums> sorted, Sums total) {
    total.clear();
    double widest = 0;
    for (Sums part : sorted) {
      if (total.count == 0) {
        total.append(part);
      } else if (part.firstMicros > total.lastMicros) {
        widest = Math.max(widest, part.firstMicros - total.lastMicros);
        total.append(part);
      }
    }
    return total.isWhole() && widest < 1.5 * total.interval() ? total : null;
  }

  void put(ByteBuffer out) {
    Varint.put(out, firstMicros);
    Varint.put(out, lastMicros - firstMicros);
    Varint.put(out, count);
    Varint.putSigned(out, x);
    Varint.putSigned(out, y);
    Varint.putSigned(out, z);
    Varint.put(out, magnitude);
    out.putLong(square);
    for (int i = 0; i < SLOTS; i++) {
      Varint.put(out, slotCount[i]);
      if (slotCount[i] > 0) {
        Varint.putSigned(out, slotMagnitude[i] - slotCount[i] * UNITS_PER_G);
      }
    }
  }

  static Sums get(ByteBuffer in) {
    Sums sums = new Sums();
    sums.firstMicros = Varint.get(in);
    sums.lastMicros = sums.firstMicros + Varint.get(in);
    sums.count = Varint.get(in);
    sums.x = Varint.getSigned(in);
    sums.y = Varint.getSigned(in);
    sums.z = Varint.getSigned(in);
    sums.magnitude = Varint.get(in);
    sums.square = in.getLong();
    for (int i = 0; i < SLOTS; i++) {
      sums.slotCount[i] = Varint.get(in);
      if (sums.slotCount[i] > 0) {
        sums.slotMagnitude[i] = Varint.getSigned(in) + sums.slotCount[i] * UNITS_PER_G;
      }
    }
    return sums;
  }
}
