package io.lumbar.ingest.format.sensorlogger;

import io.lumbar.ingest.format.Intake;
import io.lumbar.ingest.format.MotionUnit;
import io.lumbar.ingest.format.Sender;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.Stamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Makes motion batches, in g with gravity included, from the accelerometer streams of one message:
 * the total acceleration where the phone sends it, otherwise accelerometer plus gravity, otherwise
 * the uncalibrated accelerometer. A watch's motion is that of a wrist beside it. Streams that
 * another already covers are counted as ignored.
 */
final class MotionJoin {
  private static final long JOIN_NANOS = 5_000_000;
  private static final int MOST_SAMPLES = 50_000;
  private static final long LONGEST_NANOS = 600_000_000_000L;

  private static final Set<String> SENSORS =
      Set.of("accelerometer", "gravity", "totalacceleration", "accelerometeruncalibrated");

  private final List<At> accelerometer = new ArrayList<>();
  private final List<At> gravity = new ArrayList<>();
  private final List<At> total = new ArrayList<>();
  private final List<At> uncalibrated = new ArrayList<>();
  private final List<At> wrist = new ArrayList<>();
  private final Sender sender;
  private final Intake intake;
  private final int sign;

  /**
   * For one message.
   *
   * @param isTurnedOver whether the phone says that gravity points down, as iOS does; what only
   *     Android sends is never turned
   */
  MotionJoin(Sender sender, Intake intake, boolean isTurnedOver) {
    this.sender = sender;
    this.intake = intake;
    this.sign = isTurnedOver ? -1 : 1;
  }

  /** Whether readings of a sensor belong here. */
  static boolean uses(String sensor) {
    return SENSORS.contains(sensor) || SensorReading.WRIST.contains(sensor);
  }

  /** Takes a reading of a sensor that {@link #uses} names. */
  void take(int number, SensorReading reading) {
    List<At> stream =
        switch (reading.name) {
          case "accelerometer" -> accelerometer;
          case "gravity" -> gravity;
          case "totalacceleration" -> total;
          case "wrist motion", "wristmotion" -> wrist;
          default -> uncalibrated;
        };
    stream.add(new At(number, reading));
  }

  /** Hands over what the message's streams give. */
  void finish() {
    if (!wrist.isEmpty()) {
      double gravity =
          MotionUnit.perG(wrist.stream().mapToDouble(each -> each.reading().gravity()).toArray());
      single(wrist, sign * gravity, sender::wristAt);
      wrist.clear();
    }
    if (!total.isEmpty()) {
      single(total, scaleOfTotal(), sender::stampAt);
      intake.ignore(accelerometer.size() + gravity.size() + uncalibrated.size());
    } else if (!accelerometer.isEmpty() && !gravity.isEmpty()) {
      join();
      intake.ignore(uncalibrated.size());
    } else if (!uncalibrated.isEmpty()) {
      single(uncalibrated, sign * scale(uncalibrated), sender::stampAt);
      intake.ignore(accelerometer.size() + gravity.size());
    } else {
      for (At each : accelerometer) {
        refuse(each, "gravity is missing; switch on Gravity beside Accelerometer");
      }
      intake.ignore(gravity.size());
      if (!accelerometer.isEmpty()) {
        intake.advise("Switch on Gravity beside Accelerometer");
      }
    }
  }

  private void single(List<At> stream, double scale, Function<Instant, Stamp> stamp) {
    if (Double.isNaN(scale)) {
      for (At each : stream) {
        refuse(each, MotionUnit.fault());
      }
      return;
    }
    stream.sort(BY_TIME);
    List<Sample> samples = new ArrayList<>(stream.size());
    for (At each : stream) {
      SensorReading r = each.reading();
      samples.add(new Sample(r.nanos, r.x / scale, r.y / scale, r.z / scale, 1));
    }
    batches(stream.get(0).number(), samples, stamp);
  }

  private void join() {
    double scale = sign * scale(gravity);
    if (Double.isNaN(scale)) {
      accelerometer.forEach(each -> refuse(each, MotionUnit.fault()));
      gravity.forEach(each -> refuse(each, MotionUnit.fault()));
      return;
    }
    accelerometer.sort(BY_TIME);
    gravity.sort(BY_TIME);
    List<Sample> samples = new ArrayList<>(accelerometer.size());
    int unpaired = 0;
    int g = 0;
    for (At each : accelerometer) {
      SensorReading a = each.reading();
      while (g < gravity.size() && gravity.get(g).reading().nanos < a.nanos - JOIN_NANOS) {
        g++;
        unpaired++;
      }
      // Of two candidates within reach the nearer one belongs to this reading.
      while (g + 1 < gravity.size() && isNearer(g + 1, g, a.nanos)) {
        g++;
        unpaired++;
      }
      if (g < gravity.size() && gravity.get(g).reading().nanos <= a.nanos + JOIN_NANOS) {
        SensorReading r = gravity.get(g).reading();
        samples.add(
            new Sample(a.nanos, (a.x + r.x) / scale, (a.y + r.y) / scale, (a.z + r.z) / scale, 2));
        g++;
      } else {
        unpaired++;
      }
    }
    unpaired += gravity.size() - g;
    if (!samples.isEmpty()) {
      batches(accelerometer.get(0).number(), samples, sender::stampAt);
    }
    // Partners on either side of a message's edge arrive in different messages.
    intake.ignore(unpaired);
  }

  private boolean isNearer(int next, int now, long nanos) {
    return Math.abs(gravity.get(next).reading().nanos - nanos)
        < Math.abs(gravity.get(now).reading().nanos - nanos);
  }

  private void batches(int number, List<Sample> samples, Function<Instant, Stamp> stamp) {
    int from = 0;
    for (int i = 1; i <= samples.size(); i++) {
      boolean ends =
          i == samples.size()
              || i - from == MOST_SAMPLES
              || samples.get(i).nanos() - samples.get(from).nanos() > LONGEST_NANOS;
      if (ends) {
        batch(number, samples.subList(from, i), stamp);
        from = i;
      }
    }
  }

  private void batch(int number, List<Sample> samples, Function<Instant, Stamp> stamp) {
    int n = samples.size();
    long start = samples.get(0).nanos();
    int[] micros = new int[n];
    float[] x = new float[n];
    float[] y = new float[n];
    float[] z = new float[n];
    int readings = 0;
    for (int i = 0; i < n; i++) {
      Sample sample = samples.get(i);
      micros[i] = (int) ((sample.nanos() - start) / 1_000);
      x[i] = (float) sample.x();
      y[i] = (float) sample.y();
      z[i] = (float) sample.z();
      readings += sample.readings();
    }
    Instant at = Instant.ofEpochSecond(start / 1_000_000_000L, start % 1_000_000_000L);
    intake.keep(
        "payload[" + number + "]",
        readings,
        new MotionBatch(stamp.apply(at), start, micros, x, y, z));
  }

  /** What one g is in the stream's unit, or NaN when it is neither g nor m/s2. */
  private static double scale(List<At> stream) {
    return MotionUnit.perG(
        stream.stream().mapToDouble(each -> each.reading().magnitude()).toArray());
  }

  /** Only Android sends it, in m/s2: a run may be of another size than gravity. */
  private double scaleOfTotal() {
    double found = scale(total);
    double[] lengths = total.stream().mapToDouble(each -> each.reading().magnitude()).toArray();
    return Double.isNaN(found) && MotionUnit.fits(lengths, MotionUnit.G) ? MotionUnit.G : found;
  }

  private void refuse(At each, String reason) {
    intake.refuse("payload[" + each.number() + "]", reason, null);
  }

  private static final Comparator<At> BY_TIME =
      Comparator.comparingLong(each -> each.reading().nanos);

  private record At(int number, SensorReading reading) {}

  private record Sample(long nanos, double x, double y, double z, int readings) {}
}
