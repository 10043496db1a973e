package io.lumbar.app.validate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What an activPAL events file says by itself, by the plainest reading of its rows and apart from
 * the importer: rows of sitting that follow each other are one bout, and the seconds of a column
 * are added up. A last row of over four hours of sitting is the sensor in a drawer.
 */
final class ActivPalTruth {
  private static final double DRAWER_SECONDS = 4 * 3600;

  private ActivPalTruth() {}

  static ActivPalScorer.Sums of(Path file) throws IOException {
    List<String> lines =
        RecordingFiles.lines(file).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("sep="))
            .toList();
    String separator = lines.get(0).indexOf(';') >= 0 ? ";" : ",";
    // Headers carry commas inside parentheses and quotes.
    List<String> names =
        List.of(lines.get(0).replaceAll("\\([^)]*\\)", "").split(separator)).stream()
            .map(name -> name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", ""))
            .toList();
    int code = Math.max(names.indexOf("activitycode"), names.indexOf("eventtype"));
    int seconds = Math.max(names.indexOf("interval"), names.indexOf("duration"));
    int prone = names.indexOf("timefrontlying");
    double bouts = 0;
    double sitting = 0;
    double proneSeconds = 0;
    boolean before = false;
    for (int i = 1; i < lines.size(); i++) {
      String[] cells = lines.get(i).split(separator);
      double length = number(cells[seconds]);
      boolean sits = number(cells[code]) == 0;
      if (sits && i == lines.size() - 1 && length > DRAWER_SECONDS) {
        break;
      }
      if (sits) {
        bouts += before ? 0 : 1;
        sitting += length;
      }
      if (prone >= 0 && prone < cells.length && (int) number(cells[code]) == 3) {
        proneSeconds += number(cells[prone]);
      }
      before = sits;
    }
    return new ActivPalScorer.Sums(bouts, sitting, proneSeconds);
  }

  private static double number(String cell) {
    return Double.parseDouble(cell.replace("\"", "").replace(',', '.').trim());
  }
}
