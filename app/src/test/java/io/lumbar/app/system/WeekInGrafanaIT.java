package io.lumbar.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.history.HistoryStore.Batch;
import io.lumbar.history.influx.InfluxHistory;
import io.lumbar.history.influx.RealInflux;
import io.lumbar.model.DaySummary;
import io.lumbar.model.Json;
import io.lumbar.model.Posture;
import io.lumbar.model.TimeSpan;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerSettings;
import io.lumbar.reports.trends.DayEntries;
import io.lumbar.reports.trends.Figure;
import io.lumbar.reports.trends.Trend;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines of a day and of its week in Grafana are those of the trends. */
class WeekInGrafanaIT {
  private static final Path TRENDS = Path.of("../grafana/dashboards/wearer-trends.json");
  private static final WearerId ANNA = new WearerId("w_anna");
  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

  /** The clocks change within. */
  private static final LocalDate FIRST = LocalDate.of(2026, 3, 1);

  private static final int DAYS = 60;
  private static final Map<String, Figure> PANELS =
      Map.of(
          "Sitting a day", Figure.SITTING,
          "Longest sitting", Figure.LONGEST_SITTING,
          "Steps", Figure.STEPS);

  @TempDir Path folder;

  @Test
  void daysAndWeeksInGrafanaAreThoseOfTheTrendsWhateverOrderTheyCameIn() throws Exception {
    Random random = new Random(7);
    List<DaySummary> writes = new ArrayList<>();
    List<DaySummary> last = new ArrayList<>();
    for (int i = 0; i < DAYS; i++) {
      // Gaps of one day and of ten.
      if (i % 11 != 4 && (i < 30 || i >= 40)) {
        last.add(day(i, 5, random));
        writes.add(day(i, 1 + random.nextInt(3), random));
      }
    }
    Collections.shuffle(writes, random);
    List<DaySummary> shuffled = new ArrayList<>(last);
    Collections.shuffle(shuffled, random);
    writes.addAll(shuffled);
    try (RealInflux influx = RealInflux.start(folder);
        InfluxHistory history = InfluxHistory.of(influx.config("lumbar"))) {
      for (int from = 0; from < writes.size(); from += 3) {
        if (from % 15 == 0) {
          history.writersChanged();
        }
        history.write(batch(writes.subList(from, Math.min(from + 3, writes.size()))));
      }
      for (Map.Entry<String, Figure> panel : PANELS.entrySet()) {
        List<String> queries = queries(panel.getKey());
        Map<LocalDate, Double> days = shown(influx, queries.get(0));
        Map<LocalDate, Double> weeks = shown(influx, queries.get(1));
        Map<LocalDate, Double> expectedDays = new TreeMap<>();
        Map<LocalDate, Double> expectedWeeks = new TreeMap<>();
        LocalDate end = FIRST.plusDays(DAYS - 1);
        List<DaySummary> kept = history.days(ANNA, FIRST, end);
        List<LocalDate> dates = kept.stream().map(DaySummary::date).toList();
        Trend trend =
            Trend.of(
                panel.getValue(),
                FIRST,
                end,
                DayEntries.of(kept, List.of(), WearerSettings.defaults()));
        for (Trend.Point point : trend.points()) {
          if (point.value() != null) {
            expectedDays.put(point.date(), point.value());
          }
          // Where there is no day there is no point to carry it.
          if (point.week() != null && dates.contains(point.date())) {
            expectedWeeks.put(point.date(), point.week());
          }
        }
        assertThat(days).as(panel.getKey()).isEqualTo(expectedDays);
        assertThat(weeks).as(panel.getKey()).isEqualTo(expectedWeeks);
        assertThat(weeks.size()).isBetween(10, dates.size() - 5);
      }
    }
  }

  /** Some are seen little, some no ordinary days, some without steps, of some an hour forgotten. */
  private static DaySummary day(int i, int revision, Random random) {
    double seen = 450 + random.nextInt(450);
    double sitting = 100 + random.nextInt(200) + random.nextInt(4) / 4.0;
    return new DaySummary(
        ANNA,
        FIRST.plusDays(i),
        ZONE,
        revision,
        Map.of(Posture.SITTING, sitting, Posture.STANDING, seen - sitting),
        new DaySummary.Sitting(9, sitting, sitting / 3, 4, 3, 1, 8),
        random.nextInt(5) == 0 ? 0 : 2_000 + random.nextInt(9_000),
        seen,
        new DaySummary.Wear(seen, 900, seen / 900, seen >= 600),
        List.of(),
        0,
        null,
        List.of(),
        random.nextInt(9) == 0 ? List.of("ill") : List.of(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        random.nextInt(12) == 0 ? List.of(afternoonHour(FIRST.plusDays(i))) : List.of());
  }

  private static TimeSpan afternoonHour(LocalDate date) {
    Instant from = date.atTime(15, 0).atZone(ZONE).toInstant();
    return new TimeSpan(from, from.plusSeconds(3_600));
  }

  private static Batch batch(List<DaySummary> days) {
    return new Batch(List.of(), List.of(), List.of(), List.of(), List.of(), days, List.of());
  }

  private static List<String> queries(String title) throws Exception {
    for (JsonNode panel : Json.mapper().readTree(Files.readAllBytes(TRENDS)).path("panels")) {
      if (panel.path("title").asText().equals(title)) {
        return panel.path("targets").findValuesAsText("query");
      }
    }
    throw new AssertionError("no panel " + title);
  }

  private static Map<LocalDate, Double> shown(RealInflux influx, String query) throws Exception {
    String filled = query.replace("$wearer", ANNA.value()).replace("$timeFilter", "time > 0");
    Map<LocalDate, Double> shown = new TreeMap<>();
    for (String line : influx.query("lumbar", filled).lines().skip(1).toList()) {
      String[] row = line.split(",");
      Instant midnight = Instant.ofEpochSecond(Long.parseLong(row[2]) / 1_000_000_000);
      shown.put(midnight.atZone(ZONE).toLocalDate(), Double.parseDouble(row[3]));
    }
    return shown;
  }
}
