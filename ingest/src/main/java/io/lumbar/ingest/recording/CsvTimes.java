package io.lumbar.ingest.recording;

import io.lumbar.ingest.recording.CsvLayout.Clock;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the times of a text file are, from the name of their column and from the first of them.
 *
 * <p>The unit is that of the name, where it has one; with it a size that fits 1970 is proof.
 * Otherwise such a size tells, but only when rows then follow each other within ten seconds:
 * nanoseconds since a phone was switched on have the size of microseconds since 1970, and would be
 * a thousand times too slow. Seconds and milliseconds that step by more may be those of a tag that
 * is heard seldom, or a thousandth of that since a phone was switched on, and are refused until
 * their name says which. What does not fit counts from the start, in the unit in which rows come
 * between once a second and a thousand times.
 *
 * <p>Times count from when the device was switched on where their name says so, and where they
 * begin beyond a day, or in nanoseconds beyond an hour: no recording counts so from its own start.
 * The second part of one that was split does begin beyond an hour, in seconds or milliseconds.
 *
 * @param nanosPerUnit nanoseconds in one unit of a number; 0 for dates
 * @param fault why the times cannot be used, or null
 */
record CsvTimes(Clock clock, long nanosPerUnit, @Nullable String fault) {
  private static final long SECOND = 1_000_000_000L;
  private static final long MILLISECOND = 1_000_000L;
  private static final long DAY = 86_400 * SECOND;
  private static final double LONGEST_STEP_SECONDS = 10;
  private static final double LONGEST_PART_SECONDS = 86_400;
  private static final double LONGEST_IN_NANOS_SECONDS = 3_600;
  private static final Pattern SWITCHED_ON = Pattern.compile(".*(uptime|boot|elapsed ?realtime).*");
  private static final double SPREADSHEET_LEAST = 30_000;
  private static final double SPREADSHEET_MOST = 75_000;
  private static final Pattern UNIT =
      Pattern.compile(
          "(?:.*[^a-z]|time|timestamp|epoch|t)?"
              + "(ns|nsec|nanos(?:econds?)?|us|µs|μs|usec|micros(?:econds?)?|ms|msec|millis(?:econds?)?)"
              + "[^a-z]*"
              + "|(?:.*[^a-z])?(s|secs?|seconds?)[^a-z]*");

  /**
   * Looks at the times of the first rows.
   *
   * @param name of their column, or empty
   * @param times as they stand there, at least one
   */
  static Optional<CsvTimes> of(String name, List<String> times) {
    double first = CsvRows.number(times.get(0));
    if (Double.isNaN(first)) {
      return date(times.get(0));
    }
    if (!Double.isFinite(first)) {
      return Optional.empty();
    }
    double step = step(times);
    long told = unit(name);
    return Optional.of(told > 0 ? inUnit(name, told, first, step) : bySize(name, first, step));
  }

  private static CsvTimes inUnit(String name, long unit, double first, double step) {
    if (Epoch.isPossible(first, unit)) {
      return new CsvTimes(Clock.EPOCH, unit, null);
    }
    String fault =
        "times: by the unit in its name the column '%s' steps by %.0f s; motion comes at least every %.0f s, so correct the unit"
            .formatted(name, step * unit / SECOND, LONGEST_STEP_SECONDS);
    boolean tooSlow = step * unit > LONGEST_STEP_SECONDS * SECOND;
    return new CsvTimes(counted(name, first, unit), unit, tooSlow ? fault : null);
  }

  /** What numbers that do not count from 1970 count from. */
  private static Clock counted(String name, double first, long unit) {
    double seconds = Math.abs(first) * unit / SECOND;
    boolean switchedOn =
        SWITCHED_ON.matcher(name.toLowerCase(Locale.ROOT)).matches()
            || seconds > (unit == 1 ? LONGEST_IN_NANOS_SECONDS : LONGEST_PART_SECONDS);
    return switchedOn ? Clock.SINCE_SWITCHED_ON : Clock.SINCE_START;
  }

  private static CsvTimes bySize(String name, double first, double step) {
    long epoch = Epoch.nanosPerUnit(first);
    boolean slow = step * epoch > LONGEST_STEP_SECONDS * SECOND;
    if (epoch == 1 || (epoch > 0 && !slow)) {
      return new CsvTimes(Clock.EPOCH, epoch, null);
    }
    if (epoch >= MILLISECOND) {
      String unit = unitName(epoch);
      return new CsvTimes(
          Clock.EPOCH,
          epoch,
          "times: %s has the size of %s since 1970 and steps by %.0f s; name it 'time (%s)' if that is right, or 'uptime (%s)' if it counts from when the device was switched on"
              .formatted(column(name), unit, step * epoch / SECOND, unit, unitName(epoch / 1_000)));
    }
    boolean days = first >= SPREADSHEET_LEAST && first <= SPREADSHEET_MOST;
    if (days && !(step * DAY > LONGEST_STEP_SECONDS * SECOND)) {
      return new CsvTimes(Clock.SPREADSHEET_DAYS, DAY, null);
    }
    if (step > 1 && step <= LONGEST_STEP_SECONDS) {
      return new CsvTimes(
          Clock.SINCE_START,
          SECOND,
          "times: the column '%s' names no unit and steps by %s, which may be seconds or milliseconds; name it 'time (s)' or 'time (ms)'"
              .formatted(name, step));
    }
    long unit = SECOND;
    while (unit > 1 && step * unit > SECOND) {
      unit /= 1_000;
    }
    return new CsvTimes(counted(name, first, unit), unit, null);
  }

  private static Optional<CsvTimes> date(String value) {
    for (boolean dayFirst : new boolean[] {false, true}) {
      WallClock wall = new WallClock(dayFirst);
      try {
        wall.nanos(value);
        Clock clock = wall.isAbsolute() ? Clock.DATE_WITH_OFFSET : Clock.DATE;
        return Optional.of(new CsvTimes(clock, 0, null));
      } catch (DateTimeException e) {
        // Perhaps in the other order.
      }
    }
    return Optional.empty();
  }

  /** Nanoseconds in the unit that a column's name ends with; 0 when it names none. */
  private static long unit(String name) {
    Matcher unit = UNIT.matcher(name.toLowerCase(Locale.ROOT));
    if (!unit.matches()) {
      return 0;
    }
    String found = unit.group(1) == null ? "s" : unit.group(1);
    return switch (found.charAt(0) == 'm' ? found.substring(0, 2) : found.substring(0, 1)) {
      case "n" -> 1;
      case "ms", "mi" -> found.startsWith("mic") ? 1_000 : 1_000_000;
      case "s" -> SECOND;
      default -> 1_000;
    };
  }

  /** The middle step from one time to the next that differs; NaN when there is none. */
  private static double step(List<String> times) {
    double[] numbers = times.stream().mapToDouble(CsvRows::number).toArray();
    double[] steps = new double[numbers.length];
    int count = 0;
    for (int i = 1; i < numbers.length; i++) {
      double step = numbers[i] - numbers[i - 1];
      if (step > 0) {
        steps[count++] = step;
      }
    }
    Arrays.sort(steps, 0, count);
    return count == 0 ? Double.NaN : steps[count / 2];
  }

  private static String column(String name) {
    return name.isEmpty() ? "the first column" : "the column '%s'".formatted(name);
  }

  /** What the times count in, for people. */
  static String unitName(long nanosPerUnit) {
    return nanosPerUnit == SECOND
        ? "s"
        : nanosPerUnit == 1_000_000 ? "ms" : nanosPerUnit == 1_000 ? "us" : "ns";
  }
}
