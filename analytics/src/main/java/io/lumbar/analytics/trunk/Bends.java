package io.lumbar.analytics.trunk;

import io.lumbar.analytics.trunk.BendState.Held;
import io.lumbar.analytics.trunk.BendState.Legs;
import io.lumbar.analytics.trunk.BendState.Open;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds bends: the trunk of a person on the feet goes forward and comes back. Pure; readings go in
 * by time, at 5 Hz or more.
 *
 * <p>The reading is smoothed below 2 Hz. A bend is open from 30 degrees forward until the trunk has
 * been under 25 for half a second, counts when its deepest point reaches 36 degrees, and lasts at
 * least 0.6 s. Angles are against the axes' upright, so the axes must be levelled to the wearer.
 *
 * <p>How long the trunk is held forward is found apart, because ISO 11226 limits that from 20
 * degrees on: a {@link Bend.Style#HELD} one is open from 20 degrees until the trunk has been under
 * 15 for half a second, with all bends and pauses in it, and is told where it may be a sustained
 * one by some wearer's setting. A thigh that is raised for most of it is that of somebody who sits.
 *
 * <p>What is not a bend: to lie down or get up (the trunk lies within five seconds), and, where a
 * thigh or pocket sensor tells its inclination, to sit down, to stand up or to reach from a chair:
 * the thigh was raised before, or stays so for two seconds after. Without such a sensor sitting
 * down looks like a bend. A gap of over a second ends a bend without counting it.
 */
public final class Bends {
  private static final double COUNTED_DEGREES = 36;
  private static final Limit OPEN = Limit.of(30);
  private static final double CLOSED_DEGREES = 25;
  private static final Limit HELD = Limit.of(20);
  private static final double HELD_CLOSED_DEGREES = 15;
  private static final long CLOSED_MILLIS = 500;
  private static final long SHORTEST_MILLIS = 600;
  private static final long LONGEST_GAP_MILLIS = 1000;
  private static final double CUTOFF_HERTZ = 2;
  private static final double RAISED_DEGREES = 45;
  private static final long SEATED_MILLIS = 500;
  private static final Limit SEATED_FORWARD = Limit.of(15);
  private static final long SETTLE_MILLIS = 2000;
  private static final long LYING_NEAR_MILLIS = 5000;
  private static final Limit LYING = Limit.of(60);
  private static final Limit LYING_SIDEWAYS = Limit.of(50);
  private static final double NEAR_PEAK = 0.8;
  private static final double STOOP_BELOW_DEGREES = 30;
  private static final double SQUAT_FROM_DEGREES = 50;

  /** How far a reading moves a step of the smoothing, by the milliseconds since the last one. */
  private static final double[] SHARES = new double[(int) LONGEST_GAP_MILLIS + 1];

  static {
    for (int millis = 0; millis < SHARES.length; millis++) {
      SHARES[millis] = -Math.expm1(-2 * Math.PI * CUTOFF_HERTZ * millis / 1000.0);
    }
  }

  private Bends() {}

  /**
   * What one reading brings.
   *
   * @param bend a bend that is certain now, or null
   * @param held a time held forward that is certain now, or null
   */
  public record Step(BendState state, @Nullable Bend bend, @Nullable Bend held) {
    /** What is certain now. */
    Stream<Bend> all() {
      return Stream.of(Optional.ofNullable(bend), Optional.ofNullable(held))
          .flatMap(Optional::stream);
    }
  }

  /**
   * Takes one reading.
   *
   * @param thighDegrees inclination of the thigh, 0 standing, NaN where it is not known
   * @param lies true when the trunk is known to lie, on the front too
   */
  static Step advance(BendState state, long at, Tilt tilt, double thighDegrees, boolean lies) {
    if (at - state.at() > LONGEST_GAP_MILLIS) {
      Legs legs = legs(Legs.UNKNOWN, at, tilt, thighDegrees);
      return new Step(
          new BendState(at, tilt, tilt, legs, BendState.NEVER, null, null, null, null),
          state.waiting(),
          state.heldWaiting());
    }
    double share = SHARES[(int) (at - state.at())];
    Tilt half = state.half().toward(tilt, share);
    Tilt smooth = state.smooth().toward(half, share);
    Legs legs = legs(state.legs(), at, smooth, thighDegrees);
    long lying = lies || lies(smooth) ? at : state.lyingAt();
    Bend waiting = waitOn(state.waiting(), legs, lying);
    Bend certain = null;
    if (waiting != null && at - waiting.to() >= LYING_NEAR_MILLIS) {
      certain = waiting;
      waiting = null;
    }
    Open open = state.open();
    if (open == null && lying != at && OPEN.isForwardBeyond(smooth)) {
      open = new Open(at, BendState.NEVER, at, 0, 0, 0, 0, 0);
    }
    if (open != null) {
      open = deeper(open, at, smooth.forward(), thighDegrees);
      if (open.back() != BendState.NEVER && at - open.back() >= CLOSED_MILLIS) {
        Bend over = close(open, legs, lying);
        if (over != null) {
          certain = waiting == null ? certain : waiting;
          waiting = over;
        }
        open = null;
      }
    }
    Bend heldWaiting = waitOn(state.heldWaiting(), legs, lying);
    Bend heldCertain = null;
    if (heldWaiting != null && at - heldWaiting.to() >= LYING_NEAR_MILLIS) {
      heldCertain = heldWaiting;
      heldWaiting = null;
    }
    Held held = state.held();
    if (held == null && lying != at && HELD.isForwardBeyond(smooth)) {
      held = Held.from(at);
    }
    if (held != null) {
      held = held.with(at, smooth.forward(), HELD_CLOSED_DEGREES, thighDegrees > RAISED_DEGREES);
      if (held.back() != BendState.NEVER && at - held.back() >= CLOSED_MILLIS) {
        Bend over = close(held, legs, lying);
        if (over != null) {
          heldCertain = heldWaiting == null ? heldCertain : heldWaiting;
          heldWaiting = over;
        }
        held = null;
      }
    }
    return new Step(
        new BendState(at, half, smooth, legs, lying, open, waiting, held, heldWaiting),
        certain,
        heldCertain);
  }

  /** What is certain once no reading follows. */
  public static List<Bend> atEnd(BendState state) {
    return Stream.of(Optional.ofNullable(state.waiting()), Optional.ofNullable(state.heldWaiting()))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Legs legs(Legs before, long at, Tilt trunk, double thighDegrees) {
    // An unknown inclination is NaN, and not a raised thigh.
    if (!(thighDegrees > RAISED_DEGREES)) {
      return new Legs(BendState.NEVER, before.seatedAt());
    }
    if (SEATED_FORWARD.isForwardTo(trunk)) {
      return new Legs(BendState.NEVER, before.seatedAt());
    }
    long since = before.uprightSince() == BendState.NEVER ? at : before.uprightSince();
    return new Legs(since, at - since >= SEATED_MILLIS ? at : before.seatedAt());
  }

  /** On the back or a side; a trunk that is face down may be in a deep bend. */
  private static boolean lies(Tilt tilt) {
    boolean back = LYING.isInclinedBeyond(tilt) && tilt.forward() < 0;
    return back || LYING_SIDEWAYS.isSidewaysBeyond(tilt);
  }

  private static @Nullable Bend waitOn(@Nullable Bend waiting, Legs legs, long lying) {
    boolean gone =
        waiting == null
            || lying >= waiting.from()
            || (legs.seatedAt() > waiting.from()
                && legs.seatedAt() <= waiting.to() + SETTLE_MILLIS);
    return gone ? null : waiting;
  }

  private static Open deeper(Open open, long at, double forward, double thigh) {
    long back =
        forward >= CLOSED_DEGREES
            ? BendState.NEVER
            : open.back() == BendState.NEVER ? at : open.back();
    double sum = open.thighSum();
    int count = open.thighCount();
    boolean peaks = forward > open.peak();
    double peak = Math.max(forward, open.peak());
    if (peaks && open.peak() < NEAR_PEAK * forward) {
      sum = 0;
      count = 0;
    }
    if (!Double.isNaN(thigh) && forward >= NEAR_PEAK * peak) {
      sum += thigh;
      count++;
    }
    boolean bent = back == BendState.NEVER;
    return new Open(
        open.from(),
        back,
        peaks ? at : open.peakAt(),
        peak,
        open.forwardSum() + (bent ? forward : 0),
        open.forwardCount() + (bent ? 1 : 0),
        sum,
        count);
  }

  private static @Nullable Bend close(Open open, Legs legs, long lying) {
    boolean counts =
        open.peak() >= COUNTED_DEGREES
            && open.back() - open.from() >= SHORTEST_MILLIS
            && legs.seatedAt() < open.from() - SETTLE_MILLIS
            && lying < open.from() - LYING_NEAR_MILLIS;
    if (!counts) {
      return null;
    }
    double mean = open.forwardSum() / Math.max(1, open.forwardCount());
    return new Bend(open.from(), open.back(), open.peakAt(), open.peak(), mean, style(open));
  }

  private static @Nullable Bend close(Held held, Legs legs, long lying) {
    boolean counts =
        held.percent() > Bend.LEAST_HOLD_PERCENT
            && held.raisedShare() <= 0.5
            && legs.seatedAt() < held.from() - SETTLE_MILLIS
            && lying < held.from() - LYING_NEAR_MILLIS;
    return counts ? held.asBend() : null;
  }

  private static Bend.Style style(Open open) {
    if (open.thighCount() == 0) {
      return Bend.Style.UNKNOWN;
    }
    double thigh = open.thighSum() / open.thighCount();
    if (thigh < STOOP_BELOW_DEGREES) {
      return Bend.Style.STOOP;
    }
    return thigh >= SQUAT_FROM_DEGREES ? Bend.Style.SQUAT : Bend.Style.MIXED;
  }
}
