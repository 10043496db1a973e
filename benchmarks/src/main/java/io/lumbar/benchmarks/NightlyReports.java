package io.lumbar.benchmarks;

import io.lumbar.alerts.stretches.Stretches;
import io.lumbar.app.CatalogueExercises;
import io.lumbar.history.HistoryStore;
import io.lumbar.reports.daily.Report;
import io.lumbar.reports.daily.ReportFactsReader;
import io.lumbar.reports.daily.ReportMaker;
import io.lumbar.reports.render.ReportFormat;
import java.util.List;
import java.util.Optional;

/**
 * The reports of one morning for all wearers of a store: read, worked out, and written as HTML and
 * JSON as into a folder. On one thread, as the press makes them.
 */
final class NightlyReports {
  private static final double PER_SECOND = 50;

  /** Of the heap that is left after a collection, from a fifth of the reports to their end. */
  private static final double FLAT_MEGABYTES = 32;

  private static final int DAYS = 29;
  private static final int DETAILED = 2;
  private static final int PARTS = 5;
  private static final List<ReportFormat> FORMATS = List.of(ReportFormat.HTML, ReportFormat.JSON);

  private final ReportFactsReader facts;
  private final ReportMaker maker =
      new ReportMaker(new CatalogueExercises(Stretches.catalogue(), Optional.empty()));
  private long bytes;

  private NightlyReports(HistoryStore store) {
    facts = new ReportFactsReader(store);
  }

  /**
   * Plants wearers into an empty store and makes their reports.
   *
   * @param name of the store, for the figures
   */
  static List<Figure> measure(String name, HistoryStore store, int wearers) {
    MadeUpWearers.plant(store, wearers, DAYS, DETAILED);
    return new NightlyReports(store).measure(name, wearers);
  }

  private List<Figure> measure(String name, int wearers) {
    long spent = make(0, wearers / PARTS);
    double before = usedMegabytes();
    double most = before;
    for (int part = 1; part < PARTS; part++) {
      spent += make(part * wearers / PARTS, (part + 1) * wearers / PARTS);
      most = Math.max(most, usedMegabytes());
    }
    return List.of(
        Figure.atLeast(
            "reports, " + name,
            wearers * 1e9 / spent,
            "reports/s",
            PER_SECOND,
            "%,d wearers with %d days, %d MB written".formatted(wearers, DAYS, bytes >> 20)),
        Figure.atMost(
            "heap growth over the reports, " + name,
            most - before,
            "MB",
            FLAT_MEGABYTES,
            "from %.0f MB at a fifth of them, after collections".formatted(before)));
  }

  /** How long it took, in nanoseconds. */
  private long make(int from, int to) {
    long begin = System.nanoTime();
    for (int number = from; number < to; number++) {
      Report report = maker.make(facts.read(MadeUpWearers.wearer(number), MadeUpWearers.LAST));
      for (ReportFormat format : FORMATS) {
        bytes += format.bytes(report, Optional.empty()).length;
      }
    }
    return System.nanoTime() - begin;
  }

  private static double usedMegabytes() {
    System.gc();
    Runtime machine = Runtime.getRuntime();
    return (machine.totalMemory() - machine.freeMemory()) / 1048576.0;
  }
}
