package io.lumbar.http;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Collects a body piece by piece, each of which is asked for before it is made: one array that
 * grows is copied again and again, and for a moment takes three times the place. Only where the
 * size is known it is one array, which grows to exactly that and is not copied at the end. For one
 * thread.
 */
final class Pieces extends OutputStream {
  static final int FIRST = 64 << 10;
  static final int LARGEST = 1 << 20;

  private final Allowance allowance;
  private final int expected;
  private final List<byte[]> full = new ArrayList<>();
  private byte[] last;
  private int used;
  private int size;

  /** Asked for what goes beyond the first 64 KiB or so. */
  @FunctionalInterface
  interface Allowance {
    /** Throws when there is no room for so many bytes. */
    void take(int bytes);
  }

  /**
   * Empty.
   *
   * @param expected the size as far as it is known, or 0
   */
  Pieces(long expected, Allowance allowance) {
    this.allowance = allowance;
    this.expected = (int) Math.min(Integer.MAX_VALUE, Math.max(0, expected));
    this.last = new byte[expected <= 0 ? 16 << 10 : Math.min(FIRST, this.expected)];
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] from, int offset, int length) {
    int at = offset;
    int left = length;
    while (left > 0) {
      if (used == last.length) {
        grow();
      }
      int n = Math.min(left, last.length - used);
      System.arraycopy(from, at, last, used, n);
      used += n;
      size += n;
      at += n;
      left -= n;
    }
  }

  private void grow() {
    if (size < expected) {
      // By doubling, so that who sends slowly has little more than was sent.
      int whole = (int) Math.min(expected, 2L * size);
      allowance.take(whole - size);
      last = Arrays.copyOf(last, whole);
      return;
    }
    int next = Math.min(LARGEST, Math.max(FIRST, size));
    if (size >= FIRST) {
      allowance.take(next);
    }
    full.add(last);
    last = new byte[next];
    used = 0;
  }

  int size() {
    return size;
  }

  byte[] toByteArray() {
    if (full.isEmpty() && used == last.length) {
      return last;
    }
    byte[] all = new byte[size];
    int at = 0;
    for (byte[] piece : full) {
      System.arraycopy(piece, 0, all, at, piece.length);
      at += piece.length;
    }
    System.arraycopy(last, 0, all, at, used);
    return all;
  }
}
