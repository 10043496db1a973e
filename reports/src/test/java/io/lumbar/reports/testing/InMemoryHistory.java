package io.lumbar.reports.testing;

import io.lumbar.history.HistoryStore;
import io.lumbar.model.Alert;
import io.lumbar.model.AlertResponse;
import io.lumbar.model.Bout;
import io.lumbar.model.DaySummary;
import io.lumbar.model.Decision;
import io.lumbar.model.Episode;
import io.lumbar.model.Experiment;
import io.lumbar.model.ForgottenDates;
import io.lumbar.model.NightSummary;
import io.lumbar.model.Posture;
import io.lumbar.model.WearerId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The port over maps; the cursor is the index of the next item. */
public final class InMemoryHistory implements HistoryStore {
  private final Map<String, Bout> bouts = new ConcurrentHashMap<>();
  private final Map<String, Episode> episodes = new ConcurrentHashMap<>();
  private final Map<String, Alert> alerts = new ConcurrentHashMap<>();
  private final Map<String, AlertResponse> responses = new ConcurrentHashMap<>();
  private final Map<String, Decision> decisions = new ConcurrentHashMap<>();
  private final Map<String, DaySummary> days = new ConcurrentHashMap<>();
  private final Map<String, NightSummary> nights = new ConcurrentHashMap<>();
  private final List<Erasure> erasures = new CopyOnWriteArrayList<>();
  private final List<Reading> readings = new CopyOnWriteArrayList<>();
  private final Set<String> handedOver = ConcurrentHashMap.newKeySet();
  public volatile boolean away;
  public volatile boolean refuses;

  @Override
  public void write(Batch batch) {
    batch.bouts().forEach(b -> bouts.put(b.id(), b));
    batch.episodes().forEach(e -> episodes.put(e.id(), e));
    batch.alerts().forEach(a -> alerts.put(a.id(), a));
    batch.responses().forEach(r -> responses.put(r.alert(), r));
    batch.decisions().forEach(d -> decisions.put(d.id(), d));
    batch.days().forEach(d -> days.put(d.wearer() + "|" + d.date(), d));
    batch.nights().forEach(n -> nights.put(n.wearer() + "|" + n.date(), n));
  }

  public void clear() {
    List.of(bouts, episodes, alerts, responses, decisions, days, nights).forEach(Map::clear);
  }

  public void bouts(Bout... more) {
    write(
        new Batch(List.of(more), List.of(), List.of(), List.of(), List.of(), List.of(), List.of()));
  }

  public void alerts(Alert... more) {
    write(
        new Batch(List.of(), List.of(), List.of(more), List.of(), List.of(), List.of(), List.of()));
  }

  public void episodes(Episode... more) {
    write(
        new Batch(List.of(), List.of(more), List.of(), List.of(), List.of(), List.of(), List.of()));
  }

  public void responses(AlertResponse... more) {
    write(
        new Batch(List.of(), List.of(), List.of(), List.of(more), List.of(), List.of(), List.of()));
  }

  public void decisions(Decision... more) {
    write(
        new Batch(List.of(), List.of(), List.of(), List.of(), List.of(more), List.of(), List.of()));
  }

  public void days(DaySummary... more) {
    write(
        new Batch(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(more), List.of()));
  }

  @Override
  public Page<Bout> bouts(WearerId wearer, @Nullable Posture posture, Range range) {
    return page(
        bouts.values().stream()
            .filter(b -> b.wearer().equals(wearer) && !b.retracted())
            .filter(b -> posture == null || b.posture() == posture),
        Bout::from,
        Bout::to,
        range);
  }

  @Override
  public Page<Episode> episodes(WearerId wearer, Range range) {
    return page(
        episodes.values().stream().filter(e -> e.wearer().equals(wearer) && !e.retracted()),
        Episode::from,
        Episode::to,
        range);
  }

  @Override
  public Page<AnsweredAlert> alerts(WearerId wearer, Range range) {
    return page(
        alerts.values().stream()
            .filter(a -> a.wearer().equals(wearer))
            .map(a -> new AnsweredAlert(a, responses.get(a.id()))),
        a -> a.alert().at(),
        a -> a.alert().at(),
        range);
  }

  @Override
  public Optional<AnsweredAlert> alert(String id) {
    return Optional.ofNullable(alerts.get(id)).map(a -> new AnsweredAlert(a, responses.get(id)));
  }

  @Override
  public Page<Decision> decisions(WearerId wearer, Range range) {
    return page(
        decisions.values().stream().filter(d -> d.wearer().equals(wearer)),
        Decision::at,
        Decision::at,
        range);
  }

  @Override
  public List<DaySummary> days(WearerId wearer, LocalDate from, LocalDate to) {
    requireHere();
    return days.values().stream()
        .filter(d -> d.wearer().equals(wearer) && !d.retracted())
        .filter(d -> !d.date().isBefore(from) && !d.date().isAfter(to))
        .sorted(Comparator.comparing(DaySummary::date))
        .toList();
  }

  @Override
  public List<NightSummary> nights(WearerId wearer, LocalDate from, LocalDate to) {
    return nights.values().stream()
        .filter(n -> n.wearer().equals(wearer) && !n.retracted())
        .filter(n -> !n.date().isBefore(from) && !n.date().isAfter(to))
        .sorted(Comparator.comparing(NightSummary::date))
        .toList();
  }

  public void nights(NightSummary... more) {
    List<NightSummary> some = List.of(more);
    write(
        new Batch(
            List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), some, List.of()));
  }

  @Override
  public Optional<Bout> latestBout(WearerId wearer) {
    return bouts.values().stream()
        .filter(b -> b.wearer().equals(wearer) && !b.retracted())
        .max(Comparator.comparing(Bout::from));
  }

  @Override
  public List<String> erase(Erasure erasure) {
    erasures.add(erasure);
    Stream.of(bouts, episodes, alerts, decisions, days, nights)
        .filter(kind -> erasure.whole())
        .forEach(Map::clear);
    return List.of();
  }

  @Override
  public void dropDays(ForgottenDates lost) {
    days.values().removeIf(day -> day.wearer().equals(lost.wearer()) && lost.takes(day));
  }

  @Override
  public void dropNights(ForgottenDates lost) {
    nights.values().removeIf(night -> night.wearer().equals(lost.wearer()) && lost.takes(night));
  }

  @Override
  public List<Erasure> erasures(Instant since) {
    return List.copyOf(erasures);
  }

  @Override
  public void expire(@Nullable Instant details, @Nullable LocalDate before) {}

  @Override
  public void expireLasting(@Nullable LocalDate weeks, @Nullable LocalDate experiments) {}

  @Override
  public boolean handOver(WearerId wearer, String report, Instant at) {
    return handedOver.add(wearer + "|" + report);
  }

  @Override
  public List<Experiment> experiments(WearerId wearer) {
    return List.of();
  }

  @Override
  public void note(List<Reading> more) {
    if (refuses) {
      throw new HistoryRefused("refused", new IllegalStateException());
    }
    readings.addAll(more);
  }

  @Override
  public List<Reading> readings(WearerId wearer, Instant from, Instant to) {
    return readings.stream().filter(r -> r.wearer().equals(wearer)).toList();
  }

  @Override
  public boolean passed(WearerId wearer, String barrier) {
    return false;
  }

  @Override
  public Check check() {
    return new Check(true, "in memory");
  }

  @Override
  public void close() {}

  private <T> Page<T> page(
      Stream<T> all, Function<T, Instant> from, Function<T, Instant> to, Range range) {
    requireHere();
    List<T> touching =
        all.filter(t -> range.to() == null || from.apply(t).isBefore(range.to()))
            .filter(
                t ->
                    range.from() == null
                        || to.apply(t).isAfter(range.from())
                        || from.apply(t).equals(range.from()))
            .sorted(Comparator.comparing(from))
            .toList();
    int start = range.after() == null ? 0 : Integer.parseInt(range.after());
    int end = Math.min(touching.size(), start + range.limit());
    return new Page<>(
        touching.subList(Math.min(start, end), end),
        end < touching.size() ? Integer.toString(end) : null);
  }

  private void requireHere() {
    if (away) {
      throw new HistoryUnavailable("away", new IllegalStateException());
    }
  }
}
