package io.lumbar.alerts.home;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lumbar.model.AlertSettings;
import io.lumbar.model.Bout;
import io.lumbar.model.Json;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerSettings;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HomeDiscoveryTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Wearer ANNA =
      new Wearer(
          new WearerId("w_anna"),
          "Anna",
          "00",
          List.of(new Wearer.ZoneFrom(BERLIN, Instant.EPOCH)),
          WearerSettings.defaults());
  private static final Instant NINE = Instant.parse("2026-03-02T08:00:00Z");

  @Test
  void namesEveryPartOnceWithWhatHomeAssistantAsksFor() throws IOException {
    JsonNode root = Json.mapper().readTree(HomeDiscovery.of(ANNA));
    assertThat(root.at("/dev/ids").asText()).isEqualTo("lumbar_w_anna");
    assertThat(root.at("/dev/name").asText()).isEqualTo("Lumbar Anna");
    assertThat(root.at("/o/name").asText()).isEqualTo("Lumbar");
    assertThat(root.path("state_topic").asText()).isEqualTo("lumbar-wearers/w_anna/state");
    assertThat(root.path("availability_topic").asText()).isEqualTo(HomeTopics.STATUS);
    assertThat(root.path("cmps").properties())
        .extracting(Map.Entry::getKey)
        .containsExactly(
            "sitting", "posture", "bout", "minutes", "alert", "answer", "snooze", "resume");
    for (Map.Entry<String, JsonNode> part : root.path("cmps").properties()) {
      assertThat(part.getValue().path("p").asText()).isNotEmpty();
      assertThat(part.getValue().path("unique_id").asText())
          .isEqualTo("lumbar_w_anna_" + part.getKey())
          .matches("[A-Za-z0-9_-]+");
    }
    assertThat(root.at("/cmps/sitting/expire_after").asInt()).isEqualTo(300);
    assertThat(root.at("/cmps/posture/options").toString()).contains("\"not_worn\"", "\"sitting\"");
    assertThat(root.at("/cmps/bout/value_template").asText()).contains("== 'sitting' else 0");
    assertThat(root.at("/cmps/minutes/value_template").asText())
        .isEqualTo("{{ value_json.bout_min }}");
    assertThat(root.at("/cmps/alert/event_types").toString())
        .contains("\"long_sitting\"", "\"prone_sleep\"", "\"test\"");
    assertThat(root.at("/cmps/snooze/payload_press").asText()).isEqualTo("{\"snooze_minutes\":15}");
    assertThat(root.at("/cmps/resume/payload_press").asText()).isEqualTo("{\"snooze_minutes\":0}");
    assertThat(root.at("/cmps/snooze/command_topic").asText())
        .isEqualTo("lumbar-wearers/w_anna/command");
  }

  @Test
  void partsAreNamedInTheLanguageOfTheWearer() throws IOException {
    AlertSettings german =
        Json.mapper()
            .treeToValue(
                Json.mapper()
                    .<ObjectNode>valueToTree(AlertSettings.defaults())
                    .put("language", "de"),
                AlertSettings.class);
    Wearer anna =
        new Wearer(
            ANNA.id(), "Anna", "00", ANNA.zones(), WearerSettings.defaults().withAlerts(german));
    JsonNode parts = Json.mapper().readTree(HomeDiscovery.of(anna)).path("cmps");
    assertThat(parts.at("/sitting/name").asText()).isEqualTo("Sitzt");
    assertThat(parts.at("/snooze/name").asText()).isEqualTo("15 min sp\u00e4ter");
  }

  @Test
  void theStateIsTheOpenBoutWhileItsDataIsFresh() {
    Bout sitting = bout(Posture.SITTING, true, 1200);
    assertThat(Json.mapper().<JsonNode>valueToTree(HomeState.of(sitting, NINE.plusSeconds(1210))))
        .hasToString(
            "{\"posture\":\"sitting\",\"bout_min\":20,\"since\":\"2026-03-02T09:00:00+01:00\"}");
    assertThat(HomeState.of(sitting, NINE.plusSeconds(1500)).posture()).isEqualTo("sitting");
    assertThat(HomeState.of(sitting, NINE.plusSeconds(1501)).posture()).isEqualTo("unknown");
    assertThat(HomeState.of(bout(Posture.SITTING, false, 1200), NINE.plusSeconds(1200)))
        .isEqualTo(HomeState.of(null, NINE));
    HomeState off = HomeState.of(bout(Posture.NOT_WORN, true, 60), NINE.plusSeconds(60));
    assertThat(off.posture()).isEqualTo("not_worn");
  }

  @Test
  void minutesAreThoseOfAnyPostureAsFarAsItIsKnown() {
    Bout walking = bout(Posture.WALKING, true, 240);
    assertThat(HomeState.of(walking, NINE.plusSeconds(250)).minutes()).isEqualTo(4);
    assertThat(HomeState.of(walking, NINE.plusSeconds(240 + 200)).minutes()).isEqualTo(4);
    assertThat(HomeState.of(walking, NINE.plusSeconds(3600)).minutes()).isZero();
  }

  /** An offline gap is filled, and two sittings become one that began earlier. */
  @Test
  void whatTakesThePlaceOfABoutThatIsTakenBackIsShownThoughItStartsEarlier() {
    Bout present = bout("b_1", Posture.SITTING, NINE, true, false);
    Bout back = bout("b_1", Posture.SITTING, NINE, true, true);
    Bout closed = bout("b_0", Posture.STANDING, NINE.minusSeconds(3600), false, false);
    Bout whole = bout("b_2", Posture.SITTING, NINE.minusSeconds(600), true, false);
    assertThat(posture(present, back)).isEqualTo("unknown");
    assertThat(posture(present, back, closed)).isEqualTo("unknown");
    assertThat(posture(present, back, whole)).isEqualTo("sitting");
    assertThat(posture(present, back, closed, whole)).isEqualTo("sitting");
    HomeState shown = HomeState.of(newest(present, back, closed, whole), NINE.plusSeconds(60));
    assertThat(shown.since()).isEqualTo("2026-03-02T08:50:00+01:00");
    assertThat(newest(whole, present)).as("the one that starts later").isEqualTo(present);
    assertThat(newest(present, whole)).isEqualTo(present);
    assertThat(newest(present, bout("b_0", Posture.STANDING, NINE, true, true)))
        .as("another one is taken back")
        .isEqualTo(present);
    assertThat(newest(back)).isNull();
  }

  @Test
  void aBoutThatIsJudgedAnotherPostureIsShownAsThat() {
    Bout upright = bout("b_1", Posture.UPRIGHT, NINE, true, false);
    Bout back = bout("b_1", Posture.UPRIGHT, NINE, true, true);
    Bout standing = bout("b_2", Posture.STANDING, NINE, true, false);
    assertThat(posture(upright, back, standing)).isEqualTo("standing");
  }

  private static String posture(Bout... read) {
    return HomeState.of(newest(read), NINE.plusSeconds(60)).posture();
  }

  private static @Nullable Bout newest(Bout... read) {
    Bout newest = null;
    for (Bout next : read) {
      newest = HomeState.newer(newest, next);
    }
    return newest;
  }

  @Test
  void aCommandNamesItsWearer() {
    assertThat(HomeTopics.commanded("lumbar-wearers/w_anna/command"))
        .contains(new WearerId("w_anna"));
    assertThat(HomeTopics.commanded("lumbar-wearers/w_anna/state")).isEmpty();
  }

  private static Bout bout(
      String id, Posture posture, Instant from, boolean open, boolean retracted) {
    Instant end = NINE.plusSeconds(60);
    return new Bout(
        id,
        ANNA.id(),
        posture,
        from,
        end,
        end,
        BERLIN,
        Placement.THIGH,
        open,
        1,
        retracted,
        Map.of());
  }

  private static Bout bout(Posture posture, boolean open, int seconds) {
    Instant end = NINE.plusSeconds(seconds);
    return new Bout(
        "b_1",
        ANNA.id(),
        posture,
        NINE,
        end,
        end,
        BERLIN,
        Placement.THIGH,
        open,
        1,
        false,
        Map.of());
  }
}
