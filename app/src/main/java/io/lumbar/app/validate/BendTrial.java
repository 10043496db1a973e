package io.lumbar.app.validate;

import io.lumbar.analytics.trunk.Bend;
import io.lumbar.analytics.trunk.BendState;
import io.lumbar.analytics.trunk.Bends;
import io.lumbar.analytics.trunk.Reading;
import io.lumbar.analytics.trunk.StandingPose;
import io.lumbar.analytics.trunk.Tilt;
import io.lumbar.analytics.trunk.TrunkAxes;
import io.lumbar.analytics.trunk.TrunkAxes.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The bends in a short trial that begins and ends standing: too short to learn the wearer's upright
 * from walking, so that it is taken from the stillest second of the first and last three.
 */
final class BendTrial {
  private static final long ENDS_MILLIS = 3000;
  private static final double STANDING_WITHIN_DEGREES = 60;
  private static final double THIGH_FADE_MILLIS = 250;

  private BendTrial() {}

  /**
   * The bends, in order.
   *
   * @param placed how the trunk sensor was put on
   * @param thigh readings of a phone in the pocket, however turned; empty without one
   */
  static List<Bend> bends(List<Reading> trunk, TrunkAxes placed, List<Reading> thigh) {
    Optional<Direction> upright =
        standing(trunk).filter(one -> one.degreesTo(placed.head()) < STANDING_WITHIN_DEGREES);
    TrunkAxes axes = upright.map(placed::levelled).orElse(placed);
    Optional<Direction> down = standing(thigh);
    List<Bend> bends = new ArrayList<>();
    BendState state = BendState.START;
    Direction leg = down.orElse(new Direction(0, 0, 0));
    int next = 0;
    for (Reading one : trunk) {
      for (; next < thigh.size() && thigh.get(next).at() <= one.at(); next++) {
        long step = next == 0 ? 0 : thigh.get(next).at() - thigh.get(next - 1).at();
        leg = leg.toward(thigh.get(next).value(), -Math.expm1(-step / THIGH_FADE_MILLIS));
      }
      double inclination = down.map(leg::degreesTo).orElse(Double.NaN);
      Direction value = one.value();
      Tilt tilt = axes.tilt(value.x(), value.y(), value.z());
      Bends.Step step = Bends.advance(state, one.at(), tilt, inclination);
      state = step.state();
      if (step.bend() != null) {
        bends.add(step.bend());
      }
    }
    Bends.atEnd(state).ifPresent(bends::add);
    return bends;
  }

  private static Optional<Direction> standing(List<Reading> readings) {
    if (readings.isEmpty()) {
      return Optional.empty();
    }
    long first = readings.get(0).at() + ENDS_MILLIS;
    long last = readings.get(readings.size() - 1).at() - ENDS_MILLIS;
    return StandingPose.ofStandingOrWalking(
        readings.stream().filter(one -> one.at() <= first || one.at() >= last).toList());
  }
}
