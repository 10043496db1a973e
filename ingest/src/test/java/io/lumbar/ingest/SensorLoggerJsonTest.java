package io.lumbar.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lumbar.http.ApiException;
import io.lumbar.ingest.export.Zips;
import io.lumbar.ingest.recording.FileHead;
import io.lumbar.ingest.recording.InputFile;
import io.lumbar.ingest.recording.UnusableFile;
import io.lumbar.model.MotionCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SensorLoggerJsonTest {
  private static final long START = 1_772_442_000_000_000_000L;
  private static final int SAMPLES = 100;

  @TempDir Path folder;
  private final List<Element> found = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /** The app's own two exports of one recording. */
  @Test
  void givesWhatTheZipOfTheSameRecordingGives() throws IOException {
    List<String> rows = new ArrayList<>();
    rows.add(
        "{\"sensor\":\"Metadata\",\"version\":\"3\",\"platform\":\"ios\",\"device name\":\"a, b\"}");
    StringBuilder linear = new StringBuilder("time,seconds_elapsed,z,y,x\n");
    StringBuilder gravity = new StringBuilder(linear);
    for (int i = 0; i < SAMPLES; i++) {
      long at = START + i * 20_000_000L;
      linear.append("%d,%d,-0.1038,0.0123,0.0045\n".formatted(at, i));
      gravity.append("%d,%d,-0.2,-9.8,0.1\n".formatted(at, i));
      rows.add(
          ("{\"sensor\":\"Accelerometer\",\"time\":\"%d\",\"seconds_elapsed\":\"%d\",\"z\":\"-0.1038\","
                  + "\"y\":\"0.0123\",\"x\":\"0.0045\"}")
              .formatted(at, i));
      rows.add("{\"sensor\":\"Microphone\",\"time\":\"%d\",\"dBFS\":\"-40\"}".formatted(at));
    }
    for (int i = 0; i < SAMPLES; i++) {
      rows.add(
          "{\"time\":\"%d\",\"seconds_elapsed\":\"%d\",\"z\":\"-0.2\",\"y\":\"-9.8\",\"x\":\"0.1\",\"sensor\":\"Gravity\"}"
              .formatted(START + i * 20_000_000L, i));
    }
    rows.add(
        "{\"sensor\":\"Pedometer\",\"time\":\"%d\",\"seconds_elapsed\":\"1\",\"steps\":\"7\"}"
            .formatted(START));
    Path json = write("[" + String.join(",\n", rows) + "]");
    Path zip =
        Zips.of(
            folder.resolve("zip"),
            Map.of(
                "Metadata.csv", "version,platform\n3,ios\n".getBytes(UTF_8),
                "Accelerometer.csv", linear.toString().getBytes(UTF_8),
                "Gravity.csv", gravity.toString().getBytes(UTF_8),
                "Pedometer.csv",
                    "time,seconds_elapsed,steps\n%d,1,7\n".formatted(START).getBytes(UTF_8)));

    List<Element> fromJson = read(json);
    List<Element> fromZip = read(zip);
    assertThat(fromJson).hasSameSizeAs(fromZip).hasSizeGreaterThan(1);
    assertThat(accounts(fromJson)).isEqualTo(accounts(fromZip));
    assertThat(notes).hasSize(2).allMatch(notes.get(0)::equals);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactlyInAnyOrder(json, zip);
    }
  }

  @Test
  void anAxisThatIsNullIsLeftOutAsAnEmptyCellIs() throws IOException {
    List<String> rows = new ArrayList<>();
    StringBuilder total = new StringBuilder("time,seconds_elapsed,z,y,x\n");
    for (int i = 0; i < SAMPLES; i++) {
      long at = START + i * 20_000_000L;
      boolean whole = i != 7;
      total.append("%d,%d,%s,0.1,0.1\n".formatted(at, i, whole ? "9.8" : ""));
      rows.add(
          "{\"sensor\":\"TotalAcceleration\",\"time\":\"%d\",\"seconds_elapsed\":\"%d\",\"z\":%s,\"y\":\"0.1\",\"x\":\"0.1\"}"
              .formatted(at, i, whole ? "\"9.8\"" : "null"));
    }
    Path json = write("[" + String.join(",\n", rows) + "]");
    Path zip =
        Zips.of(
            folder.resolve("zip"),
            Map.of(
                "Metadata.csv", "version,platform\n3,android\n".getBytes(UTF_8),
                "TotalAcceleration.csv", total.toString().getBytes(UTF_8)));

    List<Element> fromZip = read(zip);
    assertThat(accounts(fromZip)).noneMatch(one -> one.contains("must be numbers"));
    assertThat(accounts(read(json))).isEqualTo(accounts(fromZip));
  }

  @Test
  void isToldByItsBeginning() throws IOException {
    assertThat(ImportFormats.of(head("[{\"sensor\":\"Gravity\",\"time\":\"1\"}]"), "").id())
        .isEqualTo("sensor-logger");
    assertThat(new SensorLoggerImport().recognises(head("[{\"dateTime\":\"x\",\"value\":\"1\"}]")))
        .isFalse();
  }

  /** One line, with what probably happened and where the formats stand. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | this file is empty: its download or export broke off",
        "<!DOCTYPE html><html> | it is a web page",
        "time,seconds_elapsed,roll,pitch | one table of a Sensor Logger recording; give the"
            + " recording's whole zip or folder",
        "Dear diary, | this file starts with 'Dear diary,': perhaps it is of another app"
      })
  void whatIsNotReadSaysWhatItProbablyIs(String text, String cause) {
    assertThatThrownBy(() -> ImportFormats.of(head(text), ""))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining(cause)
        .hasMessageEndingWith(
            "; ./lumbar import --help and docs/formats/recordings.md say what can be read")
        .satisfies(refusal -> assertThat(refusal.getMessage()).hasSizeLessThan(260));
    assertThatThrownBy(() -> ImportFormats.of(head(text), "fitbit"))
        .hasMessageContaining(": as fitbit it would be ");
    assertThatThrownBy(() -> ImportFormats.of(head(text), "fitbt"))
        .hasMessageContaining("'fitbt' is not known; leave it out, or give one of activpal, ");
  }

  @Test
  void aFileThatEndsTooEarlyOrHasNothingIsRefused() throws IOException {
    Path cut = write("[{\"sensor\":\"Gravity\",\"time\":\"1772442000000000000\",\"x\":\"0\"");
    assertThatThrownBy(() -> read(cut))
        .isInstanceOf(UnusableFile.class)
        .hasMessageContaining("ends too early");
    Path sound = write("[{\"sensor\":\"Microphone\",\"time\":\"1772442000000000000\"}]");
    assertThatThrownBy(() -> read(sound))
        .isInstanceOf(UnusableFile.class)
        .hasMessageContaining("none of the sensors");
    assertThat(found).isEmpty();
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("json"), text);
  }

  private FileHead head(String text) throws IOException {
    return new InputFile(write(text), 1 << 20).head();
  }

  private List<Element> read(Path path) throws IOException {
    found.clear();
    new SensorLoggerImport()
        .read(
            new InputFile(path, 1 << 20),
            Uploads.SOURCE,
            null,
            new ImportSink() {
              @Override
              public void take(Element element) {
                found.add(element);
              }

              @Override
              public void note(String sentence) {
                notes.add(sentence);
              }
            });
    return List.copyOf(found);
  }

  /** What Kafka would get of them. */
  private static List<String> accounts(List<Element> elements) {
    return elements.stream()
        .map(
            element ->
                element instanceof Element.Motion motion
                    ? motion.count()
                        + " "
                        + HexFormat.of().formatHex(MotionCodec.encode(motion.batch()))
                    : element.toString())
        .toList();
  }
}
