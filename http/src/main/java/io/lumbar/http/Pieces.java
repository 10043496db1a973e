package io.lumbar.http;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects a body piece by piece, each of which is asked for before it is made: one array that
 * grows is copied again and again, and for a moment takes three times the place. For one thread.
 */
final class Pieces extends OutputStream {
  static final int FIRST = 64 << 10;
  static final int LARGEST = 1 << 20;

  private final Allowance allowance;
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
    this(allowance, (int) Math.min(FIRST, expected <= 0 ? 16 << 10 : expected));
  }

  private Pieces(Allowance allowance, int first) {
    this.allowance = allowance;
    this.last = new byte[first];
  }

  /** For a body of a size that is known and was asked for; only what goes beyond that is. */
  static Pieces of(int size, Allowance allowance) {
    return new Pieces(allowance, size);
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
