package io.lumbar.ingest.recording;

import java.math.BigDecimal;
import java.time.DateTimeException;

/** Numbers that count from 1970, in seconds, milliseconds, microseconds or nanoseconds. */
public final class Epoch {
  private static final double LEAST_SECONDS = 3e8;
  private static final double MOST_SECONDS = 5e9;

  private Epoch() {}

  /** Whether a number may be one, by its size. */
  static boolean isPossible(double value) {
    return Double.isFinite(value) && nanosPerUnit(value) > 0;
  }

  /** Whether a number may be one in a unit of so many nanoseconds. */
  static boolean isPossible(double value, long nanosPerUnit) {
    double seconds = value * nanosPerUnit / 1e9;
    return seconds >= LEAST_SECONDS && seconds <= MOST_SECONDS;
  }

  /**
   * Epoch nanoseconds, from the text, with a point or a comma: as a floating point number,
   * nanoseconds lose their last digits.
   *
   * @throws DateTimeException when it is none in this unit
   */
  static long nanos(String text, long nanosPerUnit) {
    BigDecimal value;
    try {
      value = new BigDecimal(text.replace(',', '.'));
    } catch (NumberFormatException e) {
      throw new DateTimeException("is no number", e);
    }
    if (!isPossible(value.doubleValue(), nanosPerUnit)) {
      throw new DateTimeException("does not count from 1970");
    }
    return value.multiply(BigDecimal.valueOf(nanosPerUnit)).longValue();
  }

  /**
   * Epoch nanoseconds of a number whose size tells its unit: as seconds it lies between 1979 and
   * 2128.
   *
   * @throws DateTimeException when it does not in any unit
   */
  public static long nanos(BigDecimal value) {
    long unit = nanosPerUnit(value.doubleValue());
    if (unit == 0) {
      throw new DateTimeException("as a number it must count from 1970 in s, ms, us or ns");
    }
    return value.multiply(BigDecimal.valueOf(unit)).longValue();
  }

  /** Nanoseconds in the unit that a number has by its size; 0 when it does not count from 1970. */
  static long nanosPerUnit(double value) {
    double seconds = value;
    for (long unit = 1_000_000_000L; unit > 0; unit /= 1_000) {
      if (seconds >= LEAST_SECONDS && seconds <= MOST_SECONDS) {
        return unit;
      }
      seconds /= 1_000;
    }
    return 0;
  }
}
