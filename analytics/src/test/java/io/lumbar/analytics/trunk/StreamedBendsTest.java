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
import java.util.TreeMap;
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

  /**
   * What counts from 36 degrees on may fall on either side of it by as much as five a second err.
   */
  private static final double COUNTED_DEGREES = 36;

  private static final double ERROR_DEGREES = 3;

  @Test
  void theSameTrialsOfRealPeopleHoldABendButThoseAtTheLimit() throws IOException {
    assumeThat(SISFALL).as("recordings are not beside the project").exists();
    Map<String, Double> differing = new TreeMap<>();
    List<Double> errors = new ArrayList<>();
    for (Path file : trials()) {
      List<Reading> readings = readings(file);
      Optional<Direction> upright = StandingPose.of(readings.subList(0, 600));
      TrunkAxes axes = upright.map(AXES::levelled).orElse(AXES);
      double whole = deepest(bends(readings, axes));
      double kept = deepest(keptBends(readings, axes));
      if (whole > 0 && kept > 0) {
        errors.add(Math.abs(whole - kept));
      } else if (whole > 0 || kept > 0) {
        differing.put(String.valueOf(file.getFileName()), Math.max(whole, kept));
      }
    }
    assertThat(errors).hasSizeGreaterThan(50);
    assertThat(errors.stream().filter(error -> error > ERROR_DEGREES).count())
        .as("%s", errors)
        .isLessThanOrEqualTo(errors.size() / 20);
    assertThat(differing.size()).as("%s", differing).isLessThanOrEqualTo(errors.size() / 50);
    assertThat(differing.values())
        .allSatisfy(peak -> assertThat(peak).isLessThan(COUNTED_DEGREES + ERROR_DEGREES));
  }

  /** The deepest point of some bends in degrees; 0 without any. */
  private static double deepest(List<Bend> bends) {
    return bends.stream().mapToDouble(Bend::peakDegrees).max().orElse(0);
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
      Bends.Step step = Bends.advance(state, one.at(), tilt, Double.NaN, false);
      state = step.state();
      if (step.bend() != null) {
        bends.add(step.bend());
      }
    }
    Bends.atEnd(state).stream().filter(Bend::isBend).forEach(bends::add);
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
        .bends()
        .stream()
        .filter(Bend::isBend)
        .toList();
  }
}
