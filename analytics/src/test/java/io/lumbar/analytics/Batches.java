package io.lumbar.analytics;

import io.lumbar.model.MotionBatch;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** Cuts batches of samples in other places. */
public final class Batches {
  private Batches() {}

  /** What is heard of a batch when a share of its samples is lost; empty when all are. */
  public static Optional<MotionBatch> heard(MotionBatch batch, Random random, double lost) {
    int[] kept =
        IntStream.range(0, batch.size()).filter(i -> random.nextDouble() >= lost).toArray();
    if (kept.length == 0) {
      return Optional.empty();
    }
    int start = batch.offsetMicros()[kept[0]];
    int[] offsets = new int[kept.length];
    float[][] axes = new float[3][kept.length];
    for (int i = 0; i < kept.length; i++) {
      offsets[i] = batch.offsetMicros()[kept[i]] - start;
      axes[0][i] = batch.x()[kept[i]];
      axes[1][i] = batch.y()[kept[i]];
      axes[2][i] = batch.z()[kept[i]];
    }
    long startNanos = batch.startNanos() + start * 1000L;
    return Optional.of(
        new MotionBatch(batch.stamp(), startNanos, offsets, axes[0], axes[1], axes[2]));
  }

  /** Adds the parts of a batch, each of one to {@code most} samples, to some pieces. */
  public static void split(MotionBatch batch, Random random, int most, List<MotionBatch> pieces) {
    int longest = 1 + random.nextInt(most);
    for (int from = 0; from < batch.size(); ) {
      int to = Math.min(batch.size(), from + 1 + random.nextInt(longest));
      int start = batch.offsetMicros()[from];
      pieces.add(
          new MotionBatch(
              batch.stamp(),
              batch.startNanos() + start * 1000L,
              Arrays.stream(batch.offsetMicros(), from, to).map(at -> at - start).toArray(),
              Arrays.copyOfRange(batch.x(), from, to),
              Arrays.copyOfRange(batch.y(), from, to),
              Arrays.copyOfRange(batch.z(), from, to)));
      from = to;
    }
  }
}
