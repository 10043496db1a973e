package io.lumbar.reports.speed;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.history.HistoryStore;
import io.lumbar.history.influx.InfluxHistory;
import io.lumbar.history.influx.RealInflux;
import io.lumbar.history.sqlite.SqliteHistory;
import io.lumbar.model.Wearer;
import io.lumbar.reports.daily.Report;
import io.lumbar.reports.daily.ReportFactsReader;
import io.lumbar.reports.daily.ReportMaker;
import io.lumbar.reports.period.Period;
import io.lumbar.reports.period.PeriodReader;
import io.lumbar.reports.period.PeriodReport;
import io.lumbar.reports.render.ReportFormat;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The same month of the same wearers in SQLite and in InfluxDB, and what reports come of it. */
class StoredReportsIT {
  @TempDir Path folder;

  @Test
  void theSameMonthGivesTheSameBytesFromBothStores() throws Exception {
    try (RealInflux influx = RealInflux.start(folder);
        HistoryStore one = SqliteHistory.open(folder.resolve("history.db"));
        HistoryStore other = InfluxHistory.of(influx.config("same"))) {
      MadeUpWearers.plant(one, 3, 60, 31);
      MadeUpWearers.plant(other, 3, 60, 31);
      for (int i = 0; i < 3; i++) {
        Wearer wearer = MadeUpWearers.wearer(i);
        for (int back = 0; back < 31; back++) {
          LocalDate date = MadeUpWearers.LAST.minusDays(back);
          List<byte[]> first = morning(one, wearer, date);
          List<byte[]> second = morning(other, wearer, date);
          for (int format = 0; format < first.size(); format++) {
            assertThat(second.get(format))
                .as("%s %s %s", wearer.id(), date, ReportFormat.values()[format])
                .isEqualTo(first.get(format));
          }
        }
        assertThat(period(other, wearer)).isEqualTo(period(one, wearer));
      }
    }
  }

  private static List<byte[]> morning(HistoryStore store, Wearer wearer, LocalDate date) {
    Report report =
        new ReportMaker(id -> Optional.empty())
            .make(new ReportFactsReader(store).read(wearer, date));
    List<byte[]> written = new ArrayList<>();
    for (ReportFormat format : ReportFormat.values()) {
      written.add(format.bytes(report, Optional.empty()));
    }
    return written;
  }

  private static String period(HistoryStore store, Wearer wearer) {
    Period march = Period.parse("2026-03").orElseThrow();
    PeriodReport report = new PeriodReader(store).read(wearer, march);
    StringBuilder all = new StringBuilder();
    for (ReportFormat format : ReportFormat.values()) {
      all.append(new String(format.bytes(report, Optional.empty()), StandardCharsets.ISO_8859_1));
    }
    return all.toString();
  }

  /** {@code -Dlumbar.reports.wearers=10000}; prints what it measured. */
  @Test
  @EnabledIfSystemProperty(named = "lumbar.reports.wearers", matches = "\\d+")
  void speedFromSqlite() {
    try (HistoryStore store = SqliteHistory.open(folder.resolve("history.db"))) {
      measure("SQLite", store);
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "lumbar.reports.wearers", matches = "\\d+")
  void speedFromInflux() throws Exception {
    try (RealInflux influx = RealInflux.start(folder);
        HistoryStore store = InfluxHistory.of(influx.config("fast"))) {
      measure("InfluxDB", store);
    }
  }

  @SuppressWarnings("SystemOut") // the measurement is what it is for
  private static void measure(String name, HistoryStore store) {
    int wearers = Integer.getInteger("lumbar.reports.wearers", 0);
    int days = Integer.getInteger("lumbar.reports.days", 29);
    MadeUpWearers.plant(store, wearers, days, 2);
    ReportFactsReader facts = new ReportFactsReader(store);
    ReportMaker maker = new ReportMaker(id -> Optional.empty());
    long bytes = 0;
    long begin = System.nanoTime();
    for (int i = 0; i < wearers; i++) {
      Report report = maker.make(facts.read(MadeUpWearers.wearer(i), MadeUpWearers.LAST));
      for (ReportFormat format : List.of(ReportFormat.HTML, ReportFormat.JSON)) {
        bytes += format.bytes(report, Optional.empty()).length;
      }
      if (i % Math.max(1, wearers / 5) == 0) {
        System.gc();
        Runtime machine = Runtime.getRuntime();
        System.out.printf(
            "%s: %d reports, %d MB used%n",
            name, i, (machine.totalMemory() - machine.freeMemory()) >> 20);
      }
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    System.out.printf(
        "%s: %d reports in %.1f s, %.0f a second, %d MB written%n",
        name, wearers, seconds, wearers / seconds, bytes >> 20);
    assertThat(bytes).isPositive();
  }
}
