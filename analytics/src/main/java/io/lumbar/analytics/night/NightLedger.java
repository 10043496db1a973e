package io.lumbar.analytics.night;

import io.lumbar.analytics.stream.Span;
import io.lumbar.analytics.told.StatementLog;
import io.lumbar.model.NightSummary;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerPartitioner;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The nights that were published last for each wearer, by date of waking. One that was retracted
 * stays, so that its revisions go on.
 */
final class NightLedger {
  /** How many nights back make what is usual for a wearer. */
  private static final int USUAL_NIGHTS = 14;

  private static final int FEWEST_USUAL = 3;

  private final KeyValueStore<String, NightSummary> store;
  private final StatementLog statements;

  NightLedger(KeyValueStore<String, NightSummary> store, StatementLog statements) {
    this.store = store;
    this.statements = statements;
  }

  /** Nights that overlap a span and are not retracted, by date. */
  List<NightSummary> overlapping(WearerId wearer, Span span) {
    LocalDate first = utcDate(span.from()).minusDays(1);
    LocalDate last = utcDate(span.to()).plusDays(2);
    return between(wearer, first, last).stream()
        .filter(
            night ->
                night.inBedFrom().toEpochMilli() < span.to()
                    && night.inBedTo().toEpochMilli() > span.from())
        .toList();
  }

  /** Whether something was published of a date, as far as that is still known. */
  boolean knows(WearerId wearer, LocalDate date) {
    return store.get(key(wearer, date)) != null;
  }

  /** The night of a date that is not retracted. */
  Optional<NightSummary> of(WearerId wearer, LocalDate date) {
    return Optional.ofNullable(store.get(key(wearer, date))).filter(night -> !night.retracted());
  }

  /**
   * Puts what is true of a date in place of what was published, and returns what has to be
   * published: the date itself and the nights after it whose usual figures it changes.
   *
   * @param truth the night with any revision, or empty when there is none
   */
  List<NightSummary> replace(WearerId wearer, LocalDate date, Optional<NightSummary> truth) {
    NightSummary before = store.get(key(wearer, date));
    NightSummary now;
    if (truth.isPresent()) {
      now = truth.get().with(0, false, usual(wearer, date));
    } else if (before != null) {
      now = before.with(0, true, null);
    } else {
      return List.of();
    }
    int revision = before == null ? 0 : before.revision();
    if (now.with(revision, now.retracted(), now.usualShiftsPerHour()).equals(before)) {
      return List.of();
    }
    List<NightSummary> changed = new ArrayList<>();
    changed.add(put(now.with(revision + 1, now.retracted(), now.usualShiftsPerHour())));
    if (!Objects.equals(shifts(before), shifts(now))) {
      changed.addAll(followUsual(wearer, date));
    }
    return changed;
  }

  /** Brings the usual figures of the nights after a date in line; returns those that changed. */
  List<NightSummary> followUsual(WearerId wearer, LocalDate date) {
    List<NightSummary> changed = new ArrayList<>();
    for (NightSummary later : between(wearer, date.plusDays(1), date.plusDays(USUAL_NIGHTS + 1))) {
      Double usual = usual(wearer, later.date());
      if (!Objects.equals(usual, later.usualShiftsPerHour())) {
        changed.add(put(later.with(later.revision() + 1, false, usual)));
      }
    }
    return changed;
  }

  private static @Nullable Double shifts(@Nullable NightSummary night) {
    return night == null || night.retracted() ? null : night.shiftsPerHour();
  }

  private NightSummary put(NightSummary night) {
    store.put(key(night.wearer(), night.date()), night);
    return night;
  }

  private @Nullable Double usual(WearerId wearer, LocalDate date) {
    double[] shifts =
        between(wearer, date.minusDays(USUAL_NIGHTS), date).stream()
            .filter(night -> statements.tags(wearer, night.date()).isEmpty())
            .map(NightSummary::shiftsPerHour)
            .filter(Objects::nonNull)
            .mapToDouble(Double::doubleValue)
            .sorted()
            .toArray();
    int half = shifts.length / 2;
    if (shifts.length < FEWEST_USUAL) {
      return null;
    }
    return shifts.length % 2 == 1 ? shifts[half] : (shifts[half - 1] + shifts[half]) / 2;
  }

  /** Nights from a date to before another that are not retracted, by date. */
  private List<NightSummary> between(WearerId wearer, LocalDate from, LocalDate before) {
    List<NightSummary> found = new ArrayList<>();
    try (KeyValueIterator<String, NightSummary> nights =
        store.range(key(wearer, from), key(wearer, before.minusDays(1)))) {
      while (nights.hasNext()) {
        NightSummary night = nights.next().value;
        if (!night.retracted()) {
          found.add(night);
        }
      }
    }
    return found;
  }

  private static LocalDate utcDate(long instant) {
    return LocalDate.ofInstant(Instant.ofEpochMilli(instant), ZoneOffset.UTC);
  }

  private static String key(WearerId wearer, LocalDate date) {
    return WearerPartitioner.key(wearer, date.toString());
  }
}
