package io.lumbar.ingest.export;

import static io.lumbar.ingest.export.Zips.bytes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lumbar.ingest.export.Found.Span;
import io.lumbar.ingest.export.Found.Steps;
import io.lumbar.ingest.recording.InputFile;
import io.lumbar.ingest.recording.UnusableFile;
import io.lumbar.model.Posture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AppleHealthFileTest {
  private static final String HEAD =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <!DOCTYPE HealthData [
      <!-- a version -->
      <!ELEMENT HealthData (ExportDate,Me,(Record|Correlation)*)>
      <!ATTLIST HealthData locale CDATA #REQUIRED>
      ]>
      <HealthData locale="de_DE">
      """;
  private static final String END = "</HealthData>\n";
  private static final String STEPS =
      record(
          "HKQuantityTypeIdentifierStepCount",
          "2026-02-03 08:00:00 +0100",
          "2026-02-03 08:09:30 +0100",
          "731");

  @TempDir Path folder;

  @Test
  void readsStepsAndSleepAndCountsTheRest() throws IOException {
    Found found =
        read(
            HEAD
                + STEPS
                + record(
                    "HKQuantityTypeIdentifierHeartRate",
                    "2026-02-03 08:00:00 +0100",
                    "2026-02-03 08:00:00 +0100",
                    "61")
                + sleep("InBed", "2026-02-02 22:50:00 +0100", "2026-02-03 07:00:00 +0100")
                + sleep("AsleepCore", "2026-02-02 23:10:00 +0100", "2026-02-03 01:00:00 +0100")
                + sleep("Awake", "2026-02-03 01:00:00 +0100", "2026-02-03 01:10:00 +0100")
                + sleep("Asleep", "2026-02-03 01:10:00 +0100", "2026-02-03 06:40:00 +0100")
                + END);

    assertThat(found.steps)
        .containsExactly(new Steps(731, at("2026-02-03T07:00:00Z"), at("2026-02-03T07:09:30Z")));
    assertThat(found.spans)
        .containsExactly(
            new Span(Posture.LYING, at("2026-02-02T22:10:00Z"), at("2026-02-03T00:00:00Z")),
            new Span(Posture.LYING, at("2026-02-03T00:10:00Z"), at("2026-02-03T05:40:00Z")));
    assertThat(found.ignored).isEqualTo(3);
    assertThat(found.received()).isEqualTo(6);
  }

  @Test
  void takesStandingOnlyWhereASpanWasStoodThrough() throws IOException {
    String stand = "HKQuantityTypeIdentifierAppleStandTime";
    Found found =
        read(
            HEAD
                + record(stand, "2026-02-03 08:00:00 +0100", "2026-02-03 08:05:00 +0100", "5")
                + record(stand, "2026-02-03 08:05:00 +0100", "2026-02-03 08:10:00 +0100", "2")
                + record(
                    "HKCategoryTypeIdentifierAppleStandHour",
                    "2026-02-03 08:00:00 +0100",
                    "2026-02-03 09:00:00 +0100",
                    "HKCategoryValueAppleStandHourIdle")
                + END);

    assertThat(found.spans)
        .containsExactly(
            new Span(Posture.UPRIGHT, at("2026-02-03T07:00:00Z"), at("2026-02-03T07:05:00Z")));
    assertThat(found.ignored).isEqualTo(2);
  }

  @Test
  void leavesOutDailySumsAndWhatACorrelationRepeats() throws IOException {
    Found found =
        read(
            HEAD
                + record(
                    "HKQuantityTypeIdentifierStepCount",
                    "2026-02-03 00:00:00 +0100",
                    "2026-02-04 00:00:00 +0100",
                    "9000")
                + "<Correlation type=\"x\">"
                + STEPS
                + "</Correlation>"
                + END);

    assertThat(found.steps).isEmpty();
    assertThat(found.ignored).isEqualTo(1);
    assertThat(found.notes).singleElement().asString().contains("1 counts of steps span more");
  }

  @Test
  void readsTheZipWhateverThePhonesLanguage() throws IOException {
    Path zip =
        Zips.of(
            folder.resolve("x"),
            Map.of(
                "apple_health_export/Exportieren.xml", bytes(HEAD + STEPS + END),
                "apple_health_export/export_cda.xml",
                    bytes("<?xml version=\"1.0\"?><ClinicalDocument/>"),
                "apple_health_export/workout-routes/route.gpx", bytes("<gpx/>")));

    assertThat(new AppleHealthFile().recognises(new InputFile(zip, 1 << 20).head())).isTrue();
    assertThat(Found.in(zip, "UTC", new AppleHealthFile()).steps).hasSize(1);
  }

  @Test
  void readsAFileWithABrokenDocumentType() throws IOException {
    String broken =
        HEAD.replace("<!ATTLIST HealthData", "startDate CDATA #IMPLIED>\n<!ATTLIST Health");

    assertThat(read(broken + STEPS + END).steps).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!ENTITY name SYSTEM \"file:///etc/hostname\">",
        "<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY name"
            + " \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">",
        "<!ENTITY % remote SYSTEM \"http://127.0.0.1:9/x.dtd\"> %remote;",
      })
  void knowsNoEntities(String declared) {
    String text =
        HEAD.replace("<!-- a version -->", declared)
            + "<Record type=\"HKQuantityTypeIdentifierStepCount\" value=\"&name;\"/>"
            + END;

    assertThatThrownBy(() -> read(text))
        .isInstanceOf(UnusableFile.class)
        .hasMessageContaining("broken or cut short");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<HealthData><Record type=\"x\"",
        "<HealthData>",
        "<!DOCTYPE HealthData [ <HealthData/>"
      })
  void saysWhenItIsCutShort(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(UnusableFile.class);
  }

  /** A device's name was cut in the middle of a character, as an old phone did. */
  @Test
  void aNameThatIsNotUtf8SinksNothing() throws IOException {
    Path file = withBytes(STEPS.replace("Watch", "W?tch"));

    assertThat(Found.in(file, "UTC", new AppleHealthFile()).steps).hasSize(1);
  }

  @Test
  void ofBrokenBytesTheReasonIsToldAndNothingElseIsWritten() throws IOException {
    Path file = withBytes(STEPS + "<Record ?=\"1\"/>");
    PrintStream before = System.err;
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    System.setErr(new PrintStream(written, true, UTF_8));
    try {
      assertThatThrownBy(() -> Found.in(file, "UTC", new AppleHealthFile()))
          .isInstanceOf(UnusableFile.class)
          .hasMessageMatching("its XML is broken or cut short at line \\d; export it again");
    } finally {
      System.setErr(before);
    }
    assertThat(written.toString(UTF_8)).isEmpty();
  }

  /** An export in which a byte that no text has stands for the question mark. */
  private Path withBytes(String records) throws IOException {
    byte[] text = (HEAD + records + END).getBytes(UTF_8);
    text[new String(text, UTF_8).lastIndexOf('?')] = (byte) 0xFF;
    return Files.write(folder.resolve("bytes.xml"), text);
  }

  @Test
  void refusesRecordsOneByOne() throws IOException {
    Found found =
        read(
            HEAD
                + record(
                    "HKQuantityTypeIdentifierStepCount",
                    "yesterday",
                    "2026-02-03 08:09:30 +0100",
                    "1")
                + record(
                    "HKQuantityTypeIdentifierStepCount",
                    "2026-02-03 08:00:00 +0100",
                    "2026-02-03 08:09:30 +0100",
                    "-4")
                + STEPS
                + END);

    assertThat(found.refused).hasSize(2).first().asString().startsWith("record 1: startDate");
    assertThat(found.steps).hasSize(1);
  }

  @Test
  void readsAsManyRecordsAsThereAreWithoutKeepingThem() throws IOException {
    Path file = folder.resolve("large");
    int records = 300_000;
    try (Writer writer = Files.newBufferedWriter(file)) {
      writer.write(HEAD);
      String other =
          record(
              "HKQuantityTypeIdentifierHeartRate",
              "2026-02-03 08:00:00 +0100",
              "2026-02-03 08:00:00 +0100",
              "61");
      for (int i = 0; i < records; i++) {
        writer.write(other);
      }
      writer.write(STEPS + END);
    }

    Found found = Found.in(file, "UTC", new AppleHealthFile());

    assertThat(found.ignored).isEqualTo(records);
    assertThat(found.steps).hasSize(1);
  }

  @Test
  void refusesAnAttributeThatWouldFillTheMemory() throws IOException {
    Path file = folder.resolve("long");
    try (Writer writer = Files.newBufferedWriter(file)) {
      writer.write(HEAD + "<Record type=\"");
      for (int i = 0; i < 6 << 10; i++) {
        writer.write(">".repeat(1 << 10));
      }
      writer.write("\"/>" + END);
    }

    assertThatThrownBy(() -> Found.in(file, "UTC", new AppleHealthFile()))
        .isInstanceOf(UnusableFile.class)
        .hasMessageContaining("larger than 4 MiB");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<?xml version=\"1.0\"?><gpx/>", "<html>HealthData</html>", ""})
  void doesNotTakeOtherXmlForItsOwn(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("export.xml"), text);

    assertThat(new AppleHealthFile().recognises(new InputFile(file, 1 << 20).head())).isFalse();
  }

  private Found read(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), text);
    return Found.in(file, "Europe/Berlin", new AppleHealthFile());
  }

  private static String sleep(String kind, String from, String to) {
    return record(
        "HKCategoryTypeIdentifierSleepAnalysis", from, to, "HKCategoryValueSleepAnalysis" + kind);
  }

  private static String record(String type, String from, String to, String value) {
    return """
    <Record type="%s" sourceName="Anna&apos;s Watch" unit="count" startDate="%s" endDate="%s" value="%s"/>
    """
        .formatted(type, from, to, value);
  }

  private static Instant at(String text) {
    return Instant.parse(text);
  }
}
