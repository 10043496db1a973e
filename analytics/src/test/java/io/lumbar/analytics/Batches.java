package io.lumbar.analytics;

import io.lumbar.model.MotionBatch;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Cuts batches of samples in other places. */
public final class Batches {
  private Batches() {}

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
