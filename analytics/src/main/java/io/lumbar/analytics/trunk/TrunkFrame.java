package io.lumbar.analytics.trunk;

import io.lumbar.analytics.trunk.BedCalibration.Learnt;
import io.lumbar.analytics.trunk.TrunkAxes.Direction;
import io.lumbar.model.Placement;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How a trunk sensor is turned against the body at a time, and what is flat for its wearer.
 *
 * @param axes the body's directions in the sensor's own axes, to tell lying by
 * @param upright the same with the wearer's standing at 0 degrees, to tell bends by; empty when
 *     nobody knows which way is forward
 * @param flatDegrees head-up pitch flat on the front; 0 unless calibrated
 * @param calibrated true when the wearer lay in bed for it
 * @param shown true when something has shown which way the head is
 */
record TrunkFrame(
    TrunkAxes axes,
    Optional<TrunkAxes> upright,
    double flatDegrees,
    boolean calibrated,
    boolean shown) {
  /** A sensor turned so far from where it was has been put on anew. */
  private static final double AS_BEFORE_DEGREES = 45;

  /**
   * A bed whose head is so far from up may have left and right swapped, where the propped pose did
   * not tell them apart.
   */
  private static final double HEAD_DOWN_DEGREES = 135;

  /** How far from level a face may be that is taken to point out of the body. */
  private static final double MOST_OFF_LEVEL_DEGREES = 45;

  private static final double FACE_LEVEL = Math.cos(Math.toRadians(MOST_OFF_LEVEL_DEGREES));

  /**
   * The frame by what standing or walking and the wearer's bed showed; as asked where they showed
   * nothing.
   *
   * <p>A sensor put on upside down, or across as a phone in a breast pocket is, still faces out of
   * the body: its z axis stays level while the wearer is upright, and the other two follow from
   * which way is up (Acti4 likewise turns an upside-down sensor about the axis of its face). With
   * the wrong face out it looks the same, and only the wearer's bed can tell.
   *
   * @param up which way was up while the wearer stood or walked
   * @param bed what counts unless it is at odds with that
   */
  static TrunkFrame of(Optional<Direction> up, Optional<Learnt> bed) {
    if (bed.isPresent() && isNear(up, bed.get().axes())) {
      TrunkAxes axes = bed.get().axes();
      TrunkAxes upright = up.map(axes::levelled).orElse(axes);
      return new TrunkFrame(axes, Optional.of(upright), bed.get().flatDegrees(), true, true);
    }
    TrunkAxes axes = up.map(TrunkAxes.STANDARD::levelled).orElse(TrunkAxes.STANDARD);
    Optional<TrunkAxes> upright = facesOut(up) ? Optional.of(axes) : Optional.empty();
    return new TrunkFrame(axes, upright, 0, false, up.isPresent());
  }

  /**
   * The same where it is known what was shown since the wearer lay in bed. Only that shows that the
   * sensor was put on anew since; what was shown before and is at odds with the bed is out of date.
   *
   * @param up which way was up while the wearer stood or walked, before or since
   * @param since the same by nothing but what came after the bed
   */
  static TrunkFrame of(Optional<Direction> up, Optional<Direction> since, Learnt bed) {
    Predicate<Direction> turned = isTurnedFrom(bed.axes().head());
    if (since.filter(turned).isPresent()) {
      return of(since, Optional.of(bed));
    }
    Optional<Direction> used = up.filter(turned.negate()).or(() -> since);
    boolean sidesSwapped =
        used.isEmpty()
            && bed.proppedDegrees() < BedCalibration.PROPPED_DEGREES
            && up.filter(one -> one.degreesTo(bed.axes().head()) >= HEAD_DOWN_DEGREES).isPresent();
    return of(sidesSwapped ? up : used, Optional.of(bed));
  }

  /**
   * The same for a sensor at a place that was or was not seen upright as it is asked for.
   *
   * <p>On the lower back either face may be put against the skin, and walking shows no difference:
   * which way is forward is known from the wearer's bed alone.
   */
  TrunkFrame at(Placement placement, boolean seenUpright) {
    boolean forward = calibrated || placement != Placement.LOWER_BACK;
    return new TrunkFrame(
        axes, forward ? upright : Optional.empty(), flatDegrees, calibrated, shown || seenUpright);
  }

  /**
   * Whether a trunk that seems to lie may be upright, because nothing has shown yet which way the
   * head is: unless its face points up or down, which it does on nobody who is upright.
   */
  boolean mayStand(Tilt tilt) {
    return !shown && Math.abs(tilt.front()) < FACE_LEVEL * tilt.magnitude();
  }

  private static boolean facesOut(Optional<Direction> up) {
    return up.map(one -> Math.abs(90 - one.degreesTo(TrunkAxes.STANDARD.front())))
        .map(offLevel -> offLevel < MOST_OFF_LEVEL_DEGREES)
        .orElse(true);
  }

  private static boolean isNear(Optional<Direction> up, TrunkAxes axes) {
    return up.filter(isTurnedFrom(axes.head())).isEmpty();
  }

  /** Whether up is so far from where it was that the sensor was put on anew. */
  static Predicate<Direction> isTurnedFrom(Direction before) {
    return now -> now.degreesTo(before) >= AS_BEFORE_DEGREES;
  }

  /** False when it is not known which way the front is, so that lying has no position. */
  boolean frontKnown() {
    return upright.isPresent();
  }
}
