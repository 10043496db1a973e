package io.lumbar.analytics.trunk;

import io.lumbar.model.Placement;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Measures how far the lower back is arched while its wearer lies on the front, over ten minutes of
 * one trunk sensor, with the help of the other one where the wearer has both. Pure.
 *
 * <p>Only two sensors, sternum and sacrum, measure an arch: it is the difference of their pitches
 * against the same difference on a flat bed (after Wong and Wong 2008, doi
 * 10.1007/s00586-008-0586-0). A chest sensor alone sees the chest raised, which a pillow or an arm
 * under it does without any arch; it says nothing here. A lower-back sensor alone measures against
 * its own flat, and is worth little. Which arch is worth a word is for whoever draws the limit: one
 * accelerometer on a back errs by up to 4.8 degrees (Evans 2024, doi
 * 10.1016/j.heliyon.2024.e32544). On the back a raised head is a pillow, never an arch.
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

  /** What the chest's pitch is above the lower back's with the wearer flat, or the latter alone. */
  private final double flatDegrees;

  private final double confidence;

  private ArchMeter(
      boolean chest,
      @Nullable NavigableMap<Long, TrunkSlot> others,
      double flatDegrees,
      double confidence) {
    this.chest = chest;
    this.others = others;
    this.flatDegrees = flatDegrees;
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
    NavigableMap<Long, TrunkSlot> others = new TreeMap<>();
    slots.forEach(slot -> others.put(slot.at(), slot));
    double confidence = calibrated ? BOTH_CALIBRATED : alike ? BOTH : ONE_CALIBRATED;
    return new ArchMeter(chest, others, upper.flatDegrees() - lower.flatDegrees(), confidence);
  }

  /** With nothing but the sensor itself; only a calibrated lower back can then say anything. */
  static Optional<ArchMeter> alone(Placement own, TrunkFrame frame) {
    return own == Placement.LOWER_BACK && frame.calibrated()
        ? Optional.of(new ArchMeter(false, null, frame.flatDegrees(), LOWER_BACK_ALONE))
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
    boolean together =
        others == null
            || (other != null
                && (other.isProne() || (chest && other.lies() && other.lie() == null)));
    if (!own.isProne() || !together) {
      return OptionalDouble.empty();
    }
    double pitch = own.tilt().headUp();
    double above =
        other == null
            ? pitch
            : chest ? pitch - other.tilt().headUp() : other.tilt().headUp() - pitch;
    return OptionalDouble.of(above - flatDegrees);
  }

  /** The last slot of the other sensor: two tags are seldom heard in the same five seconds. */
  private static @Nullable TrunkSlot other(NavigableMap<Long, TrunkSlot> others, long at) {
    Map.Entry<Long, TrunkSlot> last = others.floorEntry(at);
    return last == null || at - last.getKey() > LONGEST_APART_MILLIS ? null : last.getValue();
  }
}
