package io.lumbar.app.validate;

import io.lumbar.ingest.format.MotionUnit;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.Stamp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads an accelerometer file of MobiAct: lines of {@code #}, then {@code @DATA}, then rows of time
 * since the phone was switched on (nanoseconds; other units are told by their steps), and x, y and
 * z in m/s2 or g with gravity.
 */
final class MobiActFile {
  private static final int COLUMNS = 4;
  private static final double MICROS_PER_SECOND = 1e6;

  /** A phone samples every few to a few hundred milliseconds. */
  private static final double LONGEST_STEP_SECONDS = 0.9;

  private MobiActFile() {}

  /**
   * The whole file as one batch, or null when it has no rows; rows that go back are left out.
   *
   * @throws IOException when the values are in neither unit
   */
  static @Nullable MotionBatch read(Path file, Stamp stamp, long startSecond) throws IOException {
    List<double[]> rows =
        NumberRows.read(file).rows().stream().filter(row -> row.length >= COLUMNS).toList();
    if (rows.isEmpty()) {
      return null;
    }
    double perG = perG(rows);
    double microsPerUnit = MICROS_PER_SECOND / unitsPerSecond(rows);
    int[] offsets = new int[rows.size()];
    float[][] axes = new float[3][rows.size()];
    int n = 0;
    for (double[] row : rows) {
      double offset = (row[0] - rows.get(0)[0]) * microsPerUnit;
      if (offset < (n == 0 ? 0 : offsets[n - 1]) || offset > Integer.MAX_VALUE) {
        continue;
      }
      offsets[n] = (int) offset;
      for (int axis = 0; axis < 3; axis++) {
        axes[axis][n] = (float) (row[axis + 1] / perG);
      }
      n++;
    }
    return new MotionBatch(
        stamp,
        startSecond * 1_000_000_000L,
        Arrays.copyOf(offsets, n),
        Arrays.copyOf(axes[0], n),
        Arrays.copyOf(axes[1], n),
        Arrays.copyOf(axes[2], n));
  }

  private static double perG(List<double[]> rows) throws IOException {
    double perG =
        MotionUnit.perG(
            rows.stream()
                .mapToDouble(row -> Math.sqrt(row[1] * row[1] + row[2] * row[2] + row[3] * row[3]))
                .toArray());
    if (Double.isNaN(perG)) {
      throw new IOException(MotionUnit.fault());
    }
    return perG;
  }

  /** Nanoseconds, microseconds, milliseconds or seconds, by the middle step. */
  private static double unitsPerSecond(List<double[]> rows) {
    double[] steps = new double[rows.size() - 1];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = rows.get(i + 1)[0] - rows.get(i)[0];
    }
    Arrays.sort(steps);
    double middle = steps.length == 0 ? 0 : steps[steps.length / 2];
    double units = 1;
    while (units < 1e9 && middle / units > LONGEST_STEP_SECONDS) {
      units *= 1000;
    }
    return units;
  }
}
