package io.lumbar.analytics.trunk;

import java.util.Arrays;

/**
 * Readings of a trunk sensor in the body's frame, in g, by time; in columns, because thousands of
 * them are looked at with each batch.
 */
final class Felt {
  private static final int COLUMNS = 3;
  private static final int HEAD = 0;
  private static final int RIGHT = 1;
  private static final int FRONT = 2;

  private long[] at;
  private double[] values;
  private int size;

  /** With room for some readings; more may come. */
  Felt(int room) {
    at = new long[room];
    values = new double[COLUMNS * room];
  }

  /** Adds a reading that is newer than all others, its time in epoch milliseconds. */
  void add(long millis, double head, double right, double front) {
    if (size == at.length) {
      at = Arrays.copyOf(at, 2 * size + 1);
      values = Arrays.copyOf(values, COLUMNS * at.length);
    }
    at[size] = millis;
    int i = COLUMNS * size++;
    values[i + HEAD] = head;
    values[i + RIGHT] = right;
    values[i + FRONT] = front;
  }

  int size() {
    return size;
  }

  /** Epoch milliseconds of a reading. */
  long at(int i) {
    return at[i];
  }

  double head(int i) {
    return values[COLUMNS * i + HEAD];
  }

  double right(int i) {
    return values[COLUMNS * i + RIGHT];
  }

  double front(int i) {
    return values[COLUMNS * i + FRONT];
  }

  Tilt tilt(int i) {
    return new Tilt(head(i), right(i), front(i));
  }

  /** Whether the trunk is within an angle of the vertical, given by its cosine. */
  boolean isWithin(int i, double cosine) {
    double head = head(i);
    double right = right(i);
    double front = front(i);
    return head >= cosine * Math.sqrt(head * head + right * right + front * front);
  }

  /** Whether it is so in all of them. */
  boolean isAllWithin(double cosine) {
    for (int i = 0; i < size; i++) {
      if (!isWithin(i, cosine)) {
        return false;
      }
    }
    return true;
  }
}
