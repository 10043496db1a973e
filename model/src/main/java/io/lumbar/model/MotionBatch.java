package io.lumbar.model;

/**
 * Raw acceleration of one sensor, in g with gravity included (at rest the axis that points up reads
 * +1).
 *
 * <p>Arrays are owned by the batch: do not change them. All have the same length.
 *
 * @param startNanos epoch nanoseconds of the first sample
 * @param offsetMicros microseconds from the start to each sample, not descending, the first 0
 */
@SuppressWarnings("ArrayRecordComponent") // millions of samples: boxed lists would cost tenfold
public record MotionBatch(
    Stamp stamp, long startNanos, int[] offsetMicros, float[] x, float[] y, float[] z) {

  public MotionBatch {
    int samples = offsetMicros.length;
    if (samples == 0 || x.length != samples || y.length != samples || z.length != samples) {
      throw new IllegalArgumentException(
          "a batch needs as many offsets as x, y and z, at least one");
    }
    if (offsetMicros[0] != 0) {
      throw new IllegalArgumentException("the first offset must be 0");
    }
    for (int i = 1; i < samples; i++) {
      if (offsetMicros[i] < offsetMicros[i - 1]) {
        throw new IllegalArgumentException("offsets must not descend (at sample " + i + ")");
      }
    }
  }

  /** Number of samples. */
  public int size() {
    return offsetMicros.length;
  }

  /**
   * The same as a phone reads it that counts the other way round, as iOS does: all axes negated.
   */
  public MotionBatch turnedOver() {
    return new MotionBatch(stamp, startNanos, offsetMicros, negated(x), negated(y), negated(z));
  }

  private static float[] negated(float[] values) {
    float[] negated = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      // Adding zero leaves no negative zero behind.
      negated[i] = -values[i] + 0f;
    }
    return negated;
  }

  /** Epoch milliseconds of a sample. */
  public long millisAt(int sample) {
    return Math.floorDiv(startNanos + offsetMicros[sample] * 1000L, 1_000_000L);
  }
}
