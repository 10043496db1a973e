package io.lumbar.analytics.day;

import io.lumbar.analytics.stream.EpisodeLedger;
import io.lumbar.analytics.stream.Span;
import io.lumbar.analytics.stream.WearerBook;
import io.lumbar.model.DaySummary;
import io.lumbar.model.Episode;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.LoadChange;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerPartitioner;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Keeps the load of the published days, and the episodes of its jumps, in line with each other. */
final class LoadWatch {
  private static final LocalDate LAST = LocalDate.of(9999, 12, 31);

  private final LoadLog loads;
  private final KeyValueStore<String, DaySummary> published;
  private final EpisodeLedger episodes;
  private final WearerBook wearers;

  LoadWatch(
      LoadLog loads,
      KeyValueStore<String, DaySummary> published,
      EpisodeLedger episodes,
      WearerBook wearers) {
    this.loads = loads;
    this.published = published;
    this.episodes = episodes;
    this.wearers = wearers;
  }

  /** Keeps what counts of a day; returns whether the days after it may have another load now. */
  boolean keep(WearerId wearer, LocalDate date, DayLoad load) {
    return loads.put(wearer, date, load);
  }

  /** The load up to a day. */
  List<LoadChange> upTo(WearerId wearer, LocalDate date) {
    int percent = wearers.settings(wearer).detection().loadJumpPercent();
    return Loads.changes(loads.upTo(wearer, date), 1 + percent / 100.0);
  }

  /** Published days after a date whose load is another one now, with it, by date. */
  List<DaySummary> changedAfter(WearerId wearer, LocalDate date) {
    List<DaySummary> changed = new ArrayList<>();
    for (DaySummary day : days(wearer, date.plusDays(1), date.plusDays(LoadLog.DAYS))) {
      List<LoadChange> now = upTo(wearer, day.date());
      if (!now.equals(day.load())) {
        changed.add(day.withLoad(now).withRevision(day.revision() + 1));
      }
    }
    return changed;
  }

  /**
   * Brings the episodes around a published day in line, from the nearest day without a jump before
   * it to the nearest one after it; returns what has to be published.
   */
  List<Episode> jumps(DaySummary day) {
    WearerId wearer = day.wearer();
    List<DaySummary> around = new ArrayList<>();
    try (KeyValueIterator<String, DaySummary> backwards =
        published.reverseRange(
            key(wearer, LocalDate.EPOCH), key(wearer, day.date().minusDays(1)))) {
      takeToOrdinary(backwards, around);
    }
    Collections.reverse(around);
    around.add(day);
    boolean newest;
    try (KeyValueIterator<String, DaySummary> forwards =
        published.range(key(wearer, day.date().plusDays(1)), key(wearer, LAST))) {
      newest = !takeToOrdinary(forwards, around);
    }
    DaySummary first = around.get(0);
    DaySummary last = around.get(around.size() - 1);
    Span span =
        new Span(
            first.date().atStartOfDay(first.zone()).toInstant().toEpochMilli(),
            last.date().plusDays(1).atStartOfDay(last.zone()).toInstant().toEpochMilli());
    return episodes.replace(
        wearer, EpisodeKind.LOAD_JUMP, span, LoadJumps.of(wearer, around, newest));
  }

  /** Takes days up to the first without a jump; returns whether there was one. */
  private static boolean takeToOrdinary(
      KeyValueIterator<String, DaySummary> days, List<DaySummary> taken) {
    while (days.hasNext()) {
      DaySummary one = days.next().value;
      taken.add(one);
      if (LoadJumps.rise(one) == 0) {
        return true;
      }
    }
    return false;
  }

  private static String key(WearerId wearer, LocalDate date) {
    return WearerPartitioner.key(wearer, date.toString());
  }

  private List<DaySummary> days(WearerId wearer, LocalDate first, LocalDate last) {
    List<DaySummary> found = new ArrayList<>();
    try (KeyValueIterator<String, DaySummary> days =
        published.range(key(wearer, first), key(wearer, last))) {
      while (days.hasNext()) {
        found.add(days.next().value);
      }
    }
    return found;
  }
}
