package io.lumbar.ingest.recording;

import io.lumbar.ingest.recording.CsvLayout.Clock;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds out from its first lines which program wrote a text file with samples, and where it has
 * what: columns are found by their names, or, without names, by what stands in them.
 */
final class CsvSniffer {
  static final String AXIVITY = "axivity-csv";
  static final String SENSOR_LOGGER = "sensor-logger";
  static final String PHYPHOX = "phyphox";
  static final String PHONE = "phone-csv";

  private static final Pattern NOT_ACCELERATION =
      Pattern.compile("linear|without g|gyr|rot|rad/s|d/s|dps|mag|tesla|μt|µt|orient|field");
  private static final Pattern TIME = Pattern.compile("time.*|t|date ?time|epoch.*|utc.*");
  private static final Pattern COUNTS = Pattern.compile(".*\\*\\s*256.*");
  private static final double SPREADSHEET_LEAST = 30_000;
  private static final double SPREADSHEET_MOST = 75_000;
  private static final double RELATIVE_MOST = 3_600;

  private CsvSniffer() {}

  /** The layout, or empty when this is no text with samples. */
  static Optional<CsvLayout> layout(List<String> lines) {
    if (lines.size() < 2) {
      return Optional.empty();
    }
    char separator = separator(lines.get(0));
    List<String> first = cells(lines.get(0), separator);
    return isData(first)
        ? withoutNames(first, separator)
        : withNames(first, cells(lines.get(1), separator), separator);
  }

  private static Optional<CsvLayout> withNames(
      List<String> header, List<String> row, char separator) {
    List<String> names = header.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    int time = first(names, TIME);
    int x = axis(names, 'x');
    int y = axis(names, 'y');
    int z = axis(names, 'z');
    if (time < 0
        || x < 0
        || y < 0
        || z < 0
        || row.size() <= Math.max(Math.max(x, y), Math.max(z, time))) {
      return Optional.empty();
    }
    Optional<Clock> clock = clock(row.get(time), names.get(time));
    String program = program(names, x);
    double perUnit = COUNTS.matcher(names.get(x)).matches() ? 256 : 1;
    return clock.map(found -> layout(program, separator, 1, time, found, x, y, z, perUnit));
  }

  private static Optional<CsvLayout> withoutNames(List<String> row, char separator) {
    if (row.size() < 4) {
      return Optional.empty();
    }
    Optional<Clock> clock = clock(row.get(0), "");
    boolean twoTimes = row.size() == 5 && Epoch.isPossible(CsvRows.number(row.get(1)));
    int x = twoTimes ? 2 : 1;
    for (int i = x; i < x + 3; i++) {
      if (Double.isNaN(CsvRows.number(row.get(i)))) {
        return Optional.empty();
      }
    }
    String program = twoTimes ? PHONE : AXIVITY;
    return clock.map(found -> layout(program, separator, 0, 0, found, x, x + 1, x + 2, 1));
  }

  private static CsvLayout layout(
      String program,
      char separator,
      int firstRow,
      int time,
      Clock clock,
      int x,
      int y,
      int z,
      double perUnit) {
    return new CsvLayout(
        program,
        device(program),
        separator,
        firstRow,
        time,
        clock,
        x,
        y,
        z,
        perUnit,
        0,
        0,
        false,
        null);
  }

  /** What to call the device of a program's files. */
  static String device(String program) {
    return switch (program) {
      case AXIVITY -> "Axivity import";
      case SENSOR_LOGGER -> "Sensor Logger import";
      case PHYPHOX -> "phyphox import";
      default -> "phone import";
    };
  }

  private static String program(List<String> names, int x) {
    if (names.contains("seconds_elapsed")) {
      return SENSOR_LOGGER;
    }
    String name = names.get(x);
    if (names.get(0).equals("time (s)") && name.startsWith("acceleration x")) {
      return PHYPHOX;
    }
    boolean openMovement = name.startsWith("accel-x") || name.startsWith("ax*256");
    boolean oxford = names.get(0).equals("time") && name.equals("x");
    return openMovement || oxford ? AXIVITY : PHONE;
  }

  private static Optional<Clock> clock(String value, String name) {
    double number = CsvRows.number(value);
    if (Double.isNaN(number)) {
      WallClock wall = new WallClock(false);
      try {
        wall.nanos(value);
      } catch (DateTimeException e) {
        return Optional.empty();
      }
      return Optional.of(wall.isAbsolute() ? Clock.DATE_WITH_OFFSET : Clock.DATE);
    }
    if (Epoch.isPossible(number)) {
      return Optional.of(Clock.EPOCH);
    }
    if (number >= SPREADSHEET_LEAST && number <= SPREADSHEET_MOST) {
      return Optional.of(Clock.SPREADSHEET_DAYS);
    }
    if (Math.abs(number) > RELATIVE_MOST) {
      return Optional.empty();
    }
    return Optional.of(name.contains("ms") ? Clock.MILLISECONDS : Clock.SECONDS);
  }

  private static int first(List<String> names, Pattern pattern) {
    for (int i = 0; i < names.size(); i++) {
      if (pattern.matcher(names.get(i)).matches()) {
        return i;
      }
    }
    return -1;
  }

  private static int axis(List<String> names, char axis) {
    Pattern alone =
        Pattern.compile("(.*[^a-z0-9])?a?(cc)?" + axis + "([^a-z0-9].*)?", Pattern.DOTALL);
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (alone.matcher(name).matches() && !NOT_ACCELERATION.matcher(name).find()) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isData(List<String> cells) {
    String first = cells.get(0);
    return !first.isEmpty() && Character.isDigit(first.charAt(0)) && cells.size() >= 4;
  }

  private static char separator(String line) {
    for (char each : new char[] {'\t', ';'}) {
      if (line.indexOf(each) >= 0) {
        return each;
      }
    }
    return ',';
  }

  private static List<String> cells(String line, char separator) {
    List<String> cells = new ArrayList<>();
    for (String cell : line.split(Pattern.quote(String.valueOf(separator)), -1)) {
      cells.add(cell.replace("\"", "").trim());
    }
    return cells;
  }
}
