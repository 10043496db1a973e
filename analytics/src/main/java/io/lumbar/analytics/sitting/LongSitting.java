package io.lumbar.analytics.sitting;

import io.lumbar.model.Bout;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.SittingClock;
import io.lumbar.model.SittingClock.Run;
import io.lumbar.model.WearerSettings;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the sitting clock says of sitting that went on too long. Pure. */
final class LongSitting {
  /** Time on the feet that counts as a break. */
  static final long BREAK = SittingClock.BREAK.toMillis();

  /** Unknown time after which the clock is not continued. */
  static final long LONGEST_SUSPENSION = SittingClock.LONGEST_SUSPENSION.toMillis();

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
    return settings.longSittingLevels();
  }

  static boolean isSeated(Posture posture) {
    return SittingClock.isSeated(posture);
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
    return SittingClock.runs(bouts).stream().map(LongSitting::stretch).toList();
  }

  private static Stretch stretch(Run run) {
    Bout newest = run.newest();
    boolean open = run.endedBy() == null && newest.open();
    boolean seatedNow = open && newest.equals(run.lastSeated());
    long seatedTo = run.lastSeated().to().toEpochMilli();
    return new Stretch(
        run.first().from().toEpochMilli(),
        seatedTo,
        seatedNow ? newest.holdsUntil().toEpochMilli() : seatedTo,
        run.seated().toMillis(),
        run.upright().toMillis(),
        newest.posture(),
        run.first().zone(),
        run.lastSeated().placement(),
        open,
        run.endedBy() != null || open ? run.endedBy() : "silence");
  }
}
