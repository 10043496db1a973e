package io.lumbar.ingest.recording;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Turns the rows of a text file into samples. */
final class CsvRows {
  private static final long SECOND = 1_000_000_000L;

  private static final long DAY = 86_400 * SECOND;
  private static final long SPREADSHEET_EPOCH = LocalDate.of(1899, 12, 30).toEpochDay() * DAY;

  private final CsvLayout layout;
  private final LocalClock clock;
  private final WallClock wall;
  private final String[] cells;
  private int number;
  private boolean sinceStart;

  /** The time of the first row, or 0 where the file says what its times count from. */
  private double first = Double.NaN;

  CsvRows(CsvLayout layout, LocalClock clock) {
    this.layout = layout;
    this.clock = clock;
    this.wall = new WallClock(layout.dateOrder() == CsvLayout.DateOrders.DAY_FIRST);
    this.cells = new String[layout.columns()];
  }

  /** One sample. */
  record Row(long nanos, float x, float y, float z) {}

  /** Reads rows to the end of the text. */
  void read(TextLines lines, SampleTaker taker) throws IOException {
    for (Row row = next(lines, taker); row != null; row = next(lines, taker)) {
      taker.sample(row.nanos, row.x, row.y, row.z);
      taker.parts(1);
    }
  }

  /** The next row that can be read, or null behind the last; the others go to the taker. */
  @Nullable Row next(TextLines lines, SampleTaker taker) throws IOException {
    for (String line = lines.next(); line != null; line = lines.next()) {
      number++;
      if (number > layout.firstRow() && !line.isBlank()) {
        Row row = row(line, taker);
        if (row != null) {
          return row;
        }
      }
    }
    return null;
  }

  /** The same, with nanoseconds since the start, of a file whose times count from there. */
  @Nullable Row nextRelative(TextLines lines, SampleTaker taker) throws IOException {
    sinceStart = true;
    return next(lines, taker);
  }

  private @Nullable Row row(String line, SampleTaker taker) throws IOException {
    String path = "line " + number;
    if (!split(line)) {
      taker.refused(path, "has too few columns");
      return null;
    }
    double x = number(cells[layout.x()]);
    double y = number(cells[layout.y()]);
    double z = number(cells[layout.z()]);
    if (Double.isNaN(x) || Double.isNaN(y) || Double.isNaN(z)) {
      if (isMissing(layout.x()) || isMissing(layout.y()) || isMissing(layout.z())) {
        taker.ignored(1);
      } else {
        taker.refused(path, "x, y and z must be numbers");
      }
      return null;
    }
    double scale = 1 / layout.countsPerUnit();
    try {
      return new Row(time(), (float) (x * scale), (float) (y * scale), (float) (z * scale));
    } catch (DateTimeException | ArithmeticException e) {
      taker.refused(path, "its time cannot be read");
      return null;
    }
  }

  private long time() throws UnusableFile {
    if (layout.time() < 0) {
      return clock.ofLocal(
          layout.firstNanos()
              + Math.round((number - 1 - layout.firstRow()) / layout.rate() * SECOND));
    }
    String text = cells[layout.time()];
    return switch (layout.clock()) {
      case DATE, DATE_WITH_OFFSET, NONE -> {
        long nanos = wall.nanos(text);
        yield wall.isAbsolute() ? nanos : clock.ofLocal(nanos);
      }
      case EPOCH -> Epoch.nanos(text, layout.nanosPerUnit());
      case SPREADSHEET_DAYS ->
          clock.ofLocal(SPREADSHEET_EPOCH + Math.round(finite(text) * DAY / 1e5) * 100_000);
      case SINCE_START -> ofStart(finite(text));
      case SINCE_SWITCHED_ON -> ofStart(sinceFirst(finite(text)));
    };
  }

  private double sinceFirst(double time) {
    if (Double.isNaN(first)) {
      first = sinceStart ? 0 : time;
    }
    return time - first;
  }

  private long ofStart(double time) throws UnusableFile {
    double seconds = time * layout.nanosPerUnit() / SECOND;
    return sinceStart ? Math.round(seconds * SECOND) : clock.ofRelative(seconds);
  }

  private static double finite(String text) {
    double value = number(text);
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw new DateTimeException("no number");
    }
    return value;
  }

  private boolean isMissing(int column) {
    return cells[column].isEmpty() || cells[column].equalsIgnoreCase("nan");
  }

  /** A number with a point or a comma, or NaN. */
  static double number(String text) {
    try {
      return Double.parseDouble(text.indexOf(',') < 0 ? text : text.replace(',', '.'));
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private boolean split(String line) {
    int from = 0;
    for (int i = 0; i < cells.length; i++) {
      if (from > line.length()) {
        return false;
      }
      int end = line.indexOf(layout.separator(), from);
      int to = end < 0 ? line.length() : end;
      cells[i] = bare(line, from, to);
      from = to + 1;
    }
    return true;
  }

  private static String bare(String line, int from, int to) {
    int begin = from;
    int end = to;
    while (begin < end && (line.charAt(begin) == ' ' || line.charAt(begin) == '"')) {
      begin++;
    }
    while (end > begin && (line.charAt(end - 1) == ' ' || line.charAt(end - 1) == '"')) {
      end--;
    }
    return line.substring(begin, end);
  }
}
