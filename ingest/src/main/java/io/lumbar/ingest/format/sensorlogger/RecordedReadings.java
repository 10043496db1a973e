package io.lumbar.ingest.format.sensorlogger;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lumbar.ingest.format.Intake;
import io.lumbar.ingest.format.Sender;
import io.lumbar.ingest.recording.InputFile;
import io.lumbar.ingest.recording.TextLines;
import io.lumbar.ingest.recording.ZipEntries;
import io.lumbar.model.Json;
import java.io.IOException;
import java.util.List;
import java.util.zip.ZipEntry;

/**
 * Reads steps, battery and activity from the zip of a recording: what the app also pushes, so that
 * importing the recording of a push that lost messages gives what an undisturbed one would have.
 */
public final class RecordedReadings {
  private static final List<String> SENSORS = List.of("pedometer", "battery", "activity");
  private static final String ENDING = ".csv";
  private static final String WRIST = "wristmotion";

  /** How many rows of a watch become one batch: a minute at 50 Hz. */
  private static final int WRIST_ROWS = 3_000;

  private final OtherReadings readings;
  private final Intake intake;

  private RecordedReadings(Sender sender, Intake intake) {
    this.readings = new OtherReadings(sender, intake);
    this.intake = intake;
  }

  /** Reads an archive's files of such readings, row by row. */
  public static void read(InputFile file, Sender sender, Intake intake) throws IOException {
    RecordedReadings reader = new RecordedReadings(sender, intake);
    try (ZipEntries zip = ZipEntries.open(file)) {
      for (String sensor : SENSORS) {
        String name = sensor + ENDING;
        for (ZipEntry entry :
            zip.all(path -> path.substring(path.lastIndexOf('/') + 1).equals(name))) {
          try (TextLines lines = new TextLines(zip.open(entry))) {
            reader.read(sensor, lines);
          }
        }
      }
    }
  }

  /**
   * Reads what an archive has of a watch's motion, as that of a wrist.
   *
   * @param isTurnedOver whether gravity points down in it
   */
  public static void readWrist(InputFile file, Sender sender, boolean isTurnedOver, Intake intake)
      throws IOException {
    try (ZipEntries zip = ZipEntries.open(file)) {
      for (ZipEntry entry : zip.all(RecordedReadings::isWrist)) {
        try (TextLines lines = new TextLines(zip.open(entry))) {
          String header = lines.next();
          String[] columns = header == null ? new String[0] : cells(header);
          MotionJoin motion = new MotionJoin(sender, intake, isTurnedOver);
          int number = 1;
          for (String line = lines.next(); line != null; line = lines.next()) {
            number++;
            if (line.isBlank()) {
              continue;
            }
            SensorReading reading = reading(WRIST, columns, cells(line));
            if (!reading.hasTime() || !reading.hasVector()) {
              intake.refuse(
                  WRIST + " line " + number,
                  "must have a time of 19 digits, an acceleration and gravity",
                  null);
              continue;
            }
            motion.take(number, reading);
            if (number % WRIST_ROWS == 0) {
              motion.finish();
            }
          }
          motion.finish();
        }
      }
    }
  }

  /** Whether a file of an archive, by its path in lower case, is a watch's motion. */
  public static boolean isWrist(String path) {
    return path.substring(path.lastIndexOf('/') + 1).equals(WRIST + ENDING);
  }

  private void read(String sensor, TextLines lines) throws IOException {
    String header = lines.next();
    String[] columns = header == null ? new String[0] : cells(header);
    String counter = null;
    int number = 1;
    for (String line = lines.next(); line != null; line = lines.next()) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      SensorReading reading = reading(sensor, columns, cells(line));
      if (!reading.hasTime()) {
        intake.refuse(
            sensor + " line " + number, "time must be nanoseconds since 1970, 19 digits", null);
        continue;
      }
      // The archive does not name its recording; where it begins does.
      counter = counter == null ? "from " + reading.nanos : counter;
      readings.take(sensor + " line " + number, reading, counter);
    }
  }

  /** A row is a reading whose values stand beside its name, as text. */
  private static SensorReading reading(String sensor, String[] columns, String[] cells)
      throws IOException {
    ObjectNode row = Json.mapper().createObjectNode();
    row.put("name", sensor);
    for (int i = 0; i < Math.min(columns.length, cells.length); i++) {
      if (!columns[i].equals("name")) {
        row.put(columns[i], cells[i]);
      }
    }
    try (JsonParser parser = row.traverse()) {
      parser.nextToken();
      return SensorReading.read(parser);
    }
  }

  private static String[] cells(String line) {
    String[] cells = line.split(",", -1);
    for (int i = 0; i < cells.length; i++) {
      cells[i] = cells[i].replace("\"", "").trim();
    }
    return cells;
  }
}
