package io.lumbar.analytics.presence;

import io.lumbar.analytics.presence.CellLog.Marks;
import io.lumbar.analytics.presence.Silences.Gap;
import io.lumbar.analytics.stream.EpisodeLedger;
import io.lumbar.analytics.stream.RecentlyUsed;
import io.lumbar.analytics.stream.Span;
import io.lumbar.analytics.stream.WearerBook;
import io.lumbar.model.Episode;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.StableIds;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerSettings;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Brings the published episodes of silence in line with what is heard of a wearer: a function of
 * the set of what came and of the present, to five minutes.
 *
 * <p>One that goes on reaches to the instant at which it became one and stays so until data comes,
 * so that it is told then or not at all.
 */
final class SilenceWatch {
  private static final int RECENT = 32_768;
  private static final String ONLY_TRACK = "";
  private static final long LONGEST = Silences.LONGEST * Cells.CELL;

  private final CellLog heard;
  private final EpisodeLedger episodes;
  private final WearerBook wearers;
  private final Map<String, Newest> newest = new RecentlyUsed<>(RECENT);

  /** The last cell in which a wearer is heard of, with its marks. */
  private record Newest(long cell, int marks) {}

  /**
   * What time alone changed.
   *
   * @param lookAgain when it may change something again
   */
  record Passed(List<Episode> episodes, OptionalLong lookAgain) {}

  SilenceWatch(CellLog heard, EpisodeLedger episodes, WearerBook wearers) {
    this.heard = heard;
    this.episodes = episodes;
    this.wearers = wearers;
  }

  /** Forgets what is at hand of a wearer, of whom nothing is stored any more. */
  void drop(String wearer) {
    newest.remove(wearer);
  }

  /** Takes a sign; returns the episodes to publish, or empty when nothing of it was new. */
  Optional<List<Episode>> note(WearerId wearer, Sign sign) {
    Newest known = newest(wearer);
    if (known != null && isKnown(known, sign)) {
      return Optional.empty();
    }
    long before = known == null ? sign.first() - 1 : known.cell();
    int within = add(wearer, sign.first(), Math.min(sign.last(), before), sign.marks());
    int beyond = add(wearer, Math.max(sign.first(), before + 1), sign.last(), sign.marks());
    if (within == 0 && beyond == 0) {
      return Optional.empty();
    }
    long last = Math.max(before, sign.last());
    int marks = known != null && last == before ? known.marks() : 0;
    newest.put(
        wearer.value(), new Newest(last, sign.last() == last ? marks | sign.marks() : marks));
    boolean bears =
        known != null
            && (sign.first() > before + 1
                || (within & Sign.HEARD) != 0
                || (within != 0 && hasGap(wearer, sign.last(), last))
                || (beyond != 0 && stands(wearer, before + 1)));
    return Optional.of(
        bears
            ? replaceEnded(
                wearer,
                sign.first() - Silences.LONGEST,
                Math.min(sign.last() + Silences.BEFORE, last))
            : List.of());
  }

  /** Looks again at the silences that ended in a span, by the thresholds that hold now. */
  List<Episode> judgeAgain(WearerId wearer, Span span) {
    Newest known = newest(wearer);
    if (known == null) {
      return List.of();
    }
    long first = Math.floorDiv(span.from(), Cells.CELL) - Silences.LONGEST;
    long last = Math.min(Math.floorDiv(span.to(), Cells.CELL), known.cell());
    return first > last ? List.of() : replaceEnded(wearer, first, last);
  }

  private static boolean isKnown(Newest known, Sign sign) {
    return sign.first() == known.cell()
        && sign.last() == known.cell()
        && (known.marks() & sign.marks()) == sign.marks();
  }

  private int add(WearerId wearer, long first, long last, int marks) {
    return first > last ? 0 : heard.add(wearer, ONLY_TRACK, first, last, marks);
  }

  private boolean hasGap(WearerId wearer, long cell, long last) {
    long end = Math.min(cell + Silences.BEFORE, last);
    if (cell >= end) {
      return false;
    }
    Marks marks = heard.read(wearer, ONLY_TRACK, cell, end);
    for (long next = cell + 1; next < end; next++) {
      if (!Silences.isHeard(marks, next)) {
        return true;
      }
    }
    return false;
  }

  private boolean stands(WearerId wearer, long first) {
    long from = first * Cells.CELL;
    return episodes.any(wearer, EpisodeKind.DATA_SILENCE, new Span(from, from + 1));
  }

  private List<Episode> replaceEnded(WearerId wearer, long from, long to) {
    Marks marks = heard.read(wearer, ONLY_TRACK, from - Silences.BEFORE, to + Silences.LONGEST + 1);
    List<Episode> truth = new ArrayList<>();
    for (Gap gap : Silences.ended(marks, from, to)) {
      long start = gap.first() * Cells.CELL;
      long end = gap.end() * Cells.CELL;
      if (dueOf(wearer, start, end) <= end) {
        truth.add(episode(wearer, start, end, "data", end));
      }
    }
    return replace(wearer, from, to, truth);
  }

  /** When the silence since the last that was heard becomes an episode, in epoch milliseconds. */
  OptionalLong due(WearerId wearer, long now) {
    Newest known = newest(wearer);
    return known == null
        ? OptionalLong.empty()
        : OptionalLong.of(dueOf(wearer, (known.cell() + 1) * Cells.CELL, now));
  }

  /** By what holds when the silence ends, or now. */
  private long dueOf(WearerId wearer, long start, long judged) {
    WearerSettings settings = wearers.settingsAt(wearer, judged);
    return WakingTime.after(
        start, settings.detection().silenceMinutes(), settings, wearers.zoneAt(wearer, start));
  }

  /** Looks at the silence that goes on; only when everything that came was read. */
  Passed timePassed(WearerId wearer, long now) {
    Newest known = newest(wearer);
    if (known == null) {
      return new Passed(List.of(), OptionalLong.empty());
    }
    long first = known.cell() + 1;
    long start = first * Cells.CELL;
    long due = dueOf(wearer, start, now);
    long end = start + LONGEST;
    boolean counts =
        Silences.counts(heard.read(wearer, ONLY_TRACK, first - Silences.BEFORE, first), first);
    List<Episode> truth =
        counts && due <= now && now < end
            ? List.of(episode(wearer, start, due, null, now))
            : List.of();
    return new Passed(
        replace(wearer, first, first, truth),
        now < due && due < end
            ? OptionalLong.of(due)
            : now < end && counts ? OptionalLong.of(end) : OptionalLong.empty());
  }

  private List<Episode> replace(WearerId wearer, long from, long to, List<Episode> truth) {
    Span starts = new Span(from * Cells.CELL, (to + 1) * Cells.CELL);
    return episodes.replaceStarting(wearer, EpisodeKind.DATA_SILENCE, starts, truth);
  }

  private Episode episode(
      WearerId wearer, long start, long end, @Nullable String endedBy, long judged) {
    Instant from = Instant.ofEpochMilli(start);
    Instant to = Instant.ofEpochMilli(end);
    ZoneId zone = wearers.zoneAt(wearer, start);
    return new Episode(
        StableIds.episode(wearer, EpisodeKind.DATA_SILENCE, from),
        wearer,
        EpisodeKind.DATA_SILENCE,
        from,
        to,
        zone,
        wearers.settingsAt(wearer, judged).detection().silenceMinutes(),
        endedBy == null,
        0,
        false,
        new Episode.Evidence(to, to, (end - start) / 1000.0, Posture.UNKNOWN, Placement.ESTIMATED),
        endedBy);
  }

  private @Nullable Newest newest(WearerId wearer) {
    Newest known = newest.get(wearer.value());
    if (known == null) {
      OptionalLong last = heard.last(wearer);
      if (last.isPresent()) {
        long cell = last.getAsLong();
        known = new Newest(cell, heard.read(wearer, ONLY_TRACK, cell, cell).at(cell));
        newest.put(wearer.value(), known);
      }
    }
    return known;
  }
}
