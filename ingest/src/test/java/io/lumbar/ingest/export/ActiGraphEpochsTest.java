package io.lumbar.ingest.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lumbar.ingest.export.Found.Span;
import io.lumbar.ingest.export.Found.Steps;
import io.lumbar.ingest.recording.InputFile;
import io.lumbar.ingest.recording.Origin;
import io.lumbar.ingest.recording.UnusableFile;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActiGraphEpochsTest {
  private static final String HEADER =
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

  @TempDir Path folder;

  @Test
  void readsStepsAndPosturesOfBareRows() throws IOException {
    Found found =
        read(
            HEADER
                + """
                310,80,160,9,0,0,5,0,0
                300,70,150,8,0,0,5,0,0
                0,0,0,0,0,0,1,4,0
                0,0,0,0,0,0,0,0,5
                0,0,0,0,0,5,0,0,0
                0,0,0,0,0,9,9,9,9
                """);

    assertThat(found.steps)
        .containsExactly(new Steps(17, at("2026-03-02T22:59:50Z"), at("2026-03-02T23:00:20Z")));
    assertThat(found.spans)
        .containsExactly(
            new Span(Posture.UPRIGHT, at("2026-03-02T22:59:50Z"), at("2026-03-02T23:00:00Z")),
            new Span(Posture.SITTING, at("2026-03-02T23:00:00Z"), at("2026-03-02T23:00:05Z")),
            new Span(Posture.LYING, at("2026-03-02T23:00:05Z"), at("2026-03-02T23:00:10Z")),
            new Span(Posture.NOT_WORN, at("2026-03-02T23:00:10Z"), at("2026-03-02T23:00:15Z")));
    assertThat(found.received()).isEqualTo(6);
    assertThat(found.notes).singleElement().asString().contains("guess");
  }

  @Test
  void namesAndTimesOfRowsCountBeforeTheHeader() throws IOException {
    StringBuilder rows = new StringBuilder("TimeStamp,axis1,axis2,axis3,steps,vm\n");
    for (int second = 0; second < 120; second += 5) {
      rows.append("2026-03-02T15:%02d:%02dZ,7,8,9,4,14\n".formatted(second / 60, second % 60));
    }
    rows.append("2026-03-02T15:30:00Z,7,8,9,3,14\nsoon,7,8,9,3,14\n2026-03-02T15:30:05Z,7,8\n");
    Found found = read(HEADER + rows);

    assertThat(found.steps)
        .containsExactly(
            new Steps(48, at("2026-03-02T15:00:00Z"), at("2026-03-02T15:01:00Z")),
            new Steps(48, at("2026-03-02T15:01:00Z"), at("2026-03-02T15:02:00Z")),
            new Steps(3, at("2026-03-02T15:30:00Z"), at("2026-03-02T15:30:05Z")));
    assertThat(found.spans).isEmpty();
    assertThat(found.refused)
        .containsExactly("line 37: its time cannot be read", "line 38: has only 3 columns");
    assertThat(found.received()).isEqualTo(27);
  }

  @Test
  void readsTheInclinometerByItsNamesAndNothingLongerThanAnHour() throws IOException {
    StringBuilder rows =
        new StringBuilder(
            "Date,Time,Axis1,Inclinometer Off,Inclinometer Standing,Inclinometer Sitting,Inclinometer Lying\n");
    for (int i = 0; i < 1000; i++) {
      rows.append(
          "02/03/2026,%02d:%02d:%02d,0,0,0,0,5\n"
              .formatted(10 + i * 5 / 3600, i * 5 / 60 % 60, i * 5 % 60));
    }
    Found found = read(HEADER + rows);

    assertThat(found.steps).isEmpty();
    assertThat(found.spans)
        .containsExactly(
            new Span(Posture.LYING, at("2026-03-02T09:00:00Z"), at("2026-03-02T10:00:00Z")),
            new Span(Posture.LYING, at("2026-03-02T10:00:00Z"), at("2026-03-02T10:23:20Z")));
    assertThat(found.received()).isEqualTo(1000);
  }

  @Test
  void itIsToldFromRawSamplesAndKnowsItsDevice() throws IOException {
    ActiGraphEpochs format = new ActiGraphEpochs();
    InputFile epochs = input(HEADER + "325,85,176,2,0,0,5,0,0\n");

    assertThat(format.recognises(epochs.head())).isTrue();
    Origin origin = format.origin(epochs);
    assertThat(origin.device()).isEqualTo("ActiGraph TAS1E77");
    assertThat(origin.placement()).isEqualTo(Placement.WAIST);
    assertThat(format.recognises(input(HEADER + "1.1,0.9,0.2\n").head())).isFalse();
  }

  @Test
  void whatTellsNothingIsRefusedInASentence() {
    assertThatThrownBy(() -> read(HEADER + "325,85,176\n"))
        .isInstanceOf(UnusableFile.class)
        .hasMessageContaining("neither steps nor the inclinometer");
    assertThatThrownBy(() -> read(HEADER))
        .isInstanceOf(UnusableFile.class)
        .hasMessageContaining("ends behind its header");
    assertThatThrownBy(() -> read(HEADER.replace("00:00:05", "soon") + "1,2,3,4\n"))
        .isInstanceOf(UnusableFile.class)
        .hasMessageContaining("epoch period");
    assertThatThrownBy(() -> read(HEADER.replace("02/03/2026", "x") + "1,2,3,4\n"))
        .isInstanceOf(UnusableFile.class)
        .hasMessageContaining("start date");
  }

  private Found read(String text) throws IOException {
    return Found.in(
        Files.writeString(folder.resolve("file"), text), "Europe/Berlin", new ActiGraphEpochs());
  }

  private InputFile input(String text) throws IOException {
    return new InputFile(Files.writeString(folder.resolve("input"), text), 1 << 20);
  }

  private static Instant at(String text) {
    return Instant.parse(text);
  }
}
