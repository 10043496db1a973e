package io.lumbar.app.validate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The rows of numbers in a text file.
 *
 * @param rows every row that holds nothing but numbers
 * @param header what stands before the first of them
 * @param unreadable how many lines after it are something else
 */
record NumberRows(List<double[]> rows, List<String> header, int unreadable) {
  private static final Pattern SEMICOLON = Pattern.compile(";");
  private static final Pattern COMMA_OR_TAB = Pattern.compile("[,\t]");
  private static final Pattern LAST_SEPARATOR = Pattern.compile("[;,]$");

  /**
   * Reads a file of cells that a semicolon, comma or tab parts; where it is a semicolon, a comma is
   * a decimal mark. A separator behind the last cell and blank lines do not count.
   */
  static NumberRows read(Path file) throws IOException {
    List<double[]> rows = new ArrayList<>();
    List<String> header = new ArrayList<>();
    int unreadable = 0;
    for (String line : RecordingFiles.lines(file)) {
      if (line.isBlank()) {
        continue;
      }
      double[] row = numbers(line.strip());
      if (row.length > 0) {
        rows.add(row);
      } else if (rows.isEmpty()) {
        header.add(line);
      } else {
        unreadable++;
      }
    }
    return new NumberRows(rows, header, unreadable);
  }

  /** True when more than one line in a hundred could not be read: the numbers were wrecked. */
  boolean wrecked() {
    return unreadable * 100L > rows.size();
  }

  /** The row's numbers; none when one of its cells is something else. */
  private static double[] numbers(String line) {
    String cut = LAST_SEPARATOR.matcher(line).replaceFirst("");
    boolean semicolons = cut.indexOf(';') >= 0;
    String[] cells =
        semicolons ? SEMICOLON.split(cut.replace(',', '.'), -1) : COMMA_OR_TAB.split(cut, -1);
    double[] row = new double[cells.length];
    try {
      for (int i = 0; i < cells.length; i++) {
        row[i] = Double.parseDouble(cells[i].strip());
        if (!Double.isFinite(row[i])) {
          return new double[0];
        }
      }
      return row;
    } catch (NumberFormatException e) {
      return new double[0];
    }
  }
}
