package io.lumbar.app.validate;

import io.lumbar.analytics.trunk.Reading;
import io.lumbar.analytics.trunk.Tilt;
import io.lumbar.analytics.trunk.TrunkAxes;
import io.lumbar.analytics.trunk.TrunkAxes.Direction;
import io.lumbar.analytics.trunk.TrunkRecording;
import io.lumbar.model.Calibration;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.Stamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Readings of a file as a sensor would have sent them. */
final class RecordedMotion {
  /** When recordings without a time of day begin. */
  static final long START = 1_700_000_000_000L;

  private static final long STOOD_FROM = START - 1_800_000;
  private static final long STOOD_TO = STOOD_FROM + 10_000;
  private static final long LONGEST_BATCH_MILLIS = 600_000;

  private RecordedMotion() {}

  /**
   * The readings of a sensor that was put on as a data set documents, turned into those of one put
   * on as Lumbar asks: x toward the head, y to the right, z to the front.
   */
  static List<Reading> asAsked(List<Reading> readings, TrunkAxes documented) {
    return readings.stream()
        .map(
            one -> {
              Tilt tilt = documented.tilt(one.value().x(), one.value().y(), one.value().z());
              return new Reading(one.at(), tilt.head(), tilt.right(), tilt.front());
            })
        .toList();
  }

  /**
   * Says of a trunk sensor that its axes are those that Lumbar asks for, as a data set documents
   * them: its wearer stands for some seconds half an hour before the recording, and says so.
   */
  static void stood(TrunkRecording recording, Stamp stamp) {
    Direction up = TrunkAxes.STANDARD.head();
    List<Reading> readings = new ArrayList<>();
    for (long at = STOOD_FROM; at < STOOD_TO; at += 200) {
      readings.add(new Reading(at, up));
    }
    batches(stamp, readings).forEach(recording::add);
    recording.add(pose(stamp, STOOD_FROM, STOOD_TO));
  }

  /** The word that a wearer stood over [from, to) in epoch milliseconds. */
  static Calibration pose(Stamp stamp, long from, long to) {
    return new Calibration(
        "stood-" + stamp.placement().wireName(),
        Instant.ofEpochMilli(to),
        false,
        stamp.device(),
        stamp.placement(),
        Calibration.Pose.STANDING,
        Instant.ofEpochMilli(from),
        Instant.ofEpochMilli(to));
  }

  /** Batches of at most ten minutes, by time. */
  static List<MotionBatch> batches(Stamp stamp, List<Reading> readings) {
    List<Reading> byTime = readings.stream().sorted(Comparator.comparingLong(Reading::at)).toList();
    List<MotionBatch> batches = new ArrayList<>();
    for (int from = 0, to; from < byTime.size(); from = to) {
      long start = byTime.get(from).at();
      to = from + 1;
      while (to < byTime.size() && byTime.get(to).at() - start < LONGEST_BATCH_MILLIS) {
        to++;
      }
      batches.add(batch(stamp, byTime.subList(from, to)));
    }
    return batches;
  }

  private static MotionBatch batch(Stamp stamp, List<Reading> readings) {
    int[] offsets = new int[readings.size()];
    float[] x = new float[offsets.length];
    float[] y = new float[offsets.length];
    float[] z = new float[offsets.length];
    long start = readings.get(0).at();
    for (int i = 0; i < offsets.length; i++) {
      Reading one = readings.get(i);
      offsets[i] = (int) (one.at() - start) * 1_000;
      x[i] = (float) one.value().x();
      y[i] = (float) one.value().y();
      z[i] = (float) one.value().z();
    }
    return new MotionBatch(stamp, start * 1_000_000, offsets, x, y, z);
  }
}
