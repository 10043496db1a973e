package io.lumbar.ingest.recording;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The JSON export of the app Sensor Logger: one array of readings, each with the name of its sensor
 * and its values as text. Nothing says in which order the sensors stand, and some have to be read
 * side by side, so that it is turned into the archive that the app makes of the same recording.
 */
public final class SensorLoggerJson {
  private static final List<String> USED =
      List.of(
          "Metadata",
          "TotalAcceleration",
          "Accelerometer",
          "Gravity",
          "AccelerometerUncalibrated",
          "WristMotion",
          "Pedometer",
          "Battery",
          "Activity");

  private static final int MOST_COLUMNS = 64;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(32)
                  .maxNumberLength(64)
                  .maxStringLength(1 << 20)
                  .maxNameLength(1 << 10)
                  .build())
          .build();

  private SensorLoggerJson() {}

  /** Takes a reading: the values by their names, good until the next one. */
  @FunctionalInterface
  private interface Taker {
    void take(String sensor, Map<String, String> values) throws IOException;
  }

  /** Whether a file begins as such an export does. */
  public static boolean recognises(FileHead head) {
    String text = String.join("\n", head.lines()).stripLeading();
    return !head.isZip()
        && text.startsWith("[")
        && text.contains("\"sensor\"")
        && text.contains("\"time\"");
  }

  /**
   * Writes the archive of the same recording.
   *
   * @throws UnusableFile when it is no valid JSON, has nothing that is read, or the room ends
   */
  public static InputFile unpack(InputFile file, Path to) throws IOException {
    Map<String, List<String>> columns = new LinkedHashMap<>();
    each(
        file,
        (sensor, values) ->
            columns.computeIfAbsent(
                sensor, unused -> values.keySet().stream().limit(MOST_COLUMNS).toList()));
    if (columns.isEmpty()) {
      throw new UnusableFile("the export has none of the sensors that are read: " + USED);
    }
    file.expect((1 + columns.size()) * Files.size(file.path()));
    try (ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(file.unpack(to)))) {
      // It is read at once, and what packs too well would be taken for a trick.
      zip.setLevel(Deflater.NO_COMPRESSION);
      for (Map.Entry<String, List<String>> each : columns.entrySet()) {
        zip.putNextEntry(new ZipEntry(each.getKey() + ".csv"));
        write(file, each.getKey(), each.getValue(), zip);
        zip.closeEntry();
      }
    }
    return file.unpackedTo(to);
  }

  private static void write(InputFile file, String wanted, List<String> columns, OutputStream out)
      throws IOException {
    out.write((String.join(",", columns) + "\n").getBytes(StandardCharsets.UTF_8));
    StringBuilder row = new StringBuilder();
    each(
        file,
        (sensor, values) -> {
          if (sensor.equals(wanted)) {
            row.setLength(0);
            for (String column : columns) {
              row.append(row.length() == 0 ? "" : ",").append(cell(values.get(column)));
            }
            out.write(row.append('\n').toString().getBytes(StandardCharsets.UTF_8));
          }
        });
  }

  /** What would end a cell or a line is none of a number, and of no name that is looked for. */
  private static String cell(@Nullable String value) {
    if (value == null) {
      return "";
    }
    return value.chars().anyMatch(c -> c == ',' || c == '"' || c < ' ')
        ? value.replaceAll("[,\"\\p{Cntrl}]", " ")
        : value;
  }

  private static void each(InputFile file, Taker taker) throws IOException {
    try (InputStream in = file.open();
        JsonParser parser = FACTORY.createParser(in)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        throw new UnusableFile("it is no array of readings");
      }
      Map<String, String> values = new LinkedHashMap<>();
      for (JsonToken token = parser.nextToken();
          token != JsonToken.END_ARRAY;
          token = parser.nextToken()) {
        if (token == null) {
          throw new UnusableFile("it ends too early; export it again");
        }
        values.clear();
        String sensor = token == JsonToken.START_OBJECT ? reading(parser, values) : null;
        parser.skipChildren();
        if (sensor != null) {
          taker.take(sensor, values);
        }
      }
    } catch (JsonProcessingException e) {
      throw new UnusableFile(
          "it is no valid JSON, or ends too early, at line %d, column %d"
              .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr()));
    }
  }

  /** Reads an object to its end; null for one of a sensor that is not used. */
  private static @Nullable String reading(JsonParser parser, Map<String, String> values)
      throws IOException {
    String sensor = null;
    boolean other = false;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken token = parser.nextToken();
      if (field.equals("sensor") && token == JsonToken.VALUE_STRING) {
        sensor = used(parser.getText());
        other = sensor == null;
      } else if (!other && token.isScalarValue()) {
        // Pictures and sounds of other sensors are not looked at.
        values.put(cell(field), token == JsonToken.VALUE_NULL ? "" : parser.getText());
      }
      parser.skipChildren();
    }
    return sensor;
  }

  private static @Nullable String used(String sensor) {
    return USED.stream().filter(sensor::equalsIgnoreCase).findFirst().orElse(null);
  }
}
