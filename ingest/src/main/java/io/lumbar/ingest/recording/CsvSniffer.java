package io.lumbar.ingest.recording;

import io.lumbar.ingest.recording.CsvLayout.DateOrders;
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

  /** Looked for last: a logger may write when it was as well. */
  private static final Pattern SWITCHED_ON = Pattern.compile("(up|boot|elapsed ?real)time.*");

  private static final Pattern COUNTS = Pattern.compile(".*\\*\\s*256.*");

  private CsvSniffer() {}

  /** The layout, or empty when this is no text with samples. */
  static Optional<CsvLayout> layout(List<String> lines) {
    if (lines.size() < 2) {
      return Optional.empty();
    }
    char separator = separator(lines.get(0));
    List<String> first = cells(lines.get(0), separator);
    return isData(first)
        ? withoutNames(first, lines, separator)
        : withNames(first, lines.subList(1, lines.size()), separator);
  }

  private static Optional<CsvLayout> withNames(
      List<String> header, List<String> lines, char separator) {
    List<String> row = cells(lines.get(0), separator);
    List<String> names = header.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    int when = first(names, TIME);
    int time = when < 0 ? first(names, SWITCHED_ON) : when;
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
    Optional<CsvTimes> times = CsvTimes.of(names.get(time), times(lines, separator, time));
    String program = program(names, x);
    double perUnit = COUNTS.matcher(names.get(x)).matches() ? 256 : 1;
    boolean ordered = !DateOrder.isNeeded(row.get(time));
    return times.map(
        found -> layout(program, separator, 1, time, found, ordered, x, y, z, perUnit));
  }

  private static Optional<CsvLayout> withoutNames(
      List<String> row, List<String> lines, char separator) {
    if (row.size() < 4) {
      return Optional.empty();
    }
    Optional<CsvTimes> times = CsvTimes.of("", times(lines, separator, 0));
    boolean twoTimes = row.size() == 5 && Epoch.isPossible(CsvRows.number(row.get(1)));
    int x = twoTimes ? 2 : 1;
    for (int i = x; i < x + 3; i++) {
      if (Double.isNaN(CsvRows.number(row.get(i)))) {
        return Optional.empty();
      }
    }
    String program = twoTimes ? PHONE : AXIVITY;
    boolean ordered = !DateOrder.isNeeded(row.get(0));
    return times.map(found -> layout(program, separator, 0, 0, found, ordered, x, x + 1, x + 2, 1));
  }

  private static CsvLayout layout(
      String program,
      char separator,
      int firstRow,
      int time,
      CsvTimes times,
      boolean ordered,
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
        times.clock(),
        times.nanosPerUnit(),
        times.fault(),
        x,
        y,
        z,
        perUnit,
        0,
        0,
        ordered ? DateOrders.MONTH_FIRST : DateOrders.TO_BE_FOUND,
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

  /** The times of the first rows; the last line may have been cut off. */
  private static List<String> times(List<String> lines, char separator, int column) {
    List<String> times = new ArrayList<>();
    times.add(cell(lines.get(0), separator, column));
    for (String line : lines.subList(1, Math.max(1, lines.size() - 1))) {
      if (!line.isBlank()) {
        times.add(cell(line, separator, column));
      }
    }
    return times;
  }

  /** A cell of a line, without its quotes; empty when the line has fewer. */
  static String cell(String line, char separator, int column) {
    int from = 0;
    for (int i = 0; i < column; i++) {
      int next = line.indexOf(separator, from);
      if (next < 0) {
        return "";
      }
      from = next + 1;
    }
    int end = line.indexOf(separator, from);
    return line.substring(from, end < 0 ? line.length() : end).replace("\"", "").trim();
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
