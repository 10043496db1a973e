package io.lumbar.analytics.presence;

import io.lumbar.analytics.presence.CellLog.Marks;
import io.lumbar.analytics.presence.Needs.Kind;
import io.lumbar.analytics.presence.Needs.Need;
import io.lumbar.analytics.stream.EpisodeLedger;
import io.lumbar.analytics.stream.PosturesJudged;
import io.lumbar.analytics.stream.Span;
import io.lumbar.analytics.stream.StoreKeys;
import io.lumbar.analytics.stream.WearerBook;
import io.lumbar.model.BatteryObservation;
import io.lumbar.model.Episode;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.Posture;
import io.lumbar.model.StableIds;
import io.lumbar.model.WearerId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Brings the published episodes of what sensors need in line with what they said: a function of the
 * set of what came and of the present.
 *
 * <p>The level of an episode is 1 when a battery needs charging and 2 when a sensor needs to learn
 * its position; its evidence names the placement.
 */
final class NeedWatch {
  /** How far a reading reaches: a need that follows another sensor's may be as long as both. */
  private static final long REACH = 2 * Needs.LONGEST;

  private final CellLog tracks;
  private final EpisodeLedger episodes;
  private final WearerBook wearers;

  NeedWatch(CellLog tracks, EpisodeLedger episodes, WearerBook wearers) {
    this.tracks = tracks;
    this.episodes = episodes;
    this.wearers = wearers;
  }

  /**
   * What has to be published.
   *
   * @param waits whether a need may go on, which is to be looked at once everything is read
   * @param lookAgain when time alone may change something again
   */
  record Changes(List<Episode> episodes, boolean waits, OptionalLong lookAgain) {
    private static final Changes NONE = new Changes(List.of(), false, OptionalLong.empty());
  }

  /** Takes a battery's reading. */
  Changes note(WearerId wearer, BatteryObservation one, long now, boolean live) {
    OptionalInt marks = Tracks.battery(one);
    long cell = CellLog.cellOf(one.at().toEpochMilli());
    String track = Tracks.of(one.stamp(), Kind.CHARGING);
    return marks.isPresent() && tracks.add(wearer, track, cell, cell, marks.getAsInt()) != 0
        ? changed(wearer, track, cell, cell, now, live)
        : Changes.NONE;
  }

  /** Takes what our own classifier told of ten minutes, in place of what it told before. */
  Changes note(WearerId wearer, PosturesJudged judged, long now, boolean live) {
    if (!Tracks.learnsItsPosition(judged.stamp().placement())) {
      return Changes.NONE;
    }
    String track = Tracks.of(judged.stamp(), Kind.POSITION);
    long first = CellLog.cellOf(judged.from().toEpochMilli());
    long last = first + StoreKeys.CHUNK / Cells.CELL - 1;
    boolean changes = false;
    for (long cell = first; cell <= last; cell++) {
      changes |= tracks.set(wearer, track, cell, Tracks.position(judged.postures(), cell));
    }
    return changes ? changed(wearer, track, first, last, now, live) : Changes.NONE;
  }

  private Changes changed(
      WearerId wearer, String track, long first, long last, long now, boolean live) {
    boolean needed =
        hasBad(tracks.read(wearer, track, first - Needs.LONGEST, last + Needs.LONGEST))
            || episodes.any(
                wearer,
                EpisodeKind.DEVICE_CARE,
                new Span(first * Cells.CELL, (last + 1) * Cells.CELL));
    return needed ? update(wearer, first - REACH, last + REACH, now, live) : Changes.NONE;
  }

  private static boolean hasBad(Marks marks) {
    for (long cell = marks.first(); cell <= marks.last(); cell++) {
      if ((marks.at(cell) & Needs.BAD) != 0) {
        return true;
      }
    }
    return false;
  }

  /** Looks at the needs that go on; only when everything that came was read. */
  Changes timePassed(WearerId wearer, long now) {
    long cell = CellLog.cellOf(now);
    return update(wearer, cell - REACH, cell, now, true);
  }

  private Changes update(WearerId wearer, long from, long to, long now, boolean live) {
    long present = CellLog.cellOf(now);
    long end = to;
    boolean waits = false;
    OptionalLong again = OptionalLong.empty();
    List<Episode> truth = new ArrayList<>();
    for (Need need : Needs.of(tracks.tracks(wearer, from - REACH, to + REACH))) {
      boolean here = need.first() >= from && need.first() <= to;
      if (here && need.goesOn(present) && !live) {
        // Whether it goes on may stand in what was not read yet.
        waits = true;
        end = Math.min(end, need.first() - 1);
      } else if (here && need.first() <= end) {
        boolean open = need.goesOn(present);
        truth.add(episode(wearer, need, open));
        if (open) {
          again = OptionalLong.of(need.forgottenAt() * Cells.CELL);
        }
      }
    }
    Span starts = new Span(from * Cells.CELL, Math.max(from, end + 1) * Cells.CELL);
    return new Changes(
        episodes.replaceStarting(wearer, EpisodeKind.DEVICE_CARE, starts, truth), waits, again);
  }

  private Episode episode(WearerId wearer, Need need, boolean open) {
    Instant from = instant(need.first());
    Instant shown = instant(need.shown() + 1);
    Instant end = instant(need.end());
    Instant to = open || end.isBefore(shown) ? shown : end;
    return new Episode(
        StableIds.episode(wearer, EpisodeKind.DEVICE_CARE, from),
        wearer,
        EpisodeKind.DEVICE_CARE,
        from,
        to,
        wearers.zoneAt(wearer, from.toEpochMilli()),
        need.kind().level(),
        open,
        0,
        false,
        new Episode.Evidence(
            to,
            to,
            (to.toEpochMilli() - from.toEpochMilli()) / 1000.0,
            Posture.UNKNOWN,
            Tracks.placementOf(need.track())),
        open ? null : need.met() ? need.kind().metBy() : "silence");
  }

  private static Instant instant(long cell) {
    return Instant.ofEpochMilli(cell * Cells.CELL);
  }
}
