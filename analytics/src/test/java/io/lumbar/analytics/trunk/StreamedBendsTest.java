package io.lumbar.analytics.trunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.lumbar.analytics.trunk.TrunkAxes.Direction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the stream keeps of motion, five samples a second, shows the bends that all of it shows. */
class StreamedBendsTest {
  private static final Path SISFALL = Path.of("..", "..", "shared", "recordings", "sisfall");

  /** D15 and D16 bend, D01 walks; the waist's y points down, and z out of the belly. */
  private static final String TRIALS = "D(15|16|01)_.*\\.txt";

  private static final TrunkAxes AXES =
      TrunkAxes.of(new Direction(0, -1, 0), new Direction(0, 0, 1));
  private static final double COUNTS_PER_G = 256;
  private static final long MILLIS_PER_ROW = 5;

  @Test
  void theSameTrialsOfRealPeopleHoldABend() throws IOException {
    assumeThat(SISFALL).as("recordings are not beside the project").exists();
    List<String> differing = new ArrayList<>();
    int bent = 0;
    for (Path file : trials()) {
      List<Reading> readings = readings(file);
      Optional<Direction> upright = StandingPose.of(readings.subList(0, 600));
      TrunkAxes axes = upright.map(AXES::levelled).orElse(AXES);
      boolean whole = !bends(readings, axes).isEmpty();
      bent += whole ? 1 : 0;
      if (whole == keptBends(readings, axes).isEmpty()) {
        differing.add(file.toString());
      }
    }
    assertThat(bent).isGreaterThan(50);
    // A bend at the limit of 36 degrees may fall on the other side of it.
    assertThat(differing.size()).as("%s", differing).isLessThanOrEqualTo(bent / 50);
  }

  private static List<Path> trials() throws IOException {
    try (Stream<Path> all = Files.walk(SISFALL)) {
      return all.filter(file -> file.getFileName().toString().matches(TRIALS)).sorted().toList();
    }
  }

  private static List<Reading> readings(Path file) throws IOException {
    List<Reading> readings = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      String[] cells = line.replace(";", "").split(",");
      if (cells.length >= 3) {
        double[] g = new double[3];
        for (int i = 0; i < g.length; i++) {
          g[i] = Double.parseDouble(cells[i].strip()) / COUNTS_PER_G;
        }
        readings.add(new Reading(readings.size() * MILLIS_PER_ROW, g[0], g[1], g[2]));
      }
    }
    return readings;
  }

  private static List<Bend> bends(List<Reading> readings, TrunkAxes axes) {
    List<Bend> bends = new ArrayList<>();
    BendState state = BendState.START;
    for (Reading one : readings) {
      Direction value = one.value();
      Tilt tilt = axes.tilt(value.x(), value.y(), value.z());
      Bends.Step step = Bends.advance(state, one.at(), tilt, Double.NaN);
      state = step.state();
      if (step.bend() != null) {
        bends.add(step.bend());
      }
    }
    Bends.atEnd(state).ifPresent(bends::add);
    return bends;
  }

  private static List<Bend> keptBends(List<Reading> readings, TrunkAxes axes) {
    Map<Long, BendMinute> minutes = new HashMap<>();
    for (Reading one : readings) {
      long start = TrunkMinute.startOf(one.at());
      Direction value = one.value();
      minutes
          .computeIfAbsent(start, at -> new BendMinute())
          .add(one.at() - start, value.x(), value.y(), value.z());
    }
    return BendMotion.judge(
            0, start -> Optional.ofNullable(minutes.get(start)), axes, at -> Double.NaN)
        .bends();
  }
}
