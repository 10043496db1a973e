package io.lumbar.benchmarks;

import org.jspecify.annotations.Nullable;

/**
 * One measured number.
 *
 * @param limit the highest or lowest it should be; null when the number only explains another
 * @param atMost whether the limit is the highest
 * @param detail what it was measured beside, and how
 */
record Figure(
    String name, double value, String unit, @Nullable Double limit, boolean atMost, String detail) {

  static Figure atMost(String name, double value, String unit, double limit, String detail) {
    return new Figure(name, value, unit, limit, true, detail);
  }

  static Figure atLeast(String name, double value, String unit, double limit, String detail) {
    return new Figure(name, value, unit, limit, false, detail);
  }

  static Figure plain(String name, double value, String unit, String detail) {
    return new Figure(name, value, unit, null, true, detail);
  }

  /** {@code ok}, {@code over} the limit, or nothing where there is none. */
  String verdict() {
    if (limit == null) {
      return "";
    }
    boolean within = atMost ? value <= limit : value >= limit;
    return within ? "ok" : "over";
  }
}
