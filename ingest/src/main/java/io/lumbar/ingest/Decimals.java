package io.lumbar.ingest;

/** Numbers as programs of different languages write them. */
final class Decimals {
  private Decimals() {}

  /** A number with a point or a comma as decimal mark, or NaN. */
  static double parse(String text) {
    try {
      return Double.parseDouble(text.trim().replace(',', '.'));
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
