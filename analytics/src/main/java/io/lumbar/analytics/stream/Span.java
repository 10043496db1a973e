package io.lumbar.analytics.stream;

import io.lumbar.model.WearerDates;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** A stretch of time [from, to) in epoch milliseconds; may be empty. */
public record Span(long from, long to) {

  public Span {
    if (from > to) {
      throw new IllegalArgumentException("a span cannot end before it starts: " + from + ", " + to);
    }
  }

  /** All the time that is a date somewhere on earth. */
  public static Span of(LocalDate date) {
    return new Span(
        date.atStartOfDay(ZoneOffset.MAX).toInstant().toEpochMilli(),
        date.plusDays(1).atStartOfDay(ZoneOffset.MIN).toInstant().toEpochMilli());
  }

  /** A date of a wearer. */
  public static Span of(WearerDates dates, LocalDate date) {
    return new Span(dates.begin(date).toEpochMilli(), dates.end(date).toEpochMilli());
  }

  /** This span with {@code millis} more on both sides. */
  public Span widened(long millis) {
    return new Span(from - millis, to + millis);
  }

  /** The smallest span that holds both. */
  public Span hull(long otherFrom, long otherTo) {
    return new Span(Math.min(from, otherFrom), Math.max(to, otherTo));
  }
}
