package io.lumbar.alerts.rules;

import io.lumbar.http.ApiException;
import io.lumbar.model.Wearer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** The time that a dry run covers; local dates are the wearer's, and the last one is included. */
public record Span(Instant from, Instant to) {
  private static final Duration USUAL = Duration.ofDays(14);
  private static final Duration LONGEST = Duration.ofDays(62);

  /**
   * Reads both bounds; without them the last fourteen days.
   *
   * @throws ApiException 400 that names the bound, the rule and the fix
   */
  public static Span of(@Nullable String from, @Nullable String to, Wearer wearer, Instant now) {
    Instant end = to == null ? now : bound("to", to, wearer, true);
    Instant start = from == null ? end.minus(USUAL) : bound("from", from, wearer, false);
    if (!start.isBefore(end)) {
      throw ApiException.badRequest("from must be earlier than to; swap them or widen the range");
    }
    if (start.plus(LONGEST).isBefore(end)) {
      throw ApiException.badRequest("from and to must be at most 62 days apart; try it in parts");
    }
    return new Span(start, end);
  }

  static Instant instant(String name, String text) {
    try {
      // A plus sign that was not percent-encoded arrives as a space.
      return OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
    } catch (DateTimeException e) {
      throw ApiException.badRequest(
          name
              + " must be a date like 2026-03-02 or an instant with offset like"
              + " 2026-03-02T09:00:00+01:00");
    }
  }

  private static Instant bound(String name, String text, Wearer wearer, boolean end) {
    try {
      LocalDate date = LocalDate.parse(text).plusDays(end ? 1 : 0);
      return wearer.dates().begin(date);
    } catch (DateTimeException e) {
      return instant(name, text);
    }
  }
}
