package io.lumbar.analytics.motion;

import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Labels seconds of a thigh or trouser-pocket sensor. Pure: a function of the seconds around, of
 * the walks that were learnt from and of the stillness around.
 *
 * <p>Thresholds follow the Acti4 method (Skotte et al. 2014, doi 10.1123/jpah.2011-0347): a limb
 * raised by more than 45 degrees is seated, movement of more than 0.1 g is not standing. "Raised"
 * is measured against the direction that walking showed, so that it does not matter how the sensor
 * is turned. Where nothing was learnt a pocket gives unknown, never sitting; a thigh sensor is
 * taken to be worn with x along the thigh.
 *
 * <p>Example: a phone upside down in a pocket, 60 s of walking, then a chair: walking, and from the
 * moment of sitting down sitting, because the phone turned by 75 degrees against the walk.
 */
final class Judge {
  /**
   * How far from a second the features lie that decide about it, apart from silences that are
   * filled and from long stillness.
   */
  private static final int REACH = 21;

  private static final double SEATED = cosine(45);
  private static final double STAIRS = cosine(7.5);
  private static final double MOST_STAIRS = cosine(40);

  /** What is shorter is a thigh on its way to or from a seat or a saddle (Acti4). */
  private static final int SHORTEST_STAIRS = 6;

  /**
   * Unrest of up to as many seconds is the way from one posture to the next, and no shuffling
   * (Acti4).
   */
  private static final int LONGEST_TRANSITION = 2;

  private static final double CYCLING = cosine(20);
  private static final double CYCLING_IN_POCKET = cosine(30);
  private static final double MOST_CYCLING = cosine(75);
  private static final int CYCLING_SECONDS = 7;
  private static final double CYCLING_SHARE = 0.8;
  private static final double MOVING = 0.1;
  private static final double RUNNING = 0.6;
  private static final double TURNED_OVER = Math.sin(Math.toRadians(65));
  private static final double ALONG = cosine(35);
  private static final int LONGEST_FILLED_GAP = 15;
  private static final int SMOOTHED = 2;
  private static final Direction X_UP = new Direction(1, 0, 0);

  private static final byte NONE = Labels.NONE;
  private static final byte UNKNOWN = Labels.of(Posture.UNKNOWN);
  private static final byte SITS = Labels.of(Posture.SITTING);
  private static final byte STANDS = Labels.of(Posture.STANDING);
  private static final byte UPRIGHT = Labels.of(Posture.UPRIGHT);
  private static final byte WALKS = Labels.of(Posture.WALKING);
  private static final byte RUNS = Labels.of(Posture.RUNNING);
  private static final byte CLIMBS = Labels.of(Posture.STAIRS);
  private static final byte CYCLES = Labels.of(Posture.CYCLING);
  private static final byte LIES = Labels.of(Posture.LYING);

  private final boolean thigh;
  private final Minutes minutes;
  private final Walks walks;
  private final Stillness stillness;

  /** The front that was asked for last in one labelling. */
  private Seats.Facing facing = new Seats.Facing(null, Long.MIN_VALUE);

  private long facingFrom = Long.MAX_VALUE;
  private @Nullable Direction facingUp;

  Judge(Placement placement, Minutes minutes, Walks walks, Stillness stillness) {
    thigh = placement == Placement.THIGH;
    this.minutes = minutes;
    this.walks = walks;
    this.stillness = stillness;
  }

  /** The seconds that a change may give another label. */
  Range reached(Range changed) {
    long from = changed.from() - REACH;
    long to = changed.to() + REACH;
    return new Range(from - silenceBefore(from), to + silenceFrom(to));
  }

  /** The label of each second of a range. */
  byte[] label(Range range) {
    facingFrom = Long.MAX_VALUE;
    int lead = REACH + silenceBefore(range.from() + 1);
    int trail = REACH + silenceFrom(range.to() - 1);
    Signal signal = new Signal(minutes, range.from() - lead, range.to() + trail);
    boolean[] strokes = new boolean[signal.length];
    double[] around = new double[signal.length];
    @Nullable Direction[] references = references(signal);
    for (int i = 2; i < signal.length - 2; i++) {
      Direction up = references[i];
      if (signal.has(i) && up != null) {
        around[i] = raised(signal.cosineAround(i, up));
        strokes[i] =
            around[i] < (thigh ? CYCLING : CYCLING_IN_POCKET)
                && around[i] > MOST_CYCLING
                && signal.dense(i)
                && signal.deviation(i) > MOVING;
      }
    }
    byte[] labels = new byte[signal.length];
    for (int i = Signal.REACH; i < signal.length - Signal.REACH; i++) {
      if (signal.has(i)) {
        Direction up = references[i];
        labels[i] =
            up == null
                ? unlearnt(signal, i)
                : strokes[i] && isCycling(signal, strokes, i)
                    ? CYCLES
                    : learnt(signal, i, up, around[i]);
      }
    }
    labels = withoutTransitions(withoutShortStairs(smooth(smooth(labels))));
    stillness.mask(signal, labels);
    fillGaps(labels);
    return Arrays.copyOfRange(labels, lead, labels.length - trail);
  }

  private @Nullable Direction[] references(Signal signal) {
    @Nullable Direction[] references = new Direction[signal.length];
    Walks.Reference reference = new Walks.Reference(null, Long.MIN_VALUE);
    for (int i = 0; i < signal.length; i++) {
      if (signal.has(i)) {
        if (reference.validUntil() <= signal.from + i) {
          reference = walks.at(signal.from + i);
        }
        references[i] = reference.up();
      }
    }
    return references;
  }

  private byte unlearnt(Signal signal, int i) {
    if (signal.gait(i)) {
      return signal.lengthDeviation(i) > RUNNING ? RUNS : WALKS;
    }
    return thigh ? byAxes(signal, i) : UNKNOWN;
  }

  private byte learnt(Signal signal, int i, Direction up, double around) {
    if (signal.gait(i) && (around > SEATED || signal.clearGait(i))) {
      if (signal.lengthDeviation(i) > RUNNING) {
        return RUNS;
      }
      return thigh && around < STAIRS && around > MOST_STAIRS ? CLIMBS : WALKS;
    }
    if (raised(signal.cosine(i, up)) < SEATED) {
      return thigh && turnedOver(signal, i, up) ? LIES : SITS;
    }
    return onFeet(signal, i);
  }

  /** A thigh never points up: a sensor for it was put on the other way round since it walked. */
  private double raised(double cosine) {
    return thigh ? Math.abs(cosine) : cosine;
  }

  /** Standing and walking look alike where too few readings come to show steps. */
  private static byte onFeet(Signal signal, int i) {
    return signal.dense(i) && signal.deviation(i) < MOVING ? STANDS : UPRIGHT;
  }

  private int silenceBefore(long second) {
    int silence = 0;
    while (silence < LONGEST_FILLED_GAP && !minutes.has(second - 1 - silence)) {
      silence++;
    }
    return silence;
  }

  private int silenceFrom(long second) {
    int silence = 0;
    while (silence < LONGEST_FILLED_GAP && !minutes.has(second + silence)) {
      silence++;
    }
    return silence;
  }

  /**
   * A thigh sensor that was not seen walking: by its axes, x along the thigh, either end up.
   *
   * <p>A sensor put on upside down is forgiven, since a thigh never points up.
   */
  private static byte byAxes(Signal signal, int i) {
    if (Math.abs(signal.cosine(i, X_UP)) < SEATED) {
      return SITS;
    }
    return onFeet(signal, i);
  }

  private static boolean isCycling(Signal signal, boolean[] strokes, int i) {
    int seconds = 0;
    int count = 0;
    for (int j = Math.max(0, i - CYCLING_SECONDS);
        j <= Math.min(signal.length - 1, i + CYCLING_SECONDS);
        j++) {
      seconds += signal.has(j) ? 1 : 0;
      count += strokes[j] ? 1 : 0;
    }
    return count > CYCLING_SECONDS && count >= CYCLING_SHARE * seconds;
  }

  /**
   * A thigh that faces sideways belongs to somebody who lies (Lyden et al. 2016, doi
   * 10.1249/MSS.0000000000000804). Where seats have not shown the front of the thigh, a sensor with
   * x along the thigh is taken to be worn on the front.
   */
  private boolean turnedOver(Signal signal, int i, Direction up) {
    Direction front = front(signal.from + i, up);
    if (front == null) {
      return Math.abs(up.x()) >= ALONG
          && isAcross(signal.sumOfY(i, Signal.REACH), signal.sumOfZ(i, Signal.REACH));
    }
    Direction side = up.cross(front);
    double x = signal.sumOfX(i, Signal.REACH);
    double y = signal.sumOfY(i, Signal.REACH);
    double z = signal.sumOfZ(i, Signal.REACH);
    return isAcross(
        x * side.x() + y * side.y() + z * side.z(), x * front.x() + y * front.y() + z * front.z());
  }

  private @Nullable Direction front(long second, Direction up) {
    if (second < facingFrom || second >= facing.validUntil() || !up.equals(facingUp)) {
      facing = walks.facing(second, up);
      facingFrom = second;
      facingUp = up;
    }
    return facing.front();
  }

  private static boolean isAcross(double sideways, double forward) {
    return Math.abs(sideways) > TURNED_OVER * Math.hypot(sideways, forward);
  }

  /**
   * The commonest label of five seconds, or of as many as there are to both sides; of equally
   * common ones the second's own.
   */
  private static byte[] smooth(byte[] labels) {
    byte[] smooth = labels.clone();
    int[] votes = new int[Labels.COUNT];
    for (int i = SMOOTHED; i < labels.length - SMOOTHED; i++) {
      if (labels[i] == NONE) {
        continue;
      }
      int reach = 0;
      while (reach < SMOOTHED && labels[i - reach - 1] != NONE && labels[i + reach + 1] != NONE) {
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

  private static byte[] withoutShortStairs(byte[] labels) {
    byte[] without = labels.clone();
    for (int i = SHORTEST_STAIRS; i < labels.length - SHORTEST_STAIRS; i++) {
      int from = i;
      int to = i;
      while (from > i - SHORTEST_STAIRS && labels[from] == CLIMBS) {
        from--;
      }
      while (to < i + SHORTEST_STAIRS && labels[to] == CLIMBS) {
        to++;
      }
      if (labels[i] == CLIMBS && to - from - 1 < SHORTEST_STAIRS) {
        without[i] = WALKS;
      }
    }
    return without;
  }

  /**
   * The first half of a short unrest belongs to the label before it, the second half to the one
   * behind (Acti4).
   */
  private static byte[] withoutTransitions(byte[] labels) {
    byte[] without = labels.clone();
    for (int from = 1, to; from < labels.length; from = to) {
      to = from + 1;
      if (labels[from] != UPRIGHT || labels[from - 1] == UPRIGHT) {
        continue;
      }
      while (to < labels.length && labels[to] == UPRIGHT) {
        to++;
      }
      boolean isBetween = to < labels.length && labels[from - 1] != NONE && labels[to] != NONE;
      if (isBetween && to - from <= LONGEST_TRANSITION) {
        int middle = (from + to) / 2;
        Arrays.fill(without, from, middle, labels[from - 1]);
        Arrays.fill(without, middle, to, labels[to]);
      }
    }
    return without;
  }

  /** A short silence between two equal labels, as with a tag that is heard now and then. */
  private static void fillGaps(byte[] labels) {
    int last = -1;
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] != NONE) {
        if (last >= 0 && i - last <= LONGEST_FILLED_GAP && labels[last] == labels[i]) {
          Arrays.fill(labels, last + 1, i, labels[i]);
        }
        last = i;
      }
    }
  }

  private static double cosine(double degrees) {
    return Math.cos(Math.toRadians(degrees));
  }
}
