package io.lumbar.analytics.motion;

import io.lumbar.analytics.motion.Walks.Walk;
import io.lumbar.analytics.stream.StoreKeys;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Brings the labels of one thigh or pocket sensor in line with the batches that have come.
 *
 * <p>The labels are a function of the set of batches: any order, repetition and split of the same
 * samples ends in the same labels. A batch costs work in proportion to itself; only a walk that is
 * learnt from late, and stillness that turns out to be an unworn sensor, reach further back.
 */
final class LimbMotion {
  /** Labels are told in blocks of ten minutes of UTC. */
  static final int BLOCK_SECONDS = (int) (StoreKeys.CHUNK / 1_000);

  private static final Duration POCKET_MEMORY = Duration.ofHours(6);
  private static final Duration THIGH_MEMORY = Duration.ofHours(24);
  private static final Duration THIGH_LOOK_BACK = Duration.ofHours(12);
  private static final int FEWEST_SECONDS_TO_LEARN_FROM = 10;

  /** Who stands still moves less than who shuffles (Acti4). */
  private static final double STILL = 0.1;

  private static final int FEWEST_STILL_SECONDS = 3;

  /** A thigh hangs within 30 degrees of how it walked, and is raised from 50 on. */
  private static final double HANGS = Math.cos(Math.toRadians(30));

  private static final double RAISED = Math.cos(Math.toRadians(50));

  /** Most of so many seconds before a seat its wearer was on the feet. */
  private static final int SEAT_FROM_SECONDS = 10;

  /** So long it takes to sit down, and so long a seat then has to be still. */
  private static final int SEAT_SECONDS = 5;

  private static final double PICKED_UP_DEGREES = 40;
  private static final double PICKED_UP_MOVING = 0.3;
  private static final byte NOT_WORN = Labels.of(Posture.NOT_WORN);

  private final Minutes minutes;
  private final Walks walks;
  private final Judge judge;
  private final Stillness stillness;
  private final boolean loose;
  private final Sums sums = new Sums();
  private final Sums scratch = new Sums();
  private final SortedSet<Long> changedBlocks = new TreeSet<>();
  private @Nullable Range changedLabels;
  private List<Range> poses = List.of();
  private int leftOut;

  LimbMotion(Placement placement, Minutes minutes, Walks walks) {
    this.minutes = minutes;
    this.walks = walks;
    stillness = new Stillness(placement, minutes);
    judge = new Judge(placement, minutes, walks, stillness);
    loose = placement != Placement.THIGH;
  }

  /** Whether motion of a placement can be judged here. */
  static boolean judges(Placement placement) {
    return placement == Placement.THIGH || placement == Placement.TROUSER_POCKET;
  }

  /** The start of the block that holds a second. */
  static long block(long second) {
    return Math.floorDiv(second, BLOCK_SECONDS) * BLOCK_SECONDS;
  }

  /** An empty memory of walks, with the limits that fit a placement. */
  static Walks walks(Placement placement) {
    return placement == Placement.THIGH
        ? new Walks(THIGH_MEMORY.toSeconds(), THIGH_LOOK_BACK.toSeconds())
        : new Walks(POCKET_MEMORY.toSeconds(), 0);
  }

  /**
   * What a batch changed.
   *
   * @param seconds the hull of the seconds of which something new is known, or null when of none
   * @param blocks the starts of the ten-minute blocks with changed labels, in seconds since 1970
   * @param labels the hull of the changed labels, or null when none changed
   * @param learnt the hull of the seconds of which the memory of walks says something else, or null
   *     when it does not
   */
  record Update(
      @Nullable Range seconds,
      SortedSet<Long> blocks,
      @Nullable Range labels,
      @Nullable Range learnt) {
    static final Update NOTHING = new Update(null, new TreeSet<>(), null, null);

    private Update and(Update other) {
      SortedSet<Long> both = new TreeSet<>(blocks);
      both.addAll(other.blocks);
      return new Update(
          hull(seconds, other.seconds),
          both,
          hull(labels, other.labels),
          hull(learnt, other.learnt));
    }

    private static @Nullable Range hull(@Nullable Range one, @Nullable Range other) {
      return one == null ? other : other == null ? one : one.hull(other);
    }
  }

  Update add(MotionBatch batch) {
    Range changed = sum(batch);
    return changed == null ? Update.NOTHING : follow(changed, learn(changed));
  }

  /** How many samples came for what is let go, since this was asked for last. */
  int leftOut() {
    int count = leftOut;
    leftOut = 0;
    return count;
  }

  /** Poses of standing still that were known before, and learnt from. */
  void knowPoses(List<Range> known) {
    poses = List.copyOf(known);
  }

  /** Up to where labels stay as they are, whatever is measured from a second on. */
  long settled(long end) {
    return judge.reached(new Range(end, end + 1)).from();
  }

  /** Takes it that the wearer stood still and upright over these seconds, measured or not yet. */
  Update stood(List<Range> stood) {
    List<Range> changed = new ArrayList<>();
    stood.stream().filter(pose -> !poses.contains(pose)).forEach(changed::add);
    poses.stream().filter(pose -> !stood.contains(pose)).forEach(changed::add);
    poses = List.copyOf(stood);
    Update update = Update.NOTHING;
    for (Range pose : changed) {
      // What is let go shows nothing any more, and what it showed stays.
      boolean isKept = !minutes.isLetGo(Math.floorDiv(pose.from(), Minute.SECONDS));
      Range learnt = isKept ? learn(pose) : null;
      update = update.and(learnt == null ? Update.NOTHING : follow(pose, learnt));
    }
    return update;
  }

  /** Judges seconds again of which the memory of walks says something else. */
  Update relearnt(Range seconds) {
    changedBlocks.clear();
    changedLabels = null;
    judge(seconds);
    return new Update(null, new TreeSet<>(changedBlocks), changedLabels, null);
  }

  private Update follow(Range changed, @Nullable Range learnt) {
    changedBlocks.clear();
    changedLabels = null;
    Range near = judge.reached(changed);
    if (learnt == null) {
      judge(near);
    } else if (learnt.touches(near)) {
      judge(near.hull(learnt));
    } else {
      judge(near);
      judge(learnt);
    }
    return new Update(changed, new TreeSet<>(changedBlocks), changedLabels, learnt);
  }

  /** Adds the samples to their seconds; returns the hull of the seconds that changed. */
  private @Nullable Range sum(MotionBatch batch) {
    long startMicros = Math.floorDiv(batch.startNanos(), 1000L);
    int[] offsets = batch.offsetMicros();
    float[] x = batch.x();
    float[] y = batch.y();
    float[] z = batch.z();
    long firstChanged = Long.MAX_VALUE;
    long lastChanged = Long.MIN_VALUE;
    long openMinute = Long.MIN_VALUE;
    boolean minuteChanged = false;
    for (int i = 0; i < offsets.length; ) {
      long second = Math.floorDiv(startMicros + offsets[i], 1_000_000L);
      long micros = startMicros - second * 1_000_000L;
      sums.clear();
      sums.fromBefore = i > 0;
      for (; i < offsets.length && micros + offsets[i] < 1_000_000L; i++) {
        sums.add((int) (micros + offsets[i]), units(x[i]), units(y[i]), units(z[i]));
      }
      sums.goesOn = i < offsets.length;
      long minute = Math.floorDiv(second, Minute.SECONDS);
      if (minutes.isLetGo(minute)) {
        // Its neighbours are gone: judged alone it would replace what was told of them all.
        leftOut += sums.count;
        continue;
      }
      if (minute != openMinute) {
        if (minuteChanged) {
          minutes.changed(openMinute);
        }
        openMinute = minute;
        minuteChanged = false;
      }
      Minute.Added added =
          minutes.open(minute).add((int) (second - minute * Minute.SECONDS), sums, scratch);
      minuteChanged |= added != Minute.Added.NOTHING;
      if (added == Minute.Added.FEATURE) {
        firstChanged = Math.min(firstChanged, second);
        lastChanged = Math.max(lastChanged, second);
      }
    }
    if (minuteChanged) {
      minutes.changed(openMinute);
    }
    return lastChanged < firstChanged ? null : new Range(firstChanged, lastChanged + 1);
  }

  private static int units(float g) {
    float scaled = g * Sums.UNITS_PER_G;
    int rounded = (int) (scaled < 0 ? scaled - 0.5f : scaled + 0.5f);
    return Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, rounded));
  }

  /** Learns from the minutes around; returns the seconds whose reference may be another one. */
  private @Nullable Range learn(Range changed) {
    long first = Math.floorDiv(changed.from() - Signal.REACH, Minute.SECONDS);
    long last = Math.floorDiv(changed.to() + Signal.REACH, Minute.SECONDS);
    for (Range pose : poses) {
      if (pose.touches(changed)) {
        first = Math.min(first, Math.floorDiv(pose.from(), Minute.SECONDS));
      }
    }
    Range all = new Range(first * Minute.SECONDS, (last + 1) * Minute.SECONDS);
    Signal signal = new Signal(minutes, all.from() - Signal.REACH, all.to() + Signal.REACH);
    NavigableMap<Long, Walk> found = new TreeMap<>();
    NavigableSet<Long> turned = new TreeSet<>();
    for (long minute = first; minute <= last; minute++) {
      if (minutes.isLetGo(minute)) {
        // What it showed stays, though nothing shows it any more.
        long from = minute * Minute.SECONDS;
        walks.copy(new Range(from, from + Minute.SECONDS), found, turned);
      } else {
        learn(signal, Signal.REACH + (int) (minute - first) * Minute.SECONDS, found, turned);
      }
    }
    for (Range pose : poses) {
      if (pose.from() >= all.from() && pose.from() < all.to()) {
        standing(pose).ifPresent(walk -> found.put(pose.from(), walk));
      }
    }
    Range learnt = walks.replace(all, found, turned);
    Range seated = loose ? null : learnSeats(all);
    return Update.hull(learnt, seated);
  }

  /** Learns from the seats near some minutes; returns the seconds whose front may differ. */
  private @Nullable Range learnSeats(Range learnt) {
    Range all =
        new Range(
            learnt.from() - Minute.SECONDS,
            learnt.to() + Seats.AFTER_WALK_SECONDS + Minute.SECONDS);
    Signal signal =
        new Signal(minutes, all.from() - SEAT_FROM_SECONDS - 1, all.to() + 2 * SEAT_SECONDS);
    NavigableMap<Long, Direction> found = new TreeMap<>();
    for (long start = all.from(); start < all.to(); start += Minute.SECONDS) {
      long minute = Math.floorDiv(start, Minute.SECONDS);
      if (minutes.isLetGo(minute) || minutes.isLetGo(minute - 1)) {
        walks.copySeats(new Range(start, start + Minute.SECONDS), found);
      } else if (walks.walkBefore(start + Minute.SECONDS, Minute.SECONDS + Seats.AFTER_WALK_SECONDS)
          != null) {
        int first = (int) (start - signal.from);
        for (int i = first; i < first + Minute.SECONDS; i++) {
          Direction seat = seat(signal, i);
          if (seat != null) {
            found.put(start + i - first, seat);
            break;
          }
        }
      }
    }
    return walks.replaceSeats(all, found);
  }

  /** How a seat reads that is taken at a second, from the feet, soon after a walk; null if none. */
  private @Nullable Direction seat(Signal signal, int i) {
    if (!signal.has(i)) {
      return null;
    }
    Walk walk = walks.walkBefore(signal.from + i, Seats.AFTER_WALK_SECONDS);
    if (walk == null) {
      return null;
    }
    Direction up = walk.up();
    if (Math.abs(signal.cosine(i, up)) > RAISED) {
      return null;
    }
    boolean raised = signal.has(i - 1) && Math.abs(signal.cosine(i - 1, up)) <= RAISED;
    int hung = 0;
    for (int j = i - SEAT_FROM_SECONDS; j < i; j++) {
      hung += signal.has(j) && Math.abs(signal.cosine(j, up)) > HANGS ? 1 : 0;
    }
    if (raised || hung < SEAT_FROM_SECONDS / 2) {
      return null;
    }
    double x = 0;
    double y = 0;
    double z = 0;
    for (int j = i + SEAT_SECONDS; j < i + 2 * SEAT_SECONDS; j++) {
      if (!signal.has(j)
          || Math.abs(signal.cosine(j, up)) > RAISED
          || signal.ownDeviation(j) > STILL) {
        return null;
      }
      x += signal.x[j];
      y += signal.y[j];
      z += signal.z[j];
    }
    return Seats.rounded(x, y, z);
  }

  /** Which way was up in the still seconds of a pose; empty with too few of them. */
  private Optional<Walk> standing(Range pose) {
    Signal signal = new Signal(minutes, pose.from(), pose.to());
    // Of a moment there is nothing to choose from.
    boolean isMoment = signal.length < FEWEST_STILL_SECONDS;
    double x = 0;
    double y = 0;
    double z = 0;
    int still = 0;
    for (int i = 0; i < signal.length; i++) {
      if (signal.isGravity(i) && (isMoment || signal.ownDeviation(i) < STILL)) {
        x += signal.x[i];
        y += signal.y[i];
        z += signal.z[i];
        still++;
      }
    }
    return still < (isMoment ? 1 : FEWEST_STILL_SECONDS)
        ? Optional.empty()
        : Optional.of(Walk.ofPose(x, y, z, Math.min(still, Minute.SECONDS)));
  }

  private void learn(
      Signal signal, int start, NavigableMap<Long, Walk> found, NavigableSet<Long> turned) {
    double x = 0;
    double y = 0;
    double z = 0;
    int seconds = 0;
    int first = 0;
    for (int i = start; i < start + Minute.SECONDS; i++) {
      if (!signal.has(i)) {
        continue;
      }
      if (loose
          && signal.turned(i) > PICKED_UP_DEGREES
          && signal.lengthDeviation(i) > PICKED_UP_MOVING) {
        turned.add(signal.from + i);
        seconds = 0;
      } else if (signal.clearGait(i)) {
        if (seconds == 0) {
          x = 0;
          y = 0;
          z = 0;
          first = i;
        }
        x += signal.x[i];
        y += signal.y[i];
        z += signal.z[i];
        seconds++;
      }
    }
    if (seconds >= FEWEST_SECONDS_TO_LEARN_FROM) {
      found.put(signal.from + first, Walk.of(x, y, z, seconds));
    }
  }

  /** Judges what is known of a range again, and what stillness it reaches into. */
  private void judge(Range range) {
    Range known = minutes.known();
    long from = Math.max(range.from(), known.from());
    long to = Math.min(range.to(), known.to());
    if (from >= to) {
      return;
    }
    relabel(from, to);
    Range run = mistaken(from - 1);
    while (run != null) {
      relabel(run.from(), Math.min(run.to(), from));
      run = mistaken(run.from() - 1);
    }
    run = mistaken(to);
    while (run != null) {
      relabel(Math.max(run.from(), to), run.to());
      run = mistaken(run.to());
    }
  }

  /** The still seconds around one whose label says otherwise than their length. */
  private @Nullable Range mistaken(long second) {
    long minute = Math.floorDiv(second, Minute.SECONDS);
    Minute known = minutes.find(minute);
    if (known == null) {
      return null;
    }
    boolean toldOff = known.label((int) (second - minute * Minute.SECONDS)) == NOT_WORN;
    Range run = stillness.run(second);
    if (run.from() == run.to()) {
      return toldOff ? new Range(second, second + 1) : null;
    }
    return toldOff == stillness.isLong(run) ? null : run;
  }

  private void relabel(long from, long to) {
    for (long at = from; at < to; ) {
      long end = Math.min(to, (Math.floorDiv(at, BLOCK_SECONDS) + 1) * BLOCK_SECONDS);
      if (!minutes.isLetGo(Math.floorDiv(at, Minute.SECONDS)) && anythingIn(at, end)) {
        store(at, judge.label(new Range(at, end)));
      }
      at = end;
    }
  }

  private boolean anythingIn(long from, long to) {
    for (long minute = Math.floorDiv(from, Minute.SECONDS);
        minute <= Math.floorDiv(to - 1, Minute.SECONDS);
        minute++) {
      if (minutes.find(minute) != null) {
        return true;
      }
    }
    return false;
  }

  private void store(long from, byte[] labels) {
    long changedMinute = Long.MIN_VALUE;
    for (int i = 0; i < labels.length; i++) {
      long second = from + i;
      long minute = Math.floorDiv(second, Minute.SECONDS);
      Minute known = minutes.find(minute);
      int at = (int) (second - minute * Minute.SECONDS);
      if (known == null) {
        continue;
      }
      if (known.label(at) != labels[i]) {
        known.setLabel(at, labels[i]);
        changedBlocks.add(block(second));
        Range one = new Range(second, second + 1);
        changedLabels = changedLabels == null ? one : changedLabels.hull(one);
        if (minute != changedMinute && changedMinute != Long.MIN_VALUE) {
          minutes.changed(changedMinute);
        }
        changedMinute = minute;
      }
    }
    if (changedMinute != Long.MIN_VALUE) {
      minutes.changed(changedMinute);
    }
  }

  /** The runs of equal labels of a block, in order, without what was not measured. */
  List<LabelRun> runs(Range range) {
    List<LabelRun> runs = new ArrayList<>();
    for (long minute = Math.floorDiv(range.from(), Minute.SECONDS);
        minute * Minute.SECONDS < range.to();
        minute++) {
      Minute known = minutes.find(minute);
      for (int i = 0; known != null && i < Minute.SECONDS; i++) {
        long second = minute * Minute.SECONDS + i;
        byte label = known.label(i);
        if (label != Labels.NONE && second >= range.from() && second < range.to()) {
          Posture posture = Labels.posture(label);
          LabelRun last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
          if (last != null && last.to() == second && last.posture() == posture) {
            runs.set(runs.size() - 1, new LabelRun(last.from(), second + 1, posture));
          } else {
            runs.add(new LabelRun(second, second + 1, posture));
          }
        }
      }
    }
    return runs;
  }
}
