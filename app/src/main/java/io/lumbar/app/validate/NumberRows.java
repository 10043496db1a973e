package io.lumbar.app.validate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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

  /** Reads a file of cells that a comma or semicolon parts; blank lines do not count. */
  static NumberRows read(Path file) throws IOException {
    Pattern separator = Pattern.compile("[;,]");
    List<double[]> rows = new ArrayList<>();
    List<String> header = new ArrayList<>();
    int unreadable = 0;
    for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
      if (line.isBlank()) {
        continue;
      }
      double[] row = numbers(separator.split(line.strip()));
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

  private static double[] numbers(String[] cells) {
    double[] row = new double[cells.length];
    try {
      for (int i = 0; i < cells.length; i++) {
        row[i] = Double.parseDouble(cells[i].strip());
      }
      return row;
    } catch (NumberFormatException e) {
      return new double[0];
    }
  }
}
