package io.lumbar.ingest.format.healthautoexport;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dates as the app writes them: {@code 2026-03-02 21:31:00 +0100}, or on a phone with a 12-hour
 * clock {@code 2026-03-02 9:31:00 PM +0100}, with any kind of blank and of letters before the
 * offset.
 */
final class AppleDates {
  private static final Pattern FORM =
      Pattern.compile(
          "(\\d{4})-(\\d{2})-(\\d{2})[\\h"
              + " T](\\d{1,2}):(\\d{2}):(\\d{2})\\h?([AaPp][Mm])?\\h?([+-]\\d{2}):?(\\d{2})");

  private AppleDates() {}

  /**
   * Reads a date.
   *
   * @throws DateTimeException with a sentence that says what is wrong
   */
  static Instant parse(String text) {
    Matcher m = FORM.matcher(text.trim());
    if (!m.matches()) {
      throw new DateTimeException("must be written as in 2026-03-02 09:31:00 +0100");
    }
    int hour = number(m, 4);
    String half = m.group(7);
    if (half != null) {
      if (hour < 1 || hour > 12) {
        throw new DateTimeException("has an hour that is none on a 12-hour clock");
      }
      hour = hour % 12 + (half.toLowerCase(Locale.ROOT).equals("pm") ? 12 : 0);
    }
    int sign = m.group(8).startsWith("-") ? -1 : 1;
    try {
      ZoneOffset offset = ZoneOffset.ofHoursMinutes(number(m, 8), sign * number(m, 9));
      return LocalDateTime.of(
              number(m, 1), number(m, 2), number(m, 3), hour, number(m, 5), number(m, 6))
          .toInstant(offset);
    } catch (DateTimeException e) {
      throw new DateTimeException(
          "names a day, a time or an offset that does not exist; must be year-month-day, as in"
              + " 2026-03-02 09:31:00 +0100",
          e);
    }
  }

  /** Whether a day begins with a date, on the clock that it was written by; false for no date. */
  static boolean isAtMidnight(String text) {
    Matcher m = FORM.matcher(text.trim());
    return m.matches()
        && number(m, 4) % (m.group(7) == null ? 24 : 12) == 0
        && !"pm".equalsIgnoreCase(m.group(7))
        && number(m, 5) == 0
        && number(m, 6) == 0;
  }

  private static int number(Matcher m, int group) {
    return Integer.parseInt(m.group(group));
  }
}
