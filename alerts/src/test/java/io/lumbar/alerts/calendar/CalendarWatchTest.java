package io.lumbar.alerts.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.lumbar.alerts.stretches.OneWearer;
import io.lumbar.model.AlertSettings;
import io.lumbar.model.BusyTime;
import io.lumbar.model.Json;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CalendarWatchTest {
  private static final Instant NOW = Instant.parse("2026-03-02T07:00:00Z");
  private static final String CALENDAR =
      """
      BEGIN:VCALENDAR
      VERSION:2.0
      PRODID:test
      BEGIN:VEVENT
      UID:1
      SUMMARY:Interview with somebody
      DTSTART:20260302T080000Z
      DTEND:20260302T090000Z
      END:VEVENT
      BEGIN:VEVENT
      UID:2
      DTSTART:20260301T140000Z
      DTEND:20260301T150000Z
      END:VEVENT
      BEGIN:VEVENT
      UID:3
      DTSTART:20260201T140000Z
      DTEND:20260201T150000Z
      END:VEVENT
      END:VCALENDAR
      """;

  private final Map<String, Integer> asked = new ConcurrentHashMap<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/nothing.ics",
        exchange -> {
          count(exchange);
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        });
    HttpHandler calendar =
        exchange -> {
          count(exchange);
          byte[] body = CALENDAR.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        };
    server.createContext("/mine.ics", calendar);
    server.createContext("/other.ics", calendar);
    server.createContext(
        "/stalls.ics",
        exchange -> {
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write('B');
          exchange.getResponseBody().flush();
        });
    server.start();
  }

  private void count(HttpExchange exchange) {
    asked.merge(exchange.getRequestURI().getPath(), 1, Integer::sum);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void keepsBusyTimesAndNothingElseOfACalendar() {
    OneWearer registry = new OneWearer(anna("/mine.ics", List.of()));
    try (CalendarWatch watch = CalendarWatch.start(registry, () -> NOW)) {
      BusyTime meeting = new BusyTime(NOW.plusSeconds(3600), NOW.plusSeconds(7200));
      BusyTime yesterday =
          new BusyTime(
              Instant.parse("2026-03-01T14:00:00Z"), Instant.parse("2026-03-01T15:00:00Z"));
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () -> assertThat(alerts(registry).busy()).containsExactly(yesterday, meeting));
      assertThat(watch).isNotNull();
    }
    assertThat(new String(Json.bytes(registry.wearers().get(0)), StandardCharsets.UTF_8))
        .doesNotContain("Interview");
  }

  @Test
  void anAddressIsReadSoonAfterItIsSetAndNotAgainAtEachLook() {
    OneWearer registry = new OneWearer(anna("/nothing.ics", List.of()));
    try (CalendarWatch watch =
        CalendarWatch.start(registry, () -> NOW, Duration.ofSeconds(20), Duration.ofMillis(20))) {
      await().atMost(Duration.ofSeconds(20)).until(() -> asked.get("/nothing.ics") != null);
      registry.update(anna("/mine.ics", List.of()));
      await().atMost(Duration.ofSeconds(20)).until(() -> alerts(registry).busy().size() == 2);
      registry.update(anna("/other.ics", List.of()));
      await().atMost(Duration.ofSeconds(20)).until(() -> alerts(registry).busy().size() == 2);
      assertThat(watch).isNotNull();
    }
    assertThat(asked.values()).allMatch(times -> times == 1);
  }

  @Test
  void aCalendarThatCannotBeReadLeavesWhatWasKnown() {
    BusyTime known = new BusyTime(NOW, NOW.plusSeconds(60));
    OneWearer registry = new OneWearer(anna("/nothing.ics", List.of(known)));
    CalendarWatch.start(registry, () -> NOW).close();
    assertThat(alerts(registry).busy()).containsExactly(known);
  }

  @Test
  void sinceWhenItCannotBeReadIsKeptUntilItCanAgain() {
    AtomicReference<Instant> now = new AtomicReference<>(NOW);
    OneWearer registry = new OneWearer(anna("/nothing.ics", List.of()));
    for (int hour = 0; hour < 2; hour++) {
      int tried = hour + 1;
      try (CalendarWatch watch = CalendarWatch.start(registry, now::get)) {
        await()
            .atMost(Duration.ofSeconds(20))
            .until(() -> asked.getOrDefault("/nothing.ics", 0) == tried);
        await()
            .atMost(Duration.ofSeconds(20))
            .until(() -> NOW.equals(alerts(registry).calendarUnreadSince()));
        assertThat(watch).isNotNull();
      }
      now.set(NOW.plusSeconds(3600));
    }
    Wearer unread = registry.wearers().get(0);
    assertThat(CalendarTrouble.of(unread, NOW.plusSeconds(29 * 60))).isEmpty();
    CalendarTrouble early = CalendarTrouble.of(unread, NOW.plusSeconds(3600)).orElseThrow();
    assertThat(early.unreadSince()).isEqualTo("2026-03-02T08:00:00+01:00");
    assertThat(early.knownUntil()).isEqualTo("2026-03-05T08:00:00+01:00");
    assertThat(early.gone()).isFalse();
    assertThat(CalendarTrouble.of(unread, NOW.plus(Duration.ofDays(3))))
        .hasValueSatisfying(late -> assertThat(late.gone()).isTrue());

    AlertSettings own = unread.settings().alerts();
    assertThat(Json.read(Json.bytes(own), AlertSettings.class)).isEqualTo(own);
    assertThat(own.withBusy(List.of()).pausedUntil(NOW).calendarUnreadSince()).isEqualTo(NOW);
    assertThat(own.hidden().keepingSecretsOf(own)).isEqualTo(own);
    assertThat(own.withoutCalendar().calendarUnreadSince()).isNull();

    Wearer well = unread.withSettings(anna("/mine.ics", List.of()).settings());
    registry.update(
        well.withSettings(
            well.settings().withAlerts(well.settings().alerts().calendarUnreadSince(NOW))));
    try (CalendarWatch watch = CalendarWatch.start(registry, now::get)) {
      await().atMost(Duration.ofSeconds(20)).until(() -> alerts(registry).busy().size() == 2);
      assertThat(watch).isNotNull();
    }
    assertThat(alerts(registry).calendarUnreadSince()).isNull();
  }

  /** The thread that reads is free again: whoever comes next is read. */
  @Test
  void aCalendarThatStallsBehindItsHeadersIsGivenUp() {
    AtomicInteger asked = new AtomicInteger();
    OneWearer registry =
        new OneWearer(anna("/stalls.ics", List.of())) {
          @Override
          public List<Wearer> wearers() {
            Wearer stalled = super.wearers().get(0);
            asked.incrementAndGet();
            return List.of(stalled, anna("/mine.ics", List.of()));
          }

          @Override
          public Wearer changeSettings(WearerId id, UnaryOperator<WearerSettings> change) {
            asked.addAndGet(100);
            return super.wearers().get(0);
          }
        };
    try (CalendarWatch watch =
        CalendarWatch.start(registry, () -> NOW, Duration.ofMillis(500), Duration.ofHours(1))) {
      // Of the first that it is not read, and of the other what it has.
      await().atMost(Duration.ofSeconds(20)).until(() -> asked.get() == 201);
      assertThat(watch).isNotNull();
    }
  }

  @Test
  void theAddressIsASecret() {
    AlertSettings own = anna("/mine.ics", List.of()).settings().alerts();
    assertThat(new String(Json.bytes(own.hidden()), StandardCharsets.UTF_8))
        .contains("\"calendar\":\"***\"")
        .doesNotContain("mine.ics");
    assertThat(own.hidden().keepingSecretsOf(own)).isEqualTo(own);
    assertThat(own.withoutCalendar().keepingSecretsOf(own).calendar()).isNull();
  }

  private static AlertSettings alerts(OneWearer registry) {
    return registry.wearers().get(0).settings().alerts();
  }

  private Wearer anna(String path, List<BusyTime> busy) {
    URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    AlertSettings usual = AlertSettings.defaults();
    AlertSettings alerts =
        new AlertSettings(
            usual.cooldownMinutes(),
            usual.spacingMinutes(),
            usual.repeats(),
            usual.dailyBudget(),
            usual.snoozeLimit(),
            usual.harderSnoozes(),
            usual.quietHours(),
            usual.workingHours(),
            usual.backOff(),
            usual.withholdPercent(),
            null,
            null,
            null,
            address,
            null,
            busy,
            List.of(),
            usual.language());
    return new Wearer(
        new WearerId("w_anna"),
        "Anna",
        "00",
        List.of(new Wearer.ZoneFrom(ZoneId.of("Europe/Berlin"), Instant.EPOCH)),
        WearerSettings.defaults().withAlerts(alerts));
  }
}
