package io.lumbar.analytics.trunk;

import io.lumbar.analytics.trunk.Arch.Pitches;
import io.lumbar.model.Placement;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Measures the arch of the back over ten minutes of one trunk sensor, with the help of the other
 * one where the wearer has both. Pure.
 */
final class ArchMeter {
  /** How well two sensors know an arch, with and without the wearer's own flat. */
  static final double BOTH_CALIBRATED = 0.9;

  static final double BOTH = 0.7;

  /** With one of them calibrated: it measures from the bed, and the other from standing. */
  static final double ONE_CALIBRATED = 0.5;

  /** How well a calibrated lower-back sensor alone does. */
  static final double LOWER_BACK_ALONE = 0.3;

  private static final long LONGEST_APART_MILLIS = 60_000;

  private final boolean chest;
  private final @Nullable NavigableMap<Long, TrunkSlot> others;
  private final ArchReference reference;
  private final double confidence;

  private ArchMeter(
      boolean chest,
      @Nullable NavigableMap<Long, TrunkSlot> others,
      ArchReference reference,
      double confidence) {
    this.chest = chest;
    this.others = others;
    this.reference = reference;
    this.confidence = confidence;
  }

  /** The placement that measures an arch together with one; empty where none does. */
  static Optional<Placement> partnerOf(Placement placement) {
    return switch (placement) {
      case CHEST -> Optional.of(Placement.LOWER_BACK);
      case LOWER_BACK -> Optional.of(Placement.CHEST);
      case WAIST, THIGH, TROUSER_POCKET, WRIST, ESTIMATED -> Optional.empty();
    };
  }

  /** With the slots of the other sensor of the pair. */
  static ArchMeter both(
      Placement own, TrunkFrame frame, List<TrunkSlot> slots, TrunkFrame otherFrame) {
    boolean chest = own == Placement.CHEST;
    TrunkFrame upper = chest ? frame : otherFrame;
    TrunkFrame lower = chest ? otherFrame : frame;
    boolean calibrated = upper.calibrated() && lower.calibrated();
    boolean alike = upper.calibrated() == lower.calibrated();
    ArchReference reference =
        new ArchReference(upper.flatDegrees(), lower.flatDegrees(), calibrated);
    NavigableMap<Long, TrunkSlot> others = new TreeMap<>();
    slots.forEach(slot -> others.put(slot.at(), slot));
    double confidence = calibrated ? BOTH_CALIBRATED : alike ? BOTH : ONE_CALIBRATED;
    return new ArchMeter(chest, others, reference, confidence);
  }

  /** With nothing but the sensor itself; only a calibrated lower back can then say anything. */
  static Optional<ArchMeter> alone(Placement own, TrunkFrame frame) {
    return own == Placement.LOWER_BACK && frame.calibrated()
        ? Optional.of(
            new ArchMeter(
                false, null, new ArchReference(0, frame.flatDegrees(), true), LOWER_BACK_ALONE))
        : Optional.empty();
  }

  double confidence() {
    return confidence;
  }

  /**
   * The arch in a slot; empty unless every sensor that measures it lies on the front. Of a lower
   * back that does not know its front it is enough that it lies: the chest knows, and a pitch is
   * the same whichever face is out.
   */
  OptionalDouble degrees(TrunkSlot own) {
    TrunkSlot other = others == null ? null : other(others, own.at());
    Lie lie = own.lie();
    boolean together =
        others == null
            || (other != null
                && (other.isProne() || (chest && other.lies() && other.lie() == null)));
    if (!own.isProne() || lie == null || !together) {
      return OptionalDouble.empty();
    }
    Pitches pitches =
        other == null
            ? Pitches.ofLowerBack(own.tilt().headUp())
            : chest
                ? Pitches.ofBoth(own.tilt().headUp(), other.tilt().headUp())
                : Pitches.ofBoth(other.tilt().headUp(), own.tilt().headUp());
    return Arch.judge(lie, pitches, reference, false).degrees();
  }

  /** The last slot of the other sensor: two tags are seldom heard in the same five seconds. */
  private static @Nullable TrunkSlot other(NavigableMap<Long, TrunkSlot> others, long at) {
    Map.Entry<Long, TrunkSlot> last = others.floorEntry(at);
    return last == null || at - last.getKey() > LONGEST_APART_MILLIS ? null : last.getValue();
  }
}
