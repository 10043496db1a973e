package io.lumbar.reports.interchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lumbar.model.Bout;
import io.lumbar.model.DaySummary;
import io.lumbar.model.Json;
import io.lumbar.model.NightSummary;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.SleepPosition;
import io.lumbar.model.StableIds;
import io.lumbar.model.WearerId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class InterchangeTest {
  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
  private static final LocalDate DAY = LocalDate.of(2026, 3, 2);
  private static final WearerId ANNA = new WearerId("w_anna");
  private static final Instant MADE = Instant.parse("2026-04-01T10:00:00Z");

  private static final Measured MEASURED =
      new Measured(
          Subject.of(ANNA),
          List.of(
              bout(Posture.LYING, "00:00", "06:30"),
              bout(Posture.WALKING, "06:30", "06:45"),
              bout(Posture.SITTING, "08:00", "09:00:30")),
          List.of(day()),
          List.of(night()),
          false,
          MADE);

  @Test
  void eventsAreContiguousWithStridesAndNonWearWhereNothingWasSeen() {
    String csv = new String(EventsCsv.of(MEASURED), StandardCharsets.UTF_8);

    assertThat(csv.lines().skip(1))
        .containsExactly(
            "46083,0,23400,3.1,0,0,0,0,0",
            "46083.2708333333,0,900,2,500,0,0,0,0",
            "46083.28125,0,4500,4,500,0,0,0,0",
            "46083.3333333333,0,3630,0,500,0,0,0,0");
    assertThat(csv).startsWith("\"Time\",\"DataCount (samples)\",\"Interval (s)\"");
  }

  @Test
  void daysStandUnderGgirsNames() {
    List<String> lines = new String(DaysCsv.of(MEASURED), StandardCharsets.UTF_8).lines().toList();

    assertThat(lines.get(0)).startsWith("ID,weekday,calendar_date,sleeponset_ts,wakeup_ts");
    assertThat(lines.get(1))
        .startsWith("w_anna,Monday,2026-03-02,,,,1050,93,")
        .contains(",60.5,1,1,60.5,")
        .endsWith(",42,22:30:00,06:30:00,480,,,,2,");
    assertThat(lines.get(0).split(",", -1)).hasSameSizeAs(lines.get(1).split(",", -1));
  }

  @Test
  void inAStudyAPseudonymStandsForTheWearer() throws IOException {
    String key = "a key of no less than 32 characters";
    Subject hip = Subject.within("hip-2026", ANNA, key);
    assertThat(hip.idOf("a")).isEqualTo(Subject.within("hip-2026", ANNA, key).idOf("a"));
    // echo -en 'hip-2026\nw_anna' | openssl dgst -sha256 -hmac 'a key of no less than 32
    // characters'
    assertThat(hip.name()).isEqualTo("p_f06197bd0203eedd508e");
    for (Subject other :
        List.of(
            Subject.within("knee", ANNA, key),
            Subject.within("hip-2026", new WearerId("w_ben"), key),
            Subject.within("hip-2026", ANNA, key + "!"))) {
      assertThat(other.name()).isNotEqualTo(hip.name());
      assertThat(other.idOf("a")).isNotEqualTo(hip.idOf("a"));
    }
    Measured studied =
        new Measured(hip, MEASURED.bouts(), MEASURED.days(), MEASURED.nights(), false, MADE);
    String days = new String(DaysCsv.of(studied), StandardCharsets.UTF_8);
    assertThat(days).contains("\n" + hip.name() + ",Monday,").doesNotContain("w_anna");
    List<String> own = uuids(MEASURED);
    assertThat(uuids(studied)).hasSameSizeAs(own).doesNotContainAnyElementsOf(own);
    assertThat(uuids(studied)).isEqualTo(uuids(studied));
    assertThat(hip.toString()).doesNotContain("w_anna");
  }

  /**
   * Who knows a wearer's id knows every part of these ids, and the pseudonym stands in the file.
   */
  @Test
  void whoHasTheWearersIdAndNoKeyFindsThemInNoStudy() throws IOException {
    Subject hip = Subject.within("hip-2026", ANNA, "a key of no less than 32 characters");
    Measured studied =
        new Measured(hip, MEASURED.bouts(), MEASURED.days(), MEASURED.nights(), false, MADE);
    List<String> guesses = new ArrayList<>();
    for (String id :
        List.of(
            "bed|" + ANNA + "|" + DAY,
            "positions|" + ANNA + "|" + DAY,
            "steps|" + ANNA + "|" + DAY + "|6",
            MEASURED.bouts().get(1).id())) {
      for (String guess : List.of(id, hip.name() + "|" + id)) {
        guesses.add(UUID.nameUUIDFromBytes(guess.getBytes(StandardCharsets.UTF_8)).toString());
      }
    }
    assertThat(guesses).containsAnyElementsOf(uuids(MEASURED));
    assertThat(uuids(studied)).doesNotContainAnyElementsOf(guesses);
  }

  private static List<String> uuids(Measured measured) throws IOException {
    List<String> uuids = new ArrayList<>();
    for (JsonNode point : Json.mapper().readTree(OpenMhealth.of(measured))) {
      uuids.add(point.path("header").path("uuid").asText());
    }
    return uuids;
  }

  /** In bed at 22:30, asleep at 22:52 by a sensor's guess. */
  @Test
  void timeInBedIsNotHandedOnAsSleep() throws IOException {
    ObjectNode tree = Json.mapper().valueToTree(night());
    tree.put("asleepFrom", night().inBedFrom().plusSeconds(22 * 60).toString());
    NightSummary guessed = Json.read(Json.bytes(tree), NightSummary.class);
    Measured measured =
        new Measured(MEASURED.subject(), List.of(), List.of(day()), List.of(guessed), false, MADE);

    assertThat(new String(DaysCsv.of(measured), StandardCharsets.UTF_8).lines().skip(1))
        .singleElement()
        .asString()
        .startsWith("w_anna,Monday,2026-03-02,22:52:00,06:30:00,458,1050,")
        .endsWith(",42,22:30:00,06:30:00,480,,,,2,");
    assertThat(begins(OpenMhealth.of(measured), "sleep-episode"))
        .containsExactly("2026-03-01T22:52:00+01:00");
    assertThat(begins(OpenMhealth.of(measured), "time-in-bed"))
        .containsExactly("2026-03-01T22:30:00+01:00");
    assertThat(begins(OpenMhealth.of(MEASURED), "sleep-episode")).isEmpty();
    assertThat(new String(OpenMhealth.of(measured), StandardCharsets.UTF_8))
        .contains("is_main_sleep")
        .doesNotContain("awakenings");
  }

  /** Out of bed twice; how often awake in bed is known to nobody. */
  @Test
  void timesOutOfBedAreNotHandedOnAsAwakenings() {
    List<String> lines = new String(DaysCsv.of(MEASURED), StandardCharsets.UTF_8).lines().toList();

    assertThat(lines.get(0)).contains(",lumbar_out_of_bed,").doesNotContainIgnoringCase("awak");
    assertThat(lines.get(1)).endsWith(",2,");
  }

  /** At two in the afternoon ten hours of the day are to come, which nobody left unworn. */
  @Test
  void aDayThatIsNotOverHasNoRow() {
    for (String made : List.of("2026-03-02T13:10:00Z", "2026-03-02T22:59:59Z")) {
      assertThat(rows(Instant.parse(made))).as(made).isEmpty();
    }
    assertThat(rows(Instant.parse("2026-03-02T23:00:00Z"))).hasSize(1);
  }

  private static List<String> rows(Instant made) {
    Measured measured =
        new Measured(MEASURED.subject(), List.of(), List.of(day()), List.of(night()), false, made);
    return new String(DaysCsv.of(measured), StandardCharsets.UTF_8).lines().skip(1).toList();
  }

  /** A thigh's guess of the front is no measurement. */
  @Test
  void minutesOnTheFrontThatAreAnEstimateAreCalledOne() {
    ObjectNode tree = Json.mapper().valueToTree(night());
    tree.put("estimatedFrom", "thigh");
    NightSummary guessed = Json.read(Json.bytes(tree), NightSummary.class);
    Measured measured =
        new Measured(MEASURED.subject(), List.of(), List.of(day()), List.of(guessed), false, MADE);
    List<String> lines = new String(DaysCsv.of(measured), StandardCharsets.UTF_8).lines().toList();

    assertThat(lines.get(0)).endsWith(",lumbar_positions_estimated_from");
    assertThat(lines.get(1)).contains(",42,22:30:00,").endsWith(",2,thigh");
  }

  /** Digits that binary fractions add are no measurement. */
  @Test
  void minutesInBedAreHandedOnToAThousandth() throws IOException {
    ObjectNode tree = Json.mapper().valueToTree(night());
    tree.set("positionMinutes", Json.mapper().valueToTree(Map.of("prone", 42.016666666666666)));
    tree.put("inBedTo", night().inBedTo().plusMillis(333).toString());
    Measured measured =
        new Measured(
            MEASURED.subject(),
            List.of(),
            List.of(),
            List.of(Json.read(Json.bytes(tree), NightSummary.class)),
            false,
            MADE);
    JsonNode points = Json.mapper().readTree(OpenMhealth.of(measured));
    assertThat(points.findValue("time_in_bed").toString())
        .isEqualTo("{\"value\":480.006,\"unit\":\"min\"}");
    assertThat(points.findValue("prone").toString())
        .isEqualTo("{\"value\":42.017,\"unit\":\"min\"}");
  }

  /** Of a day without a night: awake by the waking hours, lying for half an hour of them. */
  @Test
  void aDayWithoutANightHasTheMinutesAwakeOfItsReport() {
    ObjectNode tree = Json.mapper().valueToTree(day());
    tree.set("postureMinutes", Json.mapper().valueToTree(Map.of("sitting", 570.0, "lying", 30.0)));
    tree.put("coverageMinutes", 600);
    tree.set("wear", Json.mapper().valueToTree(new DaySummary.Wear(600, 900, 600 / 900.0, true)));
    assertThat(row(tree)).contains(",900,33.33,600,0,0,");

    tree.set(
        "forgotten",
        Json.mapper().valueToTree(List.of(Map.of("from", at("00:00"), "to", at("23:59")))));
    tree.put("coverageMinutes", 0).put("steps", 0);
    tree.set("wear", Json.mapper().valueToTree(new DaySummary.Wear(0, 0, 0, false)));
    assertThat(row(tree)).endsWith(",2026-03-02,,,,0,,,,,,,,,,,,,,,,,,,");
  }

  private static String row(ObjectNode day) {
    Measured measured =
        new Measured(
            MEASURED.subject(),
            List.of(),
            List.of(Json.read(Json.bytes(day), DaySummary.class)),
            List.of(),
            false,
            MADE);
    return new String(DaysCsv.of(measured), StandardCharsets.UTF_8)
        .lines()
        .skip(1)
        .findFirst()
        .orElseThrow();
  }

  /** The hours on the clock are those of two clocks. */
  @Test
  void stepsOfADayWithAFlightAreOne() throws IOException {
    ObjectNode tree = Json.mapper().valueToTree(day());
    Instant end = at("00:00").plusSeconds(30 * 3_600);
    tree.putObject("span").put("from", at("00:00").toString()).put("to", end.toString());
    Measured flies =
        new Measured(
            MEASURED.subject(),
            List.of(),
            List.of(Json.read(Json.bytes(tree), DaySummary.class)),
            List.of(),
            false,
            MADE);
    JsonNode points = Json.mapper().readTree(OpenMhealth.of(flies));
    assertThat(points).hasSize(1);
    JsonNode body = points.get(0).path("body");
    assertThat(body.path("step_count").path("value").asLong()).isEqualTo(1_000);
    JsonNode interval = body.path("effective_time_frame").path("time_interval");
    assertThat(OffsetDateTime.parse(interval.path("end_date_time").asText()).toInstant())
        .isEqualTo(end);
  }

  private static List<String> begins(byte[] points, String name) throws IOException {
    List<String> begins = new ArrayList<>();
    for (JsonNode point : Json.mapper().readTree(points)) {
      if (point.path("header").path("schema_id").path("name").asText().equals(name)) {
        begins.add(
            point
                .path("body")
                .path("effective_time_frame")
                .path("time_interval")
                .path("start_date_time")
                .asText());
      }
    }
    return begins;
  }

  /** On 25 October the clock in Berlin shows 02:00 to 03:00 twice. */
  @Test
  void stepsOfAnHourThatComesTwiceCountOnce() {
    LocalDate autumn = LocalDate.of(2026, 10, 25);
    Instant two = Instant.parse("2026-10-25T00:00:00Z");
    ObjectNode tree = Json.mapper().valueToTree(day());
    tree.put("date", autumn.toString()).put("steps", 1000).put("coverageMinutes", 750);
    List<Long> hours = new ArrayList<>(Collections.nCopies(24, 0L));
    hours.set(2, 1000L);
    tree.set("stepsByHour", Json.mapper().valueToTree(hours));
    Measured measured =
        new Measured(
            MEASURED.subject(),
            List.of(bout(Posture.WALKING, two, two.plusSeconds(7200))),
            List.of(Json.read(Json.bytes(tree), DaySummary.class)),
            List.of(),
            false,
            Instant.parse("2026-10-25T23:00:00Z"));

    assertThat(new String(EventsCsv.of(measured), StandardCharsets.UTF_8).lines().skip(1))
        .singleElement()
        .asString()
        .contains(",7200,2,500,");
    // Of the time awake.
    assertThat(new String(DaysCsv.of(measured), StandardCharsets.UTF_8).lines().skip(1))
        .singleElement()
        .asString()
        .contains(",1050,93,");
  }

  @Test
  void dataPointsHaveTheHeaderOfIeeeAndTheSameIdsEachTime() throws IOException {
    byte[] json = OpenMhealth.of(MEASURED);
    assertThat(OpenMhealth.of(MEASURED)).isEqualTo(json);
    List<String> told = new ArrayList<>();
    for (JsonNode point : Json.mapper().readTree(json)) {
      JsonNode header = point.path("header");
      assertThat(header.path("uuid").asText()).hasSize(36);
      assertThat(header.path("modality").asText()).isEqualTo("sensed");
      JsonNode interval = point.path("body").path("effective_time_frame").path("time_interval");
      assertThat(interval.path("start_date_time").asText()).contains("+01:00");
      assertThat(interval.has("end_date_time")).isTrue();
      assertThat(header.path("source_creation_date_time").asText())
          .isEqualTo("2026-04-01T12:00:00+02:00");
      told.add(
          header.path("schema_id").path("namespace").asText()
              + ":"
              + header.path("schema_id").path("name").asText()
              + " "
              + point.path("body").path("activity_name").asText());
    }
    assertThat(told)
        .containsExactly(
            "ieee:physical-activity lying",
            "ieee:physical-activity walking",
            "ieee:physical-activity sedentary",
            "omh:step-count ",
            "ieee:time-in-bed ",
            "lumbar:lying-positions ");
  }

  @Test
  void whatTheWearerSaidIsSelfReportedWhereNothingUnwornTellsToo() throws IOException {
    ObjectNode tree = Json.mapper().valueToTree(bout(Posture.TRAVELLING, "08:00", "09:00"));
    Bout said = Json.read(Json.bytes(tree.put("placement", "estimated")), Bout.class);
    assertThat(modality(said, false).asText()).isEqualTo("self-reported");
    assertThat(modality(said, true).isMissingNode()).isTrue();
    assertThat(modality(bout(Posture.SITTING, "08:00", "09:00"), true).asText())
        .isEqualTo("sensed");
  }

  private static JsonNode modality(Bout bout, boolean hasUnworn) throws IOException {
    Measured one =
        new Measured(MEASURED.subject(), List.of(bout), List.of(), List.of(), hasUnworn, MADE);
    return Json.mapper().readTree(OpenMhealth.of(one)).path(0).path("header").path("modality");
  }

  @Test
  void timeInBedAndPositionsSayHowLongAndFromWhat() throws IOException {
    ObjectNode tree = Json.mapper().valueToTree(night());
    NightSummary thigh =
        Json.read(Json.bytes(tree.put("estimatedFrom", "thigh")), NightSummary.class);
    Measured one =
        new Measured(MEASURED.subject(), List.of(), List.of(), List.of(thigh), false, MADE);
    JsonNode points = Json.mapper().readTree(OpenMhealth.of(one));
    assertThat(points.path(0).path("body").path("time_in_bed").toString())
        .isEqualTo("{\"value\":480.0,\"unit\":\"min\"}");
    assertThat(points.path(1).path("body").path("estimated_from").asText()).isEqualTo("thigh");
  }

  private static Instant at(String time) {
    return DAY.atTime(LocalTime.parse(time)).atZone(ZONE).toInstant();
  }

  private static Bout bout(Posture posture, String from, String to) {
    return bout(posture, at(from), at(to));
  }

  private static Bout bout(Posture posture, Instant from, Instant to) {
    return new Bout(
        StableIds.bout(ANNA, posture, from),
        ANNA,
        posture,
        from,
        to,
        to,
        ZONE,
        Placement.THIGH,
        false,
        1,
        false,
        Map.of());
  }

  private static DaySummary day() {
    DaySummary day =
        new DaySummary(
            ANNA,
            DAY,
            ZONE,
            1,
            Map.of(Posture.SITTING, 60.5, Posture.WALKING, 15.0, Posture.LYING, 390.0),
            new DaySummary.Sitting(1, 60.5, 60.5, 1, 1, 1, 1),
            1000,
            465.5);
    ObjectNode tree = Json.mapper().valueToTree(day);
    List<Long> hours = new ArrayList<>(Collections.nCopies(24, 0L));
    hours.set(6, 1000L);
    tree.set("stepsByHour", Json.mapper().valueToTree(hours));
    tree.set("wear", Json.mapper().valueToTree(new DaySummary.Wear(465.5, 1050, 0.07, false)));
    return Json.read(Json.bytes(tree), DaySummary.class);
  }

  private static NightSummary night() {
    return new NightSummary(
        ANNA,
        DAY,
        ZONE,
        1,
        false,
        false,
        DAY.minusDays(1).atTime(22, 30).atZone(ZONE).toInstant(),
        at("06:30"),
        null,
        Map.of(SleepPosition.PRONE, 42.0),
        42.0,
        3,
        0.5,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        2,
        470.0,
        null,
        null,
        null,
        List.of(),
        null,
        0);
  }
}
