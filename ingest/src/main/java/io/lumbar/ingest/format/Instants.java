package io.lumbar.ingest.format;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Reads ISO-8601 instants with an offset, such as {@code 2026-03-02T09:00:00.5+01:00}. By hand:
 * every observation has two, and the JDK's parser takes longer for one than everything else does.
 */
public final class Instants {
  private static final int[] POWERS = {
    1_000_000_000, 100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1_000, 100, 10, 1
  };

  private Instants() {}

  /**
   * Reads an instant.
   *
   * @throws DateTimeException with a sentence that says what is wrong
   */
  public static Instant parse(String text) {
    return parse(text.toCharArray(), 0, text.length());
  }

  public static Instant parse(char[] chars, int from, int length) {
    int end = from + length;
    if (length < 16
        || chars[from + 4] != '-'
        || chars[from + 7] != '-'
        || (chars[from + 10] != 'T' && chars[from + 10] != 't')
        || chars[from + 13] != ':') {
      throw malformed();
    }
    LocalDate date =
        LocalDate.of(
            digits(chars, from, 4), digits(chars, from + 5, 2), digits(chars, from + 8, 2));
    int hour = range(digits(chars, from + 11, 2), 23);
    int minute = range(digits(chars, from + 14, 2), 59);
    int at = from + 16;
    int second = 0;
    int nanos = 0;
    if (at + 2 < end && chars[at] == ':') {
      second = range(digits(chars, at + 1, 2), 59);
      at += 3;
      if (at < end && (chars[at] == '.' || chars[at] == ',')) {
        int start = ++at;
        while (at < end && isDigit(chars[at])) {
          at++;
        }
        if (at == start || at - start > 9) {
          throw malformed();
        }
        nanos = digits(chars, start, at - start) * POWERS[at - start];
      }
    }
    long seconds = date.toEpochDay() * 86_400L + hour * 3_600L + minute * 60L + second;
    return Instant.ofEpochSecond(seconds - offset(chars, at, end), nanos);
  }

  private static int offset(char[] chars, int at, int end) {
    if (at == end) {
      throw new DateTimeException(
          "needs its offset from UTC, as in 2026-03-02T09:00:00+01:00 or 2026-03-02T08:00:00Z");
    }
    char sign = chars[at];
    if ((sign == 'Z' || sign == 'z') && at + 1 == end) {
      return 0;
    }
    if ((sign != '+' && sign != '-') || at + 3 > end) {
      throw malformed();
    }
    int hours = range(digits(chars, at + 1, 2), 18);
    int rest = at + 3;
    int minutes = 0;
    if (rest < end) {
      int start = chars[rest] == ':' ? rest + 1 : rest;
      if (start + 2 != end) {
        throw malformed();
      }
      minutes = range(digits(chars, start, 2), 59);
    }
    int seconds = hours * 3_600 + minutes * 60;
    return sign == '-' ? -seconds : seconds;
  }

  private static int digits(char[] chars, int from, int count) {
    int value = 0;
    for (int i = from; i < from + count; i++) {
      if (i >= chars.length || !isDigit(chars[i])) {
        throw malformed();
      }
      value = value * 10 + (chars[i] - '0');
    }
    return value;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static int range(int value, int most) {
    if (value > most) {
      throw malformed();
    }
    return value;
  }

  private static DateTimeException malformed() {
    return new DateTimeException(
        "is not an ISO-8601 instant with an offset, as in 2026-03-02T09:00:00+01:00");
  }
}
