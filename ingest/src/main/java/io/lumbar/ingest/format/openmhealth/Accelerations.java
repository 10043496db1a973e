package io.lumbar.ingest.format.openmhealth;

import io.lumbar.ingest.format.Intake;
import io.lumbar.ingest.format.Item;
import io.lumbar.ingest.format.MotionUnit;
import io.lumbar.ingest.format.Sender;
import io.lumbar.model.MotionBatch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Gathers the single samples of an upload into batches of motion. The schema leaves open whether
 * gravity is included; without it nothing can be told of posture, and the samples are ignored.
 */
final class Accelerations {
  private static final Set<String> UNIT = Set.of("m/s^2");
  private static final int MOST_SAMPLES = 12_000;
  private static final long LONGEST_NANOS = 60_000_000_000L;

  private final Sender sender;
  private final Intake intake;
  private final List<Sample> samples = new ArrayList<>();

  Accelerations(Sender sender, Intake intake) {
    this.sender = sender;
    this.intake = intake;
  }

  private record Sample(String path, long nanos, double x, double y, double z) {}

  /** Checks a body and takes its sample, if it is one in three axes at a point in time. */
  void take(Item item, Item body) {
    double x = axis(body, "acceleration_x");
    double y = axis(body, "acceleration_y");
    double z = body.has("acceleration_z") ? axis(body, "acceleration_z") : Double.NaN;
    body.textOrNull("sensor_body_location");
    TimeFrame frame = TimeFrame.of(body);
    Instant at = frame.from();
    if (Double.isNaN(z) || at == null || frame.to() != null || body.has("descriptive_statistic")) {
      intake.ignore(1);
      return;
    }
    long nanos =
        Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000_000L), at.getNano());
    samples.add(new Sample(item.path(), nanos, x, y, z));
  }

  /** Hands over what was taken. */
  void finish() {
    double[] lengths =
        samples.stream().mapToDouble(s -> Math.sqrt(s.x * s.x + s.y * s.y + s.z * s.z)).toArray();
    if (MotionUnit.perG(lengths) != MotionUnit.G) {
      intake.ignore(samples.size());
      return;
    }
    samples.sort(Comparator.comparingLong(Sample::nanos));
    int from = 0;
    for (int i = 1; i <= samples.size(); i++) {
      boolean ends =
          i == samples.size()
              || i - from == MOST_SAMPLES
              || samples.get(i).nanos - samples.get(from).nanos > LONGEST_NANOS;
      if (ends) {
        batch(samples.subList(from, i));
        from = i;
      }
    }
  }

  private void batch(List<Sample> part) {
    int n = part.size();
    long start = part.get(0).nanos;
    int[] micros = new int[n];
    float[] x = new float[n];
    float[] y = new float[n];
    float[] z = new float[n];
    for (int i = 0; i < n; i++) {
      Sample sample = part.get(i);
      micros[i] = (int) ((sample.nanos - start) / 1_000);
      x[i] = (float) (sample.x / MotionUnit.G);
      y[i] = (float) (sample.y / MotionUnit.G);
      z[i] = (float) (sample.z / MotionUnit.G);
    }
    intake.keep(
        part.get(0).path,
        n,
        new MotionBatch(sender.stampAt(Instant.ofEpochSecond(0, start)), start, micros, x, y, z));
  }

  private static double axis(Item body, String name) {
    Item axis = body.object(name);
    axis.oneOf("unit", UNIT);
    return axis.number("value");
  }
}
