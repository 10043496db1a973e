package io.lumbar.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lumbar.analytics.motion.LabelRun;
import io.lumbar.analytics.motion.LimbRecording;
import io.lumbar.ingest.recording.CsvFile;
import io.lumbar.ingest.recording.FileHead;
import io.lumbar.ingest.recording.InputFile;
import io.lumbar.ingest.recording.LocalClock;
import io.lumbar.ingest.recording.RecordingFormat;
import io.lumbar.ingest.recording.SampleTaker;
import io.lumbar.model.DeviceId;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.Placement;
import io.lumbar.model.Stamp;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulateRecordingCommandTest {
  private static final long START = Instant.parse("2026-03-02T06:00:00Z").getEpochSecond();

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void whatIsFoundInTheRecordingIsWhatTheTruthBesideItSays() throws IOException {
    Path day = folder.resolve("made/day");
    assertThat(run(day, "--hours", "2", "--seed", "5", "--placement", "thigh,chest", "--turned"))
        .isZero();

    assertThat(out.toString().lines())
        .containsExactly(
            day.resolve("truth.csv").toString(),
            day.resolve("steps.csv").toString(),
            day.resolve("thigh.csv").toString(),
            day.resolve("chest.csv").toString());
    LimbRecording recording = new LimbRecording(Placement.THIGH);
    read(day.resolve("thigh.csv")).forEach(recording::add);
    int seconds = 0;
    int found = 0;
    long end = START;
    for (String line : rows(day.resolve("truth.csv"))) {
      String[] cells = line.split(",", -1);
      long from = Instant.parse(cells[0]).getEpochSecond();
      assertThat(from).isEqualTo(end);
      end = Instant.parse(cells[1]).getEpochSecond();
      for (long at = from; at < end; at++) {
        seconds++;
        found += said(recording.runs(), at).equals(cells[3]) ? 1 : 0;
      }
    }
    assertThat(end).isEqualTo(START + 2 * 3_600);
    assertThat(found).isGreaterThan((int) (0.95 * seconds));
    double steps = rows(day.resolve("steps.csv")).size();
    assertThat(recording.steps() / steps).isCloseTo(1, within(0.03));
    assertThat(rows(day.resolve("chest.csv"))).hasSizeBetween(179_000, 181_000);
  }

  @Test
  void nothingIsOverwritten() throws IOException {
    Files.writeString(folder.resolve("chest.csv"), "mine");

    assertThat(run(folder, "--hours", "1", "--placement", "chest")).isEqualTo(1);

    assertThat(err.toString()).contains("chest.csv exists already").doesNotContain("Exception");
    assertThat(folder.resolve("truth.csv")).doesNotExist();
    assertThat(folder.resolve("chest.csv")).hasContent("mine");
  }

  @Test
  void whatCannotBeMadeIsWrongUsage() {
    assertThat(run(folder, "--hours", "25")).isEqualTo(2);
    assertThat(run(folder, "--hertz", "500")).isEqualTo(2);
    assertThat(run(folder, "--placement", "ear")).isEqualTo(2);
    assertThat(run(folder, "--placement", "estimated")).isEqualTo(2);
    assertThat(run(folder, "--placement", "chest,chest")).isEqualTo(2);

    assertThat(err.toString())
        .contains("--hours must be 1 to 24, not 25")
        .contains("--hertz must be 0.1 to 200, not 500")
        .contains("'ear'")
        .contains("estimated has no sensor")
        .contains("names a place twice")
        .contains("See: ./lumbar simulate-recording --help");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFolderThatIsAFileIsSaid() throws IOException {
    Path file = Files.writeString(folder.resolve("day"), "");

    assertThat(run(file, "--hours", "1")).isEqualTo(1);

    assertThat(err.toString()).contains("cannot be written to").doesNotContain("Exception");
  }

  private static List<String> rows(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    return lines.subList(1, lines.size());
  }

  private static String said(List<LabelRun> runs, long second) {
    return runs.stream()
        .filter(run -> run.from() <= second && second < run.to())
        .findFirst()
        .map(run -> run.posture().wireName())
        .orElse("nothing");
  }

  /** As an import reads it. */
  private static List<MotionBatch> read(Path file) throws IOException {
    InputFile input = new InputFile(file, Long.MAX_VALUE);
    FileHead head = input.head();
    RecordingFormat format =
        CsvFile.ALL.stream().filter(one -> one.recognises(head)).findFirst().orElseThrow();
    Minutes minutes = new Minutes();
    format.read(input, new LocalClock(at -> ZoneOffset.UTC, null), minutes);
    minutes.gap();
    assertThat(minutes.refused).isEmpty();
    return minutes.batches;
  }

  /** Batches of a minute. */
  private static final class Minutes implements SampleTaker {
    private static final long NANOS = 60_000_000_000L;
    private static final Stamp THIGH =
        new Stamp(new DeviceId("d_thigh"), Placement.THIGH, ZoneOffset.UTC);

    private final List<MotionBatch> batches = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private final List<Long> nanos = new ArrayList<>();
    private final List<float[]> axes = new ArrayList<>();

    @Override
    public void sample(long at, float x, float y, float z) {
      if (!nanos.isEmpty() && Math.floorDiv(at, NANOS) != Math.floorDiv(nanos.get(0), NANOS)) {
        gap();
      }
      nanos.add(at);
      axes.add(new float[] {x, y, z});
    }

    @Override
    public void gap() {
      int n = nanos.size();
      int[] offsets = new int[n];
      float[][] values = new float[3][n];
      for (int i = 0; i < n; i++) {
        offsets[i] = (int) ((nanos.get(i) - nanos.get(0)) / 1_000);
        for (int axis = 0; axis < 3; axis++) {
          values[axis][i] = axes.get(i)[axis];
        }
      }
      if (n > 0) {
        batches.add(new MotionBatch(THIGH, nanos.get(0), offsets, values[0], values[1], values[2]));
      }
      nanos.clear();
      axes.clear();
    }

    @Override
    public void parts(int count) {}

    @Override
    public void ignored(int count) {}

    @Override
    public void refused(String path, String reason) {
      refused.add(path + ": " + reason);
    }

    @Override
    public void note(String sentence) {}
  }

  private int run(Path where, String... more) {
    return OfflineRun.of(folder, out, err, "simulate-recording", where, more);
  }
}
