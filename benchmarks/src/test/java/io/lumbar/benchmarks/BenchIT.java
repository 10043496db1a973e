package io.lumbar.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.model.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That everything runs and every figure is there; how fast a test machine is says nothing. */
class BenchIT {
  @Test
  void printsEveryFigure() throws Exception {
    ByteArrayOutputStream progress = new ByteArrayOutputStream();
    Report report =
        new Bench(
                Plan.tiny(),
                Commands.ofClassPath(),
                InstantSource.system(),
                new PrintStream(progress, true, StandardCharsets.UTF_8))
            .measure(Part.of(List.of()));

    List<String> names = report.figures().stream().map(Figure::name).toList();
    assertThat(names)
        .contains(
            "uploads over HTTP",
            "bare producer",
            "uploads / bare producer",
            "upload p99 beside slow clients / alone",
            "uploads / bare producer, all running",
            "analytics / pass-through",
            "history / bare batches, SQLite",
            "alert beyond the bare one, p99 at 5/s",
            "alert beyond the bare one, p99 at 50/s",
            "alert at a webhook beyond the bare one, p99 at 5/s",
            "alert at a webhook beyond the bare one, p99 at 50/s",
            "ready after kill -9, after the load",
            "alerting after kill -9, after the load",
            "raw motion read and judged, one core",
            "import of raw motion",
            "reports, SQLite",
            "heap growth over the reports, SQLite");
    if (Influxd.installed().isPresent()) {
      assertThat(names)
          .contains(
              "history / bare batches, InfluxDB",
              "reports, InfluxDB",
              "heap growth over the reports, InfluxDB");
    }
    if (ProcFiles.available()) {
      assertThat(names)
          .contains(
              "start, new folder",
              "start, folder in use before",
              "resident memory, idle",
              "processor, idle",
              "ready after kill -9, little data",
              "processor time of the server",
              "resident memory, imported");
    }
    assertThat(report.table()).contains(names);
    JsonNode json = Json.mapper().readTree(report.json());
    assertThat(json.path("figures").findValuesAsText("name")).isEqualTo(names);
    assertThat(progress.toString(StandardCharsets.UTF_8)).contains("measuring: ");
    for (Figure figure : report.figures()) {
      assertThat(figure.value()).as(figure.name()).isFinite();
      assertThat(figure.detail()).as(figure.name()).doesNotContain("4 missing");
    }
  }
}
