package io.lumbar.reports.period;

import io.lumbar.history.HistoryStore.AnsweredAlert;
import io.lumbar.model.AlertResponse;
import io.lumbar.model.Wearer;
import io.lumbar.reports.statistics.Quantiles;
import io.lumbar.reports.statistics.Shift;
import io.lumbar.reports.statistics.Usual;
import io.lumbar.reports.trends.Coverage;
import io.lumbar.reports.trends.DayEntry;
import io.lumbar.reports.trends.Figure;
import io.lumbar.reports.trends.Trend;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Makes the report of a week or a month. Pure. */
public final class PeriodMaker {
  /** How many days before the period it is compared with. */
  public static final int DAYS_BEFORE = 28;

  private static final List<Figure> FIGURES =
      List.of(
          Figure.SITTING,
          Figure.LONGEST_SITTING,
          Figure.BOUTS_OF_30,
          Figure.BREAKS,
          Figure.STEPS,
          Figure.ON_THE_MOVE,
          Figure.BENDS,
          Figure.IN_BED,
          Figure.PRONE,
          Figure.SHIFTS,
          Figure.ARCHED,
          Figure.PAIN,
          Figure.STIFFNESS);

  private PeriodMaker() {}

  /**
   * The report.
   *
   * @param entries of the period and of {@link #DAYS_BEFORE} days before it, by date
   * @param alerts decided within the period
   */
  public static PeriodReport make(
      Wearer wearer, Period period, List<DayEntry> entries, List<AnsweredAlert> alerts) {
    List<DayEntry> within = between(entries, period.from(), period.to());
    List<DayEntry> before =
        between(entries, period.from().minusDays(DAYS_BEFORE), period.from().minusDays(1));
    List<PeriodReport.Line> lines = new ArrayList<>();
    for (Figure figure : FIGURES) {
      double[] values = values(figure, within);
      if (values.length >= Coverage.ENOUGH * period.days()) {
        lines.add(line(figure, period, entries, values, values(figure, before)));
      }
    }
    int sent = 0;
    int done = 0;
    for (AnsweredAlert each : alerts) {
      if (each.alert().decision().equals("sent")) {
        sent++;
        AlertResponse response = each.response();
        done += response != null && response.action() == AlertResponse.Action.DONE ? 1 : 0;
      }
    }
    int days = (int) within.stream().filter(entry -> entry.day() != null).count();
    int nights = (int) within.stream().filter(entry -> entry.night() != null).count();
    return new PeriodReport(
        wearer.id(),
        wearer.name(),
        period,
        wearer.zoneAt(period.to().atTime(12, 0).toInstant(ZoneOffset.UTC)),
        days,
        nights,
        lines,
        sent,
        done,
        missing(period, lines, days, nights));
  }

  private static PeriodReport.Line line(
      Figure figure, Period period, List<DayEntry> entries, double[] values, double[] before) {
    return new PeriodReport.Line(
        Trend.of(figure, period.from(), period.to(), entries),
        Quantiles.median(values),
        values.length,
        before.length < Usual.FEWEST_DAYS ? null : Quantiles.median(before),
        Shift.between(before, values).orElse(null));
  }

  private static List<String> missing(
      Period period, List<PeriodReport.Line> lines, int days, int nights) {
    List<String> missing = new ArrayList<>();
    if (days < Coverage.ENOUGH * period.days()) {
      missing.add(
          String.format(
              Locale.ROOT,
              "Figures of the days: %d of %d were measured, too few to tell a %s by.",
              days,
              period.days(),
              period.kind().word()));
    }
    if (nights == 0) {
      missing.add("Nights: no sensor that feels how you lie was worn in bed.");
    } else if (nights < Coverage.ENOUGH * period.days()) {
      missing.add(
          String.format(
              Locale.ROOT,
              "Figures of the nights: %d of %d were measured.",
              nights,
              period.days()));
    }
    boolean compared = lines.stream().anyMatch(line -> line.change() != null);
    if (!lines.isEmpty() && !compared) {
      missing.add("A comparison: it takes seven measured days here and in the four weeks before.");
    }
    return missing;
  }

  private static List<DayEntry> between(List<DayEntry> entries, LocalDate from, LocalDate to) {
    return entries.stream()
        .filter(entry -> !entry.date().isBefore(from) && !entry.date().isAfter(to))
        .filter(entry -> !entry.keptOut())
        .toList();
  }

  private static double[] values(Figure figure, List<DayEntry> entries) {
    return entries.stream()
        .map(figure::of)
        .filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble)
        .toArray();
  }
}
