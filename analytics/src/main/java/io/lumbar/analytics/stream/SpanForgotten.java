package io.lumbar.analytics.stream;

import io.lumbar.model.ForgottenDates;
import io.lumbar.model.WearerId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Predicate;

/** The wearer had a span forgotten, which is final. Not written to any topic. */
public record SpanForgotten(WearerId wearer, Span span) {

  /** The dates that hold some of the span in some zone, and those of nights that do. */
  private List<LocalDate> around() {
    return utcDate(span.from()).minusDays(1).datesUntil(utcDate(span.to()).plusDays(3)).toList();
  }

  /** With those of the dates around it that cannot be summed anew. */
  public ForgottenDates of(Predicate<LocalDate> lost) {
    return new ForgottenDates(
        wearer,
        Instant.ofEpochMilli(span.from()),
        Instant.ofEpochMilli(span.to()),
        around().stream().filter(lost).toList());
  }

  private static LocalDate utcDate(long instant) {
    return LocalDate.ofInstant(Instant.ofEpochMilli(instant), ZoneOffset.UTC);
  }
}
