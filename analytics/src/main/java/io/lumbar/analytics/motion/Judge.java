package io.lumbar.analytics.motion;

import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Labels seconds of a thigh or trouser-pocket sensor. Pure: a function of the seconds within {@link
 * #REACH}, of the walks that were learnt from and of the stillness around.
 *
 * <p>Thresholds follow the Acti4 method (Skotte et al. 2014, doi 10.1123/jpah.2011-0347): a limb
 * raised by more than 45 degrees is seated, movement of more than 0.1 g is not standing. "Raised"
 * is measured against the direction that walking showed, so that it does not matter how the sensor
 * is turned. Where nothing was learnt the answer is unknown, never sitting.
 *
 * <p>Example: a phone upside down in a pocket, 60 s of walking, then a chair: walking, and from the
 * moment of sitting down sitting, because the phone turned by 75 degrees against the walk.
 */
final class Judge {
  /** How far from a second the features lie that decide about it, apart from long stillness. */
  static final int REACH = 40;

  private static final double SEATED_DEGREES = 45;
  private static final double MOVING = 0.1;
  private static final double RUNNING = 0.6;
  private static final double STAIRS_DEGREES = 6.5;
  private static final double MOST_STAIRS_DEGREES = 40;
  private static final double CYCLING_DEGREES = 20;
  private static final double CYCLING_POCKET_DEGREES = 30;
  private static final double MOST_CYCLING_DEGREES = 75;
  private static final int CYCLING_SECONDS = 7;
  private static final double CYCLING_SHARE = 0.8;
  private static final double TURNED_OVER_DEGREES = 65;
  private static final double AXIS_DEGREES = 35;
  private static final int LONGEST_FILLED_GAP = 15;
  private static final int SMOOTHED = 2;

  private static final byte UNKNOWN = Labels.of(Posture.UNKNOWN);
  private static final byte SITTING = Labels.of(Posture.SITTING);
  private static final byte STANDING = Labels.of(Posture.STANDING);
  private static final byte UPRIGHT = Labels.of(Posture.UPRIGHT);
  private static final byte WALKING = Labels.of(Posture.WALKING);
  private static final byte RUN = Labels.of(Posture.RUNNING);
  private static final byte STAIRS = Labels.of(Posture.STAIRS);
  private static final byte CYCLING = Labels.of(Posture.CYCLING);
  private static final byte LYING = Labels.of(Posture.LYING);

  private final boolean thigh;
  private final Minutes minutes;
  private final Walks walks;
  private final Stillness stillness;

  Judge(Placement placement, Minutes minutes, Walks walks, Stillness stillness) {
    thigh = placement == Placement.THIGH;
    this.minutes = minutes;
    this.walks = walks;
    this.stillness = stillness;
  }

  /** The label of each second of a range. */
  byte[] label(Range range) {
    long from = range.from() - REACH;
    Signal signal = new Signal(minutes, from, range.to() + REACH);
    byte[] labels = new byte[signal.length];
    Posed posed = posed(signal);
    Walks.Reference reference = new Walks.Reference(null, Long.MIN_VALUE);
    for (int i = Signal.REACH; i < signal.length - Signal.REACH; i++) {
      if (signal.has(i)) {
        if (reference.validUntil() <= from + i) {
          reference = walks.at(from + i);
        }
        labels[i] = one(signal, posed, i, reference.up());
      }
    }
    labels = smooth(smooth(labels));
    stillness.mask(signal, labels);
    fillGaps(labels);
    return Arrays.copyOfRange(labels, REACH, labels.length - REACH);
  }

  /** Which seconds look like cycling, and how far the limb is raised. */
  private record Posed(double[] degrees, boolean[] strokes) {}

  private Posed posed(Signal signal) {
    double[] degrees = new double[signal.length];
    boolean[] strokes = new boolean[signal.length];
    Walks.Reference reference = new Walks.Reference(null, Long.MIN_VALUE);
    double least = thigh ? CYCLING_DEGREES : CYCLING_POCKET_DEGREES;
    for (int i = 2; i < signal.length - 2; i++) {
      if (!signal.has(i)) {
        continue;
      }
      if (reference.validUntil() <= signal.from + i) {
        reference = walks.at(signal.from + i);
      }
      if (reference.up() != null) {
        degrees[i] = signal.mean(i, 2, 2).degreesTo(reference.up());
        strokes[i] =
            degrees[i] > least
                && degrees[i] < MOST_CYCLING_DEGREES
                && signal.dense(i)
                && signal.deviation(i) > MOVING;
      }
    }
    return new Posed(degrees, strokes);
  }

  private byte one(Signal signal, Posed posed, int i, @Nullable Direction up) {
    boolean gait = signal.gait(i);
    if (up == null) {
      if (gait) {
        return signal.lengthDeviation(i) > RUNNING ? RUN : WALKING;
      }
      return thigh ? byAxes(signal, i) : UNKNOWN;
    }
    if (isCycling(signal, posed, i)) {
      return CYCLING;
    }
    Direction mean = signal.mean(i, signal.has(i - 1) ? 1 : 0, 0);
    double raised = mean.degreesTo(up);
    double raisedAround = posed.degrees()[i];
    if (gait && (raisedAround < SEATED_DEGREES || signal.clearGait(i))) {
      if (signal.lengthDeviation(i) > RUNNING) {
        return RUN;
      }
      boolean stairs = raisedAround > STAIRS_DEGREES && raisedAround < MOST_STAIRS_DEGREES;
      return thigh && stairs ? STAIRS : WALKING;
    }
    if (raised > SEATED_DEGREES) {
      return thigh && turnedOver(signal, i, up) ? LYING : SITTING;
    }
    return signal.deviation(i) < MOVING ? STANDING : signal.dense(i) ? UPRIGHT : STANDING;
  }

  /**
   * A thigh sensor that was not seen walking: by its axes, x along the thigh, either end up.
   *
   * <p>A sensor put on upside down is forgiven, since a thigh never points up.
   */
  private static byte byAxes(Signal signal, int i) {
    Direction mean = signal.mean(i, signal.has(i - 1) ? 1 : 0, 0);
    double raised = mean.degreesTo(1, 0, 0);
    if (Math.min(raised, 180 - raised) > SEATED_DEGREES) {
      return SITTING;
    }
    return signal.deviation(i) < MOVING ? STANDING : UPRIGHT;
  }

  private static boolean isCycling(Signal signal, Posed posed, int i) {
    if (!posed.strokes()[i]) {
      return false;
    }
    int seconds = 0;
    int strokes = 0;
    for (int j = Math.max(0, i - CYCLING_SECONDS);
        j <= Math.min(signal.length - 1, i + CYCLING_SECONDS);
        j++) {
      seconds += signal.has(j) ? 1 : 0;
      strokes += posed.strokes()[j] ? 1 : 0;
    }
    return strokes > CYCLING_SECONDS && strokes >= CYCLING_SHARE * seconds;
  }

  /**
   * A thigh that faces sideways belongs to somebody who lies (Lyden et al. 2016, doi
   * 10.1249/MSS.0000000000000804). Needs a sensor mounted with x along the thigh.
   */
  private static boolean turnedOver(Signal signal, int i, Direction up) {
    double off = up.degreesTo(1, 0, 0);
    if (Math.min(off, 180 - off) > AXIS_DEGREES) {
      return false;
    }
    Direction mean = signal.mean(i, Signal.REACH, Signal.REACH);
    double across = Math.hypot(mean.y(), mean.z());
    return across > 0.5
        && Math.toDegrees(Math.asin(Math.abs(mean.y()) / across)) > TURNED_OVER_DEGREES;
  }

  /**
   * The commonest label of five seconds, or of as many as there are to both sides; of equally
   * common ones the second's own.
   */
  private static byte[] smooth(byte[] labels) {
    byte[] smooth = labels.clone();
    int[] votes = new int[Labels.COUNT];
    for (int i = SMOOTHED; i < labels.length - SMOOTHED; i++) {
      if (labels[i] == Labels.NONE) {
        continue;
      }
      int reach = 0;
      while (reach < SMOOTHED
          && labels[i - reach - 1] != Labels.NONE
          && labels[i + reach + 1] != Labels.NONE) {
        reach++;
      }
      Arrays.fill(votes, 0);
      byte best = labels[i];
      for (int j = i - reach; j <= i + reach; j++) {
        votes[labels[j]]++;
      }
      for (int j = i - reach; j <= i + reach; j++) {
        if (votes[labels[j]] > votes[best]) {
          best = labels[j];
        }
      }
      smooth[i] = best;
    }
    return smooth;
  }

  /** A short silence between two equal labels, as with a tag that is heard now and then. */
  private static void fillGaps(byte[] labels) {
    int last = -1;
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] != Labels.NONE) {
        if (last >= 0 && i - last <= LONGEST_FILLED_GAP && labels[last] == labels[i]) {
          Arrays.fill(labels, last + 1, i, labels[i]);
        }
        last = i;
      }
    }
  }
}
