package io.lumbar.ingest;

import io.lumbar.model.MotionBatch;
import io.lumbar.model.MotionCodec;
import java.time.Instant;

/** Uploads to the native paths, to be broken. */
final class WholeUploads {
  static final String OBSERVATIONS =
      "[{\"kind\":\"posture\",\"posture\":\"sitting\",\"from\":\"2026-05-04T08:00:00Z\",\"to\":\"2026-05-04T08:05:00Z\"},"
          + "{\"kind\":\"posture\",\"posture\":\"lying\",\"at\":\"2026-05-04T08:06:00Z\",\"validFor\":\"PT2H\"},"
          + "{\"kind\":\"posture\",\"posture\":\"lying\",\"position\":\"prone\",\"headUpDegrees\":25,\"archDegrees\":14,\"from\":\"2026-05-04T01:00:00Z\",\"to\":\"2026-05-04T01:05:00Z\"},"
          + "{\"kind\":\"steps\",\"steps\":12,\"from\":\"2026-05-04T08:00:00Z\",\"to\":\"2026-05-04T08:01:00Z\"},"
          + "{\"kind\":\"worn\",\"worn\":false,\"at\":\"2026-05-04T08:10:00Z\"},"
          + "{\"kind\":\"battery\",\"level\":0.4,\"charging\":true,\"at\":\"2026-05-04T08:11:00Z\"}]";
  static final String MOTION =
      "[{\"start\":\"2026-05-04T08:00:00Z\",\"rate\":2,\"x\":[0,0.1,0],\"y\":[1,1,0.9],\"z\":[0,0,0.1]},"
          + "{\"start\":1777881600000,\"offsetsMs\":[0,1300],\"unit\":\"m/s2\",\"x\":[0,1],\"y\":[9.8,9.7],\"z\":[0,0]}]";

  private static final int SAMPLES = 40;

  private WholeUploads() {}

  /** Two binary records, one behind the other. */
  static byte[] motionRecords() {
    byte[] one = record(Instant.parse("2026-05-04T08:00:00Z"));
    byte[] other = record(Instant.parse("2026-05-04T08:00:01Z"));
    byte[] both = new byte[one.length + other.length];
    System.arraycopy(one, 0, both, 0, one.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  private static byte[] record(Instant start) {
    int[] micros = new int[SAMPLES];
    float[] x = new float[SAMPLES];
    float[] y = new float[SAMPLES];
    float[] z = new float[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      micros[i] = i * 20_000;
      x[i] = i / 400f;
      y[i] = 0.99f;
    }
    return MotionCodec.encode(
        new MotionBatch(
            Uploads.SOURCE.stampAt(start),
            start.getEpochSecond() * 1_000_000_000L,
            micros,
            x,
            y,
            z));
  }
}
