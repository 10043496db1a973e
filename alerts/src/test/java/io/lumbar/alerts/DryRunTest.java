package io.lumbar.alerts;

import static io.lumbar.alerts.Episodes.ANNA;
import static io.lumbar.alerts.Episodes.BERLIN;
import static io.lumbar.alerts.Episodes.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.model.AlertSettings;
import io.lumbar.model.Bout;
import io.lumbar.model.BusyTime;
import io.lumbar.model.Decision;
import io.lumbar.model.Episode;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.Json;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.StableIds;
import io.lumbar.model.WearerSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DryRunTest {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

  private final List<Bout> bouts = new ArrayList<>();
  private WearerSettings settings = WearerSettings.defaults();
  private Function<LocalDate, List<String>> tags = date -> List.of();
  private final Map<String, Boolean> answered = new HashMap<>();

  @Test
  void aStoredDayGivesTheAlertsOfTheLiveOne() {
    bout("09:00", "09:50", Posture.SITTING);
    bout("09:50", "09:52", Posture.WALKING);
    bout("09:52", "10:20", Posture.SITTING);
    bout("10:20", "10:20:40", Posture.STANDING);
    bout("10:20:40", "10:40", Posture.SITTING);
    bout("10:40", "11:00", Posture.LYING);
    assertThat(run())
        .containsExactly(
            "09:30:00 30 sent", "09:45:00 45 sent", "10:22:40 30 sent", "10:37:40 45 sent");
  }

  @Test
  void onATaggedDayOnlyTheFirstStepIsTold() {
    bout("09:00", "09:50", Posture.SITTING);
    LocalDate day = LocalDate.ofInstant(at("09:00"), BERLIN);
    tags = date -> date.equals(day) ? List.of("ill") : List.of();
    assertThat(run()).containsExactly("09:30:00 30 sent");
    tags = date -> date.equals(day.plusDays(1)) ? List.of("ill") : List.of();
    assertThat(run()).hasSize(2);
  }

  @Test
  void aBreakThatIsTooShortOnlyDelaysTheSteps() {
    bout("09:00", "09:29:50", Posture.SITTING);
    bout("09:29:50", "09:30:30", Posture.STANDING);
    bout("09:30:30", "09:46", Posture.SITTING);
    assertThat(run()).containsExactly("09:30:40 30 sent", "09:45:40 45 sent");
  }

  @Test
  void quietHoursOpenInTheMiddleOfABout() {
    settings = Timeline.quiet("09:00", "09:40");
    bout("09:00", "09:44", Posture.SITTING);
    assertThat(run()).containsExactly("09:30:00 30 quiet-hours", "09:40:00 30 sent");
  }

  @ParameterizedTest
  @CsvSource({
    "en, Would have been sent after 30 minutes.",
    "de, Wäre nach 30 Minuten gesendet worden."
  })
  void whatWasNotSentIsNotSaidToBe(String language, String sentence) {
    settings =
        settings.withAlerts(
            Json.read(
                new String(Json.bytes(settings.alerts()), StandardCharsets.UTF_8)
                    .replace("\"language\":\"en\"", "\"language\":\"" + language + "\"")
                    .getBytes(StandardCharsets.UTF_8),
                AlertSettings.class));
    bout("09:00", "09:31", Posture.SITTING);
    bout("09:31", "09:33", Posture.STANDING);
    bout("09:33", "10:04", Posture.SITTING);
    bout("10:04", "10:06", Posture.STANDING);
    bout("10:06", "10:40", Posture.SITTING);
    assertThat(DryRun.of(ANNA, bouts, List.of(), tags, Map.of(), settings))
        .filteredOn(one -> one.reason().equals("sent"))
        .isNotEmpty()
        .extracting(Decision::detail)
        .containsOnly(sentence);
    settings = Timeline.quiet("12:00", "13:00");
    assertThat(DryRun.of(ANNA, bouts, List.of(), tags, Map.of(), settings).toString())
        .doesNotContain("was sent", "were sent", "Sent ");
  }

  @Test
  void aMeetingThatIsStillKnownIsHeeded() {
    settings =
        settings.withAlerts(
            settings
                .alerts()
                .withBusy(List.of(new BusyTime(Episodes.at("09:20"), Episodes.at("09:40")))));
    bout("09:00", "09:44", Posture.SITTING);
    assertThat(run()).containsExactly("09:30:00 30 busy", "09:40:00 30 sent");
  }

  @Test
  void aDeepBendIsTriedToo() {
    Episode first = Episodes.bend(Episodes.at("09:10"), Duration.ofSeconds(9)).build();
    Episode second = Episodes.bend(Episodes.at("11:10"), Duration.ofSeconds(9)).build();
    WearerSettings asked =
        settings.withAlerts(
            Json.read(
                new String(Json.bytes(settings.alerts()), StandardCharsets.UTF_8)
                    .replace("\"dailyBudget\":{", "\"dailyBudget\":{\"deep-bend\":1,")
                    .getBytes(StandardCharsets.UTF_8),
                AlertSettings.class));
    assertThat(
            DryRun.of(
                Episodes.ANNA,
                List.of(),
                List.of(first, second),
                date -> List.of(),
                Map.of(),
                settings))
        .isEmpty();
    assertThat(
            DryRun.of(
                Episodes.ANNA,
                List.of(),
                List.of(first, second),
                date -> List.of(),
                Map.of(),
                asked))
        .extracting(Decision::reason)
        .containsExactly("sent", "budget");
  }

  @Test
  void otherSettingsGiveOtherAlerts() {
    settings = new WearerSettings(45, 15, LocalTime.of(7, 0), LocalTime.of(22, 0), null, null);
    bout("09:00", "09:50", Posture.SITTING);
    bout("09:50", "09:52", Posture.STANDING);
    bout("09:52", "10:30", Posture.SITTING);
    assertThat(run()).containsExactly("09:45:00 45 sent");
  }

  @Test
  void silenceEndsASitting() {
    bout("09:00", "09:35", Posture.SITTING);
    bout("10:30", "11:01", Posture.SITTING);
    assertThat(run()).containsExactly("09:30:00 30 sent", "11:00:00 30 sent");
  }

  @Test
  void aRideAndNotWearingTheSensorGiveNoAlert() {
    bout("09:00", "10:00", Posture.TRAVELLING);
    bout("10:00", "12:00", Posture.NOT_WORN);
    assertThat(run()).filteredOn(word -> word.endsWith("sent")).isEmpty();
  }

  @Test
  void episodesOfOtherKindsAreDecidedAsTheyWouldHaveBeen() {
    settings = Timeline.quiet("12:00", "13:00");
    bout("06:00", "07:00", Posture.LYING);
    assertThat(
            run(
                stored(EpisodeKind.PRONE_SLEEP, 30, "06:00", "06:30", "left"),
                stored(EpisodeKind.DATA_SILENCE, 60, "09:00", "10:30", "data"),
                stored(EpisodeKind.DEVICE_CARE, 1, "12:10", "12:40", "charged")))
        .containsExactly(
            "06:30:00 0 morning-only",
            "10:00:00 60 sent",
            "12:10:00 1 quiet-hours",
            "12:40:00 1 ended");
  }

  /** Ten sittings, each followed by lying, which is no answer. */
  @Test
  void remindersComeLaterOnlyForAnswersThatAreKnownToBeMissing() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 11; i++) {
      Instant from = at("06:00").plus(Duration.ofMinutes(60L * i));
      bout(clock(from), clock(from.plusSeconds(45 * 60)), Posture.SITTING);
      bout(clock(from.plusSeconds(45 * 60)), clock(from.plusSeconds(60 * 60)), Posture.LYING);
      ids.add(StableIds.alert(StableIds.episode(ANNA, EpisodeKind.LONG_SITTING, from), 30));
    }
    settings =
        settings.withAlerts(
            Json.read(
                new String(Json.bytes(settings.alerts()), StandardCharsets.UTF_8)
                    .replace("\"repeats\":1", "\"repeats\":0")
                    .replaceAll("\"long-sitting\":[0-9]+", "\"long-sitting\":20")
                    .getBytes(StandardCharsets.UTF_8),
                AlertSettings.class));
    assertThat(run()).as("nobody knows").hasSize(11).allMatch(word -> word.endsWith("30 sent"));
    ids.forEach(id -> answered.put(id, false));
    assertThat(run())
        .as("none was answered")
        .contains("16:30:00 30 backed-off")
        .doesNotContain("16:30:00 30 sent");
    ids.subList(0, 8).forEach(id -> answered.put(id, true));
    assertThat(run()).as("eight were").allMatch(word -> word.endsWith("30 sent"));
    answered.keySet().removeAll(ids.subList(0, 8));
    assertThat(run()).as("of eight nobody knows").allMatch(word -> word.endsWith("30 sent"));
  }

  private static String clock(Instant instant) {
    return CLOCK.format(instant.atZone(BERLIN));
  }

  @Test
  void signalsAtNightComeAsTheyWouldHaveWhileThePositionLasted() {
    Episode[] nights = {
      stored(EpisodeKind.ARCHED_SLEEP, 10, "02:00", "02:17", "right"),
      stored(EpisodeKind.ARCHED_SLEEP, 10, "02:30", "02:41", "left"),
      stored(EpisodeKind.ARCHED_SLEEP, 20, "04:00", "04:50", "left"),
      stored(EpisodeKind.ARCHED_SLEEP, 10, "05:00", "05:09", "left"),
      stored(EpisodeKind.PRONE_SLEEP, 10, "05:30", "05:50", "left")
    };
    assertThat(run(nights))
        .as("switched off, the morning tells it")
        .containsExactly(
            "02:17:00 0 morning-only",
            "02:41:00 0 morning-only",
            "04:50:00 0 morning-only",
            "05:09:00 0 morning-only",
            "05:50:00 0 morning-only");
    settings =
        settings.withAlerts(
            settings.alerts().nightFeedbackFrom(Instant.parse("2099-01-01T00:00:00Z")));
    assertThat(run(nights))
        .as("the week that only measures is not waited for")
        .containsExactly(
            "02:10:00 10 sent",
            "02:15:00 15 sent",
            "02:40:00 10 cooldown",
            "02:41:00 10 ended",
            "04:10:00 10 sent",
            "04:15:00 15 sent",
            "04:20:00 20 sent",
            "05:50:00 0 morning-only");
  }

  private static Episode stored(
      EpisodeKind kind, int level, String from, String to, String endedBy) {
    return new Episode(
        StableIds.episode(ANNA, kind, at(from)),
        ANNA,
        kind,
        at(from),
        at(to),
        BERLIN,
        level,
        false,
        3,
        false,
        new Episode.Evidence(
            at(to),
            at(to),
            Duration.between(at(from), at(to)).toSeconds(),
            Posture.UNKNOWN,
            Placement.THIGH),
        endedBy);
  }

  private void bout(String from, String to, Posture posture) {
    Instant start = at(from);
    bouts.add(
        new Bout(
            StableIds.bout(ANNA, posture, start),
            ANNA,
            posture,
            start,
            at(to),
            at(to),
            BERLIN,
            Placement.THIGH,
            false,
            1,
            false,
            Map.of()));
  }

  private List<String> run(Episode... episodes) {
    return DryRun.of(ANNA, bouts, List.of(episodes), tags, answered, settings).stream()
        .map(DryRunTest::words)
        .toList();
  }

  private static String words(Decision decision) {
    return CLOCK.format(decision.at().atZone(decision.zone()))
        + " "
        + decision.step()
        + " "
        + decision.reason();
  }
}
