package io.lumbar.reports.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.reports.daily.ReportFacts;
import io.lumbar.reports.period.Period;
import io.lumbar.reports.period.PeriodMaker;
import io.lumbar.reports.period.PeriodReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A week and a month word for word; {@code -Dgolden.update=true} writes the files anew. */
class PeriodGoldenTest {
  private static final Path GOLDEN = Path.of("src/test/resources/io/lumbar/reports/golden");

  @ParameterizedTest
  @CsvSource({
    "week,2026-W09,ninety-days",
    "month,2026-02,ninety-days",
    "empty-week,2026-W09,first-day"
  })
  void areWhatTheyWere(String name, String period, String scene) throws IOException {
    PeriodReport report = report(period, scene);
    for (ReportFormat format : ReportFormat.values()) {
      if (format == ReportFormat.PDF) {
        assertThat(format.bytes(report, Optional.empty()))
            .isEqualTo(format.bytes(report, Optional.empty()));
        continue;
      }
      String written = new String(format.bytes(report, Optional.empty()), StandardCharsets.UTF_8);
      Path golden = GOLDEN.resolve(name + "." + format.extension());
      if (Boolean.getBoolean("golden.update")) {
        Files.writeString(golden, written);
      }
      assertThat(written).as(golden.toString()).isEqualTo(Files.readString(golden));
    }
  }

  /** Too few for a figure of the month, and a number of its day nevertheless. */
  @Test
  void theTableHasTheNumbersOfASingleDay() {
    PeriodReport report = report("2026-03", "first-day");
    assertThat(report.lines()).isEmpty();
    assertThat(new String(ReportFormat.CSV.bytes(report, Optional.empty()), StandardCharsets.UTF_8))
        .contains("\r\n2026-03-04,sitting,minutes,");
  }

  private static PeriodReport report(String period, String scene) {
    ReportFacts facts = Scenes.all().get(scene).facts();
    return PeriodMaker.make(
        Scene.MIRA, Period.parse(period).orElseThrow(), facts.entries(), facts.alerts());
  }

  @ParameterizedTest
  @CsvSource({
    "2026-W10,2026-03-02,2026-03-08,7",
    "2026-W53,2026-12-28,2027-01-03,7",
    "2026-02,2026-02-01,2026-02-28,28",
    "2024-02,2024-02-01,2024-02-29,29"
  })
  void periodsHaveTheirDays(String name, String from, String to, int days) {
    Period period = Period.parse(name).orElseThrow();

    assertThat(period.from()).hasToString(from);
    assertThat(period.to()).hasToString(to);
    assertThat(period.days()).isEqualTo(days);
    assertThat(period.wireName()).isEqualTo(name);
    assertThat(Period.of(period.kind(), period.to())).isEqualTo(period);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-W60", "2026-13", "2026", "2026-03-05", "today", "2026-W1"})
  void othersAreNone(String name) {
    assertThat(Period.parse(name)).isEmpty();
  }
}
