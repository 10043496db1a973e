package io.lumbar.reports;

import io.javalin.http.Context;
import io.lumbar.history.HistoryStore.Range;
import io.lumbar.http.ApiException;
import io.lumbar.model.Posture;
import io.lumbar.model.Wearer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The query parameters of a list: {@code from}, {@code to}, {@code limit}, {@code after}.
 *
 * <p>A bound is an instant with offset or a local date of the wearer; a date as {@code to} includes
 * that whole day. Anything else is refused with a sentence, never guessed.
 */
final class Query {
  static final int USUAL_LIMIT = 1000;
  static final int LARGEST_LIMIT = 10_000;
  private static final Set<String> RANGE_NAMES = Set.of("from", "to", "limit", "after");

  private final Context context;
  private final Wearer wearer;

  Query(Context context, Wearer wearer, Set<String> extraNames) {
    this.context = context;
    this.wearer = wearer;
    for (String name : context.queryParamMap().keySet()) {
      if (!RANGE_NAMES.contains(name) && !extraNames.contains(name)) {
        throw ApiException.badRequest(
            "The parameter '"
                + name
                + "' is not known here; use from, to, limit, after"
                + (extraNames.isEmpty() ? "." : " or " + String.join(", ", extraNames) + "."));
      }
    }
  }

  Range range() {
    Instant from = instant("from", false);
    Instant to = instant("to", true);
    if (from != null && to != null && !from.isBefore(to)) {
      throw ApiException.badRequest(
          "The parameter 'from' must be earlier than 'to'; swap them or widen the range.");
    }
    return new Range(from, to, limit(), after());
  }

  int limit() {
    String text = parameter("limit");
    if (text == null) {
      return USUAL_LIMIT;
    }
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= LARGEST_LIMIT) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // The same sentence tells what a limit is.
    }
    throw ApiException.badRequest(
        "The parameter 'limit' is '"
            + text
            + "'; it must be a whole number from 1 to "
            + LARGEST_LIMIT
            + ". Read longer lists page by page with 'after'.");
  }

  @Nullable String after() {
    return parameter("after");
  }

  /** A bound as a local date of the wearer; an instant stands for the day that it falls into. */
  @Nullable LocalDate date(String name) {
    String text = parameter(name);
    if (text == null) {
      return null;
    }
    LocalDate date = localDate(text);
    if (date != null) {
      return date;
    }
    Instant instant = instant(name, false);
    return instant == null ? null : wearer.dates().at(instant);
  }

  /** The posture to list, null for all; sitting without a word. */
  @Nullable Posture posture() {
    String text = parameter("posture");
    if (text == null) {
      return Posture.SITTING;
    }
    if (text.equals("all")) {
      return null;
    }
    try {
      return Posture.of(text);
    } catch (IllegalArgumentException e) {
      throw ApiException.badRequest(
          "The parameter 'posture' is wrong: " + e.getMessage() + ", all.");
    }
  }

  /** The first instant of a local date of the wearer. */
  static Instant startOf(LocalDate date, Wearer wearer) {
    return wearer.dates().begin(date);
  }

  private @Nullable Instant instant(String name, boolean end) {
    String text = parameter(name);
    if (text == null) {
      return null;
    }
    LocalDate date = localDate(text);
    if (date != null) {
      return startOf(end ? date.plusDays(1) : date, wearer);
    }
    try {
      // A plus sign that was not percent-encoded arrives as a space.
      return OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
    } catch (DateTimeException e) {
      throw ApiException.badRequest(
          "The parameter '"
              + name
              + "' is '"
              + text
              + "'; it must be a date like 2026-03-02 or an instant with offset like"
              + " 2026-03-02T09:00:00+01:00 (write the plus sign as %2B).");
    }
  }

  private static @Nullable LocalDate localDate(String text) {
    try {
      LocalDate date = LocalDate.parse(text);
      return date.getYear() >= 1 && date.getYear() <= 9998 ? date : null;
    } catch (DateTimeException e) {
      return null;
    }
  }

  private @Nullable String parameter(String name) {
    String text = context.queryParam(name);
    return text == null || text.isBlank() ? null : text.strip();
  }
}
