package io.lumbar.reports.daily;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lumbar.history.HistoryStore.AnsweredAlert;
import io.lumbar.model.Alert;
import io.lumbar.model.Bout;
import io.lumbar.model.DaySummary;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.Json;
import io.lumbar.model.NightSummary;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.StretchProfile;
import io.lumbar.model.TimeSpan;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerSettings;
import io.lumbar.reports.render.ReportFormat;
import io.lumbar.reports.statistics.Usual;
import io.lumbar.reports.testing.InMemoryHistory;
import io.lumbar.reports.trends.Coverage;
import io.lumbar.reports.trends.DayEntries;
import io.lumbar.reports.trends.Figure;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReportFactsTest {
  private static final LocalDate MORNING = LocalDate.of(2026, 3, 5);
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final Wearer MIRA =
      new Wearer(
          new WearerId("w_mira"),
          "Mira",
          "00",
          List.of(new Wearer.ZoneFrom(ZoneId.of("Europe/Berlin"), Instant.EPOCH)),
          WearerSettings.defaults());

  /** Holds everything back for pain of 7 and more. */
  private static final Exercises HELD_BACK =
      new Exercises() {
        @Override
        public Optional<Report.Exercise> byId(String id) {
          return Optional.empty();
        }

        @Override
        public Optional<HeldBack> heldBack(StretchProfile profile, LocalDate day) {
          Integer pain = profile.painOn(day);
          return pain != null && pain >= 7 ? Optional.of(HeldBack.PAIN) : Optional.empty();
        }
      };

  @Test
  void theStripOfADayIsCutWhereItsSumsAre() {
    DaySummary summed =
        new DaySummary(
            MIRA.id(),
            MORNING.minusDays(1),
            NEW_YORK,
            1,
            Map.of(Posture.SITTING, 700.0, Posture.STANDING, 200.0),
            new DaySummary.Sitting(5, 700, 90, 3, 2, 1, 4),
            4000,
            900);
    ReportFacts facts =
        new ReportFacts(
            MIRA,
            MORNING,
            DayEntries.of(List.of(summed), List.of(), MIRA.settings()),
            List.of(),
            List.of(),
            List.of());

    Report.Day day =
        new ReportMaker(id -> Optional.empty()).make(facts).day().optional().orElseThrow();
    assertThat(day.from()).isEqualTo(Instant.parse("2026-03-04T05:00:00Z"));
    assertThat(day.to()).isEqualTo(Instant.parse("2026-03-05T05:00:00Z"));
    assertThat(day.zone()).isEqualTo(NEW_YORK);
    // Without sums, the registry's zone.
    assertThat(facts.startOf(MORNING)).isEqualTo(Instant.parse("2026-03-04T23:00:00Z"));
  }

  /** The day summed as the analysis sums it, with spans of local time forgotten. */
  private static Report forgotten(
      double seen, double awake, long steps, LocalDateTime from, LocalDateTime to) {
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    DaySummary summed =
        new DaySummary(
            MIRA.id(),
            MORNING.minusDays(1),
            berlin,
            2,
            seen == 0 ? Map.of() : Map.of(Posture.SITTING, seen),
            new DaySummary.Sitting(seen == 0 ? 0 : 1, seen, seen, 0, 0, 0, 0),
            steps,
            seen);
    ObjectNode tree = Json.mapper().valueToTree(summed);
    tree.putPOJO("wear", new DaySummary.Wear(seen, awake, awake == 0 ? 0 : seen / awake, false));
    tree.putPOJO(
        "forgotten",
        List.of(new TimeSpan(from.atZone(berlin).toInstant(), to.atZone(berlin).toInstant())));
    return new ReportMaker(id -> Optional.empty())
        .make(
            new ReportFacts(
                MIRA,
                MORNING,
                DayEntries.of(
                    List.of(Json.read(Json.bytes(tree), DaySummary.class)),
                    List.of(),
                    MIRA.settings()),
                List.of(),
                List.of(),
                List.of()));
  }

  private static DaySummary sat(LocalDate date, double minutes, int boutsOf30, double forgotten) {
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    Instant noon = date.atTime(12, 0).atZone(berlin).toInstant();
    double awake = 900 - forgotten;
    return new DaySummary(
        MIRA.id(),
        date,
        berlin,
        1,
        Map.of(Posture.SITTING, minutes, Posture.STANDING, awake - minutes),
        new DaySummary.Sitting(5, minutes, 90, 3, boutsOf30, 1, 4),
        0,
        awake,
        new DaySummary.Wear(awake, awake, 1, true),
        List.of(),
        0,
        null,
        List.of(),
        List.of(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        forgotten == 0
            ? List.of()
            : List.of(new TimeSpan(noon, noon.plusSeconds((long) (60 * forgotten)))));
  }

  /** After three weeks of 300 to 340 minutes in six sittings of 30 minutes. */
  private static Report after(DaySummary... others) {
    Map<LocalDate, DaySummary> days = new TreeMap<>();
    for (int ago = 2; ago <= 21; ago++) {
      days.put(MORNING.minusDays(ago), sat(MORNING.minusDays(ago), 300 + ago % 5 * 10, 6, 0));
    }
    for (DaySummary one : others) {
      days.put(one.date(), one);
    }
    return new ReportMaker(id -> Optional.empty())
        .make(
            new ReportFacts(
                MIRA,
                MORNING,
                DayEntries.of(List.copyOf(days.values()), List.of(), MIRA.settings()),
                List.of(),
                List.of(),
                List.of()));
  }

  private static @Nullable Usual usual(Report report, Figure figure) {
    return report.day().optional().orElseThrow().measures().optional().orElseThrow().stream()
        .filter(measure -> measure.figure() == figure)
        .findFirst()
        .orElseThrow()
        .usual();
  }

  @Test
  void aForgottenHourMakesNoDayLookLessThanUsual() {
    LocalDate day = MORNING.minusDays(1);
    Report whole = after(sat(day, 260, 4, 0));
    assertThat(text(whole)).contains("less than usual");
    assertThat(usual(whole, Figure.SITTING).place(260)).isEqualTo(Usual.Place.BELOW);

    // The hour may have been another hour of sitting, with two sittings in it.
    Report gone = after(sat(day, 260, 4, 60));
    assertThat(text(gone)).doesNotContain("less than usual");
    assertThat(usual(gone, Figure.SITTING)).isNull();
    assertThat(usual(gone, Figure.BOUTS_OF_30)).isNull();

    // Even with it there was less, or even without it more.
    assertThat(usual(after(sat(day, 230, 4, 60)), Figure.SITTING)).isNotNull();
    Report more = after(sat(day, 400, 9, 60));
    assertThat(usual(more, Figure.SITTING).place(400)).isEqualTo(Usual.Place.ABOVE);
    assertThat(usual(more, Figure.BOUTS_OF_30)).isNotNull();
  }

  @Test
  void whatIsUsualIsOneRangeInAllOfTheReport() {
    Report report = after(sat(MORNING.minusDays(1), 500, 4, 0));
    assertThat(report.trends().stream().filter(one -> one.figure() == Figure.SITTING))
        .singleElement()
        .satisfies(one -> assertThat(one.usual()).isEqualTo(usual(report, Figure.SITTING)))
        .satisfies(one -> assertThat(one.points()).extracting("value").contains(500.0));
  }

  @Test
  void aDayWithAForgottenHourIsNoMeasureForOthers() {
    LocalDate day = MORNING.minusDays(1);
    Usual without = usual(after(sat(day, 330, 6, 0)), Figure.SITTING);
    Usual with =
        usual(after(sat(day, 330, 6, 0), sat(day.minusDays(3), 100, 0, 240)), Figure.SITTING);
    assertThat(with.days()).isEqualTo(without.days() - 1);
    assertThat(with.low()).isGreaterThan(250);
  }

  @Test
  void whatIsForgottenIsNeitherSeenNorAwakeNorZero() {
    LocalDate day = MORNING.minusDays(1);
    Report afternoon = forgotten(300, 840, 900, day.atTime(14, 0), day.atTime(15, 0));
    assertThat(afternoon.day().optional().orElseThrow().awake()).isEqualTo(new Coverage(300, 840));
    String text = text(afternoon);
    assertThat(text)
        .contains("5 h seen of 14 h awake")
        .contains("Forgotten by you: 1 h. That counts neither as seen nor as awake.")
        .doesNotContain("You had this night forgotten");

    Report whole = forgotten(0, 0, 0, day.atStartOfDay(), MORNING.atStartOfDay());
    assertThat(whole.day().absent())
        .isEqualTo("You had this day forgotten, so nothing is told of it.");
    // From 20:00 on, so that there is no night to tell of either.
    assertThat(whole.night().absent())
        .isEqualTo("You had this night forgotten, so nothing is told of it.");
    assertThat(text(whole))
        .contains("You had yesterday forgotten, so nothing is told of it.")
        .contains("Yesterday: you had it forgotten.")
        .containsOnlyOnce("Last night: you had it forgotten.")
        .doesNotContain("You had this night forgotten")
        .doesNotContain("0 min")
        .doesNotContain("Steps")
        .doesNotContain("not worn");
  }

  private static String text(Report report) {
    return new String(ReportFormat.TEXT.bytes(report, Optional.empty()), StandardCharsets.UTF_8)
        .replaceAll("\\s+", " ");
  }

  @Test
  void aReminderTellsTheStepsOfTheHalfHourAfterIt() {
    ObjectNode summed =
        Json.mapper()
            .valueToTree(
                new DaySummary(
                    MIRA.id(),
                    MORNING.minusDays(1),
                    ZoneId.of("Europe/Berlin"),
                    1,
                    Map.of(Posture.SITTING, 700.0, Posture.STANDING, 200.0),
                    new DaySummary.Sitting(5, 700, 90, 3, 2, 1, 4),
                    4000,
                    900));
    summed.putPOJO("stepTrack", List.of(-114, 120, 0, 0, 30, 0, 0, 500));
    Alert alert =
        new Alert(
            "a_1",
            MIRA.id(),
            "e_1",
            EpisodeKind.LONG_SITTING,
            30,
            Instant.parse("2026-03-04T08:30:00Z"),
            Instant.parse("2026-03-04T08:00:00Z"),
            ZoneId.of("Europe/Berlin"),
            "title",
            "text",
            null,
            "sent");
    ReportFacts facts =
        new ReportFacts(
            MIRA,
            MORNING,
            DayEntries.of(
                List.of(Json.read(Json.bytes(summed), DaySummary.class)),
                List.of(),
                MIRA.settings()),
            List.of(),
            List.of(new AnsweredAlert(alert, null)),
            List.of());
    Report.Reminders reminders =
        new ReportMaker(id -> Optional.empty()).make(facts).reminders().optional().orElseThrow();
    assertThat(reminders.told()).extracting(Report.Told::steps).containsExactly(150);
  }

  /** Pain of 5 is told at 20:00 of the report's own date; of that morning nothing was told. */
  @Test
  void whatIsToldInTheEveningIsNotPartOfTheNightBefore() {
    List<DaySummary> days = new ArrayList<>();
    List<NightSummary> nights = new ArrayList<>();
    for (int back = 12; back >= 1; back--) {
      days.add(dayWithPain(MORNING.minusDays(back), 3));
      nights.add(night(MORNING.minusDays(back), 2));
    }
    nights.add(night(MORNING, null));
    String morning = json(days, nights);
    days.add(dayWithPain(MORNING, 5));
    String evening = json(days, nights);

    assertThat(evening).isEqualTo(morning);
    assertThat(evening).contains("there was no check-in").doesNotContain("\"value\" : 5");
  }

  /** No sensor tells of the night. */
  @Test
  void strongPainHoldsExercisesBackWheneverItIsToldAndOtherPainOfTheDayChangesNothing() {
    DaySummary yesterday = dayWithPain(MORNING.minusDays(1), 3);
    DaySummary morning = dayWithPain(MORNING, 8).withMorning(8, 2);
    String told = json(List.of(yesterday, morning), List.of());

    assertThat(told).contains("You gave your pain 8 of 10 today.");
    assertThat(json(List.of(yesterday, dayWithPain(MORNING, 8).withMorning(3, 2)), List.of()))
        .as("3 when getting up, 8 at ten")
        .contains("You gave your pain 8 of 10 today.")
        .contains("Exercises wait today");
    assertThat(json(List.of(yesterday, dayWithPain(MORNING, 6)), List.of()))
        .isEqualTo(json(List.of(yesterday), List.of()))
        .doesNotContain("6 of 10");
  }

  /** 3 at the first question, 8 at twenty past seven: each with its name wherever it stands. */
  @Test
  void ofTwoPainsItIsSaidWhichIsWhich() {
    ObjectNode tree = Json.mapper().valueToTree(dayWithPain(MORNING, 8).withMorning(3, 2));
    tree.put("painAt", "2026-03-05T06:20:00Z");
    DaySummary twice = Json.read(Json.bytes(tree), DaySummary.class);
    for (List<NightSummary> nights : List.of(List.of(night(MORNING, 3)), List.<NightSummary>of())) {
      Report report = report(List.of(dayWithPain(MORNING.minusDays(1), 3), twice), nights);
      assertThat(report.suggestions().get(0).reason())
          .startsWith("You gave your pain 8 of 10 today at 07:20.");
      for (ReportFormat format :
          List.of(ReportFormat.TEXT, ReportFormat.HTML, ReportFormat.EMAIL)) {
        assertThat(format.write(report, Optional.empty()).replaceAll("\\s+", " "))
            .as(format.name())
            .containsOnlyOnce(
                "Your first word of the morning was a pain of 3 of 10; at 07:20 you told 8 of 10.");
      }
      assertThat(ReportFormat.JSON.write(report, Optional.empty()))
          .contains("\"strongerPain\" : {", "\"at\" : \"2026-03-05T07:20+01:00\"");
    }
    tree.remove("painAt");
    DaySummary without = Json.read(Json.bytes(tree), DaySummary.class);
    assertThat(ReportFormat.TEXT.write(report(List.of(without), List.of()), Optional.empty()))
        .containsPattern("at\\sanother\\stime\\sof\\sthe\\sday\\syou\\stold\\s8 of 10");
    for (DaySummary one :
        List.of(dayWithPain(MORNING, 8).withMorning(8, 2), dayWithPain(MORNING, 8))) {
      assertThat(ReportFormat.TEXT.write(report(List.of(one), List.of()), Optional.empty()))
          .contains("You gave your pain 8 of 10 today.")
          .doesNotContain("first word of the morning");
    }
  }

  private static Report report(List<DaySummary> days, List<NightSummary> nights) {
    return new ReportMaker(HELD_BACK)
        .make(
            new ReportFacts(
                MIRA,
                MORNING,
                DayEntries.of(days, nights, MIRA.settings()),
                List.of(),
                List.of(),
                List.of()));
  }

  /** The longer the sitting, the more pain the next morning; no sensor tells of the nights. */
  @Test
  void whatWentTogetherWithTheMorningsTakesNoNight() {
    List<DaySummary> days = new ArrayList<>();
    for (int back = 40; back >= 0; back--) {
      ObjectNode summed = Json.mapper().valueToTree(dayWithPain(MORNING.minusDays(back), 9));
      ((ObjectNode) summed.path("sitting")).put("longestMinutes", 40 + 10 * (back * 7 % 11));
      summed.put("morningPain", (back + 1) * 7 % 11);
      days.add(Json.read(Json.bytes(summed), DaySummary.class));
    }
    ReportFacts facts =
        new ReportFacts(
            MIRA,
            MORNING,
            DayEntries.of(days, List.of(), MIRA.settings()),
            List.of(),
            List.of(),
            List.of());

    Report report = new ReportMaker(id -> Optional.empty()).make(facts);
    assertThat(report.together().optional().orElseThrow())
        .extracting(Report.Together::first, Report.Together::second)
        .containsExactly(tuple(Figure.LONGEST_SITTING, Figure.PAIN));
  }

  /** An hour in bed with a book, sitting, and at most forty minutes at a stretch out of it. */
  @Test
  void sittingUpInBedIsNoLongestSitting() {
    Instant noon = Instant.parse("2026-03-04T11:00:00Z");
    Instant evening = Instant.parse("2026-03-04T21:00:00Z");
    ObjectNode summed = Json.mapper().valueToTree(dayWithPain(MORNING.minusDays(1), 2));
    ((ObjectNode) summed.path("sitting")).put("minutes", 40).put("longestMinutes", 40);
    ReportFacts facts =
        new ReportFacts(
            MIRA,
            MORNING,
            DayEntries.of(
                List.of(Json.read(Json.bytes(summed), DaySummary.class)),
                List.of(),
                MIRA.settings()),
            List.of(
                bout(Posture.SITTING, noon, noon.plusSeconds(2400)),
                bout(Posture.SITTING, evening, evening.plusSeconds(3900))),
            List.of(),
            List.of());

    Report report = new ReportMaker(id -> Optional.empty()).make(facts);
    assertThat(report.day().optional().orElseThrow().longest())
        .isEqualTo(new Report.Stretch(noon, noon.plusSeconds(2400), Posture.SITTING));
    String html = ReportFormat.HTML.write(report, Optional.empty()).replace('\u00a0', ' ');
    assertThat(html)
        .contains("at most 40 min at a stretch", "Sitting 40 min")
        .doesNotContain("1 h 45 min", "1 h 5 min");
  }

  private static String json(List<DaySummary> days, List<NightSummary> nights) {
    ReportFacts facts =
        new ReportFacts(
            MIRA,
            MORNING,
            DayEntries.of(days, nights, MIRA.settings()),
            List.of(),
            List.of(),
            List.of());
    return ReportFormat.JSON.write(new ReportMaker(HELD_BACK).make(facts), Optional.empty());
  }

  private static DaySummary dayWithPain(LocalDate date, int pain) {
    ObjectNode summed =
        Json.mapper()
            .valueToTree(
                new DaySummary(
                    MIRA.id(),
                    date,
                    ZoneId.of("Europe/Berlin"),
                    1,
                    Map.of(Posture.SITTING, 700.0, Posture.STANDING, 200.0),
                    new DaySummary.Sitting(5, 700, 90, 3, 2, 1, 4),
                    4000,
                    900));
    return Json.read(Json.bytes(summed.put("pain", pain)), DaySummary.class);
  }

  private static NightSummary night(LocalDate date, @Nullable Integer pain) {
    Instant from = date.atStartOfDay(ZoneId.of("Europe/Berlin")).toInstant();
    ObjectNode night = Json.mapper().createObjectNode();
    night.put("v", 1).put("wearer", MIRA.id().value()).put("date", date.toString());
    night.put("zone", "Europe/Berlin").put("revision", 1);
    night.put("retracted", false).put("open", false);
    night.put("inBedFrom", from.toString()).put("inBedTo", from.plusSeconds(28_800).toString());
    night.putObject("positionMinutes").put("left", 450);
    night.put("outOfBed", 0).put("coverageMinutes", 450).put("morningPain", pain);
    night.putArray("track");
    return Json.read(Json.bytes(night), NightSummary.class);
  }

  /** Sat until half a minute past midnight, then walked. */
  @Test
  void onlyWhatAsksForABreakIsJudgedByOneAndMidnightEndsNoBreak() {
    Instant midnight = Instant.parse("2026-03-04T23:00:00Z");
    InMemoryHistory history = new InMemoryHistory();
    history.bouts(
        bout(Posture.SITTING, midnight.minusSeconds(3600), midnight.plusSeconds(30)),
        bout(Posture.WALKING, midnight.plusSeconds(30), midnight.plusSeconds(100)));
    history.alerts(
        alert(EpisodeKind.DATA_SILENCE, midnight.minusSeconds(900)),
        alert(EpisodeKind.DEVICE_CARE, midnight.minusSeconds(800)),
        alert(EpisodeKind.LOAD_JUMP, midnight.minusSeconds(700)),
        alert(EpisodeKind.SUSTAINED_BEND, midnight.minusSeconds(200)),
        alert(EpisodeKind.LONG_SITTING, midnight.minusSeconds(180)),
        alert(EpisodeKind.LONG_SITTING, midnight.plusSeconds(5)));

    Report report =
        new ReportMaker(id -> Optional.empty())
            .make(new ReportFactsReader(history).read(MIRA, MORNING));
    assertThat(report.reminders().optional().orElseThrow().told())
        .extracting(Report.Told::kind, Report.Told::outcome, Report.Told::upAfterMinutes)
        .containsExactly(
            tuple(EpisodeKind.LOAD_JUMP, Report.Outcome.NO_ANSWER, null),
            tuple(EpisodeKind.SUSTAINED_BEND, Report.Outcome.NO_ANSWER, null),
            tuple(EpisodeKind.LONG_SITTING, Report.Outcome.GOT_UP, 4));
  }

  private static Bout bout(Posture posture, Instant from, Instant to) {
    return new Bout(
        "b_" + from,
        MIRA.id(),
        posture,
        from,
        to,
        to,
        ZoneId.of("Europe/Berlin"),
        Placement.THIGH,
        false,
        1,
        false,
        Map.of());
  }

  private static Alert alert(EpisodeKind kind, Instant at) {
    return new Alert(
        "a_" + kind + at,
        MIRA.id(),
        "e_" + kind + at,
        kind,
        30,
        at,
        at.minusSeconds(1800),
        ZoneId.of("Europe/Berlin"),
        "title",
        "text",
        null,
        "sent");
  }

  @Test
  void aDayOfWhichNothingCameSaysWhyAndWhenSomethingCameLast() {
    DaySummary before =
        new DaySummary(
            MIRA.id(),
            MORNING.minusDays(3),
            MIRA.zoneAt(Instant.EPOCH),
            1,
            Map.of(Posture.SITTING, 700.0),
            new DaySummary.Sitting(5, 700, 90, 3, 2, 1, 4),
            4000,
            900);
    ReportFacts facts =
        new ReportFacts(
            MIRA,
            MORNING,
            DayEntries.of(List.of(before), List.of(), MIRA.settings()),
            List.of(),
            List.of(),
            List.of());

    assertThat(new ReportMaker(id -> Optional.empty()).make(facts).notMeasured())
        .anyMatch(
            line ->
                line.contains("battery") && line.endsWith("The last data is from Monday 2 March."));
  }
}
