package io.lumbar.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.lumbar.app.data.DataFolder;
import io.lumbar.model.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

/** The first run and the settings, in a real browser on a real server. */
class SettingsPageIT {
  private static final Path PICTURES = Path.of("target", "settings-page");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @TempDir Path scratch;
  private LumbarProcess lumbar;
  private ChromeDriver browser;
  private HttpServer receiver;
  private volatile boolean open = true;
  private final AtomicInteger received = new AtomicInteger();

  @BeforeEach
  void start() throws IOException {
    Chromium.assumePresent();
    Files.createDirectories(PICTURES);
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          received.incrementAndGet();
          exchange.sendResponseHeaders(open ? 204 : 403, -1);
          exchange.close();
        });
    receiver.start();
    lumbar = LumbarProcess.up(scratch.resolve("data"));
    browser = Chromium.start(scratch, 1280, 900);
    String token = DataFolder.runningIn(scratch.resolve("data")).orElseThrow().ownerToken();
    Chromium.signIn(browser, lumbar.url(), token);
  }

  @AfterEach
  void stop() {
    if (browser != null) {
      browser.quit();
    }
    if (lumbar != null) {
      lumbar.close();
    }
    if (receiver != null) {
      receiver.stop(0);
    }
  }

  private static final String BEYOND =
      "return [...document.querySelectorAll('body *')].filter(e =>"
          + " e.getBoundingClientRect().right > innerWidth).map(e =>"
          + " e.tagName + '.' + e.className + '#' + e.id).join(' ')";

  /** A figure is drawn by the server when it is first asked for, a moment after its words stand. */
  private static final String BLANK =
      "return [...document.images].filter(i => !i.complete || i.naturalWidth === 0).length";

  @Test
  void theFirstRunBeginsWithThreeDaysThatListen() throws IOException {
    browser.get(lumbar.url() + "/");
    patiently(() -> assertThat(byId("first-wearer").isDisplayed()).isTrue());
    pictures("first-run");
    type("name", "Anna");
    type("zone", "Europe/Berlin");
    browser.findElement(By.xpath("//button[text()='Begin']")).click();
    patiently(() -> assertThat(text("first-token")).isNotBlank());
    pictures("first-token");

    browser.get(lumbar.url() + "/");
    patiently(() -> assertThat(text("advice")).contains("Getting to know how you sit"));
    byId("send-test").click();
    patiently(() -> assertThat(text("reminder-title")).isEqualTo("A test from Lumbar"));
    patiently(() -> assertThat(text("reminder")).contains("More stretches"));
    pictures("listening");
    byId("close-sample").click();
    patiently(() -> assertThat(text("reminder-title")).isEqualTo("Nothing to do"));

    OffsetDateTime until = OffsetDateTime.parse(alerts("Anna").path("listenUntil").asText());
    assertThat(until.toInstant())
        .isBetween(
            Instant.now().plus(Duration.ofHours(71)), Instant.now().plus(Duration.ofHours(73)));
    assertThat(Chromium.complaints(browser)).isEmpty();
  }

  @Test
  void aWearerTriesARuleOnTheLastDaysAndSavesIt() throws IOException {
    Api sensor = lumbar.with(lumbar.owner().addWearer("Anna", "Europe/Berlin").token());
    twoSittings(sensor, LocalDate.now(BERLIN).minusDays(2));
    openSettings();

    type("longSittingMinutes", "50");
    byId("try").click();
    patiently(
        () ->
            assertThat(text("trial-outcome"))
                .isEqualTo("With these settings 2 reminders in 14 days; with those saved 3."));
    WebElement day = browser.findElement(By.cssSelector("#trial details"));
    day.findElement(By.tagName("summary")).click();
    assertThat(day.getText()).contains("10:50", "50 min of sitting", "11:05", "would have come");
    assertThat(settings("Anna").path("longSittingMinutes").asInt())
        .as("trying changes nothing")
        .isEqualTo(30);

    addHours("quiet");
    addHours("working");
    pictures("settings");
    byId("save").click();
    patiently(() -> assertThat(text("saved")).isEqualTo("Saved."));
    JsonNode saved = settings("Anna");
    assertThat(saved.path("longSittingMinutes").asInt()).isEqualTo(50);
    assertThat(saved.path("quietFrom").asText()).startsWith("22:00");
    assertThat(saved.path("alerts").path("workingHours").get(0).path("days")).hasSize(5);

    openSettings();
    type("repeatMinutes", "61");
    byId("save").click();
    assertThat(text("saved")).as("a field out of its range is not sent").isEmpty();
    assertThat(Chromium.complaints(browser)).isEmpty();
  }

  private void addHours(String id) {
    WebElement button = byId(id).findElement(By.xpath(".//button[text()='Add hours']"));
    // The bar with the save button may lie over the window's lower end.
    browser.executeScript("arguments[0].scrollIntoView({block: 'center'})", button);
    button.click();
  }

  @Test
  void waysMeetingsAndTheNightAreKeptAtOnce() throws IOException {
    lumbar.owner().addWearer("Anna", "Europe/Berlin");
    openSettings();

    browser.findElement(By.cssSelector(".add-channel summary")).click();
    choose(byId("channel-type"), "webhook");
    type("url", "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook");
    browser.findElement(By.xpath("//button[text()='Add it']")).click();
    patiently(() -> assertThat(text("channels")).contains("webhook"));
    browser.findElement(By.xpath("//button[text()='Send a test']")).click();
    patiently(() -> assertThat(text("channels")).contains("The test has arrived there."));
    assertThat(received).hasValue(1);
    patiently(() -> assertThat(text("channels")).contains("In the last day 1 arrived there."));
    open = false;
    browser.findElement(By.xpath("//button[text()='Send a test']")).click();
    patiently(
        () ->
            assertThat(text("channels"))
                .contains("It did not arrive: ", "In the last day 1 arrived there and 1 did not"));
    browser.findElement(By.cssSelector(".deliveries summary")).click();
    assertThat(text("channels")).contains("Test: arrived", "Test: did not arrive: ");
    pictures("deliveries");
    browser.findElement(By.cssSelector(".deliveries summary")).click();
    open = true;

    browser.findElement(By.xpath("//summary[text()='What it gets']")).click();
    WebElement before = browser.findElement(By.cssSelector(".channel"));
    choose(browser.findElement(By.cssSelector("[aria-label='Long sitting on webhook']")), "low");
    await().atMost(PATIENCE).until(() -> isReplaced(before));
    patiently(
        () ->
            assertThat(channel().path("priorities").path("long-sitting").asText())
                .isEqualTo("low"));
    assertThat(channel().path("kinds")).as("all").isEmpty();
    browser.findElement(By.xpath("//summary[text()='What it gets']")).click();
    pictures("channel-kinds");
    choose(
        browser.findElement(By.cssSelector("[aria-label='No data for long on webhook']")), "high");
    patiently(
        () ->
            assertThat(channel().path("priorities").path("data-silence").asText())
                .isEqualTo("high"));
    openSettings();
    browser.findElement(By.xpath("//summary[text()='What it gets']")).click();
    choose(browser.findElement(By.cssSelector("[aria-label='Few steps on webhook']")), "no");
    patiently(
        () ->
            assertThat(kinds())
                .as("one kind less, and no other one")
                .containsExactlyInAnyOrder(
                    "long-sitting", "deep-bend", "data-silence", "device-care"));
    openSettings();
    browser.findElement(By.xpath("//summary[text()='What it gets']")).click();
    browser.findElement(By.cssSelector(".channel input[type=checkbox]")).click();
    patiently(
        () ->
            assertThat(kinds())
                .containsExactlyInAnyOrder(
                    "long-sitting", "deep-bend", "data-silence", "device-care", "arched-sleep"));
    assertThat(channel().path("priorities").toString())
        .contains("\"data-silence\":\"high\"", "\"long-sitting\":\"low\"");

    byId("night-on").click();
    patiently(() -> assertThat(text("night")).contains("10, 15 and 20 minutes"));
    assertThat(alerts("Anna").path("nightFeedbackFrom").asText()).isNotBlank();

    byId("calendar-file").sendKeys(calendar().toString());
    patiently(
        () -> assertThat(text("meetings")).contains("Your meetings until", "1 busy time is ahead"));
    assertThat(alerts("Anna").path("busy")).as("with the one that is over").hasSize(2);
    pictures("ways");
    assertThat(Chromium.complaints(browser)).isEmpty();
  }

  @Test
  void aBrowserSomewhereElseIsOfferedItsTimeAndAJourneyIsTold() throws IOException {
    lumbar.owner().addWearer("Anna", "Europe/Berlin");
    browserIn("Asia/Tokyo");
    openSettings();
    patiently(
        () ->
            assertThat(text("place"))
                .contains("by the time of Berlin", "You seem to be in Tokyo now."));
    pictures("place-offered");
    byId("place-use").click();
    patiently(
        () -> assertThat(text("place")).contains("by the time of Tokyo").doesNotContain("seem"));
    assertThat(wearer("Anna").path("zone").asText()).isEqualTo("Asia/Tokyo");

    browser.findElement(By.cssSelector("#journey summary")).click();
    type("zone", "Europe/Berlin");
    LocalDate back = LocalDate.now(BERLIN).plusDays(20);
    browser.executeScript(
        "document.getElementsByName('zoneFrom')[0].value = arguments[0]", back + "T09:15");
    browser.findElement(By.cssSelector("#journey button")).click();
    patiently(
        () -> assertThat(text("place")).contains("09:15 there, they go by the time of Berlin"));
    assertThat(Instant.parse(wearer("Anna").path("zones").path(2).path("validFrom").asText()))
        .isEqualTo(back.atTime(9, 15).atZone(BERLIN).toInstant());
    browser.findElement(By.cssSelector("#journey summary")).click();
    pictures("place-told");
    byId("place-stay").click();
    patiently(() -> assertThat(text("place")).doesNotContain("09:15"));
    assertThat(wearer("Anna").path("zones")).hasSize(2);

    // Neighbours share a time, and a place has more than one name.
    for (String same : List.of("Japan", "Asia/Seoul")) {
      browserIn(same);
      openSettings();
      assertThat(text("place")).contains("by the time of Tokyo").doesNotContain("seem");
    }
    assertThat(Chromium.complaints(browser)).isEmpty();
  }

  private void browserIn(String zone) {
    browser.executeCdpCommand("Emulation.setTimezoneOverride", Map.of("timezoneId", zone));
  }

  @Test
  void theLanguageOfTheWearerHoldsForSettingsAndTheDashboard() throws IOException {
    lumbar.owner().addWearer("Anna", "Europe/Berlin");
    openSettings();
    browser.findElement(By.cssSelector(".add-channel summary")).click();
    choose(browser.findElement(By.name("language")), "de");
    byId("save").click();
    patiently(() -> assertThat(text("reminders-title")).isEqualTo("Hinweise zur Bewegung"));
    patiently(() -> assertThat(text("night")).contains("Niemand wird geweckt"));
    patiently(() -> assertThat(text("health")).contains("Noch ist nichts gesagt"));
    byId("try").click();
    patiently(() -> assertThat(text("trial-outcome")).contains("kein Hinweis gekommen"));
    assertThat(englishLeft()).isEmpty();
    pictures("settings-german");

    browser.get(lumbar.url() + "/");
    patiently(() -> assertThat(text("now-posture")).isEqualTo("Nicht bekannt"));
  }

  /** English sentences of the page, of which there is a German one, that it shows. */
  private List<String> englishLeft() throws IOException {
    String shown = browser.findElement(By.tagName("body")).getDomProperty("textContent");
    JsonNode german = words("de");
    return words("en").properties().stream()
        .filter(one -> !one.getValue().equals(german.path(one.getKey())))
        .map(one -> one.getValue().asText())
        .filter(text -> text.length() > 9 && !text.contains("{"))
        .filter(shown::contains)
        .toList();
  }

  private JsonNode words(String language) throws IOException {
    URI file = URI.create(lumbar.url() + "/assets/words-" + language + ".json");
    try (InputStream in = file.toURL().openStream()) {
      return Json.mapper().readTree(in);
    }
  }

  private Path calendar() throws IOException {
    LocalDate today = LocalDate.now(BERLIN);
    String text =
        """
        BEGIN:VCALENDAR
        VERSION:2.0
        PRODID:test
        BEGIN:VEVENT
        UID:1
        DTSTAMP:20260101T000000Z
        DTSTART:%1$sT090000Z
        DTEND:%1$sT100000Z
        END:VEVENT
        BEGIN:VEVENT
        UID:2
        DTSTAMP:20260101T000000Z
        DTSTART:%2$sT090000Z
        DTEND:%2$sT100000Z
        END:VEVENT
        END:VCALENDAR
        """
            .formatted(compact(today.plusDays(1)), compact(today.minusDays(2)))
            .replace("\n", "\r\n");
    return Files.writeString(scratch.resolve("meetings.ics"), text);
  }

  private static String compact(LocalDate date) {
    return date.toString().replace("-", "");
  }

  /** 70 minutes from ten, five of walking, and 40 minutes; that silence follows is told later. */
  private void twoSittings(Api sensor, LocalDate date) {
    Instant ten = date.atTime(10, 0).atZone(BERLIN).toInstant();
    Instant up = ten.plus(Duration.ofMinutes(70));
    Instant down = up.plus(Duration.ofMinutes(5));
    Instant end = down.plus(Duration.ofMinutes(40));
    sensor
        .upload(
            List.of(
                Sending.span("sitting", ten, up),
                Sending.span("walking", up, down),
                Sending.span("sitting", down, end),
                Sending.span("walking", end, end.plus(Duration.ofMinutes(5)))))
        .json();
    patiently(() -> assertThat(lumbar.owner().bouts("Anna")).hasSize(2));
  }

  private void openSettings() {
    browser.get(lumbar.url() + "/settings");
    patiently(() -> assertThat(byId("settings").isDisplayed()).isTrue());
    patiently(() -> assertThat(byId("night").getText()).isNotBlank());
  }

  private JsonNode settings(String name) {
    return wearer(name).path("settings");
  }

  private JsonNode wearer(String name) {
    return lumbar.owner().items("/api/v1/wearers").stream()
        .filter(wearer -> wearer.path("name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private JsonNode alerts(String name) {
    return settings(name).path("alerts");
  }

  private JsonNode channel() {
    return alerts("Anna").path("channels").path(0);
  }

  private List<String> kinds() {
    return channel().path("kinds").valueStream().map(JsonNode::asText).toList();
  }

  private void type(String name, String text) {
    WebElement field = browser.findElement(By.name(name));
    field.clear();
    field.sendKeys(text);
  }

  /** Once a change is kept, the list is shown anew. */
  private static boolean isReplaced(WebElement element) {
    try {
      element.isDisplayed();
      return false;
    } catch (StaleElementReferenceException e) {
      return true;
    }
  }

  private static void choose(WebElement select, String value) {
    select.findElement(By.cssSelector("option[value='" + value + "']")).click();
  }

  private WebElement byId(String id) {
    return browser.findElement(By.id(id));
  }

  private String text(String id) {
    return byId(id).getText();
  }

  private static void patiently(ThrowingRunnable assertion) {
    await().atMost(PATIENCE).ignoreExceptions().untilAsserted(assertion);
  }

  /** For people to look at: phone and desktop, light and dark; no width is scrolled sideways. */
  private void pictures(String name) throws IOException {
    assertThat(browser.findElement(By.tagName("body")).getText())
        .doesNotContain("null", "undefined", "NaN");
    patiently(
        () -> assertThat(browser.executeScript(BLANK)).as("pictures not drawn").isEqualTo(0L));
    for (int width : List.of(390, 1280)) {
      for (String scheme : List.of("light", "dark")) {
        browser.executeCdpCommand(
            "Emulation.setDeviceMetricsOverride",
            Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", width < 500));
        browser.executeCdpCommand(
            "Emulation.setEmulatedMedia",
            Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        assertThat((Long) browser.executeScript("return document.documentElement.scrollWidth"))
            .as("%s at %d; beyond it: %s", name, width, browser.executeScript(BEYOND))
            .isLessThanOrEqualTo(width);
        Map<String, Object> shot =
            browser.executeCdpCommand(
                "Page.captureScreenshot", Map.of("captureBeyondViewport", true));
        Files.write(
            PICTURES.resolve(name + "-" + width + "-" + scheme + ".png"),
            Base64.getDecoder().decode(String.valueOf(shot.get("data"))));
      }
    }
    browser.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
  }
}
