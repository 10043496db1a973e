package io.lumbar.analytics.trunk;

import io.lumbar.analytics.trunk.TrunkAxes.Direction;
import java.util.Optional;

/**
 * How a trunk sensor is turned against the body at a time, and what is flat for its wearer.
 *
 * @param axes the body's directions in the sensor's own axes
 * @param frontKnown false when the sensor is mounted so otherwise than asked that lying has no
 *     position
 * @param flatDegrees head-up pitch flat on the front; 0 unless calibrated
 * @param calibrated true when the wearer lay in bed for it
 */
record TrunkFrame(TrunkAxes axes, boolean frontKnown, double flatDegrees, boolean calibrated) {
  private static final double AS_ASKED_DEGREES = 45;

  /** The axes to tell bends by; empty when nobody knows which way is forward. */
  Optional<TrunkAxes> upright() {
    return frontKnown ? Optional.of(axes) : Optional.empty();
  }

  /** The frame by what walking showed; as asked where it showed nothing. */
  static TrunkFrame walked(Optional<Direction> upright) {
    boolean asAsked =
        upright.isEmpty() || upright.get().degreesTo(TrunkAxes.STANDARD.head()) < AS_ASKED_DEGREES;
    TrunkAxes axes = upright.map(TrunkAxes.STANDARD::levelled).orElse(TrunkAxes.STANDARD);
    return new TrunkFrame(axes, asAsked, 0, false);
  }
}
