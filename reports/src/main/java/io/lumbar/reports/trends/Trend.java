package io.lumbar.reports.trends;

import io.lumbar.model.Placement;
import io.lumbar.model.RunningMedian;
import io.lumbar.reports.statistics.Shift;
import io.lumbar.reports.statistics.Usual;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A figure day by day with its running medians, the wearer's usual, and by how much the last four
 * weeks differ from the four before.
 *
 * @param points one a date, from the first to the last
 * @param usual of the dates in the range, null while there are too few
 * @param change of the last {@link #CHANGE_DAYS} days against as many before them, null while
 *     either has too few
 */
public record Trend(
    Figure figure,
    LocalDate from,
    LocalDate to,
    List<Point> points,
    @Nullable Usual usual,
    @Nullable Shift change) {

  /** How many days are compared with as many before them. */
  public static final int CHANGE_DAYS = 28;

  /** How far before its first date a trend looks for its running medians. */
  public static final int LOOK_BACK = 2 * CHANGE_DAYS;

  /**
   * One date of a trend.
   *
   * @param value null when not measured or when too little was seen
   * @param coverage null when nothing was measured
   * @param keptOut whether it counts in no median, since the wearer marked the day or had some time
   *     of it forgotten
   * @param forgotten whether it has a value and that is the reason
   * @param estimatedFrom the placement whose estimate the value is; null of what was measured
   * @param week the median of the seven days up to this one, null with fewer than four of them
   * @param month the median of the 28 days up to this one, null with fewer than ten of them
   */
  public record Point(
      LocalDate date,
      @Nullable Double value,
      @Nullable Coverage coverage,
      boolean keptOut,
      boolean forgotten,
      @Nullable Placement estimatedFrom,
      @Nullable Double week,
      @Nullable Double month) {}

  public Trend {
    points = List.copyOf(points);
  }

  /**
   * The trend over a range of dates, both included.
   *
   * @param entries of these dates and, for the medians, of up to {@link #LOOK_BACK} days before, in
   *     any order; dates without an entry have no value
   */
  public static Trend of(Figure figure, LocalDate from, LocalDate to, List<DayEntry> entries) {
    TreeMap<LocalDate, DayEntry> byDate =
        entries.stream()
            .collect(
                Collectors.toMap(DayEntry::date, Function.identity(), (a, b) -> b, TreeMap::new));
    TreeMap<LocalDate, Double> counted = new TreeMap<>();
    byDate.forEach(
        (date, entry) -> {
          OptionalDouble value = figure.of(entry);
          if (value.isPresent() && !entry.keptOut() && figure.isWhole(entry)) {
            counted.put(date, value.getAsDouble());
          }
        });
    List<Point> points = new ArrayList<>();
    for (LocalDate date = from; !date.isAfter(to); date = date.plusDays(1)) {
      points.add(point(figure, date, byDate.get(date), counted));
    }
    LocalDate middle = to.minusDays(CHANGE_DAYS - 1L);
    return new Trend(
        figure,
        from,
        to,
        points,
        Usual.of(values(counted, from, to)).orElse(null),
        Shift.between(
                values(counted, middle.minusDays(CHANGE_DAYS), middle.minusDays(1)),
                values(counted, middle, to))
            .orElse(null));
  }

  /** The same beside another usual, such as that of the days before the last. */
  public Trend against(@Nullable Usual other) {
    return new Trend(figure, from, to, points, other, change);
  }

  /** Whether any date has a value. */
  public boolean hasValues() {
    return points.stream().anyMatch(point -> point.value() != null);
  }

  /** How many dates count in no median because some time of them is forgotten. */
  public int forgottenDates() {
    return (int) points.stream().filter(Point::forgotten).count();
  }

  /** How many dates have a value that is an estimate. */
  public int estimatedDates() {
    return (int) points.stream().filter(point -> point.estimatedFrom() != null).count();
  }

  /** How many of the values are an estimate. */
  public Estimate estimate() {
    return Estimate.of(
        estimatedDates(), points.stream().filter(point -> point.value() != null).count());
  }

  /** The placements whose estimates the values are, each once, best first. */
  public List<Placement> estimatedFrom() {
    return points.stream()
        .flatMap(point -> Stream.ofNullable(point.estimatedFrom()))
        .distinct()
        .sorted()
        .toList();
  }

  private static Point point(
      Figure figure, LocalDate date, @Nullable DayEntry entry, TreeMap<LocalDate, Double> counted) {
    OptionalDouble value = entry == null ? OptionalDouble.empty() : figure.of(entry);
    boolean marked = entry != null && entry.keptOut();
    boolean forgotten = entry != null && !marked && value.isPresent() && !figure.isWhole(entry);
    return new Point(
        date,
        value.isPresent() ? value.getAsDouble() : null,
        Optional.ofNullable(entry).flatMap(figure::coverage).orElse(null),
        marked || forgotten,
        forgotten,
        entry == null || value.isEmpty() ? null : figure.estimatedFrom(entry).orElse(null),
        median(RunningMedian.WEEK, counted, date),
        median(RunningMedian.FOUR_WEEKS, counted, date));
  }

  private static @Nullable Double median(
      RunningMedian median, TreeMap<LocalDate, Double> counted, LocalDate date) {
    OptionalDouble value = median.of(counted, date);
    return value.isPresent() ? value.getAsDouble() : null;
  }

  private static double[] values(TreeMap<LocalDate, Double> counted, LocalDate from, LocalDate to) {
    Map<LocalDate, Double> range =
        from.isAfter(to) ? Map.of() : counted.subMap(from, true, to, true);
    return range.values().stream().mapToDouble(Double::doubleValue).toArray();
  }
}
