package io.lumbar.analytics.trunk;

import io.lumbar.analytics.trunk.TrunkAxes.Direction;
import io.lumbar.analytics.trunk.TrunkStillness.Worn;
import io.lumbar.model.SleepPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What five seconds of a trunk sensor show.
 *
 * @param at their start in epoch milliseconds
 * @param lie how the trunk is turned, or null where that is not known
 * @param awake true while nothing says that the wearer sleeps
 */
record TrunkSlot(long at, Trunk trunk, @Nullable Lie lie, Tilt tilt, boolean awake) {

  /** What a slot is told as; the order has no meaning. */
  enum Trunk {
    OFF,
    /** May be worn or not, or may lie or be upright. */
    UNSURE,
    UPRIGHT,
    LYING,
    SUPINE,
    PRONE,
    LEFT,
    RIGHT,
    THREE_QUARTER_PRONE;

    static Trunk of(SleepPosition position) {
      return switch (position) {
        case SUPINE -> SUPINE;
        case PRONE -> PRONE;
        case LEFT -> LEFT;
        case RIGHT -> RIGHT;
        case THREE_QUARTER_PRONE -> THREE_QUARTER_PRONE;
      };
    }

    /** True for a wearer who lies, in whatever position. */
    boolean lies() {
      return this != OFF && this != UNSURE && this != UPRIGHT;
    }

    Optional<SleepPosition> position() {
      return switch (this) {
        case OFF, UNSURE, UPRIGHT, LYING -> Optional.empty();
        case SUPINE -> Optional.of(SleepPosition.SUPINE);
        case PRONE -> Optional.of(SleepPosition.PRONE);
        case LEFT -> Optional.of(SleepPosition.LEFT);
        case RIGHT -> Optional.of(SleepPosition.RIGHT);
        case THREE_QUARTER_PRONE -> Optional.of(SleepPosition.THREE_QUARTER_PRONE);
      };
    }
  }

  boolean lies() {
    return trunk.lies();
  }

  /** True when the trunk lies on its front, the flat of it or three quarters. */
  boolean isProne() {
    return lies() && lie != null && lie.side() == SleepPosition.PRONE;
  }

  private static final long NONE = Long.MIN_VALUE;

  /** How far back at most a lie is followed that no slot decides by itself. */
  static final long UNDECIDED_MILLIS = 12 * 3_600_000L;

  /**
   * Where the judging of slots from a time on has to begin, so that it is known whether the trunk
   * lay before: at the last slot that is lying by itself, or before which the trunk was upright for
   * longer than a turn takes, if the first ones after that time do not tell.
   */
  static long begin(long from, TrunkMinutes minutes, TrunkFrame frame) {
    long heard = from;
    long upright = NONE;
    for (long start = from; from - start <= UNDECIDED_MILLIS; start -= TrunkMinute.MILLIS) {
      TrunkMinute minute = minutes.find(start);
      for (int i = TrunkMinute.SLOTS - 1; minute != null && i >= 0; i--) {
        Optional<Direction> mean = minute.mean(i);
        // Slots behind the time itself show nothing of what was before.
        if (mean.isPresent() && (start < from || i == 0)) {
          heard = start;
          long at = start + i * TrunkMinute.SLOT_MILLIS;
          Tilt tilt = tilt(frame, mean.get());
          boolean upLong = upright != NONE && upright - at > Lying.LONGEST_TURN_MILLIS;
          if (upLong || Lying.lies(tilt)) {
            return start;
          }
          upright = !Lying.isUpright(tilt) ? NONE : upright == NONE ? at : upright;
        }
      }
      if (heard - start > Lying.LONGEST_SILENCE_MILLIS + TrunkMinute.MILLIS) {
        return heard;
      }
    }
    return heard;
  }

  private static Tilt tilt(TrunkFrame frame, Direction value) {
    return frame.axes().tilt(value.x(), value.y(), value.z());
  }

  /**
   * The slots in [from, to) in which something was heard, by time. Each one bears on those after
   * it, so that {@code from} must lie well before what is asked for.
   *
   * @param stillness tells in which minutes the sensor is not worn
   */
  static List<TrunkSlot> between(
      long from, long to, TrunkMinutes minutes, TrunkStillness stillness, TrunkFrame frame) {
    List<TrunkSlot> slots = new ArrayList<>();
    SleepPositionState position = SleepPositionState.START;
    LyingState lying = LyingState.START;
    SleepOnsetState sleep = SleepOnsetState.START;
    long begin = begin(from, minutes, frame);
    NavigableMap<Long, Worn> still = stillness.still(begin, to);
    for (long start = begin; start < to; start += TrunkMinute.MILLIS) {
      TrunkMinute minute = minutes.find(start);
      Worn worn = still.get(start);
      for (int i = 0; minute != null && i < TrunkMinute.SLOTS; i++) {
        Optional<Direction> mean = minute.mean(i);
        if (mean.isPresent()) {
          long at = start + i * TrunkMinute.SLOT_MILLIS;
          Direction value = mean.get();
          Tilt tilt = tilt(frame, value);
          position = SleepPositions.advance(position, at, tilt);
          Lie lie = frame.frontKnown() ? position.lie() : null;
          lying = worn != null ? LyingState.START : Lying.advance(lying, at, tilt, lie);
          if (start < from) {
            continue;
          }
          sleep = lying.lying() ? SleepOnset.advance(sleep, at, value) : SleepOnsetState.START;
          Trunk trunk = trunk(worn, lying, lie, frame.mayStand(tilt));
          slots.add(new TrunkSlot(at, trunk, lie, tilt, sleep.awake()));
        }
      }
    }
    return slots;
  }

  private static Trunk trunk(
      @Nullable Worn worn, LyingState lying, @Nullable Lie lie, boolean mayStand) {
    if (worn != null) {
      return worn == Worn.NO ? Trunk.OFF : Trunk.UNSURE;
    }
    if (!lying.lying()) {
      return Trunk.UPRIGHT;
    }
    if (mayStand) {
      return Trunk.UNSURE;
    }
    return lie == null ? Trunk.LYING : Trunk.of(lie.position());
  }
}
