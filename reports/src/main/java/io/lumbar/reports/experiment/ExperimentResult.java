package io.lumbar.reports.experiment;

import io.lumbar.model.Experiment;
import io.lumbar.reports.statistics.Quantiles;
import io.lumbar.reports.statistics.Shift;
import io.lumbar.reports.trends.DayEntry;
import io.lumbar.reports.trends.Figure;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Morning stiffness after days with a change against mornings after days without it.
 *
 * <p>A day tells in the morning after it. The first day of each block is left out. The difference
 * is Hodges and Lehmann's with its 95 % interval; while either side has fewer than seven mornings
 * there is none. Pure.
 *
 * @param with mornings that count, after days with the change
 * @param without mornings after days without it
 * @param difference stiffness with minus without, null while there are too few mornings
 */
public record ExperimentResult(
    Experiment experiment,
    int with,
    int without,
    @Nullable Double medianWith,
    @Nullable Double medianWithout,
    @Nullable Shift difference,
    Verdict verdict) {

  /** What can be told. */
  public enum Verdict {
    /** It has not begun, or goes on: nothing is told before its end. */
    RUNNING,
    LESS,
    MORE,
    CANNOT_TELL
  }

  /**
   * The result.
   *
   * @param entries of its days and of the day after its last, in any order
   * @param today nothing is told before the experiment's last morning is over
   */
  public static ExperimentResult of(
      Experiment experiment, List<DayEntry> entries, LocalDate today) {
    Map<LocalDate, DayEntry> byDate = new HashMap<>();
    entries.forEach(entry -> byDate.put(entry.date(), entry));
    List<Double> with = new ArrayList<>();
    List<Double> without = new ArrayList<>();
    for (LocalDate day = experiment.from(); day.isBefore(experiment.end()); day = day.plusDays(1)) {
      DayEntry morning = byDate.get(day.plusDays(1));
      OptionalDouble stiffness =
          morning == null ? OptionalDouble.empty() : Figure.STIFFNESS.of(morning);
      if (stiffness.isPresent() && !experiment.isFirstOfBlock(day)) {
        (experiment.isWith(day) ? with : without).add(stiffness.getAsDouble());
      }
    }
    boolean over = today.isAfter(experiment.end());
    Shift difference = over ? Shift.between(array(without), array(with)).orElse(null) : null;
    return new ExperimentResult(
        experiment,
        with.size(),
        without.size(),
        over ? median(with) : null,
        over ? median(without) : null,
        difference,
        over ? verdict(difference) : Verdict.RUNNING);
  }

  private static Verdict verdict(@Nullable Shift difference) {
    if (difference == null || !difference.isClear()) {
      return Verdict.CANNOT_TELL;
    }
    return difference.estimate() < 0 ? Verdict.LESS : Verdict.MORE;
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static @Nullable Double median(List<Double> values) {
    return values.isEmpty() ? null : Quantiles.median(array(values));
  }
}
