package io.lumbar.analytics.presence;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * Four marks for each five minutes of a UTC day. Marks are only ever added, so that the order in
 * which they come does not matter; who knows better replaces a cell whole.
 *
 * <p>Form: version byte 1; runs of equal cells as variable-length numbers, length times 16 plus
 * marks, the rest of the day without marks left out. An ordinary day takes some ten bytes.
 */
final class Cells {
  /** The length of a cell in milliseconds. */
  static final long CELL = 300_000L;

  /** Cells of a day. */
  static final int COUNT = 288;

  static final long DAY = COUNT * CELL;

  private static final int VERSION = 1;
  private static final int MARKS = 16;
  private static final int SEVEN_BITS = 0x7f;
  private static final int MORE = 0x80;

  private final byte[] marks;

  private Cells(byte[] marks) {
    this.marks = marks;
  }

  static Cells none() {
    return new Cells(new byte[COUNT]);
  }

  /** The marks of a cell, 0 to 15. */
  int at(int cell) {
    return marks[cell];
  }

  /** Adds marks; returns those that were not there. */
  int add(int cell, int more) {
    int before = marks[cell];
    set(cell, before | more);
    return more & ~before;
  }

  /** Puts other marks in their place; true when they are others. */
  boolean set(int cell, int others) {
    boolean changes = marks[cell] != others;
    marks[cell] = (byte) others;
    return changes;
  }

  boolean isEmpty() {
    for (byte one : marks) {
      if (one != 0) {
        return false;
      }
    }
    return true;
  }

  byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(VERSION);
    int from = 0;
    int end = COUNT;
    while (end > 0 && marks[end - 1] == 0) {
      end--;
    }
    while (from < end) {
      int to = from;
      while (to < end && marks[to] == marks[from]) {
        to++;
      }
      int number = (to - from) * MARKS + marks[from];
      while (number > SEVEN_BITS) {
        out.write((number & SEVEN_BITS) | MORE);
        number >>>= 7;
      }
      out.write(number);
      from = to;
    }
    return out.toByteArray();
  }

  static Cells of(byte[] bytes) {
    if (bytes.length == 0 || bytes[0] != VERSION) {
      throw new IllegalStateException("marks of a day in a form that is not known");
    }
    Cells cells = none();
    int at = 1;
    int cell = 0;
    while (at < bytes.length) {
      int number = 0;
      int shift = 0;
      int next;
      do {
        next = bytes[at++];
        number |= (next & SEVEN_BITS) << shift;
        shift += 7;
      } while ((next & MORE) != 0);
      int length = number / MARKS;
      Arrays.fill(cells.marks, cell, cell + length, (byte) (number % MARKS));
      cell += length;
    }
    return cells;
  }
}
