package io.lumbar.ingest.format.sensorlogger;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.lumbar.http.ApiException;
import io.lumbar.http.Bodies;
import io.lumbar.ingest.format.Intake;
import io.lumbar.ingest.format.PrivacyFilter;
import io.lumbar.ingest.format.Sender;
import io.lumbar.ingest.format.TagFrame;
import io.lumbar.ingest.format.Upload;
import io.lumbar.model.Axes;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one message and hands over its readings. */
final class MessageReader {
  private static final int LONGEST_ID = 128;

  private final Sender sender;
  private final Upload upload;
  private final Intake intake;
  private final OtherReadings others;
  private final List<Integer> numbers = new ArrayList<>();
  private final List<SensorReading> readings = new ArrayList<>();
  private @Nullable String session;
  private @Nullable String device;
  private long number = -1;
  private boolean hasPayload;
  private boolean test;

  private MessageReader(Upload upload, Sender sender, Intake intake) {
    this.upload = upload;
    this.sender = sender;
    this.intake = intake;
    this.others = new OtherReadings(sender, intake);
  }

  /**
   * Reads a message.
   *
   * @throws ApiException 400 when it is not valid JSON or has no payload, 413 for too many readings
   */
  static void read(Upload upload, Sender sender, Intake intake) {
    Bodies.requireUtf8(upload.body());
    MessageReader reader = new MessageReader(upload, sender, intake);
    try (JsonParser parser = Bodies.json().createParser(upload.body())) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw ApiException.badRequest(
            "the body must be a message of Sensor Logger: an object with a payload");
      }
      reader.readMessage(parser);
    } catch (JsonProcessingException e) {
      throw Bodies.brokenJson(e);
    } catch (IOException e) {
      throw ApiException.badRequest("the body is not text in UTF-8");
    }
    reader.handOver();
  }

  private void readMessage(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken token = parser.nextToken();
      switch (field) {
        case "sessionId" -> session = id(parser);
        case "deviceId" -> device = id(parser);
        case "messageId" -> number = token == JsonToken.VALUE_NUMBER_INT ? number(parser) : -1;
        case "payload" -> {
          if (token == JsonToken.START_ARRAY) {
            hasPayload = true;
            readPayload(parser);
          }
        }
        default -> {
          // A userId says nothing that the token does not.
        }
      }
      parser.skipChildren();
    }
  }

  private void readPayload(JsonParser parser) throws IOException {
    int number = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      upload.elements().add();
      if (parser.currentToken() == JsonToken.START_OBJECT) {
        SensorReading reading = SensorReading.read(parser);
        if (number == 0 && reading.name.equals("test")) {
          test = true;
        }
        numbers.add(number);
        readings.add(reading);
      } else {
        parser.skipChildren();
        intake.refuse("payload[" + number + "]", "must be an object with a name", null);
      }
      number++;
    }
  }

  private void handOver() {
    if (!hasPayload) {
      throw ApiException.badRequest("payload: missing; it must be a list of readings");
    }
    if (test) {
      intake.hello(device == null ? "unknown" : device);
      intake.ignore(readings.size());
      return;
    }
    if (number >= 0 && session != null) {
      tellMessage(session);
    }
    MotionJoin motion = new MotionJoin(sender, intake, isTurnedOver());
    for (int i = 0; i < readings.size(); i++) {
      SensorReading reading = readings.get(i);
      if (reading.manufacturerData != null && reading.name.startsWith("bluetooth")) {
        tag(numbers.get(i), reading, reading.manufacturerData);
      } else if (PrivacyFilter.isPrivateSensor(reading.name)) {
        intake.ignore(1);
      } else {
        take(numbers.get(i), reading, motion);
      }
    }
    motion.finish();
  }

  /** Nothing in a message tells the system, so that the address has to, or else the registry. */
  private boolean isTurnedOver() {
    String axes = upload.hints().of("axes");
    if (axes == null) {
      return sender.device().axes() == Axes.IOS;
    }
    try {
      return Axes.of(axes) == Axes.IOS;
    } catch (IllegalArgumentException e) {
      intake.advise("The address may end with axes=ios or axes=android, and with nothing else");
      return false;
    }
  }

  private void tellMessage(String series) {
    Instant from = Instant.MAX;
    Instant to = Instant.MIN;
    for (SensorReading reading : readings) {
      if (reading.hasTime()) {
        from = from.isBefore(reading.at()) ? from : reading.at();
        to = to.isAfter(reading.at()) ? to : reading.at();
      }
    }
    intake.message(series, number, from, to);
  }

  private void take(int number, SensorReading reading, MotionJoin motion) {
    boolean isMotion = MotionJoin.uses(reading.name);
    if (!isMotion && !OtherReadings.uses(reading.name)) {
      intake.ignore(1);
    } else if (!reading.hasTime()) {
      refuse(number, "time", "must be nanoseconds since 1970, 19 digits");
    } else if (!isMotion) {
      takeOther(number, reading);
    } else if (!reading.hasVector()) {
      refuse(number, "values", "must have x, y and z as numbers");
    } else {
      motion.take(number, reading);
    }
  }

  /** Of everything that the phone hears around it only the wearer's own tags are looked at. */
  private void tag(int number, SensorReading reading, String manufacturerData) {
    TagFrame frame = TagFrame.parse(manufacturerData);
    Sender tag = frame == null ? null : upload.tags().of(frame.mac());
    if (frame == null || tag == null || !reading.hasTime()) {
      intake.ignore(1);
      return;
    }
    frame.keep("payload[" + number + "]", tag, reading.nanos, intake);
  }

  private void takeOther(int number, SensorReading reading) {
    String counter = session != null ? session : device != null ? device : "none";
    others.take("payload[" + number + "]", reading, counter);
  }

  private void refuse(int number, String field, String reason) {
    intake.refuse("payload[" + number + "]." + field, reason, null);
  }

  private static long number(JsonParser parser) throws IOException {
    return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER ? -1 : parser.getLongValue();
  }

  private static @Nullable String id(JsonParser parser) throws IOException {
    if (!parser.currentToken().isScalarValue()) {
      return null;
    }
    String text = parser.getText();
    return text.length() <= LONGEST_ID ? text : text.substring(0, LONGEST_ID);
  }
}
