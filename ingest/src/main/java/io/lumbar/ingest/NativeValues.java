package io.lumbar.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.lumbar.ingest.format.Instants;
import io.lumbar.model.Posture;
import io.lumbar.model.SleepPosition;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the value that a parser stands on. A value that is none leaves a fault, {@code field:
 * reason}, and null; of several faults the first is kept.
 */
final class NativeValues {
  private static final Duration LONGEST_HORIZON = Duration.ofHours(4);
  private static final double LONGEST_SECONDS = 86_400;
  private static final int MOST_STEPS = 200_000;

  private @Nullable String fault;

  @Nullable String fault() {
    return fault;
  }

  void clear() {
    fault = null;
  }

  /** Keeps a fault unless there is one; null, for the caller to return. */
  @SuppressWarnings("TypeParameterUnusedInFormals") // null is of every type
  <T> @Nullable T refuse(String why) {
    if (fault == null) {
      fault = why;
    }
    return null;
  }

  @Nullable String text(String field, JsonParser parser) throws IOException {
    return parser.currentToken() == JsonToken.VALUE_STRING
        ? parser.getText()
        : refuse(field + ": must be a text");
  }

  @Nullable Instant instant(String field, JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      return refuse(field + ": must be a text such as \"2026-03-02T09:00:00+01:00\"");
    }
    try {
      return Instants.parse(
          parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
    } catch (DateTimeException e) {
      return refuse(field + ": " + e.getMessage());
    }
  }

  @Nullable Duration horizon(String field, JsonParser parser) throws IOException {
    String text = text(field, parser);
    if (text == null) {
      return null;
    }
    try {
      Duration parsed = Duration.parse(text);
      return parsed.isNegative() || parsed.isZero() || parsed.compareTo(LONGEST_HORIZON) > 0
          ? refuse(field + ": must be above zero and at most PT4H")
          : parsed;
    } catch (DateTimeParseException e) {
      return refuse(field + ": must be an ISO-8601 duration such as PT10M or PT2H");
    }
  }

  @Nullable Posture posture(String field, JsonParser parser) throws IOException {
    return named(field, text(field, parser), Posture.values(), Posture::wireName);
  }

  @Nullable SleepPosition position(String field, JsonParser parser) throws IOException {
    return position(field, text(field, parser));
  }

  private @Nullable SleepPosition position(String field, @Nullable String text) {
    return named(field, text, SleepPosition.values(), SleepPosition::wireName);
  }

  private <E> @Nullable E named(
      String field, @Nullable String text, E[] all, Function<E, String> name) {
    if (text == null) {
      return null;
    }
    for (E each : all) {
      if (name.apply(each).equals(text)) {
        return each;
      }
    }
    return refuse(
        "%s: '%s' is not one of %s"
            .formatted(field, Spelling.clip(text), Spelling.wireNames(all, name)));
  }

  Map<SleepPosition, Double> positionSeconds(String field, JsonParser parser) throws IOException {
    Map<SleepPosition, Double> seconds = new EnumMap<>(SleepPosition.class);
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      refuse(field + ": must be an object such as {\"supine\":4200,\"left\":1800}");
      return seconds;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String inner = field + "." + Spelling.clip(parser.currentName());
      SleepPosition key = position(inner, parser.currentName());
      parser.nextToken();
      if (key != null) {
        Double value = number(inner, parser, 0, LONGEST_SECONDS);
        if (value != null) {
          seconds.put(key, value);
        }
      }
      parser.skipChildren();
    }
    return seconds;
  }

  @Nullable Double number(String field, JsonParser parser, double least, double most)
      throws IOException {
    JsonToken token = parser.currentToken();
    if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT) {
      return refuse(field + ": must be a number");
    }
    double value = parser.getDoubleValue();
    return value >= least && value <= most
        ? value
        : refuse("%s: must be between %s and %s".formatted(field, plain(least), plain(most)));
  }

  @Nullable Integer whole(String field, JsonParser parser, int least, int most) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      return refuse(field + ": must be a whole number");
    }
    double value = parser.getDoubleValue();
    return value >= least && value <= most
        ? Integer.valueOf((int) value)
        : refuse("%s: must be between %d and %d".formatted(field, least, most));
  }

  @Nullable Integer steps(String field, JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      return refuse(field + ": must be a whole number");
    }
    double value = parser.getDoubleValue();
    return value >= 0 && value <= MOST_STEPS
        ? Integer.valueOf((int) value)
        : refuse(field + ": must be between 0 and " + MOST_STEPS);
  }

  @Nullable Boolean flag(String field, JsonParser parser) {
    return parser.currentToken().isBoolean()
        ? Boolean.valueOf(parser.currentToken() == JsonToken.VALUE_TRUE)
        : refuse(field + ": must be true or false");
  }

  private static String plain(double value) {
    return Long.toString((long) value);
  }
}
