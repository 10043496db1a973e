package io.lumbar.analytics.motion;

import io.lumbar.analytics.motion.MotionState.Bin;
import io.lumbar.analytics.motion.MotionState.Vector;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.Stamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Tells sitting from standing and walking for a sensor on the thigh or loose in a trouser pocket,
 * however it is turned. Pure.
 *
 * <p>Walking shows which way is down for the thigh: the mean acceleration over at least 10 s with
 * the magnitude swinging at the pace of steps. From then on the angle between that direction and
 * the present one tells: beyond 45 degrees the thigh is raised, which is sitting (the threshold of
 * the Acti4 method, Skotte et al. 2014, doi 10.1123/jpah.2011-0347). A phone that is taken out, or
 * that lies flat and dead still, or that has not seen walking for six hours, gives no answer until
 * the next walk: unsure is unknown, never sitting.
 *
 * <p>Features are taken over 2 s windows, once a second. Batches of a device that come out of order
 * are judged by what was learnt so far and teach nothing.
 */
final class MotionPosture {
  private static final double SEATED_DEGREES = 45;
  private static final double MOVING = 0.1;
  private static final double RUNNING = 0.72;
  private static final int LEARN_SECONDS = 10;
  private static final double FEWEST_STEPS_PER_SECOND = 0.7;
  private static final double MOST_STEPS_PER_SECOND = 4;
  private static final double SAME_CARRY_DEGREES = 30;
  private static final double PICKED_UP_DEGREES = 40;
  private static final double PICKED_UP_MOVING = 0.3;
  private static final double DEAD_STILL = 0.004;
  private static final int FLAT_SECONDS = 180;
  private static final double FLAT_TOLERANCE_DEGREES = 20;
  private static final long WALK_MEMORY_SECONDS = 6 * 3600L;
  private static final int LONGEST_GAP_SECONDS = 2;
  private static final int FEWEST_SAMPLES = 3;

  /** How often a posture that goes on is told again. */
  private static final int TELL_EVERY_SECONDS = 15;

  private MotionPosture() {}

  /** The new state, and what to tell: spans that share their start grow. */
  record Step(MotionState state, List<PostureObservation> postures) {}

  static Step advance(MotionState state, MotionBatch batch) {
    boolean late = state.second() != Long.MIN_VALUE && batch.millisAt(0) < state.second() * 1000L;
    MotionState start = late ? detached(state) : state;
    Run run = new Run(start, batch.stamp());
    for (int i = 0; i < batch.size(); i++) {
      run.sample(batch.millisAt(i), batch.x()[i], batch.y()[i], batch.z()[i]);
    }
    run.tell(late);
    return new Step(late ? state : run.state(), run.told);
  }

  /** Knows what was learnt, but not where the stream stands. */
  private static MotionState detached(MotionState state) {
    return new MotionState(
        Long.MIN_VALUE,
        Bin.EMPTY,
        Bin.EMPTY,
        state.down(),
        state.lastWalk(),
        Vector.ZERO,
        0,
        0,
        0,
        Posture.UNKNOWN,
        0,
        0);
  }

  /** One pass over a batch. */
  private static final class Run {
    private final Stamp stamp;
    private final List<PostureObservation> told = new ArrayList<>();
    private long second;
    private Bin filling;
    private Bin before;
    private Vector down;
    private long lastWalk;
    private Vector walk;
    private int walkSeconds;
    private int walkSwings;
    private int still;
    private Posture posture;
    private long runFrom;
    private long toldUntil;

    Run(MotionState state, Stamp stamp) {
      this.stamp = stamp;
      second = state.second();
      filling = state.filling();
      before = state.before();
      down = state.down();
      lastWalk = state.lastWalk();
      walk = state.walk();
      walkSeconds = state.walkSeconds();
      walkSwings = state.walkSwings();
      still = state.stillSeconds();
      posture = state.posture();
      runFrom = state.runFrom();
      toldUntil = state.told();
    }

    void sample(long millis, double x, double y, double z) {
      long at = Math.floorDiv(millis, 1000L);
      if (second == Long.MIN_VALUE) {
        second = at;
      }
      if (at > second) {
        finishSecond();
        if (at - second > LONGEST_GAP_SECONDS) {
          change(Posture.UNKNOWN, second + 1);
          before = Bin.EMPTY;
          filling = Bin.EMPTY;
          walkSeconds = 0;
          still = 0;
        }
        second = at;
      }
      filling = filling.plus(x, y, z);
    }

    private void finishSecond() {
      if (filling.count() >= FEWEST_SAMPLES) {
        Bin window = before.count() == 0 ? filling : before.plus(filling);
        notePickUp(window);
        learn(window);
        change(judge(window), second);
      }
      before = filling;
      filling = filling.next();
    }

    private void notePickUp(Bin window) {
      boolean turned =
          before.count() > 0 && before.mean().angleTo(filling.mean()) > PICKED_UP_DEGREES;
      if (turned && window.deviation() > PICKED_UP_MOVING && stamp.placement() != Placement.THIGH) {
        down = Vector.ZERO;
        walkSeconds = 0;
      }
      still = window.deviation() < DEAD_STILL ? still + 1 : 0;
    }

    private void learn(Bin window) {
      double deviation = window.deviation();
      if (deviation < MOVING || deviation > RUNNING) {
        walkSeconds = 0;
        return;
      }
      if (walkSeconds == 0) {
        walk = Vector.ZERO;
        walkSwings = 0;
      }
      walk = walk.plus(filling.mean(), 1);
      walkSwings += filling.swings();
      walkSeconds++;
      double pace = walkSwings / (double) walkSeconds;
      boolean gait = pace >= FEWEST_STEPS_PER_SECOND && pace <= MOST_STEPS_PER_SECOND;
      if (walkSeconds >= LEARN_SECONDS && gait) {
        boolean sameCarry = down.length() > 0 && down.angleTo(walk) < SAME_CARRY_DEGREES;
        Vector seen = walk.plus(walk, 1.0 / walk.length() - 1);
        down = sameCarry ? down.plus(down, -0.1).plus(seen, 0.1) : seen;
        lastWalk = second;
        walkSeconds = 0;
      }
    }

    private Posture judge(Bin window) {
      Vector reference = reference();
      if (reference.length() == 0) {
        return Posture.UNKNOWN;
      }
      double inclination = window.mean().angleTo(reference);
      boolean flat = Math.abs(inclination - 90) < FLAT_TOLERANCE_DEGREES;
      if (still >= FLAT_SECONDS && flat && stamp.placement() != Placement.THIGH) {
        return Posture.UNKNOWN;
      }
      if (inclination > SEATED_DEGREES) {
        return Posture.SITTING;
      }
      double deviation = window.deviation();
      if (deviation < MOVING) {
        return Posture.STANDING;
      }
      return deviation > RUNNING ? Posture.RUNNING : Posture.WALKING;
    }

    private Vector reference() {
      boolean fresh = down.length() > 0 && second - lastWalk <= WALK_MEMORY_SECONDS;
      if (fresh) {
        return down;
      }
      // A sensor fixed to the thigh is worn with its x axis along it, toward the hip.
      return stamp.placement() == Placement.THIGH ? new Vector(1, 0, 0) : Vector.ZERO;
    }

    private void change(Posture next, long at) {
      if (next != posture) {
        tellUntil(at);
        posture = next;
        runFrom = at;
        toldUntil = at;
      }
    }

    /** Tells what goes on, now and then. */
    void tell(boolean now) {
      if (now && filling.count() > 0) {
        finishSecond();
        second++;
      }
      if (now || toldUntil == runFrom || second - toldUntil >= TELL_EVERY_SECONDS) {
        tellUntil(second);
      }
    }

    private void tellUntil(long end) {
      if (posture.isKnown() && end > runFrom) {
        told.add(
            new PostureObservation(
                stamp,
                posture,
                Instant.ofEpochSecond(runFrom),
                Instant.ofEpochSecond(Math.min(end, runFrom + 86_400)),
                false,
                PostureObservation.Origin.CLASSIFIED,
                PostureObservation.Grade.FINAL,
                null,
                null,
                null,
                Map.of()));
        toldUntil = end;
      }
    }

    MotionState state() {
      return new MotionState(
          second,
          filling,
          before,
          down,
          lastWalk,
          walk,
          walkSeconds,
          walkSwings,
          still,
          posture,
          runFrom,
          toldUntil);
    }
  }
}
