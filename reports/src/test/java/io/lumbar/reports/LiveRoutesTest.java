package io.lumbar.reports;

import static io.lumbar.reports.ReportsServer.MIRA;
import static io.lumbar.reports.ReportsServer.TOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.model.Alert;
import io.lumbar.model.AlertResponse;
import io.lumbar.model.Json;
import io.lumbar.model.Posture;
import io.lumbar.model.Topic;
import io.lumbar.model.Wearer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveRoutesTest {
  private static final Instant NINE = Instant.parse("2026-03-02T08:00:00Z");

  private ReportsServer server;

  @BeforeEach
  void startServer() {
    server = new ReportsServer(() -> NINE.plusSeconds(1800));
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Test
  void tellsThePresentAtOnceAndThenWhatHappens() throws InterruptedException {
    server.history.bouts(Records.openBout(MIRA, Posture.SITTING, NINE, NINE.plusSeconds(1790)));
    try (EventStream stream = EventStream.open(server, "w_mira", null)) {
      EventStream.Event first = stream.next();
      assertThat(first.name()).isEqualTo("now");
      assertThat(first.data().get("posture").asText()).isEqualTo("sitting");

      alert(MIRA, "a1", 5);
      EventStream.Event alert = stream.next();
      assertThat(alert.name()).isEqualTo("alert");
      assertThat(alert.id()).isEqualTo("5");
      assertThat(alert.data().get("id").asText()).isEqualTo("a1");
      assertThat(alert.data().get("stretch").asText()).isEqualTo("standing-back-bend");
      assertThat(alert.data().get("at").asText()).isEqualTo("2026-03-02T09:30:00+01:00");

      accept(
          Topic.BOUTS,
          Records.bout(MIRA, Posture.SITTING, NINE, NINE.plusSeconds(1900), false, 2, false));
      EventStream.Event bout = stream.next();
      assertThat(bout.name()).isEqualTo("bout");
      assertThat(bout.data().get("revision").asInt()).isEqualTo(2);

      accept(Topic.EPISODES, Records.longSitting(MIRA, NINE, NINE.plusSeconds(1900), 30, false));
      assertThat(stream.next().name()).isEqualTo("episode");

      accept(
          Topic.RESPONSES,
          new AlertResponse("a1", MIRA.id(), AlertResponse.Action.SNOOZE, 15, null, NINE));
      EventStream.Event response = stream.next();
      assertThat(response.name()).isEqualTo("response");
      assertThat(response.data().get("status").asText()).isEqualTo("snoozed");

      accept(
          Topic.RESPONSES,
          new AlertResponse("a1", MIRA.id(), AlertResponse.Action.SNOOZE, null, null, NINE, NINE));
      JsonNode ended = stream.next().data();
      assertThat(ended.get("action").asText()).isEqualTo("resume");
      assertThat(ended.has("status")).as("no answer to its alert").isFalse();
      assertThat(ended.get("snoozedUntil")).isEqualTo(ended.get("at"));
    }
  }

  @Test
  void keepsWearersApart() throws InterruptedException {
    try (EventStream stream = EventStream.open(server, "owner", null)) {
      stream.next();

      alert(TOM, "toms", 1);
      alert(MIRA, "miras", 2);

      assertThat(stream.next().data().get("id").asText()).isEqualTo("miras");
    }
  }

  @Test
  void repeatsTheAlertsThatAListenerMissed() throws InterruptedException {
    String lastId;
    try (EventStream stream = EventStream.open(server, "w_mira", null)) {
      stream.next();
      alert(MIRA, "a1", 7);
      lastId = stream.next().id();
    }
    alert(MIRA, "a2", 9);
    alert(TOM, "toms", 10);
    alert(MIRA, "a3", 11);

    try (EventStream stream = EventStream.open(server, "w_mira", lastId)) {
      assertThat(stream.next().data().get("id").asText()).isEqualTo("a2");
      assertThat(stream.next().data().get("id").asText()).isEqualTo("a3");
      EventStream.Event now = stream.next();
      assertThat(now.name()).isEqualTo("now");
      assertThat(now.id()).isEqualTo("11");
    }
  }

  @Test
  void marksAMissedAlertThatIsNoNewsAnyMore() throws InterruptedException {
    String lastId;
    try (EventStream stream = EventStream.open(server, "w_mira", null)) {
      lastId = stream.next().id();
    }
    Alert old = Records.alert(MIRA, "old", 30, NINE.plusSeconds(1679), "sent");
    server.feed.accept(Topic.ALERTS, 4, Json.bytes(old));
    alert(MIRA, "new", 5);

    try (EventStream stream = EventStream.open(server, "w_mira", lastId)) {
      assertThat(stream.next().data().get("past").asBoolean()).isTrue();
      assertThat(stream.next().data().has("past")).isFalse();
    }
  }

  @Test
  void repeatsAnAlertThatCameAfterAConnectionWithoutAny() throws InterruptedException {
    String lastId;
    try (EventStream stream = EventStream.open(server, "w_mira", null)) {
      lastId = stream.next().id();
    }
    alert(MIRA, "a1", 0);

    try (EventStream stream = EventStream.open(server, "w_mira", lastId)) {
      assertThat(stream.next().data().get("id").asText()).isEqualTo("a1");
    }
  }

  @Test
  void showsNoOldAlertToANewListener() throws InterruptedException {
    alert(MIRA, "a1", 3);

    try (EventStream stream = EventStream.open(server, "w_mira", null)) {
      assertThat(stream.next().name()).isEqualTo("now");
      server.feed.heartbeat();
      assertThat(stream.next().name()).isEqualTo("clock");
    }
  }

  @Test
  void beatsWithACommentAndTheTime() throws InterruptedException {
    try (EventStream stream = EventStream.open(server, "w_mira", null)) {
      stream.next();

      server.feed.heartbeat();

      assertThat(stream.nextComment()).startsWith(":");
      assertThat(stream.next().data().get("at").asText()).isEqualTo("2026-03-02T08:30:00Z");
    }
  }

  @Test
  void remembersRecentAlertsForTheirAnswers() {
    alert(MIRA, "a1", 3);

    assertThat(server.feed.recentAlert("a1")).map(Alert::wearer).hasValue(MIRA.id());
    assertThat(server.feed.recentAlert("a2")).isEmpty();
  }

  @Test
  void forgetsListenersThatLeft() throws InterruptedException {
    EventStream stream = EventStream.open(server, "w_mira", null);
    stream.next();
    assertThat(server.feed.listeners()).isEqualTo(1);

    stream.close();

    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> {
              server.feed.heartbeat();
              assertThat(server.feed.listeners()).isZero();
            });
  }

  @Test
  void tellsNothingMoreToWhomItMayNotAndLetsThemGo() throws InterruptedException {
    try (EventStream told = EventStream.open(server, "w_mira", null);
        EventStream idle = EventStream.open(server, "w_mira", null)) {
      told.next();
      idle.next();
      server.revoked = true;

      alert(MIRA, "a1", 5);
      server.feed.look();

      await().atMost(Duration.ofSeconds(5)).until(() -> server.feed.listeners() == 0);
      assertThat(told.isQuiet()).isTrue();
      assertThat(idle.isQuiet()).isTrue();
    }
  }

  @Test
  void letsASlowListenerGoAndServesTheOthers() throws IOException, InterruptedException {
    try (Socket slow = new Socket();
        EventStream quick = EventStream.open(server, "w_mira", null)) {
      quick.next();
      slow.setReceiveBufferSize(4096);
      slow.connect(new InetSocketAddress("127.0.0.1", server.uri("/").getPort()));
      slow.getOutputStream()
          .write(
              ("GET /api/v1/wearers/w_mira/live HTTP/1.1\r\nHost: x\r\n"
                      + "Authorization: Bearer w_mira\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      await().until(() -> server.feed.listeners() == 2);

      int sent = 0;
      while (server.feed.listeners() == 2 && sent < 100_000) {
        accept(Topic.BOUTS, Records.bout(MIRA, Posture.SITTING, NINE, NINE.plusSeconds(sent++)));
        quick.next();
      }

      assertThat(server.feed.listeners()).isEqualTo(1);
    }
  }

  @Test
  void holdsNoThreadForAListener() throws InterruptedException {
    List<EventStream> many = new ArrayList<>();
    try {
      for (int i = 0; i < 300; i++) {
        many.add(EventStream.open(server, "w_mira", null));
      }

      alert(MIRA, "a1", 1);

      for (EventStream stream : many) {
        assertThat(stream.next().name()).isEqualTo("now");
        assertThat(stream.next().name()).isEqualTo("alert");
      }
    } finally {
      many.forEach(EventStream::close);
    }
  }

  private void alert(Wearer wearer, String id, long offset) {
    Alert alert = Records.alert(wearer, id, 30, NINE.plusSeconds(1800), "sent");
    server.feed.accept(Topic.ALERTS, offset, Json.bytes(alert));
  }

  private void accept(Topic topic, Object value) {
    server.feed.accept(topic, 0, Json.bytes(value));
  }
}
