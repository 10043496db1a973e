package io.lumbar.ingest.recording;

import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * Reads dates with times as programs write them: {@code 2014-05-07 16:29:30.000}, {@code 5/7/2014
 * 4:29:30 PM}, {@code 2017-09-12T15:00:00Z}, {@code 2014-05-07 13:29:50.439+0100 [Europe/London]},
 * {@code 2026-03-02 10:00:00+01}.
 */
public final class WallClock {
  private static final long SECOND = 1_000_000_000L;
  private static final int MOST_NUMBERS = 7;
  private static final int NANO_DIGITS = 9;

  private final boolean dayFirst;
  private final long[] numbers = new long[MOST_NUMBERS];
  private long dateKey = -1;
  private long dateSeconds;
  private boolean absolute;

  /**
   * A reader.
   *
   * @param dayFirst whether 1/2/2026 is the first of February, where the year stands last
   */
  public WallClock(boolean dayFirst) {
    this.dayFirst = dayFirst;
  }

  /** Whether the last time had its offset from UTC with it. */
  public boolean isAbsolute() {
    return absolute;
  }

  /**
   * Nanoseconds since 1970 on the clock that the text is of, which is UTC when {@link #isAbsolute}.
   *
   * @throws DateTimeException when the text is no date with a time
   */
  public long nanos(String text) {
    int count = 0;
    int i = 0;
    int n = text.length();
    long fraction = 0;
    while (i < n && count < MOST_NUMBERS) {
      int from = i;
      long value = 0;
      while (i < n && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
        value = value * 10 + text.charAt(i) - '0';
        i++;
      }
      if (i == from || i - from > NANO_DIGITS) {
        throw none(text);
      }
      boolean isFraction = count == 6;
      if (isFraction) {
        for (int digits = i - from; digits < NANO_DIGITS; digits++) {
          value *= 10;
        }
        fraction = value;
      } else {
        numbers[count] = value;
      }
      count++;
      boolean goesOn =
          i + 1 < n
              && Character.isDigit(text.charAt(i + 1))
              && (count < 6 ? "-/. :T".indexOf(text.charAt(i)) >= 0 : isPoint(text, i, count));
      if (!goesOn) {
        break;
      }
      i++;
    }
    if (count < 5) {
      throw none(text);
    }
    if (count == 5) {
      numbers[5] = 0;
    }
    long seconds = date() + time(withoutSpaces(text, i));
    return seconds * SECOND + fraction;
  }

  /** The rest of a text; before AM and PM some phones write a space that does not break. */
  private static String withoutSpaces(String text, int from) {
    int begin = from;
    while (begin < text.length() && Character.isSpaceChar(text.charAt(begin))) {
      begin++;
    }
    return text.substring(begin).trim();
  }

  private static boolean isPoint(String text, int at, int count) {
    return count == 6
        && (text.charAt(at) == '.' || text.charAt(at) == ',' || text.charAt(at) == ':');
  }

  private long date() {
    long key = (numbers[0] * 10_000 + numbers[1]) * 10_000 + numbers[2];
    if (key != dateKey) {
      boolean yearFirst = numbers[0] > 31;
      long year = yearFirst ? numbers[0] : numbers[2];
      long month = yearFirst ? numbers[1] : numbers[dayFirst ? 1 : 0];
      long day = yearFirst ? numbers[2] : numbers[dayFirst ? 0 : 1];
      long full = year < 100 ? 2000 + year : year;
      dateSeconds = LocalDate.of((int) full, (int) month, (int) day).toEpochDay() * 86_400;
      dateKey = key;
    }
    return dateSeconds;
  }

  private long time(String rest) {
    long hour = numbers[3];
    absolute = false;
    long offset = 0;
    if (!rest.isEmpty()) {
      char first = Character.toUpperCase(rest.charAt(0));
      if (first == 'A' || first == 'P') {
        hour = hour % 12 + (first == 'P' ? 12 : 0);
      } else if (first == 'Z') {
        absolute = true;
      } else if (first == '+' || first == '-') {
        absolute = true;
        offset = offset(rest);
      } else if (first != '[') {
        throw none(rest);
      }
    }
    if (hour > 23 || numbers[4] > 59 || numbers[5] > 60) {
      throw none(rest);
    }
    return hour * 3600 + numbers[4] * 60 + numbers[5] - offset;
  }

  private static long offset(String rest) {
    String digits = rest.substring(1).replace(":", "").split("\\D", 2)[0];
    if (digits.length() != 4 && digits.length() != 2) {
      throw none(rest);
    }
    long minutes = digits.length() == 2 ? 0 : Integer.parseInt(digits.substring(2));
    long seconds = Integer.parseInt(digits.substring(0, 2)) * 3600L + minutes * 60;
    return rest.charAt(0) == '-' ? -seconds : seconds;
  }

  private static DateTimeException none(String text) {
    return new DateTimeException("'" + text + "' is no date with a time");
  }
}
