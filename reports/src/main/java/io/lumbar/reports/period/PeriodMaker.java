package io.lumbar.reports.period;

import static java.util.Objects.requireNonNull;

import io.lumbar.history.HistoryStore.AnsweredAlert;
import io.lumbar.model.AlertResponse;
import io.lumbar.model.Placement;
import io.lumbar.model.Wearer;
import io.lumbar.reports.statistics.Quantiles;
import io.lumbar.reports.statistics.Shift;
import io.lumbar.reports.statistics.Usual;
import io.lumbar.reports.trends.Coverage;
import io.lumbar.reports.trends.DayEntry;
import io.lumbar.reports.trends.Figure;
import io.lumbar.reports.trends.Nights;
import io.lumbar.reports.trends.Trend;
import io.lumbar.reports.trends.Trunk;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Predicate;

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
   * @param sources of the bouts that touch the period, in any order and as often as they come
   */
  public static PeriodReport make(
      Wearer wearer,
      Period period,
      List<DayEntry> entries,
      List<AnsweredAlert> alerts,
      Collection<Placement> sources) {
    List<DayEntry> within = between(entries, period.from(), period.to());
    List<DayEntry> before =
        between(entries, period.from().minusDays(DAYS_BEFORE), period.from().minusDays(1));
    List<PeriodReport.Line> lines = new ArrayList<>();
    for (Figure figure : FIGURES) {
      double[] values = values(figure, within);
      if (isEnough(period, values.length)) {
        lines.add(line(figure, period, entries, values, before));
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
    List<DayEntry> all = inside(entries, period.from(), period.to());
    return new PeriodReport(
        wearer.id(),
        wearer.name(),
        period,
        wearer.dates().zoneOf(period.to()),
        count(all, PeriodMaker::hasDay),
        count(all, entry -> entry.night() != null),
        lines,
        FIGURES.stream()
            .map(figure -> Trend.of(figure, period.from(), period.to(), entries))
            .filter(Trend::hasValues)
            .toList(),
        sent,
        done,
        missing(period, lines, all, before, sources),
        sources.stream().distinct().sorted().toList());
  }

  private static PeriodReport.Line line(
      Figure figure,
      Period period,
      List<DayEntry> entries,
      double[] values,
      List<DayEntry> earlier) {
    double[] before = values(figure, earlier);
    return new PeriodReport.Line(
        Trend.of(figure, period.from(), period.to(), entries),
        Quantiles.median(values),
        values.length,
        before.length < Usual.FEWEST_DAYS ? null : Quantiles.median(before),
        figure.estimate(earlier.stream().filter(figure::isWhole).toList()),
        Shift.between(before, values).orElse(null));
  }

  /**
   * Why figures are not there.
   *
   * @param all entries of the period, with those kept out
   * @param before entries of the four weeks before, without those
   */
  private static List<String> missing(
      Period period,
      List<PeriodReport.Line> lines,
      List<DayEntry> all,
      List<DayEntry> before,
      Collection<Placement> sources) {
    List<String> missing = new ArrayList<>();
    int keptOut = count(all, DayEntry::keptOut);
    if (keptOut > 0) {
      missing.add(
          keptOut == 1
              ? "One day that you marked as no ordinary one: it counts in no figure."
              : keptOut + " days that you marked as no ordinary ones: they count in no figure.");
    }
    Optional<String> tooFewDays =
        tooFew(
            period,
            all,
            "days",
            "awake",
            PeriodMaker::hasDay,
            DayEntry::awake,
            PeriodMaker::dayIsPartlyForgotten);
    tooFewDays.ifPresent(missing::add);
    int thin = count(all, entry -> hasDay(entry) && !entry.keptOut() && !entry.awake().isEnough());
    if (tooFewDays.isEmpty() && thin > 0) {
      missing.add(
          thin == 1
              ? "One day of which less than 60 % of the time awake was seen: it counts in no"
                  + " figure."
              : thin
                  + " days of which less than 60 % of the time awake was seen: they count in no"
                  + " figure.");
    }
    leftOut("day", count(all, PeriodMaker::dayIsLeftOut), count(before, PeriodMaker::dayIsLeftOut))
        .ifPresent(missing::add);
    int forgotten = count(all, entry -> entry.day() != null && entry.day().holdsOnlyForgotten());
    if (forgotten > 0) {
      missing.add(
          forgotten == 1
              ? "One day that you had forgotten."
              : forgotten + " days that you had forgotten.");
    }
    bends(period, lines, all)
        .or(
            () ->
                tooFewDays.isEmpty() && all.stream().allMatch(PeriodMaker::isWithoutBends)
                    ? Optional.of(Trunk.noBends(sources))
                    : Optional.empty())
        .ifPresent(missing::add);
    if (all.stream().allMatch(entry -> entry.night() == null)) {
      missing.add("Nights: no sensor that feels how you lie was worn in bed.");
    } else {
      tooFew(
              period,
              all,
              "nights",
              "in bed",
              entry -> entry.night() != null,
              entry -> Nights.inBed(requireNonNull(entry.night())),
              PeriodMaker::nightIsPartlyForgotten)
          .ifPresent(missing::add);
    }
    leftOut(
            "night",
            count(all, PeriodMaker::nightIsLeftOut),
            count(before, PeriodMaker::nightIsLeftOut))
        .ifPresent(missing::add);
    boolean compared = lines.stream().anyMatch(line -> line.change() != null);
    if (!lines.isEmpty() && !compared) {
      missing.add("A comparison: it takes seven measured days here and in the four weeks before.");
    }
    return missing;
  }

  /** Why the days or the nights make no figures; empty where enough of them count. */
  private static Optional<String> tooFew(
      Period period,
      List<DayEntry> all,
      String which,
      String when,
      Predicate<DayEntry> isMeasured,
      Function<DayEntry, Coverage> coverage,
      Predicate<DayEntry> isPartlyForgotten) {
    List<DayEntry> measured = all.stream().filter(isMeasured).toList();
    List<DayEntry> seen =
        measured.stream().filter(entry -> coverage.apply(entry).isEnough()).toList();
    int counted = count(seen, entry -> !entry.keptOut() && !isPartlyForgotten.test(entry));
    if (isEnough(period, counted)) {
      return Optional.empty();
    }
    String found;
    if (!isEnough(period, measured.size())) {
      found = measured.size() + " of " + period.days() + " were measured";
    } else if (!isEnough(period, seen.size())) {
      found =
          "on "
              + seen.size()
              + " of "
              + period.days()
              + " the sensor saw 60 % or more of the time "
              + when;
    } else {
      boolean marked = count(seen, DayEntry::keptOut) > 0;
      boolean forgotten = count(seen, isPartlyForgotten) > 0;
      String without =
          !forgotten
              ? "those you marked"
              : marked
                  ? "those you marked and those with forgotten time"
                  : "those with forgotten time";
      found = "without " + without + " there are " + counted + " of " + period.days();
    }
    return Optional.of(
        "Figures of the %s: %s, too few to tell a %s by."
            .formatted(which, found, period.kind().word()));
  }

  /** That sums with forgotten time count in no median, of how many dates here and before. */
  private static Optional<String> leftOut(String which, int here, int before) {
    String earlier = before == 1 ? "one " + which : before + " " + which + "s";
    if (here > 0) {
      return Optional.of(
          (here == 1
                      ? "One %1$s of which you had some time forgotten: its sums count in no figure"
                      : here
                          + " %1$ss of which you had some time forgotten: their sums count in no figure")
                  .formatted(which)
              + (before > 0
                  ? ", and of the four weeks before likewise those of " + earlier + "."
                  : "."));
    }
    return before > 0
        ? Optional.of(
            "Of the four weeks before, %s with forgotten time: the sums count in no comparison."
                .formatted(earlier))
        : Optional.empty();
  }

  private static boolean dayIsPartlyForgotten(DayEntry entry) {
    return hasDay(entry) && !Figure.SITTING.isWhole(entry);
  }

  private static boolean nightIsPartlyForgotten(DayEntry entry) {
    return entry.night() != null && !Figure.IN_BED.isWhole(entry);
  }

  /** For that reason alone. */
  private static boolean dayIsLeftOut(DayEntry entry) {
    return dayIsPartlyForgotten(entry) && !entry.keptOut() && entry.awake().isEnough();
  }

  private static boolean nightIsLeftOut(DayEntry entry) {
    return nightIsPartlyForgotten(entry)
        && !entry.keptOut()
        && Nights.inBed(requireNonNull(entry.night())).isEnough();
  }

  private static boolean isWithoutBends(DayEntry entry) {
    return entry.keptOut() || Figure.BENDS.coverage(entry).isEmpty();
  }

  /** Where a sensor on the trunk was worn, and not for long enough on most days. */
  private static Optional<String> bends(
      Period period, List<PeriodReport.Line> lines, List<DayEntry> all) {
    boolean told = lines.stream().anyMatch(line -> line.trend().figure() == Figure.BENDS);
    List<Coverage> trunk =
        all.stream()
            .filter(entry -> !entry.keptOut())
            .flatMap(entry -> Figure.BENDS.coverage(entry).stream())
            .toList();
    int enough = (int) trunk.stream().filter(Coverage::isEnough).count();
    return told || trunk.isEmpty() || isEnough(period, enough)
        ? Optional.empty()
        : Optional.of(
            "Bends: on "
                + enough
                + " of "
                + period.days()
                + " days a sensor on the trunk could tell for 60 % or more of the time awake.");
  }

  /** A tag or a check-in alone is no measurement. */
  private static boolean hasDay(DayEntry entry) {
    return entry.day() != null && (entry.awake().seenMinutes() > 0 || entry.day().steps() > 0);
  }

  private static boolean isEnough(Period period, int dates) {
    return dates >= Coverage.ENOUGH * period.days();
  }

  private static int count(List<DayEntry> entries, Predicate<DayEntry> which) {
    return (int) entries.stream().filter(which).count();
  }

  private static List<DayEntry> between(List<DayEntry> entries, LocalDate from, LocalDate to) {
    return inside(entries, from, to).stream().filter(entry -> !entry.keptOut()).toList();
  }

  /** Those kept out, too. */
  private static List<DayEntry> inside(List<DayEntry> entries, LocalDate from, LocalDate to) {
    return entries.stream()
        .filter(entry -> !entry.date().isBefore(from) && !entry.date().isAfter(to))
        .toList();
  }

  private static double[] values(Figure figure, List<DayEntry> entries) {
    return entries.stream()
        .filter(figure::isWhole)
        .map(figure::of)
        .filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble)
        .toArray();
  }
}
