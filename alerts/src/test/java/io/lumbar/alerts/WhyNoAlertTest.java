package io.lumbar.alerts;

import static io.lumbar.alerts.Episodes.ANNA;
import static io.lumbar.alerts.Episodes.BERLIN;
import static io.lumbar.alerts.Episodes.at;
import static io.lumbar.alerts.Episodes.inactive;
import static io.lumbar.alerts.Episodes.sitting;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.alerts.rules.RulesRoutes;
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
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Why there was no alert, asked of the API, of decisions that the policy itself has taken. */
class WhyNoAlertTest {
  private final Timeline time = new Timeline();
  private final List<Bout> bouts = new ArrayList<>();
  private final List<Episode> episodes = new ArrayList<>();
  private final OneWearer registry =
      new OneWearer(
          new Wearer(
              ANNA,
              "Anna",
              "00",
              List.of(new Wearer.ZoneFrom(BERLIN, Instant.EPOCH)),
              WearerSettings.defaults()));
  private final ServedRoutes server =
      ServedRoutes.of(
          new RulesRoutes(
              registry, ServedRoutes.authentication(registry), new Memory(), () -> at("18:00")));

  @AfterEach
  void stop() {
    server.close();
  }

  /** The step is reached, and the newest word says that the body does something else. */
  @ParameterizedTest
  @CsvSource({
    "NOT_WORN, the sensor was not worn",
    "LYING, you were lying down",
    "UNKNOWN, your posture was not known",
    "TRAVELLING, you were travelling",
    "STANDING, you had just stood up"
  })
  void aStepThatIsReachedInAnotherPostureIsAnsweredByItsDecision(Posture posture, String because) {
    bout("09:00", "09:31", Posture.SITTING);
    bout("09:31", "09:31:50", posture);
    see("09:31:30", sitting("09:00").until("09:31").posture(posture));
    assertThat(why("09:32")).isEqualTo("09:31: No alert at 30 minutes: " + because + ".");
  }

  @Test
  void aSnoozeIsAnswered() {
    bout("08:00", "09:30", Posture.SITTING);
    see("08:30", sitting("08:00").until("08:30"));
    time.answer("08:31", Action.SNOOZE, 60);
    see("08:45", sitting("08:00").until("08:45").level(45));
    assertThat(why("08:50")).isEqualTo("08:45: No alert at 45 minutes: alerts were snoozed.");
    assertThat(why("09:20"))
        .as("however long ago")
        .isEqualTo(
            "You had sat for 80 minutes since 08:00; the first reminder comes at 30. "
                + "08:45: No alert at 45 minutes: alerts were snoozed.");
  }

  @Test
  void whatCameLateIsAnswered() {
    bout("09:00", "10:00", Posture.SITTING);
    see("09:42", sitting("09:00").until("09:35"));
    assertThat(why("09:40"))
        .isEqualTo(
            "09:42: No alert at 30 minutes: the newest data was more than two minutes old when it"
                + " was looked at.");
    time.decisions.clear();
    see("15:00", sitting("09:00").until("10:00").revision(7).closed());
    assertThat(why("09:40"))
        .isEqualTo(
            "You had sat for 40 minutes since 09:00; the first reminder comes at 30. "
                + "Nothing was decided about it: what was measured then came too late for a word.");
  }

  /** Of these nothing was ever decided. */
  @ParameterizedTest
  @CsvSource({
    "SITTING, 'You had sat for 20 minutes since 09:00; the first reminder comes at 30.'",
    "WALKING, 'You were not sitting then (walking).'",
    "NOT_WORN, 'No sensor was worn then, and nothing is told of time that nobody measured.'",
    "LYING, 'You were lying down then, and reminders are about sitting.'",
    "UNKNOWN, 'Your sensors could not tell your posture then, and nothing is told of what is not "
        + "known.'",
  })
  void whereNoStepWasReachedWhatWasKnownAnswers(Posture posture, String words) {
    bout("09:00", "09:25", posture);
    assertThat(why("09:20")).isEqualTo(words);
    decide("09:18", EpisodeKind.DEVICE_CARE, "Sent once.");
    assertThat(why("09:20")).as("and no battery hides it").isEqualTo(words + " 09:18: Sent once.");
  }

  @Test
  void ofAWearerWithStepsAloneTheyAnswer() {
    assertThat(why("09:20")).isEqualTo("Nothing is known about that time, so nothing was decided.");
    Episodes still = inactive("08:00").until("09:30");
    time.settings = Timeline.quiet("08:30", "09:30");
    see("09:00", inactive("08:00").until("09:00"));
    episodes.clear();
    episodes.add(still.build());
    assertThat(why("08:20"))
        .isEqualTo(
            "Only your steps are known of that time: hardly any for 20 minutes, since 08:00; the "
                + "first reminder comes at 60.");
    assertThat(why("09:20"))
        .isEqualTo(
            "Only your steps are known of that time: hardly any for 80 minutes, since 08:00; the "
                + "first reminder comes at 60. "
                + "09:00: No alert at 60 minutes: it fell into your quiet hours.");
  }

  /** Of the budget of reminders a notice about a sensor is no part. */
  @Test
  void aTriedDayCountsNoticesAboutSensorsBesideItsReminders() throws JsonProcessingException {
    bout("09:00", "09:50", Posture.SITTING);
    episodes.add(sitting("11:00").of(EpisodeKind.DATA_SILENCE).until("12:30").level(60).build());
    HttpResponse<String> answer =
        server.send(
            "w_anna",
            "POST",
            "/api/v1/wearers/w_anna/rules/test",
            "{\"from\":\"2026-03-02\",\"to\":\"2026-03-02\","
                + "\"settings\":{\"alerts\":{\"dailyBudget\":{\"long-sitting\":1}}}}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode tested = Json.mapper().readTree(answer.body());
    assertThat(tested.path("sent").asInt()).isEqualTo(1);
    assertThat(tested.path("sensorNotices").asInt()).isEqualTo(1);
    assertThat(tested.path("items"))
        .extracting(item -> item.path("decision").asText())
        .containsExactly("sent", "budget", "sent");
  }

  private void see(String now, Episodes episode) {
    time.see(now, episode);
    episodes.add(episode.build());
  }

  private void decide(String now, EpisodeKind kind, String detail) {
    Episodes one = sitting("08:00").of(kind);
    episodes.add(one.build());
    time.decisions.add(
        new Decision("n_1", ANNA, one.id(), kind, 1, at(now), BERLIN, "sent", detail, "a_1"));
  }

  private void bout(String from, String to, Posture posture) {
    bouts.add(
        new Bout(
            "b_" + from,
            ANNA,
            posture,
            at(from),
            at(to),
            at(to),
            BERLIN,
            Placement.THIGH,
            false,
            1,
            false,
            Map.of()));
  }

  private String why(String localTime) {
    HttpResponse<String> answer =
        server.get(
            "w_anna",
            "/api/v1/wearers/w_anna/rules/why?at="
                + URLEncoder.encode(at(localTime).toString(), StandardCharsets.UTF_8));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    try {
      JsonNode body = Json.mapper().readTree(answer.body());
      return body.path("answer").asText();
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private final class Memory implements StoredHistory {
    @Override
    public List<DaySummary> days(WearerId wearer, LocalDate from, LocalDate to) {
      return List.of();
    }

    @Override
    public List<Bout> bouts(WearerId wearer, Instant from, Instant to) {
      return bouts.stream()
          .filter(bout -> bout.to().isAfter(from) && bout.from().isBefore(to))
          .toList();
    }

    @Override
    public List<Episode> episodes(WearerId wearer, Instant from, Instant to) {
      return episodes;
    }

    @Override
    public List<Decision> decisions(WearerId wearer, Instant from, Instant to) {
      return time.decisions.stream()
          .filter(one -> !one.at().isBefore(from) && one.at().isBefore(to))
          .toList();
    }

    @Override
    public List<AlertResponse> answers(WearerId wearer, Instant from, Instant to) {
      return List.of();
    }

    @Override
    public List<Alert> alerts(WearerId wearer, Instant from, Instant to) {
      return List.of();
    }
  }
}
