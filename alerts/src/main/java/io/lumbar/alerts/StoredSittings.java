package io.lumbar.alerts;

import io.lumbar.model.Bout;
import io.lumbar.model.Episode;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.Posture;
import io.lumbar.model.SittingClock;
import io.lumbar.model.SittingClock.Run;
import io.lumbar.model.StableIds;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns stored bouts into the records of long sitting as they would have come one by one: each
 * level at the instant at which the clock reached it, each change of posture, and the end. Used
 * once.
 */
final class StoredSittings {
  private final WearerId wearer;
  private final WearerSettings settings;
  private final List<Seen> seen = new ArrayList<>();

  /** The bouts since the clock was last reset. */
  private final List<Bout> sinceReset = new ArrayList<>();

  private int level;
  private int revision;

  private StoredSittings(WearerId wearer, WearerSettings settings) {
    this.wearer = wearer;
    this.settings = settings;
  }

  /** A record and when it would have been seen. */
  record Seen(Instant at, Episode episode) {}

  /**
   * The records, in order.
   *
   * @param bouts of all postures, by start, none retracted
   */
  static List<Seen> replay(WearerId wearer, List<Bout> bouts, WearerSettings settings) {
    StoredSittings sittings = new StoredSittings(wearer, settings);
    bouts.forEach(sittings::advance);
    return List.copyOf(sittings.seen);
  }

  private void advance(Bout bout) {
    endBySilence(bout);
    if (SittingClock.isSeated(bout.posture())) {
      sit(bout);
      sinceReset.add(bout);
    } else {
      interrupt(bout);
    }
  }

  /** A gap before a bout can have ended what went before. */
  private void endBySilence(Bout bout) {
    List<Run> runs = runsWith(cut(bout, bout.from()));
    if (!sinceReset.isEmpty() && !runs.isEmpty()) {
      Run earliest = runs.get(0);
      if ("silence".equals(earliest.endedBy())) {
        close(earliest, bout.from());
      }
    }
  }

  private void sit(Bout bout) {
    Run run = last(runsWith(cut(bout, bout.from())));
    if (level > 0) {
      add(bout.from(), run, bout, bout.posture(), true, null);
    }
    for (int next : settings.longSittingLevels()) {
      Duration missing = Duration.ofMinutes(next).minus(run.seated());
      Instant reached = bout.from().plus(missing);
      if (next > level && !missing.isNegative() && !reached.isAfter(bout.to())) {
        level = next;
        add(reached, last(runsWith(cut(bout, reached))), bout, bout.posture(), true, null);
      }
    }
  }

  private void interrupt(Bout bout) {
    if (sinceReset.isEmpty()) {
      return;
    }
    Run before = last(runsWith(cut(bout, bout.from())));
    if (level > 0) {
      add(bout.from(), before, bout, bout.posture(), true, null);
    }
    sinceReset.add(bout);
    Run after = SittingClock.runs(sinceReset).get(0);
    if (after.endedBy() != null) {
      Duration missing = SittingClock.BREAK.minus(before.upright());
      Instant ended = bout.from().plus(missing.isNegative() ? Duration.ZERO : missing);
      close(after, ended.isAfter(bout.to()) ? bout.to() : ended);
    }
  }

  private void close(Run run, Instant at) {
    if (level > 0) {
      add(at, run, run.newest(), run.newest().posture(), false, run.endedBy());
    }
    sinceReset.clear();
    level = 0;
    revision = 0;
  }

  private void add(
      Instant at, Run run, Bout holding, Posture posture, boolean open, @Nullable String endedBy) {
    Instant to = run.lastSeated().to();
    Instant from = run.first().from();
    Episode.Evidence evidence =
        new Episode.Evidence(
            open ? at : to,
            open ? holding.to() : to,
            run.seated().toMillis() / 1000.0,
            posture,
            run.lastSeated().placement());
    seen.add(
        new Seen(
            at,
            new Episode(
                StableIds.episode(wearer, EpisodeKind.LONG_SITTING, from),
                wearer,
                EpisodeKind.LONG_SITTING,
                from,
                to,
                run.first().zone(),
                level,
                open,
                ++revision,
                false,
                evidence,
                endedBy)));
  }

  private List<Run> runsWith(Bout next) {
    List<Bout> bouts = new ArrayList<>(sinceReset);
    bouts.add(next);
    return SittingClock.runs(bouts);
  }

  private static Run last(List<Run> runs) {
    return runs.get(runs.size() - 1);
  }

  private static Bout cut(Bout bout, Instant to) {
    return new Bout(
        bout.id(),
        bout.wearer(),
        bout.posture(),
        bout.from(),
        to,
        to,
        bout.zone(),
        bout.placement(),
        true,
        bout.revision(),
        false,
        Map.of());
  }
}
