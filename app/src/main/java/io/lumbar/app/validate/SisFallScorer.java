package io.lumbar.app.validate;

import io.lumbar.analytics.trunk.Reading;
import io.lumbar.analytics.trunk.TrunkAxes;
import io.lumbar.analytics.trunk.TrunkAxes.Direction;
import io.lumbar.model.Placement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Young and older adults with a sensor on the waist who bend, with straight and with bent knees,
 * and walk.
 *
 * <p>Which trials hold a bend of 45 degrees is measured by a fixed formula apart from the detector:
 * the largest half-second mean of atan2(-z, -y) above the median of the first second.
 */
final class SisFallScorer implements FolderScorer {
  private static final String BEND = "bend";
  private static final String NO_BEND = "no bend";
  private static final String WALKING = "D01";

  /** Beside walking the bends at the knees and at the waist. */
  private static final List<String> SCORED = List.of(WALKING, "D15", "D16");

  private static final double COUNTS_PER_G = 256;
  private static final int HERTZ = 200;
  private static final double DEEP_ENOUGH_DEGREES = 45;

  /** Standing reads y -1; a bend forward turns z negative. */
  private static final TrunkAxes AXES =
      TrunkAxes.of(new Direction(0, -1, 0), new Direction(0, 0, 1));

  @Override
  public String folder() {
    return "sisfall";
  }

  @Override
  public Score score(Path folder, Progress progress) throws IOException {
    List<Path> files =
        RecordingFiles.inside(folder, ".txt").stream()
            .filter(file -> SCORED.contains(code(RecordingFiles.name(file))))
            .toList();
    Score.Builder score = Score.builder();
    ConfusionTable table = new ConfusionTable("a bend of 45 degrees or more", "trials");
    List<Integer> bendsInWalks = new ArrayList<>();
    RecordingFiles.each(
        files,
        progress,
        score,
        (file, name) -> {
          List<Reading> readings = readings(NumberRows.read(file).rows());
          if (readings.size() < HERTZ) {
            score.skip(name, "less than a second is in it");
            return;
          }
          int found =
              BendTrial.bends(Placement.WAIST, RecordedMotion.asAsked(readings, AXES), List.of())
                  .size();
          boolean walks = code(name).equals(WALKING);
          if (walks) {
            bendsInWalks.add(found);
          } else if (measuredPeak(readings) < DEEP_ENOUGH_DEGREES) {
            return;
          }
          String person = name.replaceFirst("^[^_]*_([^_]*)_.*$", "$1");
          table.add(person, walks ? NO_BEND : BEND, found > 0 ? BEND : NO_BEND, 1);
        });
    double perWalk = bendsInWalks.stream().mapToInt(Integer::intValue).average().orElse(Double.NaN);
    return score
        .metric("bendRecall", table.pooled().sensitivity(BEND))
        .metric("walkingBendsPerTrial", perWalk)
        .table(table)
        .build();
  }

  private static String code(String name) {
    return name.replaceFirst("_.*$", "").toUpperCase(Locale.ROOT);
  }

  private static List<Reading> readings(List<double[]> rows) {
    List<Reading> readings = new ArrayList<>(rows.size());
    for (double[] row : rows) {
      if (row.length >= 3) {
        readings.add(
            new Reading(
                readings.size() * 1000L / HERTZ,
                row[0] / COUNTS_PER_G,
                row[1] / COUNTS_PER_G,
                row[2] / COUNTS_PER_G));
      }
    }
    return readings;
  }

  private static double measuredPeak(List<Reading> readings) {
    double[] degrees =
        readings.stream()
            .map(Reading::value)
            .mapToDouble(one -> Math.toDegrees(Math.atan2(-one.z(), -one.y())))
            .toArray();
    double[] first = Arrays.copyOf(degrees, HERTZ);
    Arrays.sort(first);
    double sum = 0;
    double peak = -180;
    int window = HERTZ / 2;
    for (int i = 0; i < degrees.length; i++) {
      sum += degrees[i] - (i >= window ? degrees[i - window] : 0);
      if (i + 1 >= window) {
        peak = Math.max(peak, sum / window);
      }
    }
    return peak - first[HERTZ / 2];
  }
}
