package io.lumbar.alerts.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.lumbar.alerts.ServedRoutes;
import io.lumbar.alerts.stretches.OneWearer;
import io.lumbar.http.SettingsPatch;
import io.lumbar.model.AlertSettings;
import io.lumbar.model.BusyTime;
import io.lumbar.model.Json;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CalendarRoutesTest {
  private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");
  private static final String PATH = "/api/v1/wearers/w_anna/calendar";

  private final OneWearer registry =
      new OneWearer(
          new Wearer(
              new WearerId("w_anna"),
              "Anna",
              "00",
              List.of(new Wearer.ZoneFrom(ZoneId.of("Europe/Berlin"), Instant.EPOCH)),
              WearerSettings.defaults()));
  private final ServedRoutes server =
      ServedRoutes.of(
          new CalendarRoutes(registry, ServedRoutes.authentication(registry), () -> NOW));

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void keepsTheTimesOfTwoMonthsAndNothingElse() throws Exception {
    HttpResponse<String> answer =
        put(
            "w_anna",
            calendar(
                "DTSTART:20260302T090000Z\nDTEND:20260302T100000Z\nSUMMARY:Dentist\n",
                "DTSTART:20260217T090000Z\nDTEND:20260217T100000Z\n",
                "DTSTART:20260216T070000Z\nDTEND:20260216T080000Z\n",
                "DTSTART:20260501T090000Z\nDTEND:20260501T100000Z\n",
                "DTSTART:20260502T090000Z\nDTEND:20260502T100000Z\n"));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode kept = Json.mapper().readTree(answer.body());
    assertThat(kept.path("times").asInt()).isEqualTo(1);
    assertThat(kept.path("past").asInt()).as("settings are tried on it").isEqualTo(1);
    assertThat(kept.path("until").asText()).isEqualTo("2026-05-01T10:00:00+02:00");
    assertThat(alerts().busy())
        .as("and what settings may be tried on")
        .containsExactly(
            new BusyTime(
                Instant.parse("2026-02-17T09:00:00Z"), Instant.parse("2026-02-17T10:00:00Z")),
            new BusyTime(
                Instant.parse("2026-03-02T09:00:00Z"), Instant.parse("2026-03-02T10:00:00Z")));
    assertThat(alerts().toString()).doesNotContain("Dentist");
  }

  @Test
  void ofMoreThanFitsTheNearestAreKeptAndItSaysUntilWhen() throws Exception {
    String daily = "DTSTART:20260220T%02d0000Z\nDTEND:20260220T%02d3000Z\nRRULE:FREQ=DAILY\n";
    String[] events = new String[5];
    for (int at = 0; at < events.length; at++) {
      events[at] = daily.formatted(10 + at, 10 + at);
    }
    HttpResponse<String> answer = put("w_anna", calendar(events));
    assertThat(alerts().busy()).hasSize(AlertSettings.MOST_BUSY);
    assertThat(Json.mapper().readTree(answer.body()).path("until").asText())
        .isEqualTo("2026-04-10T16:30:00+02:00");
  }

  @Test
  void ofThePastOnlyWhatThereIsRoomForIsKept() {
    String hourly =
        "DTSTART:20260217T083000Z\nDTEND:20260217T084500Z\nRRULE:FREQ=HOURLY;COUNT=320\n";
    put("w_anna", calendar(hourly));
    assertThat(alerts().busy()).hasSize(AlertSettings.MOST_BUSY);
    assertThat(alerts().busy().get(0).from())
        .as("312 of them are over, and eight are to come")
        .isEqualTo(Instant.parse("2026-02-22T08:30:00Z"));
    assertThat(alerts().busy().get(AlertSettings.MOST_BUSY - 1).from())
        .isEqualTo(Instant.parse("2026-03-02T15:30:00Z"));
  }

  @Test
  void refusesWhatIsNoCalendarAndKeepsWhatWasKnown() {
    put("w_anna", calendar("DTSTART:20260302T090000Z\nDTEND:20260302T100000Z\n"));
    HttpResponse<String> answer = put("w_anna", "<html>");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("BEGIN:VCALENDAR");
    assertThat(alerts().busy()).hasSize(1);
    assertThat(put("nobody", "x").statusCode()).isEqualTo(401);
  }

  @Test
  void readsTheAddressAtOnceAndSaysWhatCameOfIt() throws Exception {
    assertThat(post().statusCode()).as("none is set").isEqualTo(404);
    HttpServer far = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    Map<String, String> pages =
        Map.of(
            "/mine.ics",
            calendar(
                "DTSTART:20260302T090000Z\nDTEND:20260302T100000Z\n",
                "DTSTART:20260301T090000Z\nDTEND:20260301T100000Z\n"),
            "/page.html",
            "<html>");
    far.createContext(
        "/",
        exchange -> {
          String page = pages.get(exchange.getRequestURI().getPath());
          byte[] body = (page == null ? "" : page).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(
              page == null ? 404 : 200, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    far.start();
    try {
      String at = "http://127.0.0.1:" + far.getAddress().getPort();
      set(at + "/mine.ics", "en");
      assertThat(post().body()).isEqualTo("{\"read\":true,\"times\":1}");
      assertThat(alerts().busy()).hasSize(2);
      set(at + "/gone.ics", "en");
      assertThat(post().body()).contains("\"read\":false", "status 404").doesNotContain("127.0");
      set(at + "/page.html", "de");
      assertThat(post().body()).contains("\"read\":false", "kein Kalender (.ics)");
    } finally {
      far.stop(0);
    }
    assertThat(post().body()).contains("nicht zu erreichen");
    assertThat(alerts().busy()).as("what was known stays").hasSize(2);
  }

  private void set(String address, String language) throws IOException {
    ObjectNode patch =
        (ObjectNode)
            Json.mapper()
                .readTree(
                    "{\"alerts\":{\"calendar\":\"%s\",\"language\":\"%s\"}}"
                        .formatted(address, language));
    registry.changeSettings(
        new WearerId("w_anna"), settings -> SettingsPatch.apply(settings, patch));
  }

  private HttpResponse<String> post() {
    return server.send("w_anna", "POST", PATH, "");
  }

  private HttpResponse<String> put(String who, String text) {
    return server.send(who, "PUT", PATH, text);
  }

  private AlertSettings alerts() {
    return registry.wearers().get(0).settings().alerts();
  }

  private static String calendar(String... events) {
    StringBuilder text = new StringBuilder("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:test\n");
    for (int at = 0; at < events.length; at++) {
      text.append("BEGIN:VEVENT\nUID:")
          .append(at)
          .append("\nDTSTAMP:20260101T000000Z\n")
          .append(events[at])
          .append("END:VEVENT\n");
    }
    return text.append("END:VCALENDAR\n").toString().replace("\n", "\r\n");
  }
}
