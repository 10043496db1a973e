package io.lumbar.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.lumbar.http.ApiException;
import io.lumbar.http.Bodies;
import io.lumbar.model.BatteryObservation;
import io.lumbar.model.Observation;
import io.lumbar.model.Posture;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.StepCounterObservation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a message of the app Sensor Logger. */
final class SensorLoggerReader {
  private static final Duration ACTIVITY_HOLDS = Duration.ofMinutes(10);
  private static final Set<String> SURE = Set.of("medium", "high");
  private static final Set<String> OTHERS_USED = Set.of("pedometer", "battery", "activity");
  private static final int LONGEST_ID = 128;

  private final Source source;
  private final List<Integer> numbers = new ArrayList<>();
  private final List<SensorReading> readings = new ArrayList<>();
  private final List<Element> elements = new ArrayList<>();
  private @Nullable String session;
  private @Nullable String device;
  private boolean hasPayload;
  private boolean test;

  private SensorLoggerReader(Source source) {
    this.source = source;
  }

  /**
   * What a message held.
   *
   * @param hello the phone's own id when the message only tests the connection, else null
   */
  record Message(List<Element> elements, @Nullable String hello) {}

  /**
   * Reads a message.
   *
   * @throws ApiException 400 when it is not valid JSON or has no payload
   */
  static Message read(byte[] body, Source source) {
    SensorLoggerReader reader = new SensorLoggerReader(source);
    try (JsonParser parser = Bodies.json().createParser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw ApiException.badRequest(
            "the body must be a message of Sensor Logger: an object with a payload");
      }
      reader.readMessage(parser);
    } catch (JsonProcessingException e) {
      throw Bodies.brokenJson(e);
    } catch (IOException e) {
      throw new IllegalStateException("memory does not fail to read", e);
    }
    return reader.message();
  }

  private void readMessage(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken token = parser.nextToken();
      switch (field) {
        case "sessionId" -> session = id(parser);
        case "deviceId" -> device = id(parser);
        case "payload" -> {
          if (token == JsonToken.START_ARRAY) {
            hasPayload = true;
            readPayload(parser);
          }
        }
        default -> {
          // messageId counts messages, and userId says nothing that the token does not.
        }
      }
      parser.skipChildren();
    }
  }

  private void readPayload(JsonParser parser) throws IOException {
    int number = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.START_OBJECT) {
        SensorReading reading = SensorReading.read(parser);
        if (number == 0 && reading.name.equals("test")) {
          test = true;
        }
        numbers.add(number);
        readings.add(reading);
      } else {
        parser.skipChildren();
        elements.add(
            new Element.Refused("payload[" + number + "]", "must be an object with a name", null));
      }
      number++;
    }
  }

  private Message message() {
    if (!hasPayload) {
      throw ApiException.badRequest("payload: missing; it must be a list of readings");
    }
    if (test) {
      List<Element> nothing = List.of(new Element.Ignored(readings.size() + elements.size()));
      return new Message(nothing, device == null ? "unknown" : device);
    }
    MotionJoin motion = new MotionJoin(source);
    int ignored = 0;
    for (int i = 0; i < readings.size(); i++) {
      SensorReading reading = readings.get(i);
      int number = numbers.get(i);
      if (PrivacyFilter.isPrivateSensor(reading.name)) {
        ignored++;
        continue;
      }
      Element element = element(number, reading, motion);
      if (element instanceof Element.Ignored other) {
        ignored += other.count();
      } else if (element != null) {
        elements.add(element);
      }
    }
    elements.addAll(motion.elements());
    if (ignored > 0) {
      elements.add(new Element.Ignored(ignored));
    }
    return new Message(elements, null);
  }

  /** Null when the reading went to the motion streams. */
  private @Nullable Element element(int number, SensorReading reading, MotionJoin motion) {
    boolean isMotion = MotionJoin.uses(reading.name);
    if (!isMotion && !OTHERS_USED.contains(reading.name)) {
      return new Element.Ignored(1);
    }
    if (!reading.hasTime()) {
      return refused(number, "time", "must be nanoseconds since 1970, 19 digits");
    }
    if (isMotion) {
      if (!reading.hasVector()) {
        return refused(number, "values", "must have x, y and z as numbers");
      }
      motion.take(number, reading);
      return null;
    }
    return switch (reading.name) {
      case "pedometer" -> pedometer(number, reading);
      case "battery" -> battery(number, reading);
      default -> activity(number, reading);
    };
  }

  private Element pedometer(int number, SensorReading reading) {
    if (!(reading.steps >= 0 && reading.steps <= Integer.MAX_VALUE)) {
      return refused(number, "values.steps", "must be a number of steps, 0 or more");
    }
    String counter = session != null ? session : device != null ? device : "none";
    return kept(
        number,
        new StepCounterObservation(
            source.stampAt(reading.at()), counter, (long) reading.steps, reading.at()));
  }

  private Element battery(int number, SensorReading reading) {
    String state = reading.batteryState == null ? "unknown" : reading.batteryState;
    boolean known = reading.batteryLevel >= 0 && reading.batteryLevel <= 1;
    boolean charging = state.equals("charging") || state.equals("full");
    return kept(
        number,
        new BatteryObservation(
            source.stampAt(reading.at()),
            known ? reading.batteryLevel : null,
            charging,
            reading.at()));
  }

  private Element activity(int number, SensorReading reading) {
    if (reading.confidence == null || !SURE.contains(reading.confidence)) {
      return new Element.Ignored(1);
    }
    Posture posture =
        switch (reading.activity == null ? "" : reading.activity) {
          case "walking" -> Posture.WALKING;
          case "running" -> Posture.RUNNING;
          case "cycling" -> Posture.CYCLING;
          case "automotive" -> Posture.TRAVELLING;
          // Stationary says nothing about sitting or standing.
          default -> null;
        };
    return posture == null
        ? new Element.Ignored(1)
        : kept(
            number,
            PostureObservation.change(
                source.stampAt(reading.at()), posture, reading.at(), ACTIVITY_HOLDS));
  }

  private static Element kept(int number, Observation observation) {
    return new Element.Reading("payload[" + number + "]", 1, observation);
  }

  private static Element refused(int number, String field, String reason) {
    return new Element.Refused("payload[" + number + "]." + field, reason, null);
  }

  private static @Nullable String id(JsonParser parser) throws IOException {
    if (!parser.currentToken().isScalarValue()) {
      return null;
    }
    String text = parser.getText();
    return text.length() <= LONGEST_ID ? text : text.substring(0, LONGEST_ID);
  }
}
