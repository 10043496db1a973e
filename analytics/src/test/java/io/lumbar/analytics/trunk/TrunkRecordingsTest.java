package io.lumbar.analytics.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.analytics.trunk.PositionEpisodes.Stretch;
import io.lumbar.analytics.trunk.TrunkAxes.Direction;
import io.lumbar.model.SleepPosition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The detectors on recordings of real people, where those lie beside the project. */
class TrunkRecordingsTest {

  @Test
  void positionsOfPeopleInBed() {
    int allRight = 0;
    int all = 0;
    double worst = 1;
    for (Path file : Recordings.files("sleep-position-chest", ".csv")) {
      int right = 0;
      int counted = 0;
      SleepPositionState state = SleepPositionState.START;
      int held = 0;
      int label = 0;
      List<double[]> rows = Recordings.rows(file, "[;,]");
      for (int i = 0; i < rows.size(); i++) {
        double[] row = rows.get(i);
        Tilt tilt = Recordings.CHEST_IN_BED.tilt(row[0] / 256, row[1] / 256, row[2] / 256);
        state = SleepPositions.advance(state, i * 1000L, tilt);
        held = (int) row[6] == label ? held + 1 : 0;
        label = (int) row[6];
        if (held >= 20 && state.lie() != null) {
          counted++;
          right += state.lie().side() == truth(label) ? 1 : 0;
        }
      }
      System.out.printf("%s %.4f%n", file.getFileName(), right / (double) counted);
      worst = Math.min(worst, right / (double) counted);
      allRight += right;
      all += counted;
    }
    System.out.printf("positions %.4f worst %.4f%n", allRight / (double) all, worst);
    assertThat(allRight / (double) all).isGreaterThan(0.985);
    assertThat(worst).isGreaterThan(0.95);
  }

  private static SleepPosition truth(int label) {
    return List.of(
            SleepPosition.SUPINE, SleepPosition.PRONE, SleepPosition.LEFT, SleepPosition.RIGHT)
        .get((label - 1) / 3);
  }

  @Test
  void aNightOfTurns() throws IOException {
    for (Path file : Recordings.files("sleep-night", ".csv")) {
      List<Stretch<String>> raw = new ArrayList<>();
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i + 1 < lines.size(); i++) {
        String[] cells = lines.get(i).split(",");
        raw.add(
            new Stretch<>(
                Instant.parse(cells[0]).toEpochMilli(),
                Instant.parse(lines.get(i + 1).split(",")[0]).toEpochMilli(),
                cells[1]));
      }
      List<Stretch<String>> settled = PositionEpisodes.settle(raw);
      settled.forEach(one -> System.out.println(one.value() + " " + one.millis() / 60000.0));
      assertThat(settled.stream().filter(one -> one.value() != null).count()).isLessThan(16);
    }
  }

  @Test
  void lyingOfOlderPeople() {
    TrunkAxes axes = TrunkAxes.of(new Direction(0, 1, 0), new Direction(1, 0, 0));
    int both = 0;
    int ours = 0;
    int theirs = 0;
    for (Path file : Recordings.files("chest-rfid", "d")) {
      LyingState state = LyingState.START;
      for (double[] row : Recordings.rows(file, ",")) {
        state = Lying.advance(state, Math.round(row[0] * 1000), axes.tilt(row[1], row[2], row[3]));
        boolean truth = row[8] == 3;
        both += truth && state.lying() ? 1 : 0;
        ours += state.lying() ? 1 : 0;
        theirs += truth ? 1 : 0;
      }
    }
    double f1 = 2.0 * both / (ours + theirs);
    System.out.println("lying F1 " + f1);
    assertThat(f1).isGreaterThan(0.985);
  }

  @Test
  void bendsAtTheChest() {
    for (String kind :
        List.of("Bending", "Sitting", "Walking", "OpeningDoor", "LyingDown", "GoUp")) {
      int trials = 0;
      int found = 0;
      int bends = 0;
      StringBuilder told = new StringBuilder();
      for (Path file : Recordings.files("umafall", kind)) {
        Map<String, List<double[]>> sensors = Recordings.uma(file);
        List<double[]> chest = sensors.getOrDefault("CHEST", List.of());
        if (chest.size() < 100 || file.toString().contains("Subject_13")) {
          continue;
        }
        List<double[]> pocket = sensors.getOrDefault("RIGHTPOCKET", List.of());
        List<Bend> one = bends(chest, TrunkAxes.STANDARD, pocket);
        trials++;
        found += one.isEmpty() ? 0 : 1;
        bends += one.size();
        told.append(file.getFileName().toString(), 16, 18);
        one.forEach(
            b ->
                told.append(
                    String.format(" %.0f/%.1fs/%s", b.peakDegrees(), b.seconds(), b.style())));
        told.append("; ");
      }
      System.out.printf(
          "%s %d trials, found %d, bends %d%n  %s%n", kind, trials, found, bends, told);
    }
  }

  @Test
  void bendsAtTheWaist() {
    TrunkAxes axes = TrunkAxes.of(new Direction(0, -1, 0), new Direction(0, 0, 1));
    for (String kind : List.of("D01", "D07", "D08", "D10", "D14", "D15", "D16")) {
      int trials = 0;
      int found = 0;
      int bends = 0;
      for (Path file : Recordings.files("sisfall", kind)) {
        List<double[]> rows = new ArrayList<>();
        int i = 0;
        for (double[] row : Recordings.rows(file, "[,;]")) {
          rows.add(new double[] {5.0 * i++, row[0] / 256, row[1] / 256, row[2] / 256});
        }
        List<Bend> one = bends(rows, axes, List.of());
        trials++;
        found += one.isEmpty() ? 0 : 1;
        bends += one.size();
      }
      System.out.printf("%s %d trials, found %d, bends %d%n", kind, trials, found, bends);
    }
  }

  private static List<Bend> bends(List<double[]> trunk, TrunkAxes placed, List<double[]> thigh) {
    TrunkAxes axes = placed.levelled(start(trunk));
    Direction down = thigh.isEmpty() ? new Direction(1, 0, 0) : start(thigh).unit();
    List<Bend> bends = new ArrayList<>();
    BendState state = BendState.START;
    int next = 0;
    Direction mean = down;
    for (double[] row : trunk) {
      while (next < thigh.size() && thigh.get(next)[0] <= row[0]) {
        double[] t = thigh.get(next++);
        Direction now = new Direction(t[1], t[2], t[3]);
        mean = mean.minus(mean, 0.02).minus(now, -0.02);
      }
      double inclination =
          thigh.isEmpty()
              ? Double.NaN
              : Math.toDegrees(Math.acos(Math.min(1, mean.unit().dot(down))));
      Bends.Step step =
          Bends.advance(state, Math.round(row[0]), axes.tilt(row[1], row[2], row[3]), inclination);
      state = step.state();
      if (step.bend() != null) {
        bends.add(step.bend());
      }
    }
    Bend last = Bends.atEnd(state);
    if (last != null) {
      bends.add(last);
    }
    return bends;
  }

  /** The stillest second of the first and last three, in which people stand. */
  static Direction start(List<double[]> rows) {
    double first = rows.get(0)[0];
    double last = rows.get(rows.size() - 1)[0];
    double best = Double.MAX_VALUE;
    Direction mean = new Direction(1, 0, 0);
    for (double from : new double[] {0, 500, 1000, 1500, 2000, -1000, -1500, -2000, -2500, -3000}) {
      double begin = from < 0 ? last + from : first + from;
      double[] sum = new double[7];
      for (double[] row : rows) {
        if (row[0] >= begin && row[0] < begin + 1000) {
          sum[6]++;
          for (int axis = 0; axis < 3; axis++) {
            sum[axis] += row[axis + 1];
            sum[axis + 3] += row[axis + 1] * row[axis + 1];
          }
        }
      }
      double moving = 0;
      for (int axis = 0; axis < 3; axis++) {
        moving += sum[axis + 3] / sum[6] - Math.pow(sum[axis] / sum[6], 2);
      }
      if (sum[6] > 5 && moving < best) {
        best = moving;
        mean = new Direction(sum[0] / sum[6], sum[1] / sum[6], sum[2] / sum[6]);
      }
    }
    return mean;
  }
}
