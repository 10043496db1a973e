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
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one native observation as they are read, and what their kind makes of them; reused
 * from element to element.
 */
final class NativeDraft {
  private static final Duration DEFAULT_HORIZON = Duration.ofMinutes(10);

  /**
   * How well an arch is known that the device worked out, as of sensors that are not calibrated.
   */
  private static final double ONE_SENSOR = 0.3;

  private static final double SEVERAL_SENSORS = 0.7;
  private static final int MOST_SENSORS = 9;
  private static final List<String> FIELDS =
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
          "archSensors",
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
              "archSensors",
              "positionSeconds"),
          "steps",
          List.of("kind", "steps", "from", "to"),
          "worn",
          List.of("kind", "worn", "at"),
          "battery",
          List.of("kind", "level", "charging", "at"));

  private final Source source;
  private final NativeValues values = new NativeValues();
  private int seen;
  private @Nullable String kind;
  private @Nullable Posture posture;
  private @Nullable Instant from;
  private @Nullable Instant to;
  private @Nullable Instant at;
  private @Nullable Duration validFor;
  private @Nullable SleepPosition position;
  private @Nullable Double headUpDegrees;
  private @Nullable Double archDegrees;
  private @Nullable Integer archSensors;
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
      if (values.fault() == null) {
        set(field, parser);
      }
      parser.skipChildren();
    }
    Observation observation = values.fault() == null ? build() : null;
    if (observation != null) {
      return new Element.Reading(path, 1, observation);
    }
    int end = (int) parser.currentLocation().getByteOffset();
    byte[] raw = Arrays.copyOfRange(body, (int) start, Math.min(end, body.length));
    String text = String.valueOf(values.fault());
    int colon = text.indexOf(": ");
    String field = text.substring(0, colon);
    return new Element.Refused(
        field.isEmpty() ? path : path + "." + field, text.substring(colon + 2), raw);
  }

  private void clear() {
    seen = 0;
    values.clear();
    kind = null;
    posture = null;
    from = null;
    to = null;
    at = null;
    validFor = null;
    position = null;
    headUpDegrees = null;
    archDegrees = null;
    archSensors = null;
    positionSeconds = Map.of();
    steps = null;
    worn = null;
    level = null;
    charging = null;
  }

  private void set(String field, JsonParser parser) throws IOException {
    int number = FIELDS.indexOf(field);
    if (number < 0) {
      values.refuse(Spelling.unknownField(field, FIELDS));
      return;
    }
    if ((seen & (1 << number)) != 0) {
      values.refuse(field + ": given twice");
      return;
    }
    seen |= 1 << number;
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    switch (field) {
      case "kind" -> kind = values.text(field, parser);
      case "posture" -> posture = values.posture(field, parser);
      case "from" -> from = values.instant(field, parser);
      case "to" -> to = values.instant(field, parser);
      case "at" -> at = values.instant(field, parser);
      case "validFor" -> validFor = values.horizon(field, parser);
      case "position" -> position = values.position(field, parser);
      case "headUpDegrees" -> headUpDegrees = values.number(field, parser, -90, 90);
      case "archDegrees" -> archDegrees = values.number(field, parser, -90, 90);
      case "archSensors" -> archSensors = values.whole(field, parser, 1, MOST_SENSORS);
      case "positionSeconds" -> positionSeconds = values.positionSeconds(field, parser);
      case "steps" -> steps = values.steps(field, parser);
      case "worn" -> worn = values.flag(field, parser);
      case "level" -> level = values.number(field, parser, 0, 1);
      case "charging" -> charging = values.flag(field, parser);
      default -> throw new IllegalStateException(field);
    }
  }

  private @Nullable Observation build() {
    if (kind == null) {
      return values.refuse("kind: missing; one of posture, steps, worn, battery");
    }
    List<String> allowed = FIELDS_OF.get(kind);
    if (allowed == null) {
      return values.refuse(
          "kind: '" + Spelling.clip(kind) + "' is not one of posture, steps, worn, battery");
    }
    for (int i = 0; i < FIELDS.size(); i++) {
      if ((seen & (1 << i)) != 0 && !allowed.contains(FIELDS.get(i))) {
        return values.refuse(
            FIELDS.get(i)
                + ": not a field of kind "
                + kind
                + "; it has "
                + String.join(", ", allowed));
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
      return values.refuse(
          "posture: missing; one of " + Spelling.wireNames(Posture.values(), Posture::wireName));
    }
    boolean lies = posture == Posture.LYING;
    if (!lies && (position != null || headUpDegrees != null || archDegrees != null)) {
      return values.refuse(
          "position: position, headUpDegrees and archDegrees go with posture lying only");
    }
    if (archSensors != null && archDegrees == null) {
      return values.refuse("archSensors: goes with archDegrees, which is missing");
    }
    if (!lies && !positionSeconds.isEmpty()) {
      return values.refuse("positionSeconds: goes with posture lying only");
    }
    boolean positioned =
        position != null
            || headUpDegrees != null
            || archDegrees != null
            || !positionSeconds.isEmpty();
    if (positioned && !source.device().placement().feelsSleepPosition()) {
      return values.refuse(
          "position: a device of placement %s cannot feel how the trunk lies; wear one on the chest,"
                  .formatted(source.device().placement().wireName())
              + " lower back, waist or thigh, or send lying without a position");
    }
    if (at != null) {
      if (from != null || to != null) {
        return values.refuse("at: give either at (a change) or from and to (a span), not both");
      }
      Duration horizon = validFor == null ? DEFAULT_HORIZON : validFor;
      return posture(posture, at, at.plus(horizon), true);
    }
    if (validFor != null) {
      return values.refuse("validFor: goes with at, which is missing");
    }
    return isSpan() && from != null && to != null ? posture(posture, from, to, false) : null;
  }

  private @Nullable Observation posture(Posture what, Instant start, Instant end, boolean change) {
    double sum = positionSeconds.values().stream().mapToDouble(Double::doubleValue).sum();
    double seconds = Duration.between(start, end).toMillis() / 1000.0;
    if (sum > seconds + 1) {
      return values.refuse(
          "positionSeconds: add up to %.1f s, but the span has only %.1f s"
              .formatted(sum, seconds));
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
        positionSeconds,
        archDegrees == null ? null : archConfidence(),
        null);
  }

  /** One sensor on a back cannot tell an arch from a raised chest; fused angles of several can. */
  private double archConfidence() {
    return archSensors != null && archSensors > 1 ? SEVERAL_SENSORS : ONE_SENSOR;
  }

  private @Nullable Observation buildSteps() {
    if (steps == null) {
      return values.refuse("steps: missing; the number of steps taken between from and to");
    }
    return isSpan() && from != null && to != null
        ? new StepsObservation(source.stampAt(from), steps, from, to)
        : null;
  }

  private @Nullable Observation buildWorn() {
    if (worn == null) {
      return values.refuse("worn: missing; true or false");
    }
    return at == null ? atMissing() : new WornObservation(source.stampAt(at), worn, at);
  }

  private @Nullable Observation buildBattery() {
    if (level == null && charging == null) {
      return values.refuse("level: missing; give level (0 to 1), charging (true or false) or both");
    }
    return at == null
        ? atMissing()
        : new BatteryObservation(source.stampAt(at), level, Boolean.TRUE.equals(charging), at);
  }

  private @Nullable Observation atMissing() {
    return values.refuse("at: missing; the instant of the report, as in 2026-03-02T09:00:00+01:00");
  }

  private boolean isSpan() {
    if (from == null || to == null) {
      String missing = from == null ? "from" : "to";
      values.refuse(
          missing
              + ": missing; give from and to (a span)"
              + ("posture".equals(kind) ? " or at (a change)" : ""));
      return false;
    }
    if (!from.isBefore(to)) {
      values.refuse("to: must be after from");
      return false;
    }
    if (Duration.between(from, to).compareTo(PostureObservation.LONGEST) > 0) {
      values.refuse(
          "to: a span may cover at most "
              + PostureObservation.LONGEST.toHours()
              + " h; send it in parts");
      return false;
    }
    return true;
  }
}
