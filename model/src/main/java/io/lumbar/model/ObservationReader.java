package io.lumbar.model;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@link Observation}s from their topics. What nearly every record is, a posture in the form
 * that we write, is read token by token, which takes a fraction of what data binding by a record's
 * constructor does; everything else, faults included, is left to data binding, so that both accept
 * the same and say the same. Thread-safe.
 */
public final class ObservationReader {
  private ObservationReader() {}

  /**
   * Reads an observation.
   *
   * @throws SerializationException when the bytes are not a valid observation
   */
  public static Observation read(byte[] json) {
    return posture(json)
        .map(Observation.class::cast)
        .orElseGet(() -> Json.read(json, Observation.class));
  }

  /** The posture, or empty when it takes more than the short way to read this. */
  static Optional<PostureObservation> posture(byte[] json) {
    try (JsonParser parser = Json.mapper().createParser(json)) {
      return new PostureFields().read(parser);
    } catch (IOException | IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static final class PostureFields {
    private boolean isPosture;
    private @Nullable Stamp stamp;
    private @Nullable Posture posture;
    private @Nullable Instant from;
    private @Nullable Instant to;
    private boolean change;
    private PostureObservation.@Nullable Origin origin;
    private PostureObservation.@Nullable Grade grade;
    private @Nullable SleepPosition position;
    private @Nullable Double headUpDegrees;
    private @Nullable Double archDegrees;
    private @Nullable Double archConfidence;
    private @Nullable Boolean awake;

    Optional<PostureObservation> read(JsonParser parser) throws IOException {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        parser.nextToken();
        if (!take(name, parser)) {
          return Optional.empty();
        }
      }
      if (parser.currentToken() != JsonToken.END_OBJECT
          || !isPosture
          || stamp == null
          || posture == null
          || from == null
          || to == null
          || origin == null
          || grade == null) {
        return Optional.empty();
      }
      return Optional.of(
          new PostureObservation(
              stamp,
              posture,
              from,
              to,
              change,
              origin,
              grade,
              position,
              headUpDegrees,
              archDegrees,
              Map.of(),
              archConfidence,
              awake));
    }

    /** False when this needs data binding. */
    private boolean take(String name, JsonParser parser) throws IOException {
      JsonToken token = parser.currentToken();
      switch (name) {
        case "kind" -> isPosture = token == JsonToken.VALUE_STRING && is("posture", parser);
        case "stamp" -> stamp = token == JsonToken.START_OBJECT ? stamp(parser) : null;
        case "v" -> {
          return token == JsonToken.VALUE_NUMBER_INT;
        }
        case "change" -> {
          change = token == JsonToken.VALUE_TRUE;
          return change || token == JsonToken.VALUE_FALSE;
        }
        case "awake" -> {
          awake = token == JsonToken.VALUE_TRUE;
          return token.isBoolean();
        }
        case "headUpDegrees" -> {
          headUpDegrees = number(parser);
          return headUpDegrees != null;
        }
        case "archDegrees" -> {
          archDegrees = number(parser);
          return archDegrees != null;
        }
        case "archConfidence" -> {
          archConfidence = number(parser);
          return archConfidence != null;
        }
        default -> {
          return token == JsonToken.VALUE_STRING && takeText(name, parser.getText());
        }
      }
      return isPosture;
    }

    private boolean takeText(String name, String text) {
      switch (name) {
        case "posture" -> posture = Posture.of(text);
        case "from" -> from = InstantReader.parse(text);
        case "to" -> to = InstantReader.parse(text);
        case "origin" -> origin = PostureObservation.Origin.valueOf(text);
        case "grade" -> grade = PostureObservation.Grade.valueOf(text);
        case "position" -> position = SleepPosition.of(text);
        default -> {
          return false;
        }
      }
      return true;
    }

    private static boolean is(String expected, JsonParser parser) throws IOException {
      return expected.equals(parser.getText());
    }

    private static @Nullable Double number(JsonParser parser) throws IOException {
      return parser.currentToken().isNumeric() ? parser.getDoubleValue() : null;
    }

    private static @Nullable Stamp stamp(JsonParser parser) throws IOException {
      DeviceId device = null;
      Placement placement = null;
      ZoneId zone = null;
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        if (parser.nextToken() != JsonToken.VALUE_STRING) {
          return null;
        }
        switch (name) {
          case "device" -> device = new DeviceId(parser.getText());
          case "placement" -> placement = Placement.of(parser.getText());
          case "zone" -> zone = ZoneId.of(parser.getText());
          default -> {
            return null;
          }
        }
      }
      return device == null || placement == null || zone == null
          ? null
          : new Stamp(device, placement, zone);
    }
  }
}
