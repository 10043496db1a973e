package io.lumbar.ingest.format.sensorlogger;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One element of a Sensor Logger payload, with the values that we use; nested under {@code values}
 * or beside the name, as numbers or as text.
 */
final class SensorReading {
  private static final long SECOND = 1_000_000_000L;
  // 2001: anything smaller is not in nanoseconds.
  private static final long SMALLEST_NANOS = 1_000_000_000L * SECOND;

  /** What an Apple Watch sends: acceleration without gravity, and gravity, in one reading. */
  static final Set<String> WRIST = Set.of("wrist motion", "wristmotion");

  String name = "";
  long nanos;
  double x = Double.NaN;
  double y = Double.NaN;
  double z = Double.NaN;
  double gravityX = Double.NaN;
  double gravityY = Double.NaN;
  double gravityZ = Double.NaN;
  double steps = Double.NaN;
  double batteryLevel = Double.NaN;
  @Nullable String batteryState;
  @Nullable String activity;
  @Nullable String confidence;
  @Nullable String manufacturerData;

  private SensorReading() {}

  /** Reads an object whose start the parser stands on, to its end. */
  static SensorReading read(JsonParser parser) throws IOException {
    SensorReading reading = new SensorReading();
    reading.readFields(parser, true);
    if (WRIST.contains(reading.name)) {
      reading.x += reading.gravityX;
      reading.y += reading.gravityY;
      reading.z += reading.gravityZ;
    }
    return reading;
  }

  boolean hasTime() {
    return nanos >= SMALLEST_NANOS;
  }

  boolean hasVector() {
    return Double.isFinite(x) && Double.isFinite(y) && Double.isFinite(z);
  }

  double magnitude() {
    return Math.sqrt(x * x + y * y + z * z);
  }

  /** The length of gravity, where it stands beside the acceleration. */
  double gravity() {
    return Math.sqrt(gravityX * gravityX + gravityY * gravityY + gravityZ * gravityZ);
  }

  Instant at() {
    return Instant.ofEpochSecond(nanos / SECOND, nanos % SECOND);
  }

  private void readFields(JsonParser parser, boolean outer) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken token = parser.nextToken();
      if (outer && token == JsonToken.START_OBJECT && field.equals("values")) {
        readFields(parser, false);
      } else if (outer && field.equals("name") && token.isScalarValue()) {
        // A device's name among the values is not the sensor's.
        name = parser.getText().trim().toLowerCase(Locale.ROOT);
      } else if (token.isScalarValue()) {
        set(field, parser);
      }
      parser.skipChildren();
    }
  }

  private void set(String field, JsonParser parser) throws IOException {
    switch (field) {
      case "time" -> nanos = nanos(parser);
      case "x", "accelerationX" -> x = number(parser);
      case "y", "accelerationY" -> y = number(parser);
      case "z", "accelerationZ" -> z = number(parser);
      case "gravityX" -> gravityX = number(parser);
      case "gravityY" -> gravityY = number(parser);
      case "gravityZ" -> gravityZ = number(parser);
      case "steps" -> steps = number(parser);
      case "batteryLevel" -> batteryLevel = number(parser);
      case "batteryState" -> batteryState = parser.getText().toLowerCase(Locale.ROOT);
      case "activity" -> activity = parser.getText().toLowerCase(Locale.ROOT);
      case "confidence" -> confidence = parser.getText().toLowerCase(Locale.ROOT);
      case "manufacturerData" -> manufacturerData = parser.getText();
      default -> {
        // Everything else stays behind.
      }
    }
  }

  /** 19 digits: a double would be off by up to 128 ns. */
  private static long nanos(JsonParser parser) throws IOException {
    try {
      String text = parser.getText().trim();
      if (text.matches("\\d{1,18}|[1-8]\\d{18}")) {
        return Long.parseLong(text);
      }
      BigDecimal exact = new BigDecimal(text);
      // Beyond this it is no time, and writing it out would take as many digits as it says.
      return Math.abs((long) exact.precision() - exact.scale()) > 20 ? 0 : exact.longValue();
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static double number(JsonParser parser) throws IOException {
    if (parser.currentToken().isNumeric()) {
      return parser.getDoubleValue();
    }
    try {
      return Double.parseDouble(parser.getText().trim());
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
