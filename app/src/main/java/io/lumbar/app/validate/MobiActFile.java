package io.lumbar.app.validate;

import io.lumbar.model.MotionBatch;
import io.lumbar.model.Stamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads an accelerometer file of MobiAct: lines of {@code #}, then {@code @DATA}, then rows of
 * nanoseconds since the phone was switched on, and x, y and z in m/s2 with gravity.
 */
final class MobiActFile {
  private static final float G = 9.80665f;

  private MobiActFile() {}

  /** The whole file as one batch, or null when it has no rows; rows that go back are left out. */
  static @Nullable MotionBatch read(Path file, Stamp stamp, long startSecond) throws IOException {
    List<String> lines = Files.readAllLines(file);
    int[] offsets = new int[lines.size()];
    float[][] axes = new float[3][lines.size()];
    int n = 0;
    long first = 0;
    boolean data = false;
    for (String line : lines) {
      String[] cells = line.split(",");
      if (!data || cells.length < 4) {
        data |= line.startsWith("@DATA");
        continue;
      }
      long nanos = Long.parseLong(cells[0].strip());
      first = n == 0 ? nanos : first;
      int offset = Math.toIntExact((nanos - first) / 1000);
      if (n > 0 && offset < offsets[n - 1]) {
        continue;
      }
      offsets[n] = offset;
      for (int axis = 0; axis < 3; axis++) {
        axes[axis][n] = Float.parseFloat(cells[axis + 1].strip()) / G;
      }
      n++;
    }
    return n == 0
        ? null
        : new MotionBatch(
            stamp,
            startSecond * 1_000_000_000L,
            Arrays.copyOf(offsets, n),
            Arrays.copyOf(axes[0], n),
            Arrays.copyOf(axes[1], n),
            Arrays.copyOf(axes[2], n));
  }
}
