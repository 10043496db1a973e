package io.lumbar.reports.period;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lumbar.model.DaySummary;
import io.lumbar.model.Json;
import io.lumbar.model.Posture;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerSettings;
import io.lumbar.reports.render.ReportFormat;
import io.lumbar.reports.trends.DayEntries;
import io.lumbar.reports.trends.Figure;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A week from Monday to Sunday, awake for 16 hours a day. */
class PeriodMakerTest {
  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
  private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);
  private static final Wearer MIRA =
      new Wearer(
          new WearerId("w_mira"),
          "Mira",
          "00",
          List.of(new Wearer.ZoneFrom(ZONE, Instant.EPOCH)),
          WearerSettings.defaults());

  private final List<DaySummary> days = new ArrayList<>();

  @Test
  void aHolidayThatWasMeasuredIsToldAsOne() {
    for (int i = 0; i < 7; i++) {
      add(i, 900, 300, "holiday");
    }
    PeriodReport report = report();

    assertThat(report.days()).isEqualTo(7);
    assertThat(report.lines()).isEmpty();
    assertThat(report.notMeasured())
        .containsExactly(
            "7 days that you marked as no ordinary ones: they count in no figure.",
            "Figures of the days: without those you marked there are 0 of 7, too few to tell a week"
                + " by.",
            "Nights: no sensor that feels how you lie was worn in bed.");
  }

  @Test
  void aWeekOfWhichLittleWasSeenSaysWhyItHasNoFigures() {
    for (int i = 0; i < 7; i++) {
      add(i, i == 0 ? 900 : 400, 300);
    }
    PeriodReport report = report();

    assertThat(report.days()).isEqualTo(7);
    assertThat(report.lines()).isEmpty();
    assertThat(report.notMeasured())
        .containsExactly(
            "Figures of the days: on 1 of 7 the sensor saw 60 % or more of the time awake, too few"
                + " to tell a week by.",
            "Nights: no sensor that feels how you lie was worn in bed.");
  }

  @Test
  void aDayThatIsKeptOutStandsInNoRange() {
    for (int i = 0; i < 6; i++) {
      add(i, 900, 300 + i);
    }
    add(6, 900, 720, "ill");
    String text =
        new String(ReportFormat.TEXT.bytes(report(), Optional.empty()), StandardCharsets.UTF_8)
            .replaceAll("[\\s\u00a0]+", " ");

    assertThat(text)
        .contains("7 of 7 days and 0 nights were measured.")
        .contains("One day that you marked as no ordinary one: it counts in no figure.")
        .doesNotContain("12 h", "Figures of the days");
  }

  /** A tag and a check-in tell of a day that nothing was measured on. */
  @Test
  void aDayThatWasOnlyToldOfWasNotMeasured() {
    for (int i = 0; i < 7; i++) {
      add(i, 0, 0);
    }
    assertThat(report().days()).isZero();
    assertThat(report().notMeasured())
        .contains("Figures of the days: 0 of 7 were measured, too few to tell a week by.");
  }

  @Test
  void bendsAreOfTheDaysOnWhichASensorOnTheTrunkSawEnough() {
    for (int i = 0; i < 7; i++) {
      add(i, 900, 300);
      days.set(
          i,
          days.get(i)
              .withBending(
                  new DaySummary.Bending(
                      20,
                      12,
                      4,
                      0,
                      0,
                      Map.of(),
                      new DaySummary.Bending.Forward(9, 4, 2, 0),
                      i < 2 ? 700 : 120)));
    }
    assertThat(report().lines())
        .isNotEmpty()
        .noneMatch(line -> line.trend().figure().wireName().startsWith("bends"));
    assertThat(report().notMeasured())
        .contains(
            "Bends: on 2 of 7 days a sensor on the trunk could tell for 60 % or more of the time"
                + " awake.");
  }

  /** Steps of days of which 31 % was seen stand on neither side of a comparison. */
  @Test
  void daysThatWereBarelySeenAreLeftOutAndThatIsSaid() {
    for (int i = -28; i < -14; i++) {
      add(i, 900, 300);
    }
    for (int i = -14; i < 0; i++) {
      barelySeen(i);
    }
    for (int i = 0; i < 5; i++) {
      add(i, 900, 300);
    }
    barelySeen(5);
    barelySeen(6);

    PeriodReport report = report();
    PeriodReport.Line steps =
        report.lines().stream()
            .filter(line -> line.trend().figure() == Figure.STEPS)
            .findFirst()
            .orElseThrow();
    assertThat(steps.days()).isEqualTo(5);
    assertThat(steps.median()).isEqualTo(4000);
    assertThat(steps.before()).isEqualTo(4000.0);
    assertThat(report.notMeasured())
        .contains(
            "2 days of which less than 60 % of the time awake was seen: they count in no figure.");
  }

  @Test
  void fourWeeksThatWereBarelySeenAreNothingToCompareWith() {
    for (int i = -28; i < 0; i++) {
      barelySeen(i);
    }
    for (int i = 0; i < 7; i++) {
      add(i, 900, 300);
    }
    assertThat(report().lines()).isNotEmpty().allMatch(line -> line.before() == null);
    assertThat(report().notMeasured())
        .contains("A comparison: it takes seven measured days here and in the four weeks before.");
  }

  /** Two days of this week and three of those before had hours forgotten, in which nobody sat. */
  @Test
  void daysWithForgottenTimeCountInNoMedianAndThatIsSaid() {
    for (int i = -28; i < 0; i++) {
      add(i, 900, i >= -3 ? 20 : 300);
      if (i >= -3) {
        forget(i);
      }
    }
    for (int i = 0; i < 7; i++) {
      add(i, 900, i >= 5 ? 20 : 300);
      if (i >= 5) {
        forget(i);
      }
    }
    PeriodReport report = report();
    PeriodReport.Line sitting = line(report, Figure.SITTING);
    assertThat(sitting.days()).isEqualTo(5);
    assertThat(sitting.median()).isEqualTo(300);
    assertThat(sitting.before()).isEqualTo(300.0);
    assertThat(report.days()).isEqualTo(7);
    assertThat(report.notMeasured())
        .contains(
            "2 days of which you had some time forgotten: their sums count in no figure, and of"
                + " the four weeks before likewise those of 3 days.")
        .noneMatch(line -> line.startsWith("Figures of the days"));
    String text =
        new String(ReportFormat.TEXT.bytes(report, Optional.empty()), StandardCharsets.UTF_8)
            .replaceAll("[\\s\u00a0]+", " ");
    assertThat(text)
        .as("the lowest day that counts")
        .contains("5 h, 5 of 7 days")
        .doesNotContain("20 min");
  }

  @Test
  void aWeekOfForgottenHoursSaysWhyItHasNoFigures() {
    for (int i = 0; i < 7; i++) {
      add(i, 900, 300, i == 0 ? new String[] {"ill"} : new String[0]);
      if (i > 0 && i < 4) {
        forget(i);
      }
    }
    assertThat(report().lines()).isEmpty();
    assertThat(report().notMeasured())
        .contains(
            "3 days of which you had some time forgotten: their sums count in no figure.",
            "Figures of the days: without those you marked and those with forgotten time there are"
                + " 3 of 7, too few to tell a week by.");
  }

  @Test
  void forgottenTimeOfTheWeeksBeforeIsSaidToo() {
    for (int i = -28; i < 7; i++) {
      add(i, 900, 300);
    }
    days.subList(0, 1).clear();
    add(-28, 900, 300);
    forget(-28);
    assertThat(report().notMeasured())
        .contains(
            "Of the four weeks before, one day with forgotten time: the sums count in no comparison.");
  }

  private static PeriodReport.Line line(PeriodReport report, Figure figure) {
    return report.lines().stream()
        .filter(line -> line.trend().figure() == figure)
        .findFirst()
        .orElseThrow();
  }

  /** Three hours of the newest day. */
  private void forget(int day) {
    ObjectNode tree = Json.mapper().valueToTree(days.remove(days.size() - 1));
    tree.putArray("forgotten")
        .addObject()
        .put("from", MONDAY.plusDays(day) + "T12:00:00Z")
        .put("to", MONDAY.plusDays(day) + "T15:00:00Z");
    days.add(Json.read(Json.bytes(tree), DaySummary.class));
  }

  private void barelySeen(int day) {
    add(day, 298, 100);
    ObjectNode thin = Json.mapper().valueToTree(days.remove(days.size() - 1));
    thin.put("steps", 1500);
    days.add(Json.read(Json.bytes(thin), DaySummary.class));
  }

  private void add(int day, double seen, double sitting, String... tags) {
    days.add(
        new DaySummary(
            MIRA.id(),
            MONDAY.plusDays(day),
            ZONE,
            1,
            seen == 0
                ? Map.of()
                : Map.of(Posture.SITTING, sitting, Posture.STANDING, seen - sitting),
            new DaySummary.Sitting(5, sitting, sitting / 5, 3, 2, 1, 4),
            seen == 0 ? 0 : 4000,
            seen,
            new DaySummary.Wear(seen, 960, seen / 960, seen >= 600),
            List.of(),
            5,
            null,
            List.of(),
            List.of(tags),
            seen == 0 ? 3 : null,
            null));
  }

  private PeriodReport report() {
    return PeriodMaker.make(
        MIRA,
        Period.of(Period.Kind.WEEK, MONDAY),
        DayEntries.of(days, List.of(), MIRA.settings()),
        List.of(),
        List.of());
  }
}
