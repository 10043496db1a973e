package io.lumbar.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import io.lumbar.app.backup.RegistryCopy;
import io.lumbar.app.settings.Key;
import io.lumbar.app.settings.Settings;
import io.lumbar.app.settings.Sources;
import io.lumbar.history.HistoryStore.Batch;
import io.lumbar.history.sqlite.SqliteHistory;
import io.lumbar.model.AlertSettings;
import io.lumbar.model.ChannelSettings;
import io.lumbar.model.DaySummary;
import io.lumbar.model.Json;
import io.lumbar.model.Posture;
import io.lumbar.model.ReportSettings;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerSettings;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A restored installation mails this morning's report to who asked for it, tells of it by their
 * channel, and both to nobody else.
 */
class ReportMailIT {
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final GreenMail server =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP).dynamicPort());

  private HttpServer phone;
  @TempDir Path folder;

  @BeforeEach
  void startServers() throws IOException {
    server.start();
    phone = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    phone.createContext(
        "/",
        exchange -> {
          told.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    phone.start();
  }

  @AfterEach
  void stopServers() {
    server.stop();
    phone.stop(0);
  }

  @Test
  void thisMorningsReportIsMailed() throws Exception {
    Instant now = InstantSource.system().instant();
    // Where it is noon, or near it, the morning's report is due and not yet old.
    ZoneOffset zone = ZoneOffset.ofHours(12 - now.atOffset(ZoneOffset.UTC).getHour());
    LocalDate today = now.atOffset(zone).toLocalDate();
    ReportSettings asked =
        new ReportSettings("ida@example.org", List.of("phone"), Set.of()); // none said: daily
    Wearer ida = wearer("ida", zone, asked);
    Wearer ben = wearer("ben", zone, null);
    try (SqliteHistory history = SqliteHistory.open(folder.resolve("history.db"))) {
      List<DaySummary> days = List.of(yesterday(ida, today, zone), yesterday(ben, today, zone));
      history.write(
          new Batch(
              List.of(), List.of(), List.of(), List.of(), List.of(), days, List.of(), List.of()));
    }
    RegistryCopy registry = new RegistryCopy(List.of(ida, ben), List.of());
    Files.write(folder.resolve("registry.json"), Json.bytes(registry));

    try (Up up = start()) {
      assertThat(up.url()).isNotNull();
      await().atMost(Duration.ofMinutes(4)).until(() -> server.waitForIncomingEmail(0, 1));
      await().atMost(Duration.ofMinutes(1)).until(() -> !told.isEmpty());
      await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> Files.exists(reports("ben").resolve(today + ".html")));
    }

    assertThat(told).hasSize(1);
    JsonNode word = Json.mapper().readTree(told.get(0));
    assertThat(word.path("topic").asText()).isEqualTo("ida-reports");
    assertThat(word.path("title").asText()).isEqualTo("Your report is ready");
    assertThat(word.path("click").asText())
        .isEqualTo("https://lumbar.example.org/reports/w_ida/" + today);
    assertThat(told.get(0)).doesNotContain("sat", "6 h");
    assertThat(reports("ida").resolve(today + ".html")).exists();
    assertThat(server.getReceivedMessages()).hasSize(1);
    MimeMessage mail = server.getReceivedMessages()[0];
    assertThat(mail.getAllRecipients())
        .extracting(Object::toString)
        .containsExactly("ida@example.org");
    assertThat(mail.getSubject()).startsWith("Lumbar: ").contains(today.getDayOfMonth() + " ");
    assertThat(mail.getMessageID()).isEqualTo("<report.wida." + today + "@example.org>");
    MimeMultipart parts = (MimeMultipart) mail.getContent();
    assertThat(parts.getBodyPart(0).getContent().toString()).contains("You sat for 6 h 40 min");
    assertThat(parts.getBodyPart(1).getContent().toString())
        .contains("max-width:600px")
        .doesNotContain("<script", "<svg", "<link");
  }

  private Path reports(String id) {
    return folder.resolve("reports").resolve("w_" + id);
  }

  private Up start() {
    Map<Key, String> flags = new EnumMap<>(Key.class);
    flags.put(Key.DATA, folder.toString());
    flags.put(Key.HTTP_PORT, "0");
    flags.put(Key.PUBLIC_URL, "https://lumbar.example.org");
    flags.put(Key.MAIL_URL, "smtp://127.0.0.1:" + server.getSmtp().getPort());
    flags.put(Key.MAIL_STARTTLS, "off");
    flags.put(Key.MAIL_FROM, "Lumbar <lumbar@example.org>");
    Settings settings = Settings.load(Sources.of(flags, Map.of(), Optional.empty()));
    return Up.start(settings, EnumSet.allOf(Role.class), InstantSource.system(), new Parts());
  }

  private Wearer wearer(String id, ZoneOffset zone, ReportSettings reports) {
    ChannelSettings channel =
        new ChannelSettings(
            "phone",
            ChannelSettings.Type.NTFY,
            ChannelSettings.When.ALWAYS,
            Set.of(),
            URI.create("http://127.0.0.1:" + phone.getAddress().getPort()),
            id + "-reports",
            List.of());
    return new Wearer(
        new WearerId("w_" + id),
        id,
        "00",
        List.of(new Wearer.ZoneFrom(zone, Instant.EPOCH)),
        WearerSettings.defaults()
            .withAlerts(AlertSettings.defaults().withChannels(List.of(channel)))
            .withReports(reports));
  }

  private static DaySummary yesterday(Wearer wearer, LocalDate today, ZoneOffset zone) {
    return new DaySummary(
        wearer.id(),
        today.minusDays(1),
        zone,
        1,
        Map.of(Posture.SITTING, 400.0, Posture.STANDING, 300.0),
        new DaySummary.Sitting(10, 400, 60, 3, 2, 1, 5),
        5000,
        700);
  }
}
