package io.lumbar.analytics.stream;

import java.nio.ByteBuffer;

/** Whole numbers in as few bytes as they need: seven bits a byte, the lowest first. */
public final class Varint {
  private Varint() {}

  /** Writes a number that is not negative in one to five bytes; any other takes five. */
  public static void put(ByteBuffer out, int value) {
    int rest = value;
    while ((rest & ~0x7F) != 0) {
      out.put((byte) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    out.put((byte) rest);
  }

  /** Writes a number of either sign, small ones short. */
  public static void putSigned(ByteBuffer out, int value) {
    put(out, (value << 1) ^ (value >> 31));
  }

  /** Reads what {@link #put} wrote. */
  public static int get(ByteBuffer in) {
    int value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = in.get();
      value |= (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  /** Reads what {@link #putSigned} wrote. */
  public static int getSigned(ByteBuffer in) {
    int value = get(in);
    return (value >>> 1) ^ -(value & 1);
  }
}
