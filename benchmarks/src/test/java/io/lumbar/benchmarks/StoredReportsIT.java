package io.lumbar.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lumbar.alerts.stretches.Stretches;
import io.lumbar.app.CatalogueExercises;
import io.lumbar.history.HistoryStore;
import io.lumbar.history.influx.InfluxHistory;
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

/** The same month of the same wearers in SQLite and in InfluxDB, and what reports come of it. */
class StoredReportsIT {
  @Test
  void theSameMonthGivesTheSameBytesFromBothStores() throws Exception {
    Path influxd = Influxd.installed().orElse(null);
    if ("true".equals(System.getenv("CI"))) {
      assertThat(influxd).as("influxd, which CI must have").isNotNull();
    }
    assumeTrue(influxd != null, "skipped: no influxd on the path");
    try (Scratch scratch = Scratch.open();
        Influxd influx = Influxd.start(influxd, scratch);
        HistoryStore one = SqliteHistory.open(scratch.resolve("history.db"));
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
        new ReportMaker(new CatalogueExercises(Stretches.catalogue(), Optional.empty()))
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
}
