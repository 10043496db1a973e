package io.lumbar.analytics.day;

import io.lumbar.model.LoadChange;
import io.lumbar.model.LoadChange.Measure;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Compares the last seven days with the three weeks before them. Pure.
 *
 * <p>Uncoupled, because a week inside its own baseline correlates with it by itself (Lolli 2017,
 * doi 10.1136/bjsports-2017-098110). A jump is a ratio above 1.5 (the wearer may set another) whose
 * rise is also larger than the spread of the wearer's own weeks, above a floor below which ratios
 * say nothing. A day of which a measure is not known counts on neither side for that measure, nor
 * does a tagged one. Days that are tagged take no place in the three weeks: after an illness or a
 * holiday these are those before it, as far back as days are kept. Lifts are told by the wearer
 * alone: from the first one logged on, a day without any is one of no lifts. The ratio of
 * exponentially weighted averages (Williams 2017, doi 10.1136/bjsports-2016-096589) starts with the
 * mean of its first seven days and passes over days that do not count; it describes and predicts
 * nothing.
 */
final class Loads {
  private static final int WEEK = 7;

  /** Days of the three weeks that must count, and of the last one. */
  private static final int FEWEST_BEFORE = 10;

  private static final int FEWEST_NOW = 4;

  /**
   * The same in the week after a tagged day: that building up gradually is better helps on the
   * first days only.
   */
  private static final int FEWEST_AFTER_BREAK = 3;

  /** Days of the three weeks. */
  private static final int BEFORE = 21;

  /** History that is needed before a jump can be told. */
  private static final int HISTORY = 21;

  private static final double HEAVIER = 1.1;

  private Loads() {}

  /**
   * The changes that can be told.
   *
   * @param all 28 days or more, oldest first; more than 28 count where some are tagged
   * @param jump the ratio above which a week's load jumped
   */
  static List<LoadChange> changes(List<DayLoad> all, double jump) {
    List<DayLoad> days = all.subList(firstOf(all), all.size());
    return Stream.of(
            change(Measure.STEPS, days, told(days, DayLoad::stepsTold, DayLoad::steps), jump),
            change(
                Measure.ACTIVE_MINUTES,
                days,
                told(days, DayLoad::postureTold, DayLoad::activeMinutes),
                jump),
            change(Measure.BENDS, days, told(days, DayLoad::bendsTold, DayLoad::bends), jump),
            change(Measure.LIFT_VOLUME, days, lifted(days), jump))
        .flatMap(Optional::stream)
        .toList();
  }

  /** The first day that bears on the last one: with it there are three weeks not tagged, or all. */
  private static int firstOf(List<DayLoad> days) {
    int first = days.size() - WEEK;
    for (int ordinary = 0; ordinary < BEFORE && first > 0; ) {
      first--;
      ordinary += days.get(first).tagged() ? 0 : 1;
    }
    return first;
  }

  /** A measure by day; NaN where it is not known. */
  private static double[] told(
      List<DayLoad> days, Predicate<DayLoad> isTold, ToDoubleFunction<DayLoad> value) {
    return days.stream()
        .mapToDouble(day -> isTold.test(day) ? value.applyAsDouble(day) : Double.NaN)
        .toArray();
  }

  private static double[] lifted(List<DayLoad> days) {
    double[] lifted = new double[days.size()];
    boolean logs = false;
    for (int i = 0; i < lifted.length; i++) {
      logs |= days.get(i).liftVolume() > 0;
      lifted[i] = logs ? days.get(i).liftVolume() : Double.NaN;
    }
    return lifted;
  }

  /** The least usual load a day of which a ratio says something. */
  private static double floor(Measure measure) {
    return switch (measure) {
      case STEPS -> 1_500;
      case ACTIVE_MINUTES, BENDS -> 10;
      case LIFT_VOLUME -> 200.0 / WEEK;
    };
  }

  private static Optional<LoadChange> change(
      Measure measure, List<DayLoad> days, double[] told, double jump) {
    double[] before = before(days, told);
    double[] now = thisWeek(days, told);
    boolean afterBreak =
        days.subList(told.length - WEEK - 1, told.length - 1).stream().anyMatch(DayLoad::tagged);
    boolean any = Arrays.stream(told).anyMatch(value -> value > 0);
    if (!any
        || known(before).length < FEWEST_BEFORE
        || known(now).length < fewestNow(measure, afterBreak && !days.get(told.length - 1).tagged())
        || !isOldEnough(told)) {
      return Optional.empty();
    }
    double usual = mean(known(before));
    double current = mean(known(now));
    if (usual < floor(measure)) {
      return Optional.empty();
    }
    double[] weeks = weeks(before);
    double ratio = current / usual;
    OptionalDouble averages =
        averagesRatio(
            DoubleStream.concat(Arrays.stream(known(before)), Arrays.stream(known(now))).toArray());
    return Optional.of(
        new LoadChange(
            measure,
            current,
            usual,
            median(weeks),
            100 * (ratio - 1),
            ratio,
            averages.isPresent() ? averages.getAsDouble() : null,
            ratio > jump && current - usual > deviation(weeks),
            afterBreak,
            measure == Measure.LIFT_VOLUME && isHeavier(days)));
  }

  /** Lifts have a rhythm of weeks: one on three days says little. */
  private static int fewestNow(Measure measure, boolean backFromBreak) {
    return backFromBreak && measure != Measure.LIFT_VOLUME ? FEWEST_AFTER_BREAK : FEWEST_NOW;
  }

  /** A measure on the days of the three weeks, none of them tagged; NaN where it is not known. */
  private static double[] before(List<DayLoad> days, double[] told) {
    double[] before = new double[BEFORE];
    Arrays.fill(before, Double.NaN);
    int next = BEFORE;
    for (int i = told.length - WEEK - 1; i >= 0 && next > 0; i--) {
      if (!days.get(i).tagged()) {
        before[--next] = told[i];
      }
    }
    return before;
  }

  /** A measure on the last seven days; NaN where it is not known or the day is tagged. */
  private static double[] thisWeek(List<DayLoad> days, double[] told) {
    return IntStream.range(told.length - WEEK, told.length)
        .mapToDouble(i -> days.get(i).tagged() ? Double.NaN : told[i])
        .toArray();
  }

  private static boolean isOldEnough(double[] told) {
    for (int i = 0; i < told.length; i++) {
      if (!Double.isNaN(told[i])) {
        return told.length - i > HISTORY;
      }
    }
    return false;
  }

  /** Weights of tagged days count on neither side; the wearer's word counts on any. */
  private static boolean isHeavier(List<DayLoad> days) {
    int split = days.size() - WEEK;
    float before = 0;
    float now = 0;
    boolean said = false;
    for (int i = 0; i < days.size(); i++) {
      float heaviest = days.get(i).tagged() ? 0 : days.get(i).heaviestKg();
      if (i < split) {
        before = Math.max(before, heaviest);
      } else {
        now = Math.max(now, heaviest);
        said |= days.get(i).heavier();
      }
    }
    return said || now > HEAVIER * before;
  }

  /** E7 over E28 at the last of the days. */
  private static OptionalDouble averagesRatio(double[] values) {
    if (values.length < WEEK) {
      return OptionalDouble.empty();
    }
    double start = mean(Arrays.copyOf(values, WEEK));
    double chronic = average(values, start, 28);
    return chronic == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(average(values, start, WEEK) / chronic);
  }

  /** The exponentially weighted average after the last value. */
  static double average(double[] values, double start, int days) {
    double weight = 2.0 / (days + 1);
    double average = start;
    for (double value : values) {
      average = value * weight + (1 - weight) * average;
    }
    return average;
  }

  /** The values of the days that count. */
  private static double[] known(double[] values) {
    return Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(0);
  }

  /** The means of the weeks of which a day counts, sorted. */
  private static double[] weeks(double[] values) {
    return IntStream.iterate(0, from -> from < BEFORE, from -> from + WEEK)
        .mapToObj(from -> known(Arrays.copyOfRange(values, from, from + WEEK)))
        .filter(week -> week.length > 0)
        .mapToDouble(Loads::mean)
        .sorted()
        .toArray();
  }

  private static double median(double[] sorted) {
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  private static double deviation(double[] values) {
    double mean = 0;
    for (double value : values) {
      mean += value / values.length;
    }
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1));
  }
}
