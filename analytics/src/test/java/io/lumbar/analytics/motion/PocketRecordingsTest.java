package io.lumbar.analytics.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.lumbar.model.DeviceId;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.Stamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Real phones loose in trouser pockets (MobiAct), where the recordings lie beside the project. */
class PocketRecordingsTest {
  private static final Path FOLDER = Path.of("..", "..", "shared", "recordings", "mobiact");
  private static final Stamp PHONE =
      new Stamp(new DeviceId("d_phone"), Placement.TROUSER_POCKET, ZoneOffset.UTC);

  @Test
  void fiveMinutesOfWalkingAreWalkingAndNeverSitting() throws IOException {
    List<Path> files = files("WAL_");
    for (Path file : files) {
      List<MotionBatch> batches = read(file);
      Map<Posture, Double> seconds = MotionPostureTest.seconds(batches);
      double all = (batches.size() - 1);
      assertThat(seconds.getOrDefault(Posture.SITTING, 0.0)).as(file.toString()).isLessThan(3);
      assertThat(seconds.getOrDefault(Posture.WALKING, 0.0) / all)
          .as(file.toString())
          .isGreaterThan(0.85);
    }
  }

  @Test
  void fiveMinutesOfStandingAreNeverSitting() throws IOException {
    for (Path file : files("STD_")) {
      Map<Posture, Double> seconds = MotionPostureTest.seconds(read(file));
      assertThat(seconds.getOrDefault(Posture.SITTING, 0.0)).as(file.toString()).isLessThan(3);
    }
  }

  private static List<Path> files(String prefix) throws IOException {
    assumeThat(FOLDER).as("recordings are not beside the project").exists();
    try (Stream<Path> all = Files.walk(FOLDER)) {
      List<Path> files =
          all.filter(file -> file.getFileName().toString().startsWith(prefix)).sorted().toList();
      assertThat(files).isNotEmpty();
      return files;
    }
  }

  /** The file in batches of a second. */
  private static List<MotionBatch> read(Path file) throws IOException {
    List<MotionBatch> batches = new ArrayList<>();
    List<double[]> second = new ArrayList<>();
    boolean data = false;
    for (String line : Files.readAllLines(file)) {
      if (data && !line.isBlank()) {
        String[] parts = line.split(",");
        double[] row = new double[4];
        for (int i = 0; i < 4; i++) {
          row[i] = Double.parseDouble(parts[i].strip());
        }
        if (!second.isEmpty() && row[0] - second.get(0)[0] >= 1e9) {
          batches.add(batch(second));
          second.clear();
        }
        second.add(row);
      }
      data |= line.startsWith("@DATA");
    }
    batches.add(batch(second));
    return batches;
  }

  private static MotionBatch batch(List<double[]> rows) {
    int n = rows.size();
    int[] offsets = new int[n];
    float[] x = new float[n];
    float[] y = new float[n];
    float[] z = new float[n];
    for (int i = 0; i < n; i++) {
      offsets[i] = (int) ((rows.get(i)[0] - rows.get(0)[0]) / 1000);
      x[i] = (float) (rows.get(i)[1] / 9.80665);
      y[i] = (float) (rows.get(i)[2] / 9.80665);
      z[i] = (float) (rows.get(i)[3] / 9.80665);
    }
    long start = 1_772_000_000_000_000_000L + (long) rows.get(0)[0];
    return new MotionBatch(PHONE, start, offsets, x, y, z);
  }
}
