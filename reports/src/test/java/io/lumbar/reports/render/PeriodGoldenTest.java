package io.lumbar.reports.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.model.Placement;
import io.lumbar.reports.daily.ReportFacts;
import io.lumbar.reports.period.Period;
import io.lumbar.reports.period.PeriodMaker;
import io.lumbar.reports.period.PeriodReport;
import io.lumbar.reports.trends.Figure;
import io.lumbar.reports.trends.Trend;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
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
    "empty-week,2026-W09,first-day",
    "thigh-week,2026-W09,estimated-night"
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

  /** Under each line, so that a reader finds the day that stands out. */
  @Test
  void nameTheDaysOfAWeekAndTheMondaysOfAMonth() throws IOException {
    PeriodReport week = report("2026-W09", "ninety-days");
    List<String> days =
        List.of("Mon 23", "Tue 24", "Wed 25", "Thu 26", "Fri 27", "Sat 28", "Sun 1");
    for (ReportFormat format : List.of(ReportFormat.HTML, ReportFormat.EMAIL, ReportFormat.PDF)) {
      assertThat(drawn(format, week)).as(format.name()).contains(days);
    }
    PeriodReport month = report("2026-01", "ninety-days");
    List<String> mondays = List.of("Mon 5", "Mon 12", "Mon 19", "Mon 26");
    for (ReportFormat format : List.of(ReportFormat.HTML, ReportFormat.EMAIL, ReportFormat.PDF)) {
      assertThat(drawn(format, month)).as(format.name()).contains(mondays).doesNotContain("Tue 6");
    }
  }

  /** Larger mails are cut off by some programs. */
  @Test
  void columnsOfADayEachFitAMail() {
    byte[] mail = ReportFormat.EMAIL.bytes(report("2026-01", "ninety-days"), Optional.empty());
    assertThat(mail.length).isLessThan(100_000);
    assertThat(new String(mail, StandardCharsets.UTF_8))
        .contains("height=\"44\" bgcolor=\"#" + Shades.ACCENT)
        .doesNotContain("<svg", "<style", "class=", " src=", "NaN", "null");
  }

  /** A day of which nothing is known has no column, and its name all the same. */
  @Test
  void aDayWithoutAValueHasAnEmptyColumn() {
    Figure sitting = Figure.SITTING;
    LocalDate monday = LocalDate.of(2026, 3, 2);
    List<Trend.Point> points = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Double value = i == 1 ? null : 60.0 * i;
      points.add(new Trend.Point(monday.plusDays(i), value, null, false, false, null, null, null));
    }
    Trend trend = new Trend(sitting, monday, monday.plusDays(2), points, null, null);
    List<Outline.DayMark> marks =
        List.of(
            new Outline.DayMark(0, "Mon", "2"),
            new Outline.DayMark(1, "Tue", "3"),
            new Outline.DayMark(2, "Wed", "4"));
    String mail =
        OutlineMail.of(
            new Outline(
                "Mira",
                "A week",
                List.of(new Outline.Spark("Sitting", "", trend, marks)),
                List.of()));
    assertThat(mail)
        .contains("height=\"1\"", "height=\"44\"", "style=\"padding:0 1px;\"></td>", "Tue<br>3");
  }

  /** The words of a document as a reader sees them in a row. */
  private static String drawn(ReportFormat format, PeriodReport report) throws IOException {
    byte[] bytes = format.bytes(report, Optional.empty());
    if (format == ReportFormat.PDF) {
      try (PDDocument document = Loader.loadPDF(bytes)) {
        return new PDFTextStripper().getText(document).replaceAll("\\s+", " ");
      }
    }
    return new String(bytes, StandardCharsets.UTF_8)
        .replace("&nbsp;", " ")
        .replaceAll("<[^>]*>", " ")
        .replaceAll("\\s+", " ");
  }

  private static PeriodReport report(String period, String scene) {
    return report(period, Scenes.all().get(scene));
  }

  private static PeriodReport report(String period, Scene scene) {
    ReportFacts facts = scene.facts();
    return PeriodMaker.make(
        Scene.MIRA,
        Period.parse(period).orElseThrow(),
        facts.entries(),
        facts.alerts(),
        worn(facts));
  }

  /** A chest sensor on some days, and one on the thigh on others; of nobody measured none. */
  private static List<Placement> worn(ReportFacts facts) {
    return facts.entries().size() < 28
        ? List.of()
        : List.of(Placement.THIGH, Placement.CHEST, Placement.THIGH);
  }

  /** As the report of a morning does; in which order the bouts came is no matter. */
  @Test
  void nameTheSensors() throws IOException {
    PeriodReport week = report("2026-W09", "ninety-days");
    assertThat(week.sources()).containsExactly(Placement.THIGH, Placement.CHEST);
    for (ReportFormat format :
        List.of(ReportFormat.TEXT, ReportFormat.HTML, ReportFormat.EMAIL, ReportFormat.PDF)) {
      assertThat(drawn(format, week))
          .as(format.name())
          .contains(
              "This week\u2019s posture is from: a sensor on the thigh, a sensor on the chest.");
    }
    assertThat(drawn(ReportFormat.TEXT, report("2026-01", "ninety-days")))
        .contains("This month\u2019s posture is from:");
    assertThat(drawn(ReportFormat.TEXT, report("2026-W09", "first-day")))
        .doesNotContain("posture is from");
  }

  /** On a page for a doctor, too, a guess of the thigh is no measurement. */
  @Test
  void callAnEstimateOne() throws IOException {
    PeriodReport all = report("2026-W09", "estimated-night");
    PeriodReport some = report("2026-W09", Scenes.goodDay().estimates(Placement.THIGH, 6));
    PeriodReport before = report("2026-W09", Scenes.estimatedNight().measures(10));
    for (ReportFormat format :
        List.of(ReportFormat.TEXT, ReportFormat.HTML, ReportFormat.EMAIL, ReportFormat.PDF)) {
      assertThat(drawn(format, all))
          .as(format.name())
          .contains("On the front (estimated)", "Turns (estimated)")
          .contains("How you lay is an estimate from the thigh, which takes lying on the back")
          .doesNotContain("In bed (estimated)");
      assertThat(drawn(format, some))
          .as(format.name())
          .contains("On the front (partly estimated)")
          .containsPattern("before [^;]{5,12} \\(measured\\)")
          .contains("How you lay is an estimate from the thigh in 3 of 7 nights, which takes");
      assertThat(drawn(format, before))
          .as(format.name())
          .containsPattern("before [^;]{5,12} \\(estimated\\)")
          .doesNotContain("(partly estimated)", "How you lay is an estimate");
      assertThat(drawn(format, report("2026-W09", "ninety-days"))).doesNotContain("estimate");
    }
    assertThat(new String(ReportFormat.CSV.bytes(some, Optional.empty()), StandardCharsets.UTF_8))
        .containsPattern("2026-02-26,prone,minutes,[0-9.]+,430,460,\r\n")
        .containsPattern("2026-02-27,prone,minutes,[0-9.]+,430,460,thigh\r\n")
        .containsPattern("2026-02-27,in-bed,minutes,460,430,460,\r\n");
    assertThat(
            new String(ReportFormat.JSON.bytes(before, Optional.empty()), StandardCharsets.UTF_8))
        .contains("\"beforeEstimated\" : \"all\"")
        .doesNotContain("estimatedFrom");
  }

  /** The chest sensor of some of the days told postures alone. */
  @Test
  void tellWhyNoBendsAreKnown() {
    assertThat(report("2026-W09", "ninety-days").notMeasured())
        .contains(
            "Bends: the sensor on the chest told postures; how far you bent it did not tell, or not"
                + " for long.");
    assertThat(report("2026-W09", Scenes.goodDay().bends(12, 16)).notMeasured())
        .noneMatch(line -> line.startsWith("Bends"));
    assertThat(report("2026-W09", "first-day").notMeasured())
        .noneMatch(line -> line.startsWith("Bends"));
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
