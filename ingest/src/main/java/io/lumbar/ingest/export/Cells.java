package io.lumbar.ingest.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The cells of a line of comma-separated text; quotes keep their commas. */
final class Cells {
  private Cells() {}

  static List<String> of(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString().trim());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString().trim());
    return cells;
  }

  /** Names of columns, in lower case. */
  static List<String> names(String line) {
    return of(line.toLowerCase(Locale.ROOT));
  }

  /** A whole number, or -1. */
  static int count(String text) {
    try {
      double value = Double.parseDouble(text);
      return value >= 0 && value <= 1_000_000 && value == Math.rint(value) ? (int) value : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
