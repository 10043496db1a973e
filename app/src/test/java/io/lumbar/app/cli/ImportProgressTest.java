package io.lumbar.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ImportProgressTest {
  private final StringWriter err = new StringWriter();
  private final AtomicLong nanos = new AtomicLong(-5);
  private final ImportProgress.Lines lines =
      new ImportProgress.Lines("night.csv", new PrintWriter(err), nanos::get);

  @Test
  void aLineEachTenSecondsSaysHowFarItIs() {
    for (int second = 0; second <= 35; second++) {
      lines.state(state("running", second / 40.0, second * 1_000L));
      nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    }
    assertThat(err.toString().lines())
        .containsExactly(
            "night.csv: running, 25 %, 10000 rows",
            "night.csv: running, 50 %, 20000 rows", "night.csv: running, 75 %, 30000 rows");
  }

  @Test
  void whatIsNotOverIsNotToldAsWholeAndAShortImportPrintsNothing() {
    lines.state(state("confirming", 1, 7));
    assertThat(err.toString()).isEmpty();
    nanos.addAndGet(Duration.ofSeconds(11).toNanos());
    lines.state(state("confirming", 1, 7));
    assertThat(err.toString()).isEqualTo("night.csv: confirming, 99 %%, 7 rows%n".formatted());
  }

  private static JsonNode state(String state, double progress, long rows) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("state", state)
        .put("progress", progress)
        .put("rows", rows);
  }
}
