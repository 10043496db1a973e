package io.lumbar.app.validate;

import io.lumbar.analytics.trunk.Bend;
import io.lumbar.analytics.trunk.Reading;
import io.lumbar.analytics.trunk.StandingPose;
import io.lumbar.analytics.trunk.TrunkAxes.Direction;
import io.lumbar.analytics.trunk.TrunkRecording;
import io.lumbar.model.DeviceId;
import io.lumbar.model.Placement;
import io.lumbar.model.Stamp;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The bends that the stream tells of a short trial that begins and ends on the feet.
 *
 * <p>A trial of some seconds lacks what the stream goes by: half a minute of readings in each
 * minute that it tells of, and a wearer whose upright is known from walking or from a pose. So each
 * is judged as if its wearer had stood as in the stillest second of the first and last three, for
 * {@value #STOOD_SECONDS} s before the trial and until the minute is over behind it, and had told
 * so. Nothing else is assumed.
 */
final class BendTrial {
  private static final long ENDS_MILLIS = 3_000;
  private static final int STOOD_SECONDS = 40;
  private static final long STOOD_MILLIS = STOOD_SECONDS * 1_000L;
  private static final long LEAST_BEHIND_MILLIS = 20_000;
  private static final long STEP_MILLIS = 100;
  private static final long MINUTE_MILLIS = 60_000;

  /** Minutes are whole from here on. */
  private static final long FIRST_MINUTE = RecordedMotion.START / MINUTE_MILLIS * MINUTE_MILLIS;

  private BendTrial() {}

  /**
   * The bends, in order.
   *
   * @param place of the trunk sensor
   * @param trunk its readings, as put on as Lumbar asks
   * @param thigh readings of a phone in the pocket, however turned; empty without one
   */
  static List<Bend> bends(Placement place, List<Reading> trunk, List<Reading> thigh) {
    if (trunk.isEmpty()) {
      return List.of();
    }
    TrunkRecording recording = new TrunkRecording();
    long first = trunk.get(0).at();
    long last = trunk.get(trunk.size() - 1).at();
    // The limb first: its angles are then there when the trunk is judged.
    add(recording, Placement.TROUSER_POCKET, thigh, first, last);
    add(recording, place, trunk, first, last);
    return recording.bends();
  }

  private static void add(
      TrunkRecording recording, Placement place, List<Reading> readings, long first, long last) {
    Stamp stamp = new Stamp(new DeviceId("d_" + place.wireName()), place, ZoneOffset.UTC);
    List<Reading> whole = new ArrayList<>();
    long shift = FIRST_MINUTE + STOOD_MILLIS - first;
    readings.stream()
        .filter(one -> one.at() >= first && one.at() <= last)
        .forEach(one -> whole.add(new Reading(one.at() + shift, one.value())));
    if (whole.isEmpty()) {
      return;
    }
    Optional<Direction> stood = standing(readings);
    if (stood.isPresent()) {
      long begin = whole.get(0).at();
      long end = whole.get(whole.size() - 1).at();
      long over = (end + LEAST_BEHIND_MILLIS) / MINUTE_MILLIS * MINUTE_MILLIS + MINUTE_MILLIS;
      stand(whole, stood.get(), FIRST_MINUTE, begin);
      stand(whole, stood.get(), end + STEP_MILLIS, over);
    }
    RecordedMotion.batches(stamp, whole).forEach(recording::add);
    if (stood.isPresent()) {
      recording.add(RecordedMotion.pose(stamp, FIRST_MINUTE, FIRST_MINUTE + STOOD_MILLIS));
    }
  }

  private static void stand(List<Reading> readings, Direction up, long from, long to) {
    for (long at = from; at < to; at += STEP_MILLIS) {
      readings.add(new Reading(at, up));
    }
  }

  private static Optional<Direction> standing(List<Reading> readings) {
    long first = readings.get(0).at() + ENDS_MILLIS;
    long last = readings.get(readings.size() - 1).at() - ENDS_MILLIS;
    return StandingPose.ofStandingOrWalking(
        readings.stream().filter(one -> one.at() <= first || one.at() >= last).toList());
  }
}
