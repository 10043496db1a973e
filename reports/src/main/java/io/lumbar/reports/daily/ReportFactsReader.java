package io.lumbar.reports.daily;

import io.lumbar.history.HistoryStore;
import io.lumbar.history.HistoryStore.AnsweredAlert;
import io.lumbar.history.HistoryStore.Details;
import io.lumbar.history.HistoryStore.Erasure;
import io.lumbar.history.Listing;
import io.lumbar.model.AlertResponse;
import io.lumbar.model.Bout;
import io.lumbar.model.Decision;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import io.lumbar.reports.trends.DayEntries;
import io.lumbar.reports.trends.DayEntry;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Reads from the history what the report of a morning, or a trend, is made of. */
public final class ReportFactsReader {
  private final HistoryStore history;

  public ReportFactsReader(HistoryStore history) {
    this.history = history;
  }

  /**
   * The facts of a morning.
   *
   * @throws HistoryStore.HistoryUnavailable when the history cannot be reached
   */
  public ReportFacts read(Wearer wearer, LocalDate date) {
    List<DayEntry> entries = entries(wearer, date.minusDays(ReportFacts.LOOK_BACK), date);
    ReportFacts facts = new ReportFacts(wearer, date, entries, List.of(), List.of(), List.of());
    Instant from = facts.startOf(facts.yesterday());
    Instant to = facts.endOf(facts.yesterday());
    Details details = history.details(wearer.id(), from, to.plus(ReminderPage.FOLLOWED));
    return new ReportFacts(
        wearer,
        date,
        entries,
        details.bouts(),
        details.alerts().stream().filter(each -> each.alert().at().isBefore(to)).toList(),
        details.decisions().stream().filter(each -> each.at().isBefore(to)).toList(),
        details.experiments());
  }

  /** Days and nights of a range of dates, both ends included, by date. */
  public List<DayEntry> entries(Wearer wearer, LocalDate from, LocalDate to) {
    return DayEntries.of(history.dates(wearer.id(), from, to), wearer.settings());
  }

  /** The bout with the latest start. */
  public Optional<Bout> newestBout(WearerId wearer) {
    return history.latestBout(wearer);
  }

  /** What was asked to be erased since an instant, of all wearers, by the time it was asked. */
  public List<Erasure> erasures(Instant since) {
    return history.erasures(since);
  }

  /**
   * A number for each day, of a range with both ends included, on which an alert was sent or kept
   * back: another one when an alert or an answer to one comes late or goes.
   */
  public Map<LocalDate, Integer> alerts(Wearer wearer, LocalDate from, LocalDate to) {
    Map<LocalDate, Integer> sums = new HashMap<>();
    for (AnsweredAlert each :
        Listing.all(
            wearer.dates().begin(from),
            wearer.dates().end(to),
            range -> history.alerts(wearer.id(), range))) {
      Instant at = each.alert().at();
      AlertResponse answer = each.response();
      int sum =
          31 * each.alert().id().hashCode()
              + (answer == null ? 0 : Objects.hash(answer.action().wireName(), answer.at()));
      sums.merge(wearer.dates().at(at), sum, Integer::sum);
    }
    return sums;
  }

  /** The same for decisions. */
  public Map<LocalDate, Integer> decisions(Wearer wearer, LocalDate from, LocalDate to) {
    Map<LocalDate, Integer> sums = new HashMap<>();
    for (Decision each :
        Listing.all(
            wearer.dates().begin(from),
            wearer.dates().end(to),
            range -> history.decisions(wearer.id(), range))) {
      sums.merge(wearer.dates().at(each.at()), each.id().hashCode(), Integer::sum);
    }
    return sums;
  }
}
