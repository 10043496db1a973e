package io.lumbar.benchmarks;

import io.lumbar.app.fault.UserMistake;
import io.lumbar.history.HistoryStore;
import io.lumbar.history.influx.InfluxHistory;
import io.lumbar.history.sqlite.SqliteHistory;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Measures Lumbar beside plain Kafka on this machine, in one run, and prints every figure beside
 * its limit.
 */
public final class Bench {
  private final Plan plan;
  private final Commands commands;
  private final InstantSource clock;
  private final PrintStream progress;

  Bench(Plan plan, Commands commands, InstantSource clock, PrintStream progress) {
    this.plan = plan;
    this.commands = commands;
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * Runs with the arguments of {@code ./lumbar bench}: {@code --json} for one JSON document on
   * standard output, {@code --quick} for less of everything, {@code --only=PART} for one of its
   * parts.
   *
   * @return 0 whatever was measured
   * @throws UserMistake when it could not run or a part is not known
   */
  public static int run(List<String> arguments) {
    Plan plan = arguments.contains("--quick") ? Plan.quick() : Plan.full();
    Bench bench = new Bench(plan, Commands.ofLauncher(home()), InstantSource.system(), System.err);
    Report report = bench.measure(Part.of(arguments));
    System.out.println(arguments.contains("--json") ? report.json() : report.table());
    return 0;
  }

  Report measure(Set<Part> parts) {
    Report report = new Report(clock.instant(), progress);
    try (Scratch scratch = Scratch.open()) {
      if (parts.contains(Part.UPLOADS)) {
        ingest(scratch, report);
      }
      if (parts.contains(Part.ANALYTICS)) {
        analytics(scratch, report);
      }
      if (parts.contains(Part.ALERTS)) {
        alerts(scratch, report);
      }
      if (parts.contains(Part.PROCESS)) {
        footprint(scratch, report);
      }
      if (parts.contains(Part.MOTION)) {
        say("raw motion on one core");
        report.addAll(List.of(new MotionRate().measure(plan)));
      }
      if (parts.contains(Part.IMPORT)) {
        say("the import of %d hours of raw motion".formatted(plan.importedHours()));
        report.addAll(
            new ImportedMotion(commands, scratch).measure(plan.importedHours(), clock.instant()));
      }
      if (parts.contains(Part.HISTORY)) {
        history(scratch, report);
      }
      if (parts.contains(Part.REPORTS)) {
        reports(scratch, report);
      }
    } catch (IOException e) {
      throw new UserMistake("the benchmark could not run: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserMistake("interrupted");
    }
    return report;
  }

  private void ingest(Scratch scratch, Report report) throws IOException {
    say("uploads beside a bare producer");
    try (ChildProcess server = ChildProcess.start(commands.ingest(), scratch, "ingest")) {
      IngestPair.Rates rates = new IngestPair(server, plan, clock.instant()).measure();
      report.addAll(
          List.of(
              Figure.plain("uploads over HTTP", rates.http(), "records/s", ""),
              Figure.plain("bare producer", rates.bare(), "records/s", ""),
              Figure.atLeast(
                  "uploads / bare producer", rates.ratio(), "", 0.40, "broker and ingest alone")));
      say("one client's uploads beside %,d slow ones".formatted(plan.slowClients()));
      report.addAll(List.of(new SlowClients(server, plan, clock.instant()).measure()));
    }
    say("the same with everything behind it running");
    try (ChildProcess server = ChildProcess.start(commands.up(), scratch, "whole")) {
      IngestPair.Rates rates = new IngestPair(server, plan.shorter(), clock.instant()).measure();
      report.addAll(
          List.of(
              Figure.plain(
                  "uploads / bare producer, all running", rates.ratio(), "", rates.detail())));
    }
  }

  private void analytics(Scratch scratch, Report report) throws IOException, InterruptedException {
    say("the analytics beside a topology that passes on");
    Files.createDirectory(scratch.resolve("analysed"));
    try (ChildProcess server = ChildProcess.start(commands.ingest(), scratch, "analysed/ingest")) {
      report.addAll(new AnalyticsPair(server, scratch, plan, clock).measure());
    }
  }

  private void alerts(Scratch scratch, Report report) throws IOException, InterruptedException {
    ChildProcess server = ChildProcess.start(commands.up(), scratch, "alerts");
    try {
      for (int load : plan.loads()) {
        say("alerts while others upload %,d observations a second".formatted(load));
        report.addAll(new AlertPair(server, plan, clock).measure(load));
      }
      say("kill -9 and a new start");
      report.addAll(
          new Footprint(commands.up(), scratch, clock)
              .afterKill(server, "alerts", "after the load"));
    } finally {
      server.close();
    }
  }

  private void footprint(Scratch scratch, Report report) throws IOException, InterruptedException {
    if (!ProcFiles.available()) {
      say("start and idle figures are read from /proc, which this system does not have");
      return;
    }
    say("start, memory and idle processor time");
    Footprint footprint = new Footprint(commands.up(), scratch, clock);
    report.addAll(footprint.idle("idle", plan.settle(), plan.idle()));
    report.addAll(List.of(footprint.again("idle")));
    ChildProcess victim = ChildProcess.start(commands.up(), scratch, "idle");
    try {
      report.addAll(footprint.afterKill(victim, "idle", "little data"));
    } finally {
      victim.close();
    }
  }

  private void history(Scratch scratch, Report report) throws IOException, InterruptedException {
    say("bouts into SQLite beside bare batches");
    try (HistoryStore store = SqliteHistory.open(scratch.resolve("history.db"));
        HistoryPair.Bare bare = HistoryPair.sqlite(scratch.resolve("bare.db"))) {
      report.addAll(new HistoryPair("SQLite", plan.batches()).measure(store, bare));
    }
    Optional<Path> influxd = influxd();
    if (influxd.isPresent()) {
      say("the same into InfluxDB");
      try (Influxd server = Influxd.start(influxd.get(), scratch);
          HistoryStore store = InfluxHistory.of(server.config("history"));
          HistoryPair.Bare bare = HistoryPair.influx(server.config("bare"))) {
        report.addAll(new HistoryPair("InfluxDB", plan.batches()).measure(store, bare));
      }
    }
  }

  private void reports(Scratch scratch, Report report) throws IOException, InterruptedException {
    say("the morning reports of %,d wearers from SQLite".formatted(plan.reports()));
    try (HistoryStore store = SqliteHistory.open(scratch.resolve("reports.db"))) {
      report.addAll(NightlyReports.measure("SQLite", store, plan.reports()));
    }
    Optional<Path> influxd = influxd();
    if (influxd.isPresent()) {
      say("the same from InfluxDB");
      try (Influxd server = Influxd.start(influxd.get(), scratch);
          HistoryStore store = InfluxHistory.of(server.config("reports"))) {
        report.addAll(NightlyReports.measure("InfluxDB", store, plan.reports()));
      }
    }
  }

  private Optional<Path> influxd() {
    Optional<Path> installed = Influxd.installed();
    if (installed.isEmpty()) {
      say("InfluxDB is left out, because there is no influxd on the path");
    }
    return installed;
  }

  private void say(String what) {
    progress.println("measuring: " + what);
  }

  /** The folder of the launcher, from where these classes are: MODULE/target/JAR. */
  private static Path home() {
    try {
      Path classes =
          Path.of(Bench.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return classes.resolve("../../..").normalize();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("classes without a folder", e);
    }
  }
}
