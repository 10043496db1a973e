package io.lumbar.analytics.day;

import io.lumbar.model.LoadChange;
import io.lumbar.model.LoadChange.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * Compares the last seven days with the three weeks before them. Pure.
 *
 * <p>Uncoupled, because a week inside its own baseline correlates with it by itself (Lolli 2017,
 * doi 10.1136/bjsports-2017-098110). A jump is a ratio above 1.5 (the wearer may set another) whose
 * rise is also larger than the spread of the wearer's own weeks, above a floor below which ratios
 * say nothing. The ratio of exponentially weighted averages (Williams 2017, doi
 * 10.1136/bjsports-2016-096589) starts with the mean of its first seven days and passes over days
 * that were not seen; it describes and predicts nothing.
 */
final class Loads {
  private static final int WEEK = 7;

  /** Days of the three weeks that must have been seen, and of the last one. */
  private static final int FEWEST_BEFORE = 10;

  private static final int FEWEST_NOW = 4;

  /** History that is needed before a jump can be told. */
  private static final int HISTORY = 21;

  private static final double HEAVIER = 1.1;

  private Loads() {}

  /**
   * The changes that can be told.
   *
   * @param days 28 days, oldest first
   * @param jump the ratio above which a week's load jumped
   */
  static List<LoadChange> changes(List<DayLoad> days, double jump) {
    List<LoadChange> changes = new ArrayList<>();
    change(Measure.STEPS, days, DayLoad::steps, 1_500, jump).ifPresent(changes::add);
    change(Measure.ACTIVE_MINUTES, days, DayLoad::activeMinutes, 10, jump).ifPresent(changes::add);
    change(Measure.BENDS, days, DayLoad::bends, 10, jump).ifPresent(changes::add);
    change(Measure.LIFT_VOLUME, days, DayLoad::liftVolume, 200.0 / WEEK, jump)
        .ifPresent(changes::add);
    return List.copyOf(changes);
  }

  private static Optional<LoadChange> change(
      Measure measure,
      List<DayLoad> days,
      ToDoubleFunction<DayLoad> value,
      double floor,
      double jump) {
    int split = days.size() - WEEK;
    List<DayLoad> before = counting(days.subList(0, split));
    List<DayLoad> now = counting(days.subList(split, days.size()));
    boolean told = days.stream().anyMatch(day -> value.applyAsDouble(day) > 0);
    if (!told || before.size() < FEWEST_BEFORE || now.size() < FEWEST_NOW || !isOldEnough(days)) {
      return Optional.empty();
    }
    double usual = mean(before, value);
    double current = mean(now, value);
    if (usual < floor) {
      return Optional.empty();
    }
    double[] weeks = weeks(days.subList(0, split), value);
    double ratio = current / usual;
    OptionalDouble averages = averagesRatio(counting(days), value);
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
            days.subList(split - 1, days.size() - 1).stream().anyMatch(DayLoad::tagged),
            measure == Measure.LIFT_VOLUME && isHeavier(days, split)));
  }

  private static boolean isOldEnough(List<DayLoad> days) {
    for (int i = 0; i < days.size(); i++) {
      if (days.get(i).seen()) {
        return days.size() - i > HISTORY;
      }
    }
    return false;
  }

  private static boolean isHeavier(List<DayLoad> days, int split) {
    float before = 0;
    float now = 0;
    boolean said = false;
    for (int i = 0; i < days.size(); i++) {
      if (i < split) {
        before = Math.max(before, days.get(i).heaviestKg());
      } else {
        now = Math.max(now, days.get(i).heaviestKg());
        said |= days.get(i).heavier();
      }
    }
    return said || now > HEAVIER * before;
  }

  /** E7 over E28 at the last of the days. */
  static OptionalDouble averagesRatio(List<DayLoad> days, ToDoubleFunction<DayLoad> value) {
    if (days.size() < WEEK) {
      return OptionalDouble.empty();
    }
    double start = mean(days.subList(0, WEEK), value);
    double[] values = days.stream().mapToDouble(value).toArray();
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

  private static List<DayLoad> counting(List<DayLoad> days) {
    return days.stream().filter(DayLoad::counts).toList();
  }

  private static double mean(List<DayLoad> days, ToDoubleFunction<DayLoad> value) {
    return days.stream().mapToDouble(value).average().orElse(0);
  }

  /** The means of the weeks of which a day was seen. */
  private static double[] weeks(List<DayLoad> days, ToDoubleFunction<DayLoad> value) {
    List<Double> weeks = new ArrayList<>();
    for (int i = 0; i < days.size(); i += WEEK) {
      List<DayLoad> week = counting(days.subList(i, i + WEEK));
      if (!week.isEmpty()) {
        weeks.add(mean(week, value));
      }
    }
    return weeks.stream().mapToDouble(Double::doubleValue).sorted().toArray();
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
