package io.lumbar.history.influx;

import io.lumbar.history.influx.InfluxConnection.Row;
import io.lumbar.model.DaySummary;
import io.lumbar.model.RunningMedian;
import io.lumbar.model.WearerId;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Writes beside what dashboards show of a day the medians of the seven days up to it, because
 * InfluxQL knows running means of so many points only, and no medians. They are those of reports
 * and trends ({@link RunningMedian#WEEK}).
 *
 * <p>A day that changes changes the medians of the six after it. What they are made of is kept for
 * the wearers written last, and read anew where it is not.
 */
final class DayMedians {
  private static final int DAYS = RunningMedian.WEEK.days() - 1;
  private static final int STATEMENTS = 50;
  private static final int WEARERS = 5_000;
  private static final int LARGEST_KEPT = 30;
  private static final String OF_DAYS = "week_";

  /** In this order the answers to what is asked of points come; each has the first. */
  private static final List<String> FIELDS =
      Stream.concat(Stream.of("revision"), Points.MEDIANS.stream().map(name -> OF_DAYS + name))
          .toList();

  /** A date begins so much earlier or later than UTC's at most. */
  private static final long SLACK = Duration.ofHours(36).toMillis();

  private final InfluxConnection connection;
  private final InfluxDates dates;
  private final InfluxErasures erasures;

  private final Map<WearerId, Window> windows =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<WearerId, Window> eldest) {
          return size() > WEARERS;
        }
      };

  DayMedians(InfluxConnection connection, InfluxDates dates, InfluxErasures erasures) {
    this.connection = connection;
    this.dates = dates;
    this.erasures = erasures;
  }

  /**
   * What is to be written.
   *
   * @param poorer days whose points are to be deleted first, because they lose a median
   * @param missing days without a point, as when something broke off between the two
   * @param parts the medians of each day that changes
   */
  record Change(List<DaySummary> poorer, List<DaySummary> missing, List<Part> parts) {

    /**
     * The lines, behind those of the days that are written anyway.
     *
     * @param deleted whether the points of {@link #poorer} are gone
     */
    List<String> lines(boolean deleted) {
      List<String> lines = new ArrayList<>();
      if (deleted) {
        poorer.forEach(day -> lines.add(Points.of(day)));
      }
      missing.forEach(day -> lines.add(Points.of(day)));
      for (Part part : parts) {
        Map<String, Double> fields = new TreeMap<>(part.medians);
        if (!deleted) {
          part.lost.forEach(name -> fields.put(name, 0.0));
        }
        if (!fields.isEmpty()) {
          lines.add(Points.beside(part.wearer, part.date, part.nanos, fields));
        }
      }
      return lines;
    }
  }

  /**
   * The medians of a day.
   *
   * @param nanos its point's time
   * @param lost those that its point had before and that are no more
   * @param missing whether it has no point
   */
  record Part(
      WearerId wearer,
      LocalDate date,
      long nanos,
      Map<String, Double> medians,
      Set<String> lost,
      boolean missing) {}

  /** What is known of a wearer's days from a date to another. */
  private static final class Window {
    private final LocalDate from;
    private final LocalDate to;
    private final Map<LocalDate, Long> nanos = new TreeMap<>();
    private final Map<LocalDate, Map<String, Number>> counted = new TreeMap<>();
    private final Map<LocalDate, Map<String, Double>> shown = new TreeMap<>();
    private final Set<LocalDate> points = new TreeSet<>();

    Window(LocalDate from, LocalDate to) {
      this.from = from;
      this.to = to;
    }

    boolean covers(LocalDate first, LocalDate last) {
      return !from.isAfter(first) && !to.isBefore(last);
    }

    void put(DaySummary day) {
      nanos.put(day.date(), Points.time(day));
      counted.put(day.date(), Points.counted(day));
    }

    void remove(LocalDate date) {
      nanos.remove(date);
      counted.remove(date);
      shown.remove(date);
      points.remove(date);
    }

    boolean isSame(DaySummary day) {
      return Points.counted(day).equals(counted.get(day.date()));
    }

    Map<String, Double> medians(LocalDate date) {
      Map<String, Double> medians = new TreeMap<>();
      for (String name : Points.MEDIANS) {
        TreeMap<LocalDate, Double> values = new TreeMap<>();
        counted.forEach(
            (each, figures) -> {
              Number value = figures.get(name);
              if (value != null) {
                values.put(each, value.doubleValue());
              }
            });
        RunningMedian.WEEK
            .of(values, date)
            .ifPresent(median -> medians.put(OF_DAYS + name, median));
      }
      return medians;
    }
  }

  /** Dates of a wearer that lie near each other. */
  private record Cluster(WearerId wearer, NavigableSet<LocalDate> dates) {
    LocalDate from() {
      return dates.first().minusDays(DAYS);
    }

    LocalDate to() {
      return dates.last().plusDays(DAYS);
    }
  }

  /**
   * With days that are about to be written. If that fails call {@link #forgetAll}.
   *
   * @param written one a wearer and date
   * @param dropped those of them whose points are deleted first
   */
  synchronized Change with(Collection<DaySummary> written, Collection<DaySummary> dropped) {
    Map<WearerId, TreeMap<LocalDate, DaySummary>> coming = new LinkedHashMap<>();
    Map<WearerId, NavigableSet<LocalDate>> changed = new LinkedHashMap<>();
    Map<WearerId, Set<LocalDate>> emptied = new LinkedHashMap<>();
    dropped.forEach(
        day -> emptied.computeIfAbsent(day.wearer(), key -> new TreeSet<>()).add(day.date()));
    for (DaySummary day : written) {
      coming.computeIfAbsent(day.wearer(), key -> new TreeMap<>()).put(day.date(), day);
      Window window = windows.get(day.wearer());
      boolean same =
          window != null
              && window.covers(day.date().minusDays(DAYS), day.date().plusDays(DAYS))
              && window.isSame(day)
              && !emptied.getOrDefault(day.wearer(), Set.of()).contains(day.date());
      if (!same) {
        changed.computeIfAbsent(day.wearer(), key -> new TreeSet<>()).add(day.date());
      }
    }
    Change change = new Change(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    open(changed)
        .forEach(
            (cluster, window) -> {
              WearerId wearer = cluster.wearer;
              Set<LocalDate> gone = emptied.getOrDefault(wearer, Set.of());
              NavigableMap<LocalDate, DaySummary> near =
                  coming
                      .getOrDefault(wearer, new TreeMap<>())
                      .subMap(cluster.from(), true, cluster.to(), true);
              near.values().forEach(window::put);
              window.points.addAll(near.keySet());
              add(change, parts(cluster, window, gone), gone, near);
            });
    return change;
  }

  /** Without some days of a wearer, which are then to be deleted. */
  synchronized Change without(WearerId wearer, Collection<LocalDate> gone) {
    forgetAll();
    Change change = new Change(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    if (!gone.isEmpty()) {
      open(Map.of(wearer, new TreeSet<>(gone)))
          .forEach(
              (cluster, window) -> {
                cluster.dates.forEach(window::remove);
                add(change, parts(cluster, window, Set.of()), Set.of(), Map.of());
              });
    }
    forgetAll();
    return change;
  }

  /** Writes a change alone. */
  void write(Change change) {
    boolean deleted = erasures.delete(change.poorer.stream().map(DateKind.DAY::hiding).toList());
    connection.write(change.lines(deleted));
  }

  /** Reads anew whatever is needed. */
  synchronized void forgetAll() {
    windows.clear();
  }

  private void add(
      Change change, List<Part> parts, Set<LocalDate> emptied, Map<LocalDate, DaySummary> coming) {
    for (Part part : parts) {
      change.parts.add(part);
      if (part.missing) {
        change.missing.addAll(whole(part, coming));
      } else if (!part.lost.isEmpty() && !emptied.contains(part.date)) {
        change.poorer.addAll(whole(part, coming));
      }
    }
  }

  private List<DaySummary> whole(Part part, Map<LocalDate, DaySummary> coming) {
    DaySummary day = coming.get(part.date);
    return day == null ? dates.days(part.wearer, part.date, part.date) : List.of(day);
  }

  /** The medians that change by the dates of a cluster; of those emptied or missing all. */
  private static List<Part> parts(Cluster cluster, Window window, Set<LocalDate> emptied) {
    TreeSet<LocalDate> near = new TreeSet<>();
    for (LocalDate date : cluster.dates) {
      for (int i = 0; i <= DAYS; i++) {
        near.add(date.plusDays(i));
      }
    }
    List<Part> parts = new ArrayList<>();
    for (LocalDate date : near) {
      Long nanos = window.nanos.get(date);
      if (nanos == null) {
        continue;
      }
      Map<String, Double> medians = window.medians(date);
      Map<String, Double> former = window.shown.getOrDefault(date, Map.of());
      boolean missing = window.points.add(date);
      if (missing || emptied.contains(date) || !medians.equals(former)) {
        Set<String> lost = new LinkedHashSet<>(former.keySet());
        lost.removeAll(medians.keySet());
        parts.add(new Part(cluster.wearer, date, nanos, medians, lost, missing));
        window.shown.put(date, medians);
      }
    }
    return parts;
  }

  /** What is known around the dates, read where it is not remembered. */
  private Map<Cluster, Window> open(Map<WearerId, NavigableSet<LocalDate>> changed) {
    Map<Cluster, Window> opened = new LinkedHashMap<>();
    List<Cluster> unknown = new ArrayList<>();
    for (Cluster cluster : clusters(changed)) {
      Window window = windows.get(cluster.wearer);
      if (window != null && window.covers(cluster.from(), cluster.to())) {
        opened.put(cluster, window);
      } else {
        unknown.add(cluster);
      }
    }
    int each = 1 + FIELDS.size();
    for (int from = 0; from < unknown.size(); from += STATEMENTS / each) {
      List<Cluster> some =
          unknown.subList(from, Math.min(from + STATEMENTS / each, unknown.size()));
      List<String> statements = new ArrayList<>();
      some.forEach(cluster -> statements.addAll(statements(cluster)));
      List<List<Row>> answers = connection.queryEach(statements);
      for (int i = 0; i < some.size(); i++) {
        Cluster cluster = some.get(i);
        Window window = read(cluster, answers.subList(i * each, (i + 1) * each));
        opened.put(cluster, window);
        if (window.nanos.size() <= LARGEST_KEPT) {
          windows.put(cluster.wearer, window);
        } else {
          windows.remove(cluster.wearer);
        }
      }
    }
    return opened;
  }

  private static List<Cluster> clusters(Map<WearerId, NavigableSet<LocalDate>> changed) {
    List<Cluster> clusters = new ArrayList<>();
    changed.forEach(
        (wearer, dates) -> {
          TreeSet<LocalDate> near = new TreeSet<>();
          for (LocalDate date : dates) {
            if (!near.isEmpty() && near.last().plusDays(2L * DAYS).isBefore(date)) {
              clusters.add(new Cluster(wearer, near));
              near = new TreeSet<>();
            }
            near.add(date);
          }
          clusters.add(new Cluster(wearer, near));
        });
    return clusters;
  }

  private static List<String> statements(Cluster cluster) {
    List<String> statements = new ArrayList<>();
    long first = DateKind.DAY.millis(cluster.from());
    long last = DateKind.DAY.millis(cluster.to());
    statements.add(
        InfluxQl.select("record", DateKind.WHOLE, first, last + 1)
            .where("wearer", cluster.wearer.value())
            .toString());
    for (String field : FIELDS) {
      statements.add(
          InfluxQl.select("local_date, " + field, DateKind.DAY.shown(), first - SLACK, last + SLACK)
              .where("wearer", cluster.wearer.value())
              .toString());
    }
    return statements;
  }

  private static Window read(Cluster cluster, List<List<Row>> answers) {
    Window window = new Window(cluster.from(), cluster.to());
    for (Row row : answers.get(0)) {
      if (DateKind.DAY.has(row) && !row.text("record").isEmpty()) {
        try {
          window.put(row.record(DaySummary.class));
        } catch (SerializationException e) {
          // Somebody else wrote it, and nobody can tell what it holds.
          window.remove(DateKind.date(row));
        }
      }
    }
    for (Row row : answers.get(1)) {
      window.points.add(LocalDate.parse(row.text("local_date")));
    }
    for (int i = 1; i < FIELDS.size(); i++) {
      String field = FIELDS.get(i);
      for (Row row : answers.get(1 + i)) {
        window
            .shown
            .computeIfAbsent(LocalDate.parse(row.text("local_date")), date -> new TreeMap<>())
            .put(field, Double.valueOf(row.text(field)));
      }
    }
    return window;
  }
}
