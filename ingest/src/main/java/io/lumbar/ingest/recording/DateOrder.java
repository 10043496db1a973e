package io.lumbar.ingest.recording;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether 5/2/2026 is in February or in May, as the whole of a file tells: by a number above 12, by
 * a day that follows the one before in one of the two orders only, or by points, which stand behind
 * days. Where the file does not tell, the start of the recording does, if that was said.
 */
final class DateOrder {
  private static final Pattern YEAR_LAST =
      Pattern.compile("\\s*\"?(\\d{1,2})([-/.])(\\d{1,2})\\2(\\d{4}|\\d{2})\\b.*", Pattern.DOTALL);
  private static final int MONTHS = 12;

  private @Nullable LocalDate lastDayFirst;
  private @Nullable LocalDate lastMonthFirst;
  private String lastText = "";
  private @Nullable Boolean dayFirst;

  private DateOrder() {}

  /** Whether a date has its year last, so that its order has to be found out. */
  static boolean isNeeded(String text) {
    return YEAR_LAST.matcher(text).matches();
  }

  /**
   * Looks at the rows of a file until they tell.
   *
   * @param start when the recording began, or null
   * @return whether the day stands first; empty when that is not to be known
   */
  static Optional<Boolean> dayFirst(TextLines lines, CsvLayout layout, @Nullable Instant start)
      throws IOException {
    DateOrder order = new DateOrder();
    LocalDate firstDay = null;
    LocalDate firstMonth = null;
    int number = 0;
    for (String line = lines.next(); line != null; line = lines.next()) {
      if (number++ >= layout.firstRow() && !line.isBlank()) {
        order.look(CsvSniffer.cell(line, layout.separator(), layout.time()));
        if (order.dayFirst != null) {
          return Optional.of(order.dayFirst);
        }
        firstDay = firstDay == null ? order.lastDayFirst : firstDay;
        firstMonth = firstMonth == null ? order.lastMonthFirst : firstMonth;
      }
    }
    if (firstDay == null || firstMonth == null || firstDay.equals(firstMonth)) {
      return Optional.of(false);
    }
    if (start == null) {
      return Optional.empty();
    }
    LocalDate began = LocalDate.ofInstant(start, ZoneOffset.UTC);
    return Optional.of(distance(began, firstDay) < distance(began, firstMonth));
  }

  private static long distance(LocalDate one, LocalDate other) {
    return Math.abs(ChronoUnit.DAYS.between(one, other));
  }

  private void look(String text) {
    Matcher date = YEAR_LAST.matcher(text);
    if (!date.matches()) {
      return;
    }
    String shown = text.substring(date.start(1), date.end(4));
    if (shown.equals(lastText)) {
      return;
    }
    lastText = shown;
    int one = Integer.parseInt(date.group(1));
    int two = Integer.parseInt(date.group(3));
    int year = Integer.parseInt(date.group(4));
    if (date.group(2).equals(".") || one > MONTHS || two > MONTHS) {
      dayFirst = two <= MONTHS;
      return;
    }
    LocalDate asDayFirst = date(year, two, one);
    LocalDate asMonthFirst = date(year, one, two);
    if (lastDayFirst != null
        && lastMonthFirst != null
        && asDayFirst != null
        && asMonthFirst != null) {
      boolean followsAsDay = follows(lastDayFirst, asDayFirst);
      boolean followsAsMonth = follows(lastMonthFirst, asMonthFirst);
      if (followsAsDay != followsAsMonth) {
        dayFirst = followsAsDay;
      }
    }
    lastDayFirst = asDayFirst;
    lastMonthFirst = asMonthFirst;
  }

  private static boolean follows(LocalDate before, LocalDate next) {
    return before.plusDays(1).equals(next);
  }

  private static @Nullable LocalDate date(int year, int month, int day) {
    try {
      return LocalDate.of(year < 100 ? 2000 + year : year, month, day);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
