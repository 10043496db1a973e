package io.lumbar.ingest;

import io.lumbar.model.SleepPosition;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where the columns of an activPAL events file are, whichever program version wrote it: names are
 * matched by their beginning, without case and blanks.
 *
 * @param separator comma, or semicolon in EventsEx and where the comma is the decimal mark
 */
record ActivPalHeader(
    char separator,
    int time,
    int duration,
    int code,
    int strides,
    Map<SleepPosition, Integer> positions) {

  private static final Map<SleepPosition, String> POSITION_NAMES =
      Map.of(
          SleepPosition.SUPINE, "timebacklying",
          SleepPosition.PRONE, "timefrontlying",
          SleepPosition.LEFT, "timeleftlying",
          SleepPosition.RIGHT, "timerightlying");

  /** The header, or empty when the line is none of an activPAL events file. */
  static Optional<ActivPalHeader> parse(String line) {
    char separator = line.indexOf(';') >= 0 ? ';' : ',';
    List<String> names = split(line, separator, true);
    names.replaceAll(name -> name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", ""));
    int time = names.indexOf("time");
    int duration = starting(names, "interval", "duration");
    int code = starting(names, "activitycode", "eventtype");
    int strides = starting(names, "cumulativestepcount");
    if (time < 0 || duration < 0 || code < 0) {
      return Optional.empty();
    }
    Map<SleepPosition, Integer> positions = new EnumMap<>(SleepPosition.class);
    POSITION_NAMES.forEach(
        (position, name) -> {
          int column = starting(names, name);
          if (column >= 0) {
            positions.put(position, column);
          }
        });
    return Optional.of(new ActivPalHeader(separator, time, duration, code, strides, positions));
  }

  List<String> cells(String line) {
    return split(line, separator, false);
  }

  private static int starting(List<String> names, String... beginnings) {
    for (int i = 0; i < names.size(); i++) {
      for (String beginning : beginnings) {
        if (names.get(i).startsWith(beginning)) {
          return i;
        }
      }
    }
    return -1;
  }

  /** Headers carry commas inside quotes, or, unquoted, inside parentheses. */
  private static List<String> split(String line, char separator, boolean header) {
    boolean minded = header && separator == ',' && line.indexOf('"') < 0;
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    int depth = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == separator && !quoted && depth == 0) {
        cells.add(cell.toString().trim());
        cell.setLength(0);
      } else {
        depth = minded ? Math.max(0, depth + (c == '(' ? 1 : c == ')' ? -1 : 0)) : 0;
        cell.append(c);
      }
    }
    cells.add(cell.toString().trim());
    return cells;
  }
}
