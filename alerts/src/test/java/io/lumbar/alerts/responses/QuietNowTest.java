package io.lumbar.alerts.responses;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lumbar.alerts.stretches.OneWearer;
import io.lumbar.http.SettingsPatch;
import io.lumbar.model.Alert;
import io.lumbar.model.AlertResponse;
import io.lumbar.model.Decision;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.Json;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerPartitioner;
import io.lumbar.model.WearerSettings;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuietNowTest {
  private static final WearerId ANNA = new WearerId("w_anna");
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Instant START = Instant.parse("2026-03-02T08:31:00Z");

  private final MockProducer<String, byte[]> producer =
      new MockProducer<>(
          true, new WearerPartitioner(), new StringSerializer(), new ByteArraySerializer());
  private final List<Alert> alerts = new ArrayList<>();
  private Instant now = START;
  private final OneWearer registry =
      new OneWearer(
          new Wearer(
              ANNA,
              "Anna",
              "00",
              List.of(new Wearer.ZoneFrom(BERLIN, Instant.EPOCH)),
              WearerSettings.defaults()));
  private final QuietNow quiet =
      new QuietNow(
          (wearer, since) -> alerts,
          (wearer, since) -> kept(),
          new ResponseSink(producer),
          registry,
          () -> now);

  @Test
  void aSnoozeBeyondTheWearersOwnLimitIsRefusedAndNothingIsKept() throws IOException {
    manners("{\"alerts\":{\"snoozeLimit\":1}}");
    alert("a_30", "e_1", 30);
    assertThat(press(15))
        .isEqualTo(new QuietNow.Answer(QuietNow.Outcome.KEPT, false, START.plusSeconds(900), null));
    now = START.plusSeconds(920);
    alert("a_45", "e_1", 45);
    QuietNow.Answer second = press(15);
    assertThat(second.outcome()).isEqualTo(QuietNow.Outcome.REFUSED);
    assertThat(second.until()).isNull();
    assertThat(second.text()).contains("snoozed 1 times", "pause all");
    assertThat(kept()).hasSize(1);
    assertThat(registry.wearers().get(0).settings().alerts().pausedUntil()).isNull();
    Decision why = Json.read(producer.history().get(1).value(), Decision.class);
    assertThat(why.reason()).isEqualTo("snooze-limit");
    assertThat(why.alert()).isEqualTo("a_45");
    // Another sitting has snoozes of its own.
    alert("b_30", "e_2", 30);
    assertThat(press(15).outcome()).isEqualTo(QuietNow.Outcome.KEPT);
  }

  /** The list has what is kept as an answer, and the page asks the same book. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatListAndPageShowOfManyPressesIsWhatHolds(boolean harder) throws IOException {
    manners("{\"alerts\":{\"harderSnoozes\":" + harder + "}}");
    alert("a_30", "e_1", 30);
    SnoozeDesk page =
        new SnoozeDesk(
            id -> alerts.stream().filter(alert -> alert.id().equals(id)).findFirst(),
            (wearer, since) -> kept(),
            new ResponseSink(producer),
            id -> registry.wearers().get(0).settings(),
            () -> now);
    Instant until = START;
    for (int press = 0; press < 6; press++) {
      now = START.plusSeconds(60L * press);
      QuietNow.Answer answer = press(30 + 5 * press);
      if (answer.outcome() == QuietNow.Outcome.KEPT) {
        until = answer.until();
      }
      assertThat(page.running(ANNA)).map(Snoozes.Word::until).hasValue(until);
      assertThat(kept().get(kept().size() - 1).snoozedUntil()).isEqualTo(until);
    }
    assertThat(until).isEqualTo(START.plusSeconds(harder ? 1800 : 42 * 60));
    if (!harder) {
      assertThat(kept()).as("three of six hold").hasSize(3);
    }
  }

  @Test
  void whereItGetsHarderTheAnswerSaysUntilWhen() throws IOException {
    manners("{\"alerts\":{\"harderSnoozes\":true}}");
    alert("a_30", "e_1", 30);
    assertThat(press(60).until()).isEqualTo(START.plusSeconds(3600));
    now = START.plusSeconds(3700);
    assertThat(press(60).until()).isEqualTo(now.plusSeconds(900));
    assertThat(kept()).extracting(AlertResponse::minutes).containsExactly(60, 15);
  }

  @Test
  void withoutAnAlertOfLateAllArePausedAndTheEndEndsBoth() {
    alert("a_30", "e_1", 30);
    now = START.plusSeconds(4 * 3600);
    assertThat(press(1))
        .as("the least that there is")
        .isEqualTo(new QuietNow.Answer(QuietNow.Outcome.KEPT, true, now.plusSeconds(300), null));
    assertThat(kept()).isEmpty();
    alert("a_45", "e_1", 45);
    press(240);
    assertThat(kept()).hasSize(1);
    now = now.plusSeconds(60);
    assertThat(end().outcome()).isEqualTo(QuietNow.Outcome.ENDED);
    assertThat(kept().get(1).endsSnooze()).isTrue();
    assertThat(kept().get(1).alert()).isEqualTo("a_45");
    assertThat(registry.wearers().get(0).settings().alerts().pausedUntil()).isNull();
    assertThat(end().outcome()).as("again").isEqualTo(QuietNow.Outcome.ENDED);
    assertThat(kept()).hasSize(2);
  }

  private QuietNow.Answer press(int minutes) {
    return quiet.forMinutes(registry.wearers().get(0), minutes);
  }

  private QuietNow.Answer end() {
    return quiet.end(registry.wearers().get(0));
  }

  private void manners(String json) throws IOException {
    ObjectNode patch = (ObjectNode) Json.mapper().readTree(json);
    registry.changeSettings(ANNA, settings -> SettingsPatch.apply(settings, patch));
  }

  private void alert(String id, String episode, int step) {
    alerts.add(
        new Alert(
            id,
            ANNA,
            episode,
            EpisodeKind.LONG_SITTING,
            step,
            now,
            now,
            BERLIN,
            "Time to move",
            "text",
            null,
            "sent"));
  }

  private List<AlertResponse> kept() {
    return producer.history().stream()
        .filter(record -> record.topic().equals("lumbar.responses.v1"))
        .map(record -> Json.read(record.value(), AlertResponse.class))
        .toList();
  }
}
