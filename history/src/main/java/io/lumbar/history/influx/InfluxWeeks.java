package io.lumbar.history.influx;

import io.lumbar.history.Listing;
import io.lumbar.history.influx.InfluxConnection.Row;
import io.lumbar.model.DaySummary;
import io.lumbar.model.NightSummary;
import io.lumbar.model.WearerId;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes one point a wearer and week of days and nights before they expire: the means of their
 * figures, at the local midnight of Monday. A series each wearer, where those of days for
 * dashboards have one for each date.
 *
 * <p>Doing it again changes nothing: a week that was made of as many days and nights stays, also
 * when some of them are gone meanwhile.
 */
final class InfluxWeeks {
  private static final int DAYS = 7;

  /** A date begins so much earlier or later than UTC's at most. */
  private static final long SLACK = Duration.ofHours(36).toMillis();

  private static final String NIGHT = "night_";

  private final InfluxConnection connection;
  private final InfluxDates dates;

  InfluxWeeks(InfluxConnection connection, InfluxDates dates) {
    this.connection = connection;
    this.dates = dates;
  }

  /** A wearer's week as far as it is summed. */
  private static final class Week {
    private final long midnight;
    private final Map<String, double[]> sums = new TreeMap<>();
    private long days;
    private long seen;
    private long nights;

    Week(LocalDate monday, ZoneId zone) {
      midnight = Listing.at(monday.atStartOfDay(zone).toInstant()) * Points.NANOS;
    }

    void add(DaySummary day) {
      days++;
      seen += Points.isSeen(day) ? 1 : 0;
      Points.comparable(day).forEach((name, value) -> add(name, value.doubleValue()));
    }

    void add(NightSummary night) {
      nights++;
      add(NIGHT + "in_bed_minutes", night.inBedMinutes());
      add(NIGHT + "out_of_bed", night.outOfBed());
      add(NIGHT + "coverage_minutes", night.coverageMinutes());
      Points.optional(night).forEach((name, value) -> add(NIGHT + name, value.doubleValue()));
    }

    private void add(String name, double value) {
      double[] sum = sums.computeIfAbsent(name, key -> new double[2]);
      sum[0] += value;
      sum[1]++;
    }

    String point(WearerId wearer, LocalDate monday) {
      Line line =
          new Line("weeks")
              .tag("wearer", wearer.value())
              .field("local_week", name(monday))
              .field("days", days)
              .field("days_seen", seen)
              .field("nights", nights);
      sums.forEach((name, sum) -> line.field(name, sum[0] / sum[1]));
      return line.at(midnight);
    }
  }

  /** Makes the weeks in which some day or night before a date is still there. */
  void before(LocalDate date) {
    String oldest =
        "SELECT first(revision) FROM %s WHERE time < %dms"
            .formatted(DateKind.WHOLE, InfluxQl.clamp(DateKind.midnight(date)));
    List<Row> found = connection.query(oldest);
    if (found.isEmpty()) {
      return;
    }
    LocalDate first = DateKind.date(found.get(0));
    for (LocalDate monday = monday(first); monday.isBefore(date); monday = monday.plusDays(DAYS)) {
      make(monday);
    }
  }

  private void make(LocalDate monday) {
    Map<WearerId, Week> weeks = new TreeMap<>();
    for (int i = 0; i < DAYS; i++) {
      LocalDate date = monday.plusDays(i);
      for (DaySummary day : dates.ofAll(DateKind.DAY, date)) {
        weeks.computeIfAbsent(day.wearer(), key -> new Week(monday, day.zone())).add(day);
      }
      for (NightSummary night : dates.ofAll(DateKind.NIGHT, date)) {
        weeks.computeIfAbsent(night.wearer(), key -> new Week(monday, night.zone())).add(night);
      }
    }
    for (Row made : connection.query("SELECT wearer, days, nights FROM weeks" + around(monday))) {
      WearerId wearer = new WearerId(made.text("wearer"));
      Week week = weeks.get(wearer);
      if (week != null
          && made.number("days") >= week.days
          && made.number("nights") >= week.nights) {
        weeks.remove(wearer);
      }
    }
    List<String> lines = new ArrayList<>();
    weeks.forEach((wearer, week) -> lines.add(week.point(wearer, monday)));
    connection.write(lines);
  }

  /** Mondays begin so near to UTC's. */
  private static String around(LocalDate monday) {
    long midnight = DateKind.midnight(monday);
    return " WHERE time >= %dms AND time < %dms"
        .formatted(InfluxQl.clamp(midnight - SLACK), InfluxQl.clamp(midnight + SLACK));
  }

  private static LocalDate monday(LocalDate date) {
    return date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
  }

  private static String name(LocalDate monday) {
    return "%d-W%02d"
        .formatted(
            monday.get(IsoFields.WEEK_BASED_YEAR), monday.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
  }
}
