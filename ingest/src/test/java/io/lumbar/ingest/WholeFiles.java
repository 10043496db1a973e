package io.lumbar.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lumbar.ingest.recording.CwaWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Files of every importer, to be broken. */
final class WholeFiles {
  private static final int ROWS = 80;

  private WholeFiles() {}

  /**
   * A file of each kind, by a name.
   *
   * @param folder for what has to be written before it can be read
   */
  static Map<String, byte[]> all(Path folder) throws IOException, SQLException {
    Map<String, byte[]> files = new TreeMap<>();
    files.put("activpal", text(ACTIVPAL));
    files.put("axivity", cwa(CwaWriter.Layout.PACKED));
    files.put("axivity-unpacked", cwa(CwaWriter.Layout.UNPACKED));
    files.put("axivity-gyroscope", cwa(CwaWriter.Layout.WITH_GYROSCOPE));
    files.put(
        "axivity-csv", text("time,x,y,z\n" + rows("2026-03-02 10:00:%02d.500,0.1,0.2,0.97\n")));
    files.put("actigraph", text(ACTIGRAPH + rows("0.%02d,-0.9,0.1\n")));
    files.put(
        "phone-csv", text("timestamp,acc_x,acc_y,acc_z\n" + rows("17724420%02d000,0.1,0.2,9.7\n")));
    files.put("sensor-logger", sensorLogger());
    files.put("apple-health", text(APPLE));
    files.put("fitbit", text(FITBIT));
    files.put(
        "fitbit-zip",
        zip(Map.of("Takeout/Fitbit/Global Export Data/steps-2026-02-03.json", FITBIT)));
    files.put("fitbit-sleep", text(FITBIT_SLEEP));
    files.put("google-steps", text("timestamp,steps,data source\n" + rows(GOOGLE_STEPS)));
    files.put("google-sleep", text(GOOGLE_SLEEP));
    files.put("apple-health-zip", zip(Map.of("apple_health_export/export.xml", APPLE)));
    files.put("actigraph-epochs", text(ACTIGRAPH_EPOCHS + rows("3%02d,80,160,9,0,0,5,0,0\n")));
    files.put("phyphox", phyphox());
    byte[] database = gadgetbridge(folder);
    files.put("gadgetbridge", database);
    files.put("gadgetbridge-zip", zipOf(Map.of("database/Gadgetbridge", database)));
    return files;
  }

  private static final String ACTIVPAL =
      """
      sep=;
      Time;Time(approx);Data Count;Event Type;Duration (s);Waking Day;Cumulative Step Count;Activity Score (MET.h)
      44129.9814918981;2020-10-25 23:33:21;449;0;600.2;0;7;8.64
      44129.9884386574;2020-10-25 23:43:21;500;1;31.4;0;7;0.01
      44129.9888020833;2020-10-25 23:43:52;510;2;12.0;0;19;0.02
      44129.9889409722;2020-10-25 23:44:04;520;3.1;20000.5;0;19;7.1
      """;
  private static final String ACTIGRAPH =
      """
      ------------ Data File Created By ActiGraph wGT3XBT ActiLife v6.13.3 Firmware v1.8.0 date format dd/MM/yyyy at 50 Hz  Filter Normal Limb: Waist -----------,,
      Serial Number: TAS1E23,,
      Start Time 10:00:00,,
      Start Date 02/03/2026,,
      Epoch Period (hh:mm:ss) 00:00:00,,
      Download Time 16:40:25,,
      Download Date 09/03/2026,,
      Current Memory Address: 0,,
      Current Battery Voltage: 4.03     Mode = 12,,
      --------------------------------------------------,,
      Accelerometer X,Accelerometer Y,Accelerometer Z
      """;
  private static final String APPLE =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <!DOCTYPE HealthData [
      <!ELEMENT HealthData (ExportDate,Me,(Record|Correlation)*)>
      ]>
      <HealthData locale="en_GB">
       <Record type="HKQuantityTypeIdentifierStepCount" sourceName="Phone" unit="count" startDate="2026-02-03 08:00:00 +0100" endDate="2026-02-03 08:09:30 +0100" value="731"/>
       <Record type="HKCategoryTypeIdentifierSleepAnalysis" sourceName="Watch" startDate="2026-02-02 22:50:00 +0100" endDate="2026-02-03 07:00:00 +0100" value="HKCategoryValueSleepAnalysisInBed"/>
      </HealthData>
      """;
  private static final String FITBIT =
      """
      [{"dateTime":"02/03/26 14:50:00","value":"100"},{"dateTime":"02/03/26 14:51:00","value":"64"}]
      """;

  private static final String FITBIT_SLEEP =
      """
      [{"logId":26013218219,"dateOfSleep":"2026-02-03","startTime":"2026-02-02T23:10:30.000","endTime":"2026-02-03T06:45:30.000","minutesAsleep":401,
        "levels":{"data":[{"dateTime":"2026-02-02T23:10:30.000","level":"light","seconds":1800}]}}]
      """;
  private static final String GOOGLE_STEPS = "2026-02-03T06:%02d:00Z,55,Watch\n";
  private static final String GOOGLE_SLEEP =
      """
      sleep_id,sleep_type,minutes_in_sleep_period,start_utc_offset,sleep_start,end_utc_offset,sleep_end,data_source
      77,STAGES,430,+01:00,2026-02-02 22:30:00+0000,+01:00,2026-02-03 05:40:00+0000,Watch
      """;
  private static final String ACTIGRAPH_EPOCHS =
      """
      ------------ Data File Created By ActiGraph wGT3XBT ActiLife v6.13.3 Firmware v1.8.0 date format dd/MM/yyyy Filter Normal Limb: Waist -----------,,,,
      Serial Number: TAS1E77,,,,
      Start Time 23:59:50,,,,
      Start Date 02/03/2026,,,,
      Epoch Period (hh:mm:ss) 00:00:05,,,,
      Download Time 16:40:25,,,,
      Download Date 09/03/2026,,,,
      Current Memory Address: 0,,,,
      Current Battery Voltage: 4.11     Mode = 61,,,,
      --------------------------------------------------,,,,
      """;

  private static String rows(String form) {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < ROWS; i++) {
      rows.append(form.formatted(i % 60));
    }
    return rows.toString();
  }

  private static byte[] text(String text) {
    return text.getBytes(UTF_8);
  }

  private static byte[] cwa(CwaWriter.Layout layout) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new CwaWriter(layout, 100, 98.5, LocalDateTime.of(2026, 3, 2, 10, 0))
        .write(out, 47, 8, i -> 0.1, i -> 0.2, i -> 0.97);
    return out.toByteArray();
  }

  private static byte[] sensorLogger() throws IOException {
    String vectors = "time,seconds_elapsed,z,y,x\n" + rows("17724420%02d000000000,1,0.2,9.6,0.3\n");
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("TotalAcceleration.csv", vectors);
    entries.put(
        "Pedometer.csv", "time,seconds_elapsed,steps\n" + rows("17724420%1$02d000000000,1,%1$d\n"));
    entries.put(
        "Battery.csv",
        "time,seconds_elapsed,batteryLevel,batteryState\n1772442000000000000,0,0.5,charging\n");
    entries.put(
        "Activity.csv",
        "time,seconds_elapsed,activity,confidence\n1772442000000000000,0,walking,high\n");
    entries.put("Metadata.csv", "version,platform,standardisation\n3,ios,false\n");
    return zip(entries);
  }

  private static byte[] phyphox() throws IOException {
    String header =
        "\"Time (s)\",\"Acceleration x (m/s^2)\",\"Acceleration y (m/s^2)\",\"Acceleration z (m/s^2)\"\n";
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("Accelerometer.csv", header + rows("%d.500000000E0,0.1,0.2,9.7\n"));
    entries.put(
        "meta/time.csv",
        "\"event\",\"experiment time\",\"system time\",\"system time text\"\n\"START\",0,1772442000.25,\"a\"\n\"PAUSE\",30,1772442030.25,\"b\"\n\"START\",30,1772442100,\"c\"\n");
    entries.put("meta/device.csv", "\"property\",\"value\"\n");
    return zip(entries);
  }

  /** Stored and not deflated, so that what is broken is the files and not only the packing. */
  private static byte[] zip(Map<String, String> entries) throws IOException {
    Map<String, byte[]> contents = new LinkedHashMap<>();
    entries.forEach((name, content) -> contents.put(name, text(content)));
    return zipOf(contents);
  }

  private static byte[] zipOf(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      out.setLevel(0);
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        out.putNextEntry(new ZipEntry(entry.getKey()));
        out.write(entry.getValue());
        out.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] gadgetbridge(Path folder) throws IOException, SQLException {
    Path database = folder.resolve("gadgetbridge.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE MI_BAND_ACTIVITY_SAMPLE (TIMESTAMP INTEGER NOT NULL, DEVICE_ID INTEGER NOT"
              + " NULL, USER_ID INTEGER NOT NULL, RAW_INTENSITY INTEGER NOT NULL, STEPS INTEGER NOT"
              + " NULL, RAW_KIND INTEGER NOT NULL, HEART_RATE INTEGER NOT NULL, PRIMARY KEY"
              + " (TIMESTAMP, DEVICE_ID)) WITHOUT ROWID");
      for (int i = 0; i < ROWS; i++) {
        statement.execute(
            "INSERT INTO MI_BAND_ACTIVITY_SAMPLE VALUES (%d, 1, 1, 0, %d, 1, 60)"
                .formatted(1_770_105_600 + 60 * i, i));
      }
    }
    return Files.readAllBytes(database);
  }
}
