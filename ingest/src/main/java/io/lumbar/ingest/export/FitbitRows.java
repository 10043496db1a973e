package io.lumbar.ingest.export;

import io.lumbar.ingest.recording.TextLines;
import io.lumbar.model.Posture;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;

/** Reads the CSV files of Fitbit and Google. */
final class FitbitRows {
  private static final int MINUTES = 60;

  private final String where;
  private final LocalTimes times;
  private final int stepSeconds;
  private final ExportTaker taker;
  private int number = 1;

  FitbitRows(String where, LocalTimes times, int stepSeconds, ExportTaker taker) {
    this.where = where;
    this.times = times;
    this.stepSeconds = stepSeconds;
    this.taker = taker;
  }

  void read(InputStream in, FitbitKind kind) throws IOException {
    TextLines lines = new TextLines(in);
    List<String> names = Cells.names(String.valueOf(lines.next()));
    for (String line = lines.next(); line != null; line = lines.next()) {
      number++;
      List<String> cells = Cells.of(line);
      if (line.isBlank()) {
        continue;
      }
      if (cells.size() < names.size()) {
        taker.refused(path(), "has only %d of %d columns".formatted(cells.size(), names.size()));
        continue;
      }
      try {
        switch (kind) {
          case SLEEP_CSV -> sleep(cells, names);
          case STEPS_BY_HOUR -> hour(cells, names);
          case STEPS_BY_MINUTE -> steps(cells, names, "activityminute");
          default -> steps(cells, names, "timestamp");
        }
      } catch (DateTimeException e) {
        taker.refused(path(), "its time cannot be read");
      }
    }
  }

  private void steps(List<String> cells, List<String> names, String time) {
    int steps = Cells.count(cells.get(names.indexOf("steps")));
    if (steps < 0) {
      taker.refused(path(), "steps: must be a whole number");
      return;
    }
    Instant from = times.of(cells.get(names.indexOf(time)));
    taker.steps(path(), 1, steps, from, from.plusSeconds(stepSeconds));
  }

  private void hour(List<String> cells, List<String> names) {
    Instant from = times.of(cells.get(names.indexOf("activityhour")));
    int first = names.indexOf("steps00");
    int rows = 1;
    for (int minute = 0; minute < MINUTES && first + minute < cells.size(); minute++) {
      int steps = Cells.count(cells.get(first + minute));
      if (steps >= 0) {
        Instant at = from.plusSeconds(60L * minute);
        taker.steps(path(), rows, steps, at, at.plusSeconds(60));
        rows = 0;
      }
    }
    if (rows > 0) {
      taker.refused(path(), "has no number of steps");
    }
  }

  private void sleep(List<String> cells, List<String> names) {
    Instant from = times.of(cells.get(names.indexOf("sleep_start")));
    Instant to = times.of(cells.get(names.indexOf("sleep_end")));
    taker.posture(path(), 1, Posture.LYING, from, to);
  }

  private String path() {
    return where + "line " + number;
  }
}
