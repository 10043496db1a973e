package io.lumbar.history.influx;

import static io.lumbar.history.Samples.ANNA;
import static io.lumbar.history.Samples.BEN;
import static io.lumbar.history.Samples.ZONE;
import static io.lumbar.history.Samples.alert;
import static io.lumbar.history.Samples.batch;
import static io.lumbar.history.Samples.bout;
import static io.lumbar.history.Samples.decision;
import static io.lumbar.history.Samples.episode;
import static io.lumbar.history.Samples.night;
import static io.lumbar.history.Samples.response;
import static io.lumbar.history.Samples.sitting;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lumbar.history.Samples;
import io.lumbar.model.Alert;
import io.lumbar.model.AlertResponse;
import io.lumbar.model.DaySummary;
import io.lumbar.model.Json;
import io.lumbar.model.NightSummary;
import io.lumbar.model.Posture;
import io.lumbar.model.WearerId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Runs every query of the Grafana dashboards as Grafana fills it in, over planted data. */
class GrafanaDashboardsIT {
  private static final Path DASHBOARDS = Path.of("../grafana/dashboards");
  private static final Path PROVISIONING = Path.of("../grafana/provisioning");
  private static final String DATABASE = "lumbar";
  private static final String NOT_WHOLE = "little";
  private static final LocalDate FIRST = LocalDate.parse("2026-03-02");
  private static final LocalDate CROWDED = FIRST.plusDays(4);
  private static final LocalDate UNCOUNTED = FIRST.plusDays(10);
  private static final LocalDate FORGOTTEN = FIRST.plusDays(11);
  private static final LocalDate OLD = FIRST.plusDays(12);

  private static final String ZEROS =
      "days,local_date=2026-03-14,wearer=w_anna sitting_minutes=0,sitting_bouts=0i,"
          + "sitting_bouts_30=0i,sitting_longest_minutes=0,breaks=0i,steps=0i,coverage_minutes=0,"
          + "revision=1i "
          + OLD.atStartOfDay(ZONE).toInstant().toEpochMilli()
          + "000000";

  /** As a version wrote it that did not say how much of the waking hours was seen. */
  private static final String BEFORE =
      "days,local_date=2026-03-01,wearer=w_before sitting_minutes=333.5,sitting_bouts=7i,"
          + "sitting_bouts_30=3i,sitting_longest_minutes=44.5,breaks=6i,steps=5555i,"
          + "coverage_minutes=700.5,revision=1i "
          + FIRST.minusDays(1).atStartOfDay(ZONE).toInstant().toEpochMilli()
          + "000000";

  /** One who wears something in bed alone, one with a chest strap, and one whose day still runs. */
  private static final WearerId ROLF = new WearerId("w_rolf");

  private static final WearerId CHEST = new WearerId("w_chest");
  private static final WearerId RUNNING = new WearerId("w_running");
  private static final WearerId LONG_AGO = new WearerId("w_before");

  /** What the answer to each panel must hold, one text for each of its queries. */
  private static final Map<String, List<String>> PLANTED =
      Map.ofEntries(
          Map.entry("wearer-day/Sitting bouts of 30 minutes or more", List.of(",44\n")),
          Map.entry("wearer-day/Longest sitting", List.of(",111.5")),
          Map.entry("wearer-day/Sitting", List.of(",5282.75")),
          Map.entry("wearer-day/Reminders sent", List.of(",1\n")),
          Map.entry("wearer-day/Sitting, bout by bout", List.of(",43")),
          Map.entry(
              "wearer-day/Time by posture and hour",
              List.of("posture=sitting,1772438400000000000,43\n")),
          Map.entry("wearer-day/Episodes", List.of("long-sitting,30,false")),
          Map.entry("wearer-day/Reminders", List.of("long-sitting,30,sent,Time to stand up")),
          Map.entry("wearer-day/Why a reminder came, or not", List.of("long-sitting,30,cooldown")),
          Map.entry("wearer-trends/Sitting a day", List.of(",480.25", ",480.25")),
          Map.entry("wearer-trends/Longest sitting", List.of(",111.5", ",111.5")),
          Map.entry("wearer-trends/Steps", List.of(",7001", ",7001")),
          Map.entry("wearer-trends/Times up from sitting", List.of(",11")),
          Map.entry("wearer-trends/Bends", List.of(",23", ",9")),
          Map.entry("wearer-trends/Pain and stiffness, as told", List.of(",3", ",4")),
          Map.entry("wearer-trends/Minutes seen", List.of(",900.5", ",900.5")),
          Map.entry("wearer-trends/Days", List.of("2026-03-05,480.25,12,7001,900.5")),
          Map.entry("nights/Time in bed", List.of(",470")),
          Map.entry("nights/Positions", List.of(",12.5", ",300.5", ",33.25", ",21.75", ",41")),
          Map.entry("nights/Longest on the front", List.of(",41")),
          Map.entry("nights/Arched", List.of(",17.5", ",8.25")),
          Map.entry("nights/Turns an hour", List.of(",1.05")),
          Map.entry("nights/Times out of bed", List.of(",1")),
          Map.entry("nights/Pain and stiffness of the morning", List.of(",2", ",5")),
          Map.entry("nights/Nights", List.of("2026-03-05,470,455.5")),
          Map.entry("fleet/Wearers with a day", List.of(",2\n")),
          Map.entry("fleet/Wearers with a night", List.of(",1\n")),
          Map.entry("fleet/Reminders sent", List.of("kind=long-sitting")),
          Map.entry("fleet/Answers", List.of(",1\n")),
          Map.entry("fleet/Decisions", List.of("kind=long-sitting")),
          Map.entry("fleet/Minutes seen a day, mean", List.of(",900.5")),
          Map.entry("fleet/History behind its topics", List.of(",17")),
          Map.entry("fleet/Records written a minute", List.of(",50")),
          Map.entry("fleet/Dead letters of the history", List.of(",2")),
          Map.entry("fleet/Uploads a minute", List.of(",100", ",1")),
          Map.entry("fleet/Parts that do not work", List.of(",0")),
          Map.entry("fleet/Reports made", List.of(",6")));

  @TempDir static Path folder;
  private static RealInflux influx;

  private record Panel(String name, List<String> queries) {}

  @BeforeAll
  static void plant() throws Exception {
    influx = RealInflux.start(folder);
    plantWhatIsNotWhole();
    try (InfluxHistory history = InfluxHistory.of(influx.config(DATABASE))) {
      Alert alert = alert(ANNA, 0, 30, "You sat for 30 minutes.");
      history.write(
          batch(
              sitting(0, 43),
              sitting(60, 110),
              episode(ANNA, 0, 43, 1, false),
              alert,
              response(alert, AlertResponse.Action.DONE, 31),
              decision(ANNA, 0, "cooldown", 32)));
      for (int day = 0; day < 10; day++) {
        LocalDate date = FIRST.plusDays(day);
        history.write(batch(day(date), nightOf(date)));
      }
      // The same date, on another day of UTC.
      LocalDate fourth = FIRST.plusDays(3);
      history.write(batch(Samples.day(BEN, fourth, ZoneId.of("America/Los_Angeles"), 1)));
      // A group of ten, on one date.
      for (int i = 0; i < 9; i++) {
        WearerId other = new WearerId("w_other" + i);
        history.write(batch(Samples.day(other, CROWDED, ZONE, 1)));
      }
      history.write(batch(uncounted(UNCOUNTED), Samples.forgotten(ANNA, FORGOTTEN, 1)));
      // As a version wrote them that knew no gaps.
      try (InfluxConnection past = new InfluxConnection(influx.config(DATABASE))) {
        past.write(List.of(ZEROS));
      }
      Instant now = Instant.now();
      history.sharing(Map.of(ANNA, false, BEN, true), now.minusSeconds(60));
      history.sharing(Map.of(ANNA, true, BEN, false), now);
      history.sharing(Map.of(new WearerId("w_long_ago"), true), now.minus(Duration.ofDays(4)));
      for (int minute = 0; minute < 3; minute++) {
        history.pulse(
            "history",
            new TreeMap<>(
                Map.of(
                    "history_lag", 17.0,
                    "history_written", 1000.0 + 50 * minute,
                    "history_dead_letters", 2.0,
                    "ingest_accepted", 5000.0 + 100 * minute,
                    "ingest_rejected", 7.0 + minute,
                    "reports_made", 6.0,
                    "parts_failing", 0.0)),
            Samples.at(minute));
      }
    }
  }

  private static void plantWhatIsNotWhole() {
    try (InfluxHistory history = InfluxHistory.of(influx.config(NOT_WHOLE))) {
      for (int i = 0; i < 9; i++) {
        LocalDate date = FIRST.plusDays(i);
        history.write(batch(inBed(ROLF, date, Map.of(Posture.LYING, 390.0))));
        Map<Posture, Double> byChest = Map.of(Posture.LYING, 390.0, Posture.UNKNOWN, 800.0);
        history.write(batch(inBed(CHEST, date, byChest)));
        history.write(batch(running(date)));
      }
    }
    try (InfluxConnection past = new InfluxConnection(influx.config(NOT_WHOLE))) {
      past.write(List.of(BEFORE));
    }
  }

  @AfterAll
  static void stop() {
    if (influx != null) {
      influx.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> everyPanelShowsWhatWasPlanted() throws Exception {
    return panels().stream()
        .map(panel -> DynamicTest.dynamicTest(panel.name(), () -> showsPlanted(panel)));
  }

  private static void showsPlanted(Panel panel) throws Exception {
    List<String> expected = PLANTED.get(panel.name());
    assertThat(expected).as("planted for " + panel.name()).hasSameSizeAs(panel.queries());
    for (int i = 0; i < expected.size(); i++) {
      String query = panel.queries().get(i);
      assertThat(influx.query(DATABASE, filledIn(query))).as(query).contains(expected.get(i));
    }
  }

  /** As Grafana fills in a range of nine days around the planted ones. */
  private static String filledIn(String query) {
    return filledIn(query, ANNA);
  }

  private static String filledIn(String query, WearerId wearer) {
    long from = Samples.NINE.minus(Duration.ofDays(2)).toEpochMilli();
    long to = Samples.NINE.plus(Duration.ofDays(12)).toEpochMilli();
    return query
        .replace("$timeFilter", "time >= " + from + "ms AND time <= " + to + "ms")
        .replace("$__interval", "1m")
        .replace("$wearer", wearer.value());
  }

  @Test
  void variablesFindTheWearers() throws Exception {
    Set<String> queries = new HashSet<>();
    for (JsonNode dashboard : dashboards().values()) {
      dashboard.path("templating").path("list").findValuesAsText("query").forEach(queries::add);
    }
    assertThat(queries).hasSize(1);
    assertThat(influx.query(DATABASE, queries.iterator().next()))
        .contains(ANNA.value())
        .doesNotContain(BEN.value(), "w_long_ago");
  }

  @Test
  void whatNobodyCountedOrWasForgottenIsAGapAndNoZero() throws Exception {
    List<Panel> trends =
        panels().stream().filter(panel -> panel.name().startsWith("wearer-trends/")).toList();
    for (Panel panel : trends) {
      for (String query : panel.queries()) {
        String answer = influx.query(DATABASE, filledIn(query));
        assertThat(answer.lines().skip(1).toList())
            .as(query)
            .isNotEmpty()
            .noneMatch(line -> line.endsWith(",0"));
      }
    }
    String steps = influx.query(DATABASE, filledIn(panel("Steps").queries().get(0)));
    assertThat(steps).doesNotContain(midnight(UNCOUNTED), midnight(FORGOTTEN), midnight(OLD));
    String sitting = influx.query(DATABASE, filledIn(panel("Sitting a day").queries().get(0)));
    assertThat(sitting)
        .contains(midnight(UNCOUNTED))
        .doesNotContain(midnight(FORGOTTEN), midnight(OLD));
  }

  @Test
  void ofADayOfWhichLessThanSixtyPercentWasSeenThereIsNoTotal() throws Exception {
    List<Panel> totals =
        panels().stream()
            .filter(
                panel ->
                    panel.name().startsWith("wearer-trends/")
                        && !panel.name().endsWith("/Days")
                        && !panel.name().endsWith("/Minutes seen")
                        && !panel.name().endsWith("/Pain and stiffness, as told"))
            .toList();
    assertThat(totals).hasSize(5);
    List<String> queries = new ArrayList<>();
    totals.forEach(panel -> queries.addAll(panel.queries()));
    for (String title : List.of("Sitting bouts of 30 minutes or more", "Longest sitting")) {
      queries.addAll(panel("wearer-day", title).queries());
    }
    queries.addAll(panel("wearer-day", "Sitting").queries());
    for (WearerId wearer : List.of(ROLF, CHEST, RUNNING)) {
      for (String query : queries) {
        assertThat(influx.query(NOT_WHOLE, filledIn(query, wearer))).as(query).isEmpty();
      }
    }
    assertThat(influx.query(NOT_WHOLE, filledIn(panel("Days").queries().get(0), RUNNING)))
        .contains(",2026-03-05,,,,770\n");
    List<String> seen = panel("wearer-trends", "Minutes seen").queries();
    assertThat(influx.query(NOT_WHOLE, filledIn(seen.get(0), ROLF))).contains(",390\n");
    assertThat(influx.query(NOT_WHOLE, filledIn(seen.get(1), ROLF))).isEmpty();
    assertThat(influx.query(NOT_WHOLE, filledIn(seen.get(1), RUNNING))).contains(",380\n");
    // Not even past the dashboards.
    for (String field : List.of("sitting_minutes", "sitting_longest_minutes", "breaks")) {
      String any = "SELECT %s FROM days WHERE wearer = 'w_rolf' OR wearer = 'w_chest'";
      assertThat(influx.query(NOT_WHOLE, any.formatted(field))).isEmpty();
    }
  }

  @Test
  void whatAnOlderVersionWroteIsStillShown() throws Exception {
    String before = midnight(FIRST.minusDays(1));
    for (String title : List.of("Sitting a day", "Longest sitting", "Steps")) {
      String query = panel(title).queries().get(0);
      assertThat(influx.query(NOT_WHOLE, filledIn(query, LONG_AGO))).as(query).contains(before);
    }
    assertThat(influx.query(NOT_WHOLE, filledIn(panel("Days").queries().get(0), LONG_AGO)))
        .contains("2026-03-01,333.5,7,5555,700.5");
  }

  @Test
  void noHourHasMoreThanSixtyMinutes() throws Exception {
    WearerId sleeper = new WearerId("w_sleeper");
    try (InfluxHistory history = InfluxHistory.of(influx.config(NOT_WHOLE))) {
      history.write(
          batch(
              bout(sleeper, Posture.SITTING, -500, -480.5, 1, false),
              bout(sleeper, Posture.LYING, -480.5, -282, 1, false),
              bout(sleeper, Posture.STANDING, -282, -280, 1, false),
              bout(sleeper, Posture.LYING, -280, -60, 1, false),
              bout(sleeper, Posture.NOT_WORN, -60, 200, 1, false)));
    }
    String query = panel("wearer-day", "Time by posture and hour").queries().get(0);
    Map<String, Double> minutes = new TreeMap<>();
    Map<String, Double> ofHour = new TreeMap<>();
    for (String line : influx.query(NOT_WHOLE, filledIn(query, sleeper)).lines().skip(1).toList()) {
      String[] row = line.split(",");
      Instant hour = Instant.ofEpochSecond(Long.parseLong(row[2]) / 1_000_000_000);
      String at = hour.toString().substring(11, 13);
      minutes.put(at + " " + row[1].replace("posture=", ""), Double.parseDouble(row[3]));
      ofHour.merge(at, Double.parseDouble(row[3]), Double::sum);
    }
    assertThat(minutes)
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("23 sitting", 19.5),
                Map.entry("23 lying", 0.5),
                Map.entry("00 lying", 60.0),
                Map.entry("01 lying", 60.0),
                Map.entry("02 lying", 60.0),
                Map.entry("03 lying", 58.0),
                Map.entry("03 standing", 2.0),
                Map.entry("04 lying", 60.0),
                Map.entry("05 lying", 60.0),
                Map.entry("06 lying", 60.0)));
    assertThat(ofHour.values()).allMatch(sum -> sum <= 60);
  }

  private static Panel panel(String dashboard, String title) throws Exception {
    return panels().stream()
        .filter(panel -> panel.name().equals(dashboard + "/" + title))
        .findFirst()
        .orElseThrow();
  }

  private static Panel panel(String title) throws Exception {
    return panel("wearer-trends", title);
  }

  private static String midnight(LocalDate date) {
    return "," + date.atStartOfDay(ZONE).toInstant().getEpochSecond();
  }

  @Test
  void ofFewerThanTenNoMeanIsTold() throws Exception {
    Panel mean =
        panels().stream()
            .filter(panel -> panel.name().equals("fleet/Minutes seen a day, mean"))
            .findFirst()
            .orElseThrow();
    assertThat(influx.query(DATABASE, filledIn(mean.queries().get(0))))
        .contains("local_date=" + CROWDED)
        .doesNotContain("local_date=" + CROWDED.plusDays(1));
  }

  @Test
  void eachSaysForWhomItIs() throws Exception {
    for (JsonNode dashboard : dashboards().values()) {
      assertThat(dashboard.path("panels").path(0).path("options").path("content").asText())
          .contains("For the people who run the server alone");
    }
  }

  @Test
  void everyDashboardIsProvisionedOverTheOneDataSource() throws Exception {
    String source = Files.readString(PROVISIONING.resolve("datasources/lumbar.yaml"));
    assertThat(source).contains("uid: lumbar", "version: InfluxQL", "Token $INFLUX_TOKEN");
    assertThat(Files.readString(PROVISIONING.resolve("dashboards/lumbar.yaml")))
        .contains("path: /var/lib/grafana/dashboards");
    Set<String> uids = new HashSet<>();
    for (JsonNode dashboard : dashboards().values()) {
      assertThat(uids.add(dashboard.path("uid").asText())).isTrue();
      Set<String> sources = new HashSet<>();
      dashboard.findValues("datasource").forEach(node -> sources.add(node.path("uid").asText()));
      assertThat(sources).containsOnly("lumbar");
    }
    assertThat(uids).hasSize(4);
  }

  private static List<Panel> panels() throws Exception {
    List<Panel> panels = new ArrayList<>();
    dashboards()
        .forEach(
            (name, dashboard) ->
                dashboard
                    .path("panels")
                    .forEach(
                        panel -> {
                          if (!panel.path("type").asText().equals("text")) {
                            panels.add(
                                new Panel(
                                    name + "/" + panel.path("title").asText(),
                                    panel.path("targets").findValuesAsText("query")));
                          }
                        }));
    assertThat(panels).hasSize(PLANTED.size());
    return panels;
  }

  private static Map<String, JsonNode> dashboards() throws Exception {
    Map<String, JsonNode> found = new TreeMap<>();
    try (Stream<Path> files = Files.list(DASHBOARDS)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString().replace(".json", "");
        found.put(name, Json.mapper().readTree(Files.readAllBytes(file)));
      }
    }
    return found;
  }

  private static DaySummary uncounted(LocalDate date) {
    ObjectNode tree = Json.mapper().valueToTree(day(date));
    return Json.read(Json.bytes(tree.put("steps", 0)), DaySummary.class);
  }

  /** A day of which the night alone was seen. */
  private static DaySummary inBed(
      WearerId wearer, LocalDate date, Map<Posture, Double> postureMinutes) {
    return new DaySummary(
            wearer,
            date,
            ZONE,
            1,
            postureMinutes,
            new DaySummary.Sitting(0, 0, 0, 0, 0, 0, 0),
            0,
            390)
        .withWear(new DaySummary.Wear(390, 1050, 0, false));
  }

  /** A day at noon, with steps and bends. */
  private static DaySummary running(LocalDate date) {
    DaySummary.Bending.Forward forward = new DaySummary.Bending.Forward(9, 4, 2, 1);
    return new DaySummary(
            RUNNING,
            date,
            ZONE,
            1,
            Map.of(Posture.LYING, 390.0, Posture.SITTING, 380.0),
            new DaySummary.Sitting(5, 380, 90, 3, 2, 1, 4),
            3_000,
            770)
        .withWear(new DaySummary.Wear(770, 1000, 0.38, false))
        .withBending(new DaySummary.Bending(23, 15, 9, 1, 0, Map.of(), forward, 380));
  }

  private static DaySummary day(LocalDate date) {
    ObjectNode tree = Json.mapper().valueToTree(Samples.day(ANNA, date, ZONE, 1));
    tree.put("pain", 3).put("stiffness", 4);
    tree.set(
        "bending",
        Json.mapper()
            .valueToTree(
                new DaySummary.Bending(
                    23, 15, 9, 1, 0, Map.of(), new DaySummary.Bending.Forward(9, 4, 2, 1), 840)));
    return Json.read(Json.bytes(tree), DaySummary.class);
  }

  private static NightSummary nightOf(LocalDate date) {
    ObjectNode tree = Json.mapper().valueToTree(night(ANNA, date, ZONE, 1, false));
    tree.put("archedMinutes", 17.5).put("possiblyArchedMinutes", 8.25);
    tree.put("morningPain", 2).put("morningStiffness", 5);
    tree.putObject("positionMinutes")
        .put("left", 300.5)
        .put("supine", 12.5)
        .put("right", 33.25)
        .put("prone", 21.75)
        .put("three-quarter-prone", 41.0);
    return Json.read(Json.bytes(tree), NightSummary.class);
  }
}
