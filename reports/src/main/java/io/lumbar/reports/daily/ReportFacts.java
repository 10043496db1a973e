package io.lumbar.reports.daily;

import io.lumbar.history.HistoryStore.AnsweredAlert;
import io.lumbar.model.Bout;
import io.lumbar.model.DaySummary;
import io.lumbar.model.Decision;
import io.lumbar.model.Experiment;
import io.lumbar.model.Placement;
import io.lumbar.model.Wearer;
import io.lumbar.reports.trends.DayEntry;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * What is known about a wearer for the report of one morning.
 *
 * @param date the morning
 * @param entries days and nights up to that date, {@link #LOOK_BACK} days back, by date; the day of
 *     the date itself counts for nothing but its night and the words of its morning
 * @param bouts of any posture that touch the day before or the minutes after it, in which an alert
 *     of its end may be followed, by start
 * @param alerts decided on the day before, by time
 * @param decisions taken on the day before, by time
 * @param experiments that the wearer tries or tried, by first day
 */
public record ReportFacts(
    Wearer wearer,
    LocalDate date,
    List<DayEntry> entries,
    List<Bout> bouts,
    List<AnsweredAlert> alerts,
    List<Decision> decisions,
    List<Experiment> experiments) {

  /** Of a wearer who tries nothing. */
  public ReportFacts(
      Wearer wearer,
      LocalDate date,
      List<DayEntry> entries,
      List<Bout> bouts,
      List<AnsweredAlert> alerts,
      List<Decision> decisions) {
    this(wearer, date, entries, bouts, alerts, decisions, List.of());
  }

  /** How many days before its date a report looks at. */
  public static final int LOOK_BACK = 90;

  public ReportFacts {
    entries = List.copyOf(entries);
    bouts = List.copyOf(bouts);
    alerts = List.copyOf(alerts);
    decisions = List.copyOf(decisions);
    experiments = List.copyOf(experiments);
  }

  /** The day that the report is about. */
  public LocalDate yesterday() {
    return date.minusDays(1);
  }

  /** The zone of the wearer on the morning of the date. */
  public ZoneId zone() {
    return wearer.zoneAt(wearer.instantOf(date.atTime(9, 0)));
  }

  /** The first instant of a date, as it was summed up, or without sums by the registry. */
  public Instant startOf(LocalDate day) {
    return entry(day)
        .map(DayEntry::day)
        .map(DaySummary::begin)
        .orElseGet(() -> wearer.dates().begin(day));
  }

  /** Its end, likewise. */
  public Instant endOf(LocalDate day) {
    return entry(day)
        .map(DayEntry::day)
        .map(DaySummary::end)
        .orElseGet(() -> wearer.dates().end(day));
  }

  /** The placements by which the postures of yesterday were believed, each once, best first. */
  List<Placement> sources() {
    Instant from = startOf(yesterday());
    Instant to = endOf(yesterday());
    return bouts.stream()
        .filter(bout -> bout.posture().isKnown())
        .filter(bout -> bout.from().isBefore(to) && bout.to().isAfter(from))
        .map(Bout::placement)
        .distinct()
        .sorted()
        .toList();
  }

  Optional<DayEntry> entry(LocalDate day) {
    return entries.stream().filter(entry -> entry.date().equals(day)).findFirst();
  }

  /**
   * The entries without what the date itself brought later, which would make the report another one
   * by evening.
   */
  List<DayEntry> untilMorning() {
    return entries.stream()
        .map(entry -> entry.date().equals(date) ? entry.untilMorning() : entry)
        .toList();
  }

  /** Entries of the dates before one, {@code days} of them at most, without those kept out. */
  List<DayEntry> before(LocalDate day, int days) {
    return entries.stream()
        .filter(e -> e.date().isBefore(day) && !e.date().isBefore(day.minusDays(days)))
        .filter(e -> !e.keptOut())
        .toList();
  }
}
