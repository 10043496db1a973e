package io.lumbar.reports.period;

import io.lumbar.history.HistoryStore;
import io.lumbar.history.HistoryStore.AnsweredAlert;
import io.lumbar.history.HistoryStore.Page;
import io.lumbar.history.HistoryStore.Range;
import io.lumbar.history.Listing;
import io.lumbar.model.Bout;
import io.lumbar.model.Placement;
import io.lumbar.model.Wearer;
import io.lumbar.reports.trends.DayEntries;
import io.lumbar.reports.trends.DayEntry;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Reads from the history what the report of a week or a month is made of, and makes it. */
public final class PeriodReader {
  private static final int PAGE = 1_000;

  private final HistoryStore history;

  public PeriodReader(HistoryStore history) {
    this.history = history;
  }

  /**
   * The report of a period.
   *
   * @throws HistoryStore.HistoryUnavailable when the history cannot be reached
   */
  public PeriodReport read(Wearer wearer, Period period) {
    LocalDate first = period.from().minusDays(PeriodMaker.DAYS_BEFORE);
    return PeriodMaker.make(
        wearer,
        period,
        entries(wearer, first, period.to()),
        alerts(wearer, period),
        sources(wearer, period));
  }

  private List<DayEntry> entries(Wearer wearer, LocalDate from, LocalDate to) {
    return DayEntries.of(history.dates(wearer.id(), from, to), wearer.settings());
  }

  private List<AnsweredAlert> alerts(Wearer wearer, Period period) {
    Instant from = startOf(wearer, period.from());
    Instant to = startOf(wearer, period.to().plusDays(1));
    return Listing.all(from, to, range -> history.alerts(wearer.id(), range));
  }

  /** Of a month, too, there is no more than a page of bouts at a time. */
  private Set<Placement> sources(Wearer wearer, Period period) {
    Instant from = startOf(wearer, period.from());
    Instant to = startOf(wearer, period.to().plusDays(1));
    Set<Placement> sources = EnumSet.noneOf(Placement.class);
    String after = null;
    do {
      Page<Bout> page = history.bouts(wearer.id(), null, new Range(from, to, PAGE, after));
      page.items().forEach(bout -> sources.add(bout.placement()));
      after = page.next();
    } while (after != null);
    return sources;
  }

  private static Instant startOf(Wearer wearer, LocalDate day) {
    return wearer.dates().begin(day);
  }
}
