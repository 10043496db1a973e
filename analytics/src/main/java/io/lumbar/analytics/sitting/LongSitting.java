package io.lumbar.analytics.sitting;

import io.lumbar.model.Bout;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.WearerSettings;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sitting clock: finds stretches of sitting that went on too long. Pure.
 *
 * <p>The clock runs while the wearer sits, or rides in a vehicle. At least 60 s on the feet or
 * lying between two sittings reset it; less does not. Time of which nothing is known, and time in
 * which the sensor was not worn, suspends it; after more than 30 min of that nobody knows whether
 * the wearer stood up, so the clock starts anew.
 *
 * <p>Example: sitting 9:00-9:20, standing 40 s, sitting to 9:31 is one stretch of 30 min 20 s and
 * reaches 30 min at 9:30:40; with 60 s of standing it would be two of under 30 min.
 */
final class LongSitting {
  /** Time on the feet that counts as a break. */
  static final long BREAK = Duration.ofSeconds(60).toMillis();

  /** Unknown time after which the clock is not continued. */
  static final long LONGEST_SUSPENSION = Duration.ofMinutes(30).toMillis();

  private static final int[] HIGHER_LEVELS = {60, 75, 90};

  private LongSitting() {}

  /**
   * A stretch of sitting on one clock.
   *
   * @param seatedMillis time on the clock
   * @param breakMillis time of the break that is going on, 0 while seated
   * @param posture the newest posture in it
   * @param endedBy what ended it, or null while it goes on
   */
  record Stretch(
      long from,
      long to,
      long holdsUntil,
      long seatedMillis,
      long breakMillis,
      Posture posture,
      ZoneId zone,
      Placement source,
      boolean open,
      @Nullable String endedBy) {

    /** The highest level reached in minutes, or 0 below the first. */
    int level(WearerSettings settings) {
      int reached = 0;
      for (int level : levels(settings)) {
        if (seatedMillis >= level * 60_000L) {
          reached = level;
        }
      }
      return reached;
    }

    /** Time on the clock that is missing until the next level, or -1 when none is left. */
    long millisToNextLevel(WearerSettings settings) {
      for (int level : levels(settings)) {
        if (seatedMillis < level * 60_000L) {
          return level * 60_000L - seatedMillis;
        }
      }
      return -1;
    }
  }

  /** The steps that alert, and above them the levels that only tell how far it has come. */
  static List<Integer> levels(WearerSettings settings) {
    List<Integer> levels = new ArrayList<>();
    levels.add(settings.longSittingMinutes());
    levels.add(settings.longSittingMinutes() + settings.repeatMinutes());
    for (int level : HIGHER_LEVELS) {
      if (level > levels.get(levels.size() - 1)) {
        levels.add(level);
      }
    }
    return levels;
  }

  static boolean isSeated(Posture posture) {
    return posture == Posture.SITTING || posture == Posture.TRAVELLING;
  }

  /**
   * True when no stretch can reach over the boundary between two neighbouring bouts, whatever
   * stands on either side: the suspension between them alone is too long.
   */
  static boolean suspensionResets(Bout before, Bout after) {
    return after.from().toEpochMilli() - before.to().toEpochMilli() > LONGEST_SUSPENSION;
  }

  /** True when a bout alone ends every stretch. */
  static boolean resets(Bout bout) {
    long length = bout.to().toEpochMilli() - bout.from().toEpochMilli();
    return bout.posture() == Posture.NOT_WORN
        ? length > LONGEST_SUSPENSION
        : !isSeated(bout.posture()) && length >= BREAK;
  }

  /** All stretches in these bouts, which come by start. */
  static List<Stretch> stretches(List<Bout> bouts) {
    List<Stretch> stretches = new ArrayList<>();
    Clock clock = new Clock();
    for (Bout bout : bouts) {
      clock.advance(bout, stretches);
    }
    if (clock.running) {
      stretches.add(clock.stretch(null));
    }
    return stretches;
  }

  /** The state of one pass over the bouts. */
  private static final class Clock {
    private boolean running;
    private long from;
    private long lastSeatedTo;
    private long previousTo;
    private long seated;
    private long upright;
    private long suspended;
    private @Nullable Bout first;
    private @Nullable Bout lastSeated;
    private @Nullable Bout newest;

    void advance(Bout bout, List<Stretch> done) {
      long start = bout.from().toEpochMilli();
      long end = bout.to().toEpochMilli();
      if (running) {
        suspended += Math.max(0, start - previousTo);
        if (suspended > LONGEST_SUSPENSION) {
          finish(done, "silence");
        }
      }
      if (isSeated(bout.posture())) {
        if (!running) {
          start(bout);
        }
        seated += end - start;
        upright = 0;
        suspended = 0;
        lastSeatedTo = end;
        lastSeated = bout;
      } else if (running && bout.posture() == Posture.NOT_WORN) {
        suspended += end - start;
        if (suspended > LONGEST_SUSPENSION) {
          finish(done, bout.posture().wireName());
        }
      } else if (running) {
        upright += end - start;
        if (upright >= BREAK) {
          finish(done, bout.posture().wireName());
        }
      }
      previousTo = end;
      newest = bout;
    }

    private void start(Bout bout) {
      running = true;
      first = bout;
      from = bout.from().toEpochMilli();
      seated = 0;
    }

    private void finish(List<Stretch> done, String endedBy) {
      done.add(stretch(endedBy));
      running = false;
      upright = 0;
      suspended = 0;
    }

    @SuppressWarnings("NullAway") // set by start() and advance() before anything can finish
    private Stretch stretch(@Nullable String endedBy) {
      boolean seatedNow = newest.equals(lastSeated);
      boolean open = endedBy == null && newest.open();
      return new Stretch(
          from,
          lastSeatedTo,
          seatedNow && open ? newest.holdsUntil().toEpochMilli() : lastSeatedTo,
          seated,
          upright,
          newest.posture(),
          first.zone(),
          lastSeated.placement(),
          open,
          endedBy != null || open ? endedBy : "silence");
    }
  }
}
