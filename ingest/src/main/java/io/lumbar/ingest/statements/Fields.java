package io.lumbar.ingest.statements;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lumbar.http.ApiException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one statement's body. An absent field and null are the same; a field of another
 * type is refused with 400 by its name.
 */
final class Fields {
  private static final Duration AHEAD = Duration.ofMinutes(5);
  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

  private final ObjectNode body;
  private final Instant now;

  Fields(ObjectNode body, Instant now) {
    this.body = body;
    this.now = now;
  }

  Instant now() {
    return now;
  }

  boolean has(String field) {
    return body.hasNonNull(field);
  }

  @Nullable String text(String field) {
    JsonNode value = body.get(field);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isTextual()) {
      throw ApiException.badRequest(field + ": must be a text");
    }
    return value.textValue();
  }

  boolean flag(String field) {
    JsonNode value = body.get(field);
    if (value != null && !value.isNull() && !value.isBoolean()) {
      throw ApiException.badRequest(field + ": must be true or false");
    }
    return value != null && value.booleanValue();
  }

  @Nullable Integer whole(String field) {
    JsonNode value = body.get(field);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw ApiException.badRequest(field + ": must be a whole number");
    }
    return value.intValue();
  }

  @Nullable Double number(String field) {
    JsonNode value = body.get(field);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isNumber()) {
      throw ApiException.badRequest(field + ": must be a number");
    }
    return value.doubleValue();
  }

  /** An instant that is not in the future, or null. */
  @Nullable Instant instant(String field) {
    String text = text(field);
    if (text == null) {
      return null;
    }
    Instant instant = parsed(field, text, "2026-03-02T09:00:00+01:00", Fields::instantOf);
    if (instant.isAfter(now.plus(AHEAD))) {
      throw ApiException.badRequest(
          "%s: clock: more than %d minutes ahead of the server, whose time is %s"
              .formatted(field, AHEAD.toMinutes(), now));
    }
    if (instant.isBefore(EARLIEST)) {
      throw ApiException.badRequest(field + ": clock: before the year 2000");
    }
    return instant;
  }

  LocalDate date(String field) {
    return parsed(field, required(field, "such as 2026-03-02"), "2026-03-02", LocalDate::parse);
  }

  Instant requiredInstant(String field) {
    Instant instant = instant(field);
    if (instant == null) {
      throw missing(field, "an instant such as 2026-03-02T09:00:00+01:00");
    }
    return instant;
  }

  /** A value that is written as one of a few names. */
  <T> T named(String field, Function<String, T> parse) {
    String text = required(field, "one of the names that docs/api.md lists");
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException e) {
      throw ApiException.badRequest(field + ": " + e.getMessage());
    }
  }

  String required(String field, String what) {
    String text = text(field);
    if (text == null) {
      throw missing(field, what);
    }
    return text;
  }

  private static ApiException missing(String field, String what) {
    return ApiException.badRequest(field + ": missing; give " + what);
  }

  private static Instant instantOf(String text) {
    return OffsetDateTime.parse(text).toInstant();
  }

  private static <T> T parsed(
      String field, String text, String example, Function<String, T> parse) {
    try {
      return parse.apply(text);
    } catch (DateTimeException e) {
      throw ApiException.badRequest(field + ": must be written as in " + example);
    }
  }
}
