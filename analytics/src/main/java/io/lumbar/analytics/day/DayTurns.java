package io.lumbar.analytics.day;

import io.lumbar.analytics.stream.Span;
import io.lumbar.analytics.stream.Timers;
import io.lumbar.model.TimerGuard;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Which days have not begun, go on or are over. A day that goes on holds less than a whole one, and
 * must not be compared with whole ones; when it is over, it has to be looked at again although
 * nothing new has come.
 *
 * <p>A day is over once its timer is gone, not once the clock says so: what follows from that then
 * changes in one moment.
 */
final class DayTurns {
  private final Timers timers;
  private final InstantSource clock;

  DayTurns(Timers timers, InstantSource clock) {
    this.timers = timers;
    this.clock = clock;
  }

  /** Takes note of a day; returns whether it is over now and was not before, or the other way. */
  boolean watch(String key, Span day) {
    boolean before = timers.isSet(key);
    long now = clock.millis();
    boolean over = day.to() <= now;
    timers.set(
        key,
        over ? OptionalLong.empty() : OptionalLong.of(day.from() > now ? day.from() : day.to()));
    return before == over;
  }

  /** Whether a day that was noted is over; one that was not noted is. */
  boolean isOver(String key) {
    return !timers.isSet(key);
  }

  boolean hasBegun(Span day) {
    return day.from() <= clock.millis();
  }

  /** The next instant at which a day turns, in epoch milliseconds. */
  OptionalLong next() {
    return timers.next();
  }

  /** Looks at a day that begins or ends by now; false when there is none. */
  boolean lookAtTurned(TimerGuard guard, Consumer<String> look) {
    return timers.lookAtNext(clock.millis(), guard, look);
  }

  void drop(String wearer) {
    timers.drop(wearer);
  }
}
