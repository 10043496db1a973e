package io.lumbar.reports;

import static io.lumbar.reports.ReportsServer.MIRA;
import static io.lumbar.reports.ReportsServer.TOM;
import static io.lumbar.reports.ReportsServer.ZONE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lumbar.model.AlertResponse;
import io.lumbar.model.Bout;
import io.lumbar.model.DaySummary;
import io.lumbar.model.Decision;
import io.lumbar.model.Device;
import io.lumbar.model.DeviceId;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.Heard;
import io.lumbar.model.Json;
import io.lumbar.model.NightSummary;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.SleepPosition;
import io.lumbar.model.Topic;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadRoutesTest {
  private static final Instant NINE = Instant.parse("2026-03-02T08:00:00Z");
  private static final String MIRAS = "/api/v1/wearers/w_mira";

  private Instant now;
  private ReportsServer server;

  @BeforeAll
  void startServer() {
    server = new ReportsServer(() -> now);
  }

  @AfterAll
  void stopServer() {
    server.close();
  }

  @BeforeEach
  void forget() {
    now = NINE.plusSeconds(1200);
    server.history.clear();
    server.history.away = false;
  }

  @Test
  void listsSittingBoutsByDefaultWithLocalOffset() {
    server.history.bouts(
        Records.bout(MIRA, Posture.SITTING, NINE, NINE.plusMillis(300_500)),
        Records.bout(MIRA, Posture.WALKING, NINE.plusSeconds(301), NINE.plusSeconds(400)),
        Records.openBout(MIRA, Posture.SITTING, NINE.plusSeconds(400), NINE.plusSeconds(900)),
        Records.bout(TOM, Posture.SITTING, NINE, NINE.plusSeconds(60)));

    JsonNode list = ok("w_mira", MIRAS + "/bouts");

    assertThat(list.get("next").isNull()).isTrue();
    assertThat(list.get("items")).hasSize(2);
    JsonNode first = list.get("items").get(0);
    assertThat(first.get("posture").asText()).isEqualTo("sitting");
    assertThat(first.get("from").asText()).isEqualTo("2026-03-02T09:00:00+01:00");
    assertThat(first.get("to").asText()).isEqualTo("2026-03-02T09:05:00.5+01:00");
    assertThat(first.get("seconds").asDouble()).isEqualTo(300.5);
    assertThat(first.get("open").asBoolean()).isFalse();
    assertThat(first.get("revision").asInt()).isEqualTo(1);
    assertThat(list.get("items").get(1).get("open").asBoolean()).isTrue();
    assertThat(list.findValues("provisional")).isEmpty();
  }

  @Test
  void saysWhichLabelsMayStillChange() {
    Bout bout = Records.bout(MIRA, Posture.SITTING, NINE, NINE.plusSeconds(60));
    server.history.bouts(Records.provisional(bout));

    JsonNode item = ok("w_mira", MIRAS + "/bouts").get("items").get(0);

    assertThat(item.get("provisional").asBoolean()).isTrue();
  }

  @Test
  void listsOtherPosturesOnRequest() {
    server.history.bouts(
        Records.bout(MIRA, Posture.SITTING, NINE, NINE.plusSeconds(60)),
        Records.bout(MIRA, Posture.WALKING, NINE.plusSeconds(60), NINE.plusSeconds(90)));

    assertThat(ok("w_mira", MIRAS + "/bouts?posture=all").get("items")).hasSize(2);
    assertThat(ok("w_mira", MIRAS + "/bouts?posture=walking").get("items")).hasSize(1);
  }

  @Test
  void readsLongListsPageByPage() {
    for (int i = 0; i < 5; i++) {
      server.history.bouts(
          Records.bout(
              MIRA, Posture.SITTING, NINE.plusSeconds(i * 100), NINE.plusSeconds(i * 100 + 50)));
    }

    JsonNode first = ok("w_mira", MIRAS + "/bouts?limit=3");
    JsonNode second = ok("w_mira", MIRAS + "/bouts?limit=3&after=" + first.get("next").asText());

    assertThat(first.get("items")).hasSize(3);
    assertThat(second.get("items")).hasSize(2);
    assertThat(second.get("next").isNull()).isTrue();
  }

  @Test
  void takesLocalDatesInTheWearersZoneAndIncludesTheLastOne() {
    Instant justAfterMidnight = LocalDate.of(2026, 3, 2).atStartOfDay(ZONE).toInstant();
    server.history.bouts(
        Records.bout(
            MIRA,
            Posture.SITTING,
            justAfterMidnight.minusSeconds(600),
            justAfterMidnight.minusSeconds(300)),
        Records.bout(
            MIRA,
            Posture.SITTING,
            justAfterMidnight.plusSeconds(60),
            justAfterMidnight.plusSeconds(90)),
        Records.bout(
            MIRA,
            Posture.SITTING,
            justAfterMidnight.plusSeconds(86_000),
            justAfterMidnight.plusSeconds(86_100)));

    JsonNode day = ok("w_mira", MIRAS + "/bouts?from=2026-03-02&to=2026-03-02");

    assertThat(day.get("items")).hasSize(2);
  }

  @Test
  void forgivesAPlusSignThatWasNotEncoded() {
    server.history.bouts(Records.bout(MIRA, Posture.SITTING, NINE, NINE.plusSeconds(60)));

    JsonNode list = ok("w_mira", MIRAS + "/bouts?from=2026-03-02T09:00:30+01:00");

    assertThat(list.get("items")).hasSize(1);
  }

  @Test
  void tellsWhichSpanTheTimelineCoversOnADayOf23Hours() {
    JsonNode day = ok("w_mira", MIRAS + "/timeline?from=2026-03-29&to=2026-03-29");

    assertThat(day.get("from").asText()).isEqualTo("2026-03-29T00:00:00+01:00");
    assertThat(day.get("to").asText()).isEqualTo("2026-03-30T00:00:00+02:00");
  }

  @Test
  void showsAllPosturesInTheTimeline() {
    server.history.bouts(
        Records.bout(MIRA, Posture.LYING, NINE, NINE.plusSeconds(60)),
        Records.openBout(MIRA, Posture.SITTING, NINE.plusSeconds(60), NINE.plusSeconds(90)));

    JsonNode items = ok("w_mira", MIRAS + "/timeline").get("items");

    assertThat(items).hasSize(2);
    assertThat(items.get(1).fieldNames())
        .toIterable()
        .containsExactly("posture", "from", "to", "seconds", "open");
  }

  @Test
  void showsEpisodesWithTheirEvidence() {
    server.history.episodes(Records.longSitting(MIRA, NINE, NINE.plusSeconds(1860), 30, true));

    JsonNode episode = ok("w_mira", MIRAS + "/episodes").get("items").get(0);

    assertThat(episode.get("kind").asText()).isEqualTo("long-sitting");
    assertThat(episode.get("level").asInt()).isEqualTo(30);
    assertThat(episode.get("evidence").get("seconds").asDouble()).isEqualTo(1860);
    assertThat(episode.get("evidence").get("until").asText()).endsWith("+01:00");
  }

  @ParameterizedTest
  @CsvSource({"DONE,done", "SNOOZE,snoozed", "DISMISS,dismissed", "WRONG,wrong"})
  void tellsHowAnAlertWasAnswered(AlertResponse.Action action, String status) {
    server.history.alerts(
        Records.alert(MIRA, "a1", 30, NINE, "sent"),
        Records.alert(MIRA, "a2", 45, NINE.plusSeconds(900), "snoozed"));
    server.history.responses(new AlertResponse("a1", MIRA.id(), action, null, null, NINE));

    JsonNode items = ok("w_mira", MIRAS + "/alerts").get("items");

    assertThat(items.get(0).get("status").asText()).isEqualTo(status);
    assertThat(items.get(0).get("decision").asText()).isEqualTo("sent");
    assertThat(items.get(0).get("stretch").asText()).isEqualTo("standing-back-bend");
    assertThat(items.get(1).get("status").asText()).isEqualTo("none");
    assertThat(items.get(1).get("decision").asText()).isEqualTo("snoozed");
  }

  @Test
  void showsDecisionsWithTheirReason() {
    server.history.decisions(
        new Decision(
            "x", MIRA.id(), "e", EpisodeKind.LONG_SITTING, 30, NINE, ZONE, "stale", "old", null));

    JsonNode decision = ok("w_mira", MIRAS + "/decisions").get("items").get(0);

    assertThat(decision.get("reason").asText()).isEqualTo("stale");
    assertThat(decision.get("detail").asText()).isEqualTo("old");
  }

  @Test
  void showsDaysOneAndMany() {
    server.history.days(day("2026-03-01"), day("2026-03-02"), day("2026-03-03"));

    JsonNode one = ok("w_mira", MIRAS + "/days/2026-03-02");
    JsonNode some = ok("w_mira", MIRAS + "/days?from=2026-03-02&to=2026-03-03");
    JsonNode first = ok("w_mira", MIRAS + "/days?limit=2");
    JsonNode rest = ok("w_mira", MIRAS + "/days?limit=2&after=" + first.get("next").asText());

    assertThat(one.get("date").asText()).isEqualTo("2026-03-02");
    assertThat(one.get("postureMinutes").get("sitting").asDouble()).isEqualTo(310);
    assertThat(one.get("sitting").get("longestMinutes").asDouble()).isEqualTo(52);
    assertThat(one.get("steps").asInt()).isEqualTo(6412);
    assertThat(some.get("items")).hasSize(2);
    assertThat(first.get("items")).hasSize(2);
    assertThat(rest.get("items")).hasSize(1);
    assertThat(rest.get("next").isNull()).isTrue();
  }

  @Test
  void tellsTheNumbersOfADayToAThousandth() {
    ObjectNode tree = Json.mapper().valueToTree(day("2026-03-02"));
    tree.put("coverageMinutes", 870.6333333333333);
    tree.set(
        "postureMinutes", Json.mapper().valueToTree(Map.of("sitting", 310.5, "running", 6.66e-5)));
    server.history.days(Json.read(Json.bytes(tree), DaySummary.class));

    JsonNode one = ok("w_mira", MIRAS + "/days/2026-03-02");
    assertThat(one.get("coverageMinutes").toString()).isEqualTo("870.633");
    assertThat(one.get("postureMinutes").get("sitting").toString()).isEqualTo("310.5");
    assertThat(one.get("postureMinutes").get("running").toString()).isEqualTo("0.0");
    assertThat(one.get("steps").toString()).isEqualTo("6412");
  }

  /** As {@link #tellsTheNumbersOfADayToAThousandth} does of days. */
  @Test
  void tellsTheNumbersOfANightToAThousandth() {
    ObjectNode tree = Json.mapper().valueToTree(night("2026-03-02", false));
    tree.put("inBedFrom", "2026-03-01T21:30:00.001Z").put("inBedTo", "2026-03-02T05:30:00.334Z");
    tree.set(
        "positionMinutes",
        Json.mapper().valueToTree(Map.of("left", 200.00001666666668, "supine", 100.6333333333333)));
    tree.put("shiftsPerHour", 1.9959514170040487).put("coverageMinutes", 300.6333499999999);
    tree.putObject("raisedChest").put("minutes", 12.016666666666667).put("awakeMinutes", 0);
    server.history.nights(Json.read(Json.bytes(tree), NightSummary.class));

    JsonNode one = ok("w_mira", MIRAS + "/nights/2026-03-02");
    assertThat(one.get("inBedMinutes").toString()).isEqualTo("480.006");
    assertThat(one.get("positionMinutes").get("left").toString()).isEqualTo("200.0");
    assertThat(one.get("positionMinutes").get("supine").toString()).isEqualTo("100.633");
    assertThat(one.get("positionShare").get("left").toString()).isEqualTo("0.665");
    assertThat(one.get("positionShare").get("supine").toString()).isEqualTo("0.335");
    assertThat(one.get("shiftsPerHour").toString()).isEqualTo("1.996");
    assertThat(one.get("coverageMinutes").toString()).isEqualTo("300.633");
    assertThat(one.get("raisedChest").get("minutes").toString()).isEqualTo("12.017");
    assertThat(ok("w_mira", MIRAS + "/nights").get("items").get(0)).isEqualTo(one);
  }

  @Test
  void saysNothingOfStepsWhereNothingCountedAny() {
    DaySummary day = day("2026-03-02");
    ObjectNode tree = Json.mapper().valueToTree(day);
    DaySummary uncounted = Json.read(Json.bytes(tree.put("steps", 0)), DaySummary.class);
    server.history.days(uncounted, day("2026-03-03"));

    JsonNode one = ok("w_mira", MIRAS + "/days/2026-03-02");
    assertThat(one.has("steps")).isFalse();
    assertThat(one.get("sitting").get("longestMinutes").asDouble()).isEqualTo(52);
    JsonNode both = ok("w_mira", MIRAS + "/days").get("items");
    assertThat(both.get(0).has("steps")).isFalse();
    assertThat(both.get(1).get("steps").asInt()).isEqualTo(6412);
  }

  @Test
  void tellsOfADayWhichAlertsCameAndHowTheyWereAnswered() {
    server.history.days(day("2026-03-02"), day("2026-03-03"));
    server.history.alerts(
        Records.alert(MIRA, "a1", 30, NINE, "sent"),
        Records.alert(MIRA, "a2", 45, NINE.plusSeconds(900), "quiet-hours"),
        Records.alert(MIRA, "a3", 30, NINE.plusSeconds(9_000), "missed"));
    server.history.responses(
        new AlertResponse("a1", MIRA.id(), AlertResponse.Action.DONE, null, null, NINE));

    JsonNode alerts = ok("w_mira", MIRAS + "/days/2026-03-02").get("alerts");

    assertThat(alerts.get("sent").asInt()).isEqualTo(1);
    assertThat(alerts.get("withheld").asInt()).isEqualTo(1);
    assertThat(alerts.get("missed").asInt()).isEqualTo(1);
    assertThat(alerts.get("responses").get("done").asInt()).isEqualTo(1);
    JsonNode both = ok("w_mira", MIRAS + "/days?from=2026-03-02&to=2026-03-03").get("items");
    assertThat(both.get(0).get("alerts")).isEqualTo(alerts);
    assertThat(both.get(1).get("alerts").get("sent").asInt()).isZero();
  }

  @Test
  void answers404ForADayWithoutData() {
    assertThat(refused("w_mira", MIRAS + "/days/2026-03-02", 404)).contains("2026-03-02");
  }

  @Test
  void tellsThePresentPostureAndSinceWhenTheSittingClockRuns() {
    server.history.bouts(
        Records.bout(MIRA, Posture.SITTING, NINE, NINE.plusSeconds(600)),
        Records.bout(MIRA, Posture.STANDING, NINE.plusSeconds(600), NINE.plusSeconds(640)),
        Records.openBout(MIRA, Posture.SITTING, NINE.plusSeconds(640), NINE.plusSeconds(1190)));

    JsonNode answer = ok("w_mira", MIRAS + "/now");

    assertThat(answer.get("posture").asText()).isEqualTo("sitting");
    assertThat(answer.get("since").asText()).isEqualTo("2026-03-02T09:10:40+01:00");
    assertThat(answer.get("sittingSince").asText()).isEqualTo("2026-03-02T09:00:00+01:00");
    assertThat(answer.get("sittingSeconds").asDouble()).isEqualTo(600 + 550);
    assertThat(answer.get("seconds").asDouble()).isEqualTo(550);
    assertThat(answer.get("open").asBoolean()).isTrue();
    assertThat(answer.get("source").asText()).isEqualTo("trouser-pocket");
    assertThat(answer.get("asOf").asText()).isEqualTo("2026-03-02T09:20:00+01:00");
  }

  @Test
  void saysUnknownWhenTheLatestBoutIsClosed() {
    server.history.bouts(Records.bout(MIRA, Posture.SITTING, NINE, NINE.plusSeconds(600)));

    JsonNode answer = ok("w_mira", MIRAS + "/now");

    assertThat(answer.get("posture").asText()).isEqualTo("unknown");
    assertThat(answer.get("since").asText()).isEqualTo("2026-03-02T09:10:00+01:00");
    assertThat(answer.get("seconds").asDouble()).isEqualTo(600);
    assertThat(answer.has("sittingSince")).isFalse();
  }

  @Test
  void saysUnknownBeforeAnythingArrived() {
    JsonNode answer = ok("w_mira", MIRAS + "/now");

    assertThat(answer.get("posture").asText()).isEqualTo("unknown");
    assertThat(answer.has("since")).isFalse();
  }

  @Test
  void prefersWhatTheTopicsBroughtOverAHistoryThatIsBehind() {
    server.history.bouts(Records.openBout(MIRA, Posture.SITTING, NINE, NINE.plusSeconds(600)));
    server.feed.accept(
        Topic.BOUTS,
        1,
        Json.bytes(
            Records.openBout(
                MIRA, Posture.WALKING, NINE.plusSeconds(600), NINE.plusSeconds(1190))));

    assertThat(ok("w_mira", MIRAS + "/now").get("posture").asText()).isEqualTo("walking");

    server.feed.accept(
        Topic.BOUTS,
        2,
        Json.bytes(
            Records.bout(
                MIRA,
                Posture.WALKING,
                NINE.plusSeconds(600),
                NINE.plusSeconds(1190),
                true,
                2,
                true)));

    assertThat(ok("w_mira", MIRAS + "/now").get("posture").asText()).isEqualTo("sitting");
  }

  @Test
  void tellsWhenEachDeviceWasLastHeard() {
    server.feed.presence().heard(new Heard(new DeviceId("d_phone"), null), NINE.plusSeconds(1100));
    server.feed.presence().heard(new Heard(new DeviceId("d_phone"), null), NINE.plusSeconds(900));

    JsonNode device = ok("w_mira", MIRAS + "/now").get("devices").get(0);

    assertThat(device.get("name").asText()).isEqualTo("Phone");
    assertThat(device.get("placement").asText()).isEqualTo("trouser-pocket");
    assertThat(device.get("lastSeen").asText()).isEqualTo("2026-03-02T09:18:20+01:00");
    assertThat(server.feed.presence().lastSeen(new DeviceId("d_other"))).isEmpty();
  }

  @Test
  void tellsThroughWhichDeviceATagWasHeardAndThatThisOneWasHeardToo() {
    server.registry.devices.add(
        new Device(new DeviceId("d_tag"), "sternum", MIRA.id(), Placement.CHEST, "00"));
    DeviceId phone = new DeviceId("d_phone");
    server.feed.presence().heard(new Heard(new DeviceId("d_tag"), phone), NINE.plusSeconds(1100));

    JsonNode devices = ok("w_mira", MIRAS + "/now").get("devices");

    assertThat(devices.get(0).get("lastSeen").asText()).isEqualTo("2026-03-02T09:18:20+01:00");
    assertThat(devices.get(0).has("via")).isFalse();
    assertThat(devices.get(1).get("lastSeen").asText()).isEqualTo("2026-03-02T09:18:20+01:00");
    assertThat(devices.get(1).get("via").asText()).isEqualTo("d_phone");
  }

  @Test
  void listsNightsByTheDateOfWaking() {
    server.history.nights(night("2026-03-01", false), night("2026-03-02", false));
    server.history.nights(night("2026-03-03", true));

    JsonNode all = ok("w_mira", MIRAS + "/nights");
    JsonNode one = ok("w_mira", MIRAS + "/nights/2026-03-02");
    JsonNode first = ok("w_mira", MIRAS + "/nights?limit=1");

    assertThat(all.get("items")).hasSize(2);
    assertThat(one.get("inBedFrom").asText()).isEqualTo("2026-03-01T23:00:00+01:00");
    assertThat(one.get("inBedMinutes").asDouble()).isEqualTo(450);
    assertThat(one.get("positionShare").get("prone").asDouble()).isEqualTo(0.25);
    assertThat(one.has("archedMinutes")).isFalse();
    assertThat(first.get("next").asText()).isEqualTo("2026-03-01");
    assertThat(refused("w_mira", MIRAS + "/nights/2026-03-03", 404)).contains("2026-03-03");
    assertThat(refused("w_mira", MIRAS + "/nights/yesterday", 400)).contains("2026-03-02");
  }

  static NightSummary night(String waking, boolean retracted) {
    return night(waking, retracted, false);
  }

  static NightSummary night(String waking, boolean retracted, boolean open) {
    LocalDate date = LocalDate.parse(waking);
    return new NightSummary(
        MIRA.id(),
        date,
        ZONE,
        1,
        retracted,
        open,
        date.minusDays(1).atTime(23, 0).atZone(ZONE).toInstant(),
        date.atTime(6, 30).atZone(ZONE).toInstant(),
        null,
        Map.of(SleepPosition.LEFT, 300.0, SleepPosition.PRONE, 100.0),
        40.0,
        5,
        0.75,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        0,
        450,
        null,
        null,
        null);
  }

  @Test
  void findsAWearerByNameInAnyScript() {
    String name = URLEncoder.encode("Tom Ö", StandardCharsets.UTF_8).replace("+", "%20");

    assertThat(ok("owner", "/api/v1/wearers/" + name + "/now").get("posture").asText())
        .isEqualTo("unknown");
  }

  @Test
  void listsWhomTheCallerMayRead() {
    assertThat(ok("owner", "/api/v1/me").get("wearers")).hasSize(2);
    JsonNode own = ok("w_tom", "/api/v1/me");
    assertThat(own.get("role").asText()).isEqualTo("wearer");
    assertThat(own.get("wearers")).hasSize(1);
    assertThat(own.get("wearers").get(0).get("longSittingMinutes").asInt()).isEqualTo(30);
    assertThat(own.get("wearers").get(0).get("language").asText()).isEqualTo("en");
    assertThat(own.get("wearers").get(0).get("awakeFrom").asText()).isEqualTo("07:00:00");
    assertThat(own.get("wearers").get(0).get("remindersOff").asBoolean(true)).isFalse();
    assertThat(own.get("wearers").get(0).get("listenUntil").isNull()).isTrue();
    assertThat(own.get("wearers").get(0).get("byChance").asBoolean(true)).isFalse();
  }

  @Test
  void doesNotTellAWearerWhoElseIsHere() {
    assertThat(refused("w_tom", MIRAS + "/bouts", 404).replace("w_mira", "X"))
        .isEqualTo(refused("w_tom", "/api/v1/wearers/nobody/bouts", 404).replace("nobody", "X"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/now",
        "/bouts",
        "/timeline",
        "/episodes",
        "/alerts",
        "/decisions",
        "/days",
        "/days/2026-03-02",
        "/nights",
        "/nights/2026-03-02",
        "/live"
      })
  void refusesThoseWhoMayNotRead(String path) {
    assertThat(refused("nobody", MIRAS + path, 401)).isNotEmpty();
    assertThat(refused("admin", MIRAS + path, 403)).contains("health values");
    assertThat(refused("d_phone", MIRAS + path, 403)).contains("uploads");
    assertThat(refused("w_tom", MIRAS + path, 404)).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "limit=0, limit, 1 to 10000",
    "limit=10001, limit, 1 to 10000",
    "limit=many, limit, 1 to 10000",
    "from=yesterday, from, 2026-03-02",
    "to=2026-03-02T09:00:00, to, offset",
    "from=2026-03-03&to=2026-03-01, from, swap",
    "posture=slouching, posture, sitting",
    "after=x, after, next",
    "form=2026-03-02, form, from",
  })
  void namesTheParameterTheRuleAndTheFix(String query, String parameter, String fix) {
    assertThat(refused("w_mira", MIRAS + "/bouts?" + query, 400))
        .contains("'" + parameter + "'", fix);
  }

  @Test
  void saysThatHistoryIsAway() {
    server.history.away = true;

    assertThat(refused("w_mira", MIRAS + "/bouts", 503)).contains("history");
  }

  @Test
  void sendsStrangersToTheSignInAndOthersToThePage() {
    HttpResponse<String> stranger = server.send(HttpRequest.newBuilder(server.uri("/")).build());
    HttpResponse<String> wearer = server.get("w_mira", "/");

    assertThat(stranger.statusCode()).isEqualTo(302);
    assertThat(stranger.headers().firstValue("Location")).hasValue("/signin");
    HttpResponse<String> late =
        server.send(HttpRequest.newBuilder(server.uri("/reports/w_mira/2026-03-05")).build());
    assertThat(late.headers().firstValue("Location"))
        .hasValue("/signin?next=%2Freports%2Fw_mira%2F2026-03-05");
    assertThat(server.get("w_mira", "/reports/w_mira/2026-03-05").headers().firstValue("Location"))
        .hasValue("/api/v1/wearers/w_mira/reports/2026-03-05");
    assertThat(wearer.statusCode()).isEqualTo(200);
    assertThat(wearer.headers().firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("default-src 'self'");
    assertThat(wearer.body())
        .doesNotContain("style=")
        .doesNotContain("http:")
        .doesNotContain("https:");
  }

  @Test
  void servesEveryFileThatThePageNames() {
    String page = server.get("w_mira", "/").body();
    var files = Pattern.compile("/assets/[a-z.]+").matcher(page).results().toList();

    assertThat(files).hasSizeGreaterThan(2);
    files.forEach(
        file -> assertThat(server.get("nobody", file.group()).statusCode()).isEqualTo(200));
    assertThat(server.get("nobody", "/assets/other.js").statusCode()).isEqualTo(404);
  }

  @Test
  void sparesAnUnchangedFile() {
    String tag = server.get("nobody", "/assets/page.js").headers().firstValue("ETag").orElseThrow();
    HttpRequest again =
        HttpRequest.newBuilder(server.uri("/assets/page.js")).header("If-None-Match", tag).build();

    assertThat(server.send(again).statusCode()).isEqualTo(304);
  }

  private static DaySummary day(String date) {
    return new DaySummary(
        MIRA.id(),
        LocalDate.parse(date),
        ZONE,
        1,
        Map.of(Posture.SITTING, 310.0),
        new DaySummary.Sitting(9, 310, 52, 4, 2, 0, 8),
        6412,
        900);
  }

  private JsonNode ok(String token, String path) {
    HttpResponse<String> answer = server.get(token, path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/json");
    assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
    return json(answer);
  }

  private String refused(String token, String path, int status) {
    HttpResponse<String> answer = server.get(token, path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return json(answer).get("detail").asText();
  }

  private static JsonNode json(HttpResponse<String> answer) {
    try {
      return Json.mapper().readTree(answer.body());
    } catch (IOException e) {
      throw new AssertionError(answer.body(), e);
    }
  }
}
