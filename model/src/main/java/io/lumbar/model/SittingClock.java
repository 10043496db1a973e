package io.lumbar.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The clock of unbroken sitting. Pure: the same bouts give the same runs.
 *
 * <p>It runs while the wearer sits, or rides in a vehicle. At least 60 s on the feet or lying
 * between two sittings, in all, reset it; less does not. Time of which nothing is known, and time
 * in which the sensor was not worn, suspends it; after more than 30 min of that nobody knows
 * whether the wearer stood up, so the clock starts anew.
 *
 * <p>Example: sitting 9:00-9:20, standing 40 s, sitting to 9:31 is one run of 30 min 20 s and
 * reaches 30 min at 9:30:40; with 60 s of standing it would be two of under 30 min.
 */
public final class SittingClock {
  /** Time on the feet that counts as a break. */
  public static final Duration BREAK = Duration.ofSeconds(60);

  /** Unknown time after which the clock is not continued. */
  public static final Duration LONGEST_SUSPENSION = Duration.ofMinutes(30);

  private final List<Run> ended = new ArrayList<>();
  private @Nullable Bout first;
  private @Nullable Bout lastSeated;
  private @Nullable Bout newest;
  private Duration seated = Duration.ZERO;
  private Duration upright = Duration.ZERO;
  private Duration suspended = Duration.ZERO;

  private SittingClock() {}

  /**
   * The clock from a start to its reset, or to the newest bout.
   *
   * @param first the sitting it started with
   * @param lastSeated the sitting it ran through last
   * @param newest the last bout that did not reset it
   * @param seated time on the clock
   * @param upright time on the feet or lying since the last sitting, of a break that reset it too
   * @param endedBy what reset it, a posture or {@code silence}; null while nothing has
   */
  public record Run(
      Bout first,
      Bout lastSeated,
      Bout newest,
      Duration seated,
      Duration upright,
      @Nullable String endedBy) {}

  /** All runs in these bouts, which come by start; only the last may go on. */
  public static List<Run> runs(List<Bout> bouts) {
    SittingClock clock = new SittingClock();
    bouts.forEach(clock::advance);
    clock.end(null);
    return clock.ended;
  }

  /** Whether the clock runs in this posture. */
  public static boolean isSeated(Posture posture) {
    return posture == Posture.SITTING || posture == Posture.TRAVELLING;
  }

  private void advance(Bout bout) {
    if (newest != null) {
      suspend(longer(Duration.between(newest.to(), bout.from()), Duration.ZERO), "silence");
    }
    Duration length = Duration.between(bout.from(), bout.to());
    if (isSeated(bout.posture())) {
      first = first == null ? bout : first;
      lastSeated = bout;
      seated = seated.plus(length);
      upright = Duration.ZERO;
      suspended = Duration.ZERO;
    } else if (bout.posture() == Posture.NOT_WORN) {
      suspend(length, bout.posture().wireName());
    } else {
      upright = upright.plus(length);
      if (upright.compareTo(BREAK) >= 0) {
        end(bout.posture().wireName());
      }
    }
    newest = bout;
  }

  private void suspend(Duration time, String by) {
    suspended = suspended.plus(time);
    if (suspended.compareTo(LONGEST_SUSPENSION) > 0) {
      end(by);
    }
  }

  private void end(@Nullable String by) {
    if (first != null && lastSeated != null && newest != null) {
      ended.add(new Run(first, lastSeated, newest, seated, upright, by));
    }
    first = null;
    lastSeated = null;
    seated = Duration.ZERO;
    upright = Duration.ZERO;
    suspended = Duration.ZERO;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
