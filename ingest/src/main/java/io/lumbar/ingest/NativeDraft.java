package io.lumbar.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.lumbar.model.BatteryObservation;
import io.lumbar.model.Observation;
import io.lumbar.model.Posture;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.SleepPosition;
import io.lumbar.model.StepsObservation;
import io.lumbar.model.WornObservation;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one native observation as they are read; reused from element to element.
 *
 * <p>Only the first fault of an element is kept.
 */
final class NativeDraft {
  private static final Duration DEFAULT_HORIZON = Duration.ofMinutes(10);
  private static final Duration LONGEST_HORIZON = Duration.ofHours(4);
  private static final double LONGEST_SECONDS = 86_400;
  private static final int MOST_STEPS = 200_000;
  static final List<String> FIELDS =
      List.of(
          "kind",
          "posture",
          "from",
          "to",
          "at",
          "validFor",
          "position",
          "headUpDegrees",
          "archDegrees",
          "positionSeconds",
          "steps",
          "worn",
          "level",
          "charging");
  private static final Map<String, List<String>> FIELDS_OF =
      Map.of(
          "posture",
          List.of(
              "kind",
              "posture",
              "from",
              "to",
              "at",
              "validFor",
              "position",
              "headUpDegrees",
              "archDegrees",
              "positionSeconds"),
          "steps",
          List.of("kind", "steps", "from", "to"),
          "worn",
          List.of("kind", "worn", "at"),
          "battery",
          List.of("kind", "level", "charging", "at"));

  private final Source source;
  private int seen;
  private @Nullable String fault;
  private @Nullable String kind;
  private @Nullable Posture posture;
  private @Nullable Instant from;
  private @Nullable Instant to;
  private @Nullable Instant at;
  private @Nullable Duration validFor;
  private @Nullable SleepPosition position;
  private @Nullable Double headUpDegrees;
  private @Nullable Double archDegrees;
  private Map<SleepPosition, Double> positionSeconds = Map.of();
  private @Nullable Integer steps;
  private @Nullable Boolean worn;
  private @Nullable Double level;
  private @Nullable Boolean charging;

  NativeDraft(Source source) {
    this.source = source;
  }

  /**
   * Reads an object whose start the parser stands on, to its end.
   *
   * @throws IOException when the document is broken
   */
  Element read(JsonParser parser, String path, byte[] body) throws IOException {
    clear();
    long start = parser.currentTokenLocation().getByteOffset();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      parser.nextToken();
      if (fault == null) {
        set(field, parser);
      }
      parser.skipChildren();
    }
    Observation observation = fault == null ? build() : null;
    if (observation != null) {
      return new Element.Reading(path, 1, observation);
    }
    int end = (int) parser.currentLocation().getByteOffset();
    byte[] raw = Arrays.copyOfRange(body, (int) start, Math.min(end, body.length));
    String text = String.valueOf(fault);
    int colon = text.indexOf(": ");
    String field = text.substring(0, colon);
    return new Element.Refused(
        field.isEmpty() ? path : path + "." + field, text.substring(colon + 2), raw);
  }

  private void clear() {
    seen = 0;
    fault = null;
    kind = null;
    posture = null;
    from = null;
    to = null;
    at = null;
    validFor = null;
    position = null;
    headUpDegrees = null;
    archDegrees = null;
    positionSeconds = Map.of();
    steps = null;
    worn = null;
    level = null;
    charging = null;
  }

  private void set(String field, JsonParser parser) throws IOException {
    int number = FIELDS.indexOf(field);
    if (number < 0) {
      fault = Spelling.unknownField(field, FIELDS);
      return;
    }
    if ((seen & (1 << number)) != 0) {
      fault = field + ": given twice";
      return;
    }
    seen |= 1 << number;
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    switch (field) {
      case "kind" -> kind = text(field, parser);
      case "posture" -> posture = posture(text(field, parser));
      case "from" -> from = instant(field, parser);
      case "to" -> to = instant(field, parser);
      case "at" -> at = instant(field, parser);
      case "validFor" -> validFor = duration(text(field, parser));
      case "position" -> position = position(field, text(field, parser));
      case "headUpDegrees" -> headUpDegrees = number(field, parser, -90, 90);
      case "archDegrees" -> archDegrees = number(field, parser, -90, 90);
      case "positionSeconds" -> positionSeconds = positionSeconds(parser);
      case "steps" -> steps = steps(parser);
      case "worn" -> worn = flag(field, parser);
      case "level" -> level = number(field, parser, 0, 1);
      case "charging" -> charging = flag(field, parser);
      default -> throw new IllegalStateException(field);
    }
  }

  private @Nullable Observation build() {
    if (kind == null) {
      fault = "kind: missing; one of posture, steps, worn, battery";
      return null;
    }
    List<String> allowed = FIELDS_OF.get(kind);
    if (allowed == null) {
      fault = "kind: '" + Spelling.clip(kind) + "' is not one of posture, steps, worn, battery";
      return null;
    }
    for (int i = 0; i < FIELDS.size(); i++) {
      if ((seen & (1 << i)) != 0 && !allowed.contains(FIELDS.get(i))) {
        fault =
            FIELDS.get(i)
                + ": not a field of kind "
                + kind
                + "; it has "
                + String.join(", ", allowed);
        return null;
      }
    }
    return switch (kind) {
      case "posture" -> buildPosture();
      case "steps" -> buildSteps();
      case "worn" -> buildWorn();
      default -> buildBattery();
    };
  }

  private @Nullable Observation buildPosture() {
    if (posture == null) {
      fault = "posture: missing; one of " + Spelling.wireNames(Posture.values(), Posture::wireName);
      return null;
    }
    boolean lies = posture == Posture.LYING;
    if (!lies && (position != null || headUpDegrees != null || archDegrees != null)) {
      fault = "position: position, headUpDegrees and archDegrees go with posture lying only";
      return null;
    }
    if (!lies && !positionSeconds.isEmpty()) {
      fault = "positionSeconds: goes with posture lying only";
      return null;
    }
    if (at != null) {
      if (from != null || to != null) {
        fault = "at: give either at (a change) or from and to (a span), not both";
        return null;
      }
      Duration horizon = validFor == null ? DEFAULT_HORIZON : validFor;
      return posture(posture, at, at.plus(horizon), true);
    }
    if (validFor != null) {
      fault = "validFor: goes with at, which is missing";
      return null;
    }
    return isSpan() && from != null && to != null ? posture(posture, from, to, false) : null;
  }

  private @Nullable Observation posture(Posture what, Instant start, Instant end, boolean change) {
    double sum = positionSeconds.values().stream().mapToDouble(Double::doubleValue).sum();
    double seconds = Duration.between(start, end).toMillis() / 1000.0;
    if (sum > seconds + 1) {
      fault =
          "positionSeconds: add up to %.1f s, but the span has only %.1f s".formatted(sum, seconds);
      return null;
    }
    return new PostureObservation(
        source.stampAt(start),
        what,
        start,
        end,
        change,
        PostureObservation.Origin.REPORTED,
        PostureObservation.Grade.FINAL,
        position,
        headUpDegrees,
        archDegrees,
        positionSeconds);
  }

  private @Nullable Observation buildSteps() {
    if (steps == null) {
      fault = "steps: missing; the number of steps taken between from and to";
      return null;
    }
    return isSpan() && from != null && to != null
        ? new StepsObservation(source.stampAt(from), steps, from, to)
        : null;
  }

  private @Nullable Observation buildWorn() {
    if (worn == null) {
      fault = "worn: missing; true or false";
      return null;
    }
    return at == null ? atMissing() : new WornObservation(source.stampAt(at), worn, at);
  }

  private @Nullable Observation buildBattery() {
    if (level == null && charging == null) {
      fault = "level: missing; give level (0 to 1), charging (true or false) or both";
      return null;
    }
    return at == null
        ? atMissing()
        : new BatteryObservation(source.stampAt(at), level, Boolean.TRUE.equals(charging), at);
  }

  private @Nullable Observation atMissing() {
    fault = "at: missing; the instant of the report, as in 2026-03-02T09:00:00+01:00";
    return null;
  }

  private boolean isSpan() {
    if (from == null || to == null) {
      String missing = from == null ? "from" : "to";
      fault =
          missing
              + ": missing; give from and to (a span)"
              + ("posture".equals(kind) ? " or at (a change)" : "");
      return false;
    }
    if (!from.isBefore(to)) {
      fault = "to: must be after from";
      return false;
    }
    if (Duration.between(from, to).compareTo(PostureObservation.LONGEST) > 0) {
      fault =
          "to: a span may cover at most "
              + PostureObservation.LONGEST.toHours()
              + " h; send it in parts";
      return false;
    }
    return true;
  }

  private @Nullable String text(String field, JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      fault = field + ": must be a text";
      return null;
    }
    return parser.getText();
  }

  private @Nullable Instant instant(String field, JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      fault = field + ": must be a text such as \"2026-03-02T09:00:00+01:00\"";
      return null;
    }
    try {
      return Instants.parse(
          parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
    } catch (DateTimeException e) {
      fault = field + ": " + e.getMessage();
      return null;
    }
  }

  private @Nullable Duration duration(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      Duration parsed = Duration.parse(text);
      if (parsed.isNegative() || parsed.isZero() || parsed.compareTo(LONGEST_HORIZON) > 0) {
        fault = "validFor: must be above zero and at most PT4H";
      }
      return parsed;
    } catch (DateTimeParseException e) {
      fault = "validFor: must be an ISO-8601 duration such as PT10M or PT2H";
      return null;
    }
  }

  private @Nullable Posture posture(@Nullable String text) {
    if (text == null) {
      return null;
    }
    for (Posture each : Posture.values()) {
      if (each.wireName().equals(text)) {
        return each;
      }
    }
    fault =
        "posture: '%s' is not one of %s"
            .formatted(
                Spelling.clip(text), Spelling.wireNames(Posture.values(), Posture::wireName));
    return null;
  }

  private @Nullable SleepPosition position(String field, @Nullable String text) {
    if (text == null) {
      return null;
    }
    for (SleepPosition each : SleepPosition.values()) {
      if (each.wireName().equals(text)) {
        return each;
      }
    }
    fault =
        "%s: '%s' is not one of %s"
            .formatted(
                field,
                Spelling.clip(text),
                Spelling.wireNames(SleepPosition.values(), SleepPosition::wireName));
    return null;
  }

  private Map<SleepPosition, Double> positionSeconds(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      fault = "positionSeconds: must be an object such as {\"supine\":4200,\"left\":1800}";
      return Map.of();
    }
    Map<SleepPosition, Double> seconds = new EnumMap<>(SleepPosition.class);
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = "positionSeconds." + Spelling.clip(parser.currentName());
      SleepPosition key = position(field, parser.currentName());
      parser.nextToken();
      if (fault == null && key != null) {
        Double value = number(field, parser, 0, LONGEST_SECONDS);
        if (value != null) {
          seconds.put(key, value);
        }
      }
      parser.skipChildren();
    }
    return seconds;
  }

  private @Nullable Double number(String field, JsonParser parser, double least, double most)
      throws IOException {
    JsonToken token = parser.currentToken();
    if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT) {
      fault = field + ": must be a number";
      return null;
    }
    double value = parser.getDoubleValue();
    if (!(value >= least && value <= most)) {
      fault = "%s: must be between %s and %s".formatted(field, plain(least), plain(most));
      return null;
    }
    return value;
  }

  private @Nullable Integer steps(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      fault = "steps: must be a whole number";
      return null;
    }
    double value = parser.getDoubleValue();
    if (value < 0 || value > MOST_STEPS) {
      fault = "steps: must be between 0 and " + MOST_STEPS;
      return null;
    }
    return (int) value;
  }

  private @Nullable Boolean flag(String field, JsonParser parser) {
    if (!parser.currentToken().isBoolean()) {
      fault = field + ": must be true or false";
      return null;
    }
    return parser.currentToken() == JsonToken.VALUE_TRUE;
  }

  private static String plain(double value) {
    return Long.toString((long) value);
  }
}
