package io.lumbar.reports.daily;

import io.lumbar.history.HistoryStore;
import io.lumbar.history.HistoryStore.Page;
import io.lumbar.history.HistoryStore.Range;
import io.lumbar.model.Wearer;
import io.lumbar.reports.trends.DayEntries;
import io.lumbar.reports.trends.DayEntry;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads from the history what the report of a morning, or a trend, is made of. */
public final class ReportFactsReader {
  private static final int PAGE = 10_000;

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
    Instant to = facts.startOf(date);
    return new ReportFacts(
        wearer,
        date,
        entries,
        all(from, to, range -> history.bouts(wearer.id(), null, range)),
        all(from, to, range -> history.alerts(wearer.id(), range)),
        all(from, to, range -> history.decisions(wearer.id(), range)),
        history.experiments(wearer.id()));
  }

  /** Days and nights of a range of dates, both ends included, by date. */
  public List<DayEntry> entries(Wearer wearer, LocalDate from, LocalDate to) {
    return DayEntries.of(
        history.days(wearer.id(), from, to),
        history.nights(wearer.id(), from, to),
        wearer.settings());
  }

  private static <T> List<T> all(Instant from, Instant to, Function<Range, Page<T>> read) {
    List<T> items = new ArrayList<>();
    String after = null;
    do {
      Page<T> page = read.apply(new Range(from, to, PAGE, after));
      items.addAll(page.items());
      after = page.next();
    } while (after != null);
    return items;
  }
}
