package io.lumbar.analytics.day;

import io.lumbar.analytics.stream.EpisodeLedger;
import io.lumbar.analytics.stream.PublishedDay;
import io.lumbar.analytics.stream.Span;
import io.lumbar.analytics.stream.WearerBook;
import io.lumbar.model.Episode;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.LoadChange;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerPartitioner;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Keeps the load of the published days, and the episodes of its jumps, in line with each other. */
final class LoadWatch {
  static final LocalDate LAST = LocalDate.of(9999, 12, 31);

  private final LoadLog loads;
  private final KeyValueStore<String, PublishedDay> published;
  private final EpisodeLedger episodes;
  private final WearerBook wearers;
  private final DayTurns turns;

  LoadWatch(
      LoadLog loads,
      KeyValueStore<String, PublishedDay> published,
      EpisodeLedger episodes,
      WearerBook wearers,
      DayTurns turns) {
    this.loads = loads;
    this.published = published;
    this.episodes = episodes;
    this.wearers = wearers;
    this.turns = turns;
  }

  /** Keeps what counts of a day; returns whether the days after it may have another load now. */
  boolean keep(WearerId wearer, LocalDate date, DayLoad load) {
    return loads.put(wearer, date, load);
  }

  /**
   * The load up to a day; of one that goes on, that of the whole days before it. A day that has not
   * begun has none.
   */
  List<LoadChange> upTo(WearerId wearer, LocalDate date, ZoneId zone) {
    Span day = span(wearer, date, zone);
    if (!turns.hasBegun(day)) {
      return List.of();
    }
    LocalDate last = date;
    while (!turns.isOver(key(wearer, last))) {
      last = last.minusDays(1);
    }
    int percent = wearers.settingsAt(wearer, day.to()).detection().loadJumpPercent();
    return Loads.changes(loads.upTo(wearer, last), 1 + percent / 100.0);
  }

  /** Published days after a date whose load is another one now, by date. */
  List<LocalDate> changedAfter(WearerId wearer, LocalDate date) {
    List<LocalDate> changed = new ArrayList<>();
    try (KeyValueIterator<String, PublishedDay> later =
        published.range(key(wearer, date.plusDays(1)), key(wearer, date.plusDays(LoadLog.DAYS)))) {
      while (later.hasNext()) {
        KeyValue<String, PublishedDay> day = later.next();
        if (!day.value.retracted()
            && !day.value.hasLoad(upTo(wearer, date(day.key), day.value.zone()))) {
          changed.add(date(day.key));
        }
      }
    }
    return changed;
  }

  /**
   * Brings the episodes around a published day in line, from the nearest day without a jump before
   * it to the nearest one after it; returns what has to be published. A day that has not begun says
   * nothing of a jump yet, and one that was retracted is as if it had never been.
   */
  List<Episode> jumps(WearerId wearer, LocalDate date) {
    PublishedDay known = published.get(key(wearer, date));
    LoadJumps.Day own = day(key(wearer, date), known);
    if (!turns.hasBegun(own.span())) {
      return List.of();
    }
    List<LoadJumps.Day> around = new ArrayList<>();
    try (KeyValueIterator<String, PublishedDay> backwards =
        published.reverseRange(key(wearer, LocalDate.EPOCH), key(wearer, date.minusDays(1)))) {
      takeToOrdinary(backwards, around);
    }
    Collections.reverse(around);
    if (!known.retracted()) {
      around.add(own);
    }
    boolean newest;
    try (KeyValueIterator<String, PublishedDay> forwards =
        published.range(key(wearer, date.plusDays(1)), key(wearer, LAST))) {
      newest = !takeToOrdinary(forwards, around);
    }
    Span span = own.span();
    for (LoadJumps.Day day : around) {
      span = span.hull(day.span().from(), day.span().to());
    }
    return episodes.replace(
        wearer, EpisodeKind.LOAD_JUMP, span, LoadJumps.of(wearer, around, newest));
  }

  /**
   * Takes days up to the first without a jump, of those that have begun; returns whether there was
   * one.
   */
  private boolean takeToOrdinary(
      KeyValueIterator<String, PublishedDay> days, List<LoadJumps.Day> taken) {
    while (days.hasNext()) {
      KeyValue<String, PublishedDay> next = days.next();
      if (next.value.retracted()) {
        continue;
      }
      LoadJumps.Day one = day(next.key, next.value);
      if (!turns.hasBegun(one.span())) {
        return false;
      }
      taken.add(one);
      if (one.rise() == 0) {
        return true;
      }
    }
    return false;
  }

  private static String key(WearerId wearer, LocalDate date) {
    return WearerPartitioner.key(wearer, date.toString());
  }

  private LoadJumps.Day day(String key, PublishedDay day) {
    WearerId wearer = new WearerId(WearerPartitioner.wearer(key));
    return new LoadJumps.Day(
        date(key),
        day.zone(),
        span(wearer, date(key), day.zone()),
        day.rise(),
        day.measured(),
        day.jumped());
  }

  private Span span(WearerId wearer, LocalDate date, ZoneId zone) {
    return Span.of(wearers.dates(wearer, zone), date);
  }

  /** The date of a key of wearer and date. */
  static LocalDate date(String key) {
    return LocalDate.parse(key.substring(WearerPartitioner.wearer(key).length() + 1));
  }
}
