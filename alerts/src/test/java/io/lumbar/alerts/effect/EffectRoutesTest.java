package io.lumbar.alerts.effect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lumbar.alerts.ServedRoutes;
import io.lumbar.alerts.rules.AdviceRoutes;
import io.lumbar.alerts.rules.StoredHistory;
import io.lumbar.alerts.stretches.OneWearer;
import io.lumbar.model.Alert;
import io.lumbar.model.AlertResponse;
import io.lumbar.model.AlertResponse.Action;
import io.lumbar.model.Bout;
import io.lumbar.model.DaySummary;
import io.lumbar.model.Decision;
import io.lumbar.model.Episode;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.Json;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerSettings;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EffectRoutesTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Instant NOW = Instant.parse("2026-03-04T12:00:00Z");
  private static final String BASE = "/api/v1/wearers/w_anna";

  private final List<Alert> alerts = new ArrayList<>();
  private final List<Bout> bouts = new ArrayList<>();
  private final List<DaySummary> days = new ArrayList<>();
  private final List<AlertResponse> answers = new ArrayList<>();
  private final OneWearer registry =
      new OneWearer(
          new Wearer(
              new WearerId("w_anna"),
              "Anna",
              "00",
              List.of(new Wearer.ZoneFrom(BERLIN, Instant.EPOCH)),
              WearerSettings.defaults()
                  .withAlerts(
                      WearerSettings.defaults().alerts().listenUntil(NOW.plusSeconds(3600)))));
  private final Map<LocalDate, @Nullable Integer> told = new HashMap<>();
  private final ServedRoutes server =
      ServedRoutes.of(
          new EffectRoutes(
              registry, ServedRoutes.authentication(registry), new Memory(), () -> NOW),
          new AdviceRoutes(
              registry,
              ServedRoutes.authentication(registry),
              new Memory(),
              wearer -> told,
              () -> NOW));

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void tellsWhatCameOfEachAlertInTheWearersTime() throws IOException {
    sitting("2026-03-04T08:00:00Z", 30, 65);
    sitting("2026-03-04T09:00:00Z", 50, 600);
    alert("a_1", "2026-03-04T08:30:00Z", "sent");
    alert("a_2", "2026-03-04T09:30:00Z", "withheld-at-random");
    alert("a_3", "2026-03-04T09:45:00Z", "cooldown");

    // Half past nine in Berlin is the 114th cell of its day.
    days.add(day("2026-03-04", -114, 130, 0, 0, 20, 0, 0, 900));

    JsonNode items = json(server.get("w_anna", BASE + "/alerts/reactions?from=2026-03-04"));
    assertThat(items.path("items")).hasSize(2);
    JsonNode up = items.path("items").get(0);
    assertThat(up.path("alert").asText()).isEqualTo("a_1");
    assertThat(up.path("at").asText()).isEqualTo("2026-03-04T09:30:00+01:00");
    assertThat(up.path("outcome").asText()).isEqualTo("up");
    assertThat(up.path("latencySeconds").asInt()).isZero();
    assertThat(up.path("breakSeconds").asInt()).isEqualTo(65);
    assertThat(up.path("steps").asInt()).isEqualTo(150);
    assertThat(items.path("items").get(1).has("steps")).as("not known").isFalse();
    assertThat(up.has("reaction")).isFalse();
    assertThat(items.path("items").get(1).path("outcome").asText()).isEqualTo("stayed");
  }

  @Test
  void sumsUpByLocalMonth() throws IOException {
    sitting("2026-02-28T22:40:00Z", 30, 70);
    alert("a_1", "2026-02-28T23:10:00Z", "sent");
    sitting("2026-02-10T08:00:00Z", 50, 70);
    alert("a_2", "2026-02-10T08:30:00Z", "sent");
    JsonNode months = json(server.get("owner", BASE + "/alerts/effect?months=2"));
    assertThat(months.path("leastWithheld").asInt()).isEqualTo(50);
    assertThat(months.path("withholdPercent").asInt()).isZero();
    JsonNode february = months.path("items").get(0);
    JsonNode march = months.path("items").get(1);
    assertThat(february.path("month").asText()).isEqualTo("2026-02");
    assertThat(february.path("sent").asInt()).isEqualTo(1);
    assertThat(february.path("up").asInt()).isZero();
    assertThat(march.path("up").asInt()).as("ten past midnight in Berlin").isEqualTo(1);
    assertThat(march.has("lift")).isFalse();

    answers.add(
        new AlertResponse(
            "a_2",
            new WearerId("w_anna"),
            AlertResponse.Action.WRONG,
            null,
            "standing",
            Instant.parse("2026-02-10T08:31:00Z")));
    february = json(server.get("owner", BASE + "/alerts/effect?months=2")).path("items").get(0);
    assertThat(february.path("sent").asInt()).as("nobody could follow a wrong one").isZero();
  }

  @Test
  void addsUpMonthsThatHeldTooFewBackToSayWhatAlertsChange() throws IOException {
    LocalDate first = LocalDate.of(2026, 1, 1);
    for (int day = 0; day < 59; day++) {
      String date = first.plusDays(day).toString();
      sitting(date + "T08:00:00Z", 30, 65);
      alert("a_" + day, date + "T08:30:00Z", "sent");
      sitting(date + "T10:00:00Z", 50, 65);
      alert("w_" + day, date + "T10:30:00Z", "withheld-at-random");
    }
    alert("before", "2025-11-20T10:30:00Z", "sent");
    JsonNode effect = json(server.get("w_anna", BASE + "/alerts/effect?months=2"));
    JsonNode total = effect.path("total");
    assertThat(total.path("since").asText()).isEqualTo("2026-01-01");
    assertThat(total.path("withheld").asInt()).isEqualTo(59);
    assertThat(total.path("lift").path("sent").asInt())
        .as("after the first held back")
        .isEqualTo(58);
    assertThat(total.path("lift").path("difference").asDouble()).isEqualTo(1);
    assertThat(effect.path("items"))
        .hasSize(2)
        .noneMatch(month -> month.has("lift"))
        .extracting(month -> month.path("month").asText())
        .containsExactly("2026-02", "2026-03");
    assertThat(json(server.get("w_anna", BASE + "/alerts/effect?months=1")).has("total")).isFalse();
  }

  @Test
  void advisesNothingWhileItListensButTellsWhatWasOftenWrong() throws IOException {
    for (int i = 0; i < 3; i++) {
      answers.add(
          new AlertResponse(
              "a_" + i, new WearerId("w_anna"), Action.WRONG, null, "phone-on-desk", NOW));
    }
    JsonNode advice = json(server.get("w_anna", BASE + "/rules/advice"));
    assertThat(advice.path("ask").asText()).isEqualTo("first-run");
    told.put(LocalDate.ofInstant(NOW, BERLIN), 8);
    assertThat(json(server.get("w_anna", BASE + "/rules/advice")).path("ask").asText())
        .isEqualTo("pain");
    assertThat(advice.path("listening").asBoolean()).isTrue();
    assertThat(advice.path("listenUntil").asText()).isEqualTo("2026-03-04T14:00:00+01:00");
    assertThat(advice.has("proposal")).isFalse();
    assertThat(advice.path("corrections").toString())
        .isEqualTo("[{\"was\":\"phone-on-desk\",\"count\":3}]");
  }

  @ParameterizedTest
  @CsvSource({
    "nobody, /alerts/effect, 401",
    "w_anna, /alerts/effect?months=0, 400",
    "w_anna, /alerts/effect?months=13, 400",
    "w_anna, /alerts/effect?months=x, 400",
    "w_anna, /alerts/reactions?from=yesterday, 400"
  })
  void refusesWhatBreaksARule(String who, String path, int status) {
    assertThat(server.get(who, BASE + path).statusCode()).isEqualTo(status);
  }

  private static JsonNode json(HttpResponse<String> answer) throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Json.mapper().readTree(answer.body());
  }

  /** Sitting for some minutes, some seconds of walking behind it, and sitting again. */
  private void sitting(String from, int minutes, int walkedSeconds) {
    Instant start = Instant.parse(from);
    Instant up = start.plusSeconds(60L * minutes);
    Instant down = up.plusSeconds(walkedSeconds);
    bouts.add(bout(Posture.SITTING, start, up));
    bouts.add(bout(Posture.WALKING, up, down));
    bouts.add(bout(Posture.SITTING, down, down.plusSeconds(300)));
    bouts.sort(Comparator.comparing(Bout::from));
  }

  private static DaySummary day(String date, Integer... cells) {
    ObjectNode day =
        Json.mapper()
            .valueToTree(
                new DaySummary(
                    new WearerId("w_anna"),
                    LocalDate.parse(date),
                    BERLIN,
                    1,
                    Map.of(),
                    new DaySummary.Sitting(0, 0, 0, 0, 0, 0, 0),
                    0,
                    0));
    day.putPOJO("stepTrack", List.of(cells));
    return Json.read(Json.bytes(day), DaySummary.class);
  }

  private static Bout bout(Posture posture, Instant from, Instant to) {
    return new Bout(
        "b_" + from,
        new WearerId("w_anna"),
        posture,
        from,
        to,
        to,
        BERLIN,
        Placement.THIGH,
        false,
        1,
        false,
        Map.of());
  }

  private void alert(String id, String at, String decision) {
    alerts.add(
        new Alert(
            id,
            new WearerId("w_anna"),
            "e_" + id,
            EpisodeKind.LONG_SITTING,
            30,
            Instant.parse(at),
            Instant.parse(at).minusSeconds(1800),
            BERLIN,
            "title",
            "text",
            null,
            decision));
  }

  private final class Memory implements StoredHistory {
    @Override
    public List<DaySummary> days(WearerId wearer, LocalDate from, LocalDate to) {
      return days;
    }

    @Override
    public List<Bout> bouts(WearerId wearer, Instant from, Instant to) {
      return bouts.stream()
          .filter(bout -> bout.to().isAfter(from) && bout.from().isBefore(to))
          .toList();
    }

    @Override
    public List<Episode> episodes(WearerId wearer, Instant from, Instant to) {
      return List.of();
    }

    @Override
    public List<Decision> decisions(WearerId wearer, Instant from, Instant to) {
      return List.of();
    }

    @Override
    public List<AlertResponse> answers(WearerId wearer, Instant from, Instant to) {
      return answers;
    }

    @Override
    public List<Alert> alerts(WearerId wearer, Instant from, Instant to) {
      return alerts.stream()
          .filter(alert -> !alert.at().isBefore(from) && alert.at().isBefore(to))
          .toList();
    }
  }
}
