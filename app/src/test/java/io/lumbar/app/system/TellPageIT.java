package io.lumbar.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

/** A wearer tells what no sensor knows, in a real browser on a phone, and the API has it. */
class TellPageIT {
  private static final Path PICTURES = Path.of("target", "tell-page");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Where it is nine in the morning now, whenever this runs. */
  private static final ZoneId MORNING = morning();

  private static final String IN_SIGHT =
      "const { top } = document.getElementById('health').getBoundingClientRect();"
          + " return top >= -1 && top < innerHeight / 2";

  @TempDir Path scratch;
  private LumbarProcess lumbar;
  private ChromeDriver browser;
  private Api wearer;
  private Api sensor;
  private LocalDate today;

  private static ZoneId morning() {
    int east = 9 - Instant.now().atZone(ZoneOffset.UTC).getHour();
    int hours = east < -11 ? east + 24 : east;
    // These names count the other way round.
    return ZoneId.of("Etc/GMT" + (hours > 0 ? "-" : "+") + Math.abs(hours));
  }

  @BeforeEach
  void start() throws IOException {
    Chromium.assumePresent();
    Files.createDirectories(PICTURES);
    lumbar = LumbarProcess.up(scratch.resolve("data"));
    Api.Added added = lumbar.owner().addWearer("anna", MORNING.getId());
    wearer = lumbar.with(added.wearerToken());
    sensor = lumbar.with(added.token());
    today = LocalDate.now(MORNING);
    browser = Chromium.start(scratch, 390, 844);
    Chromium.signIn(browser, lumbar.url(), added.wearerToken());
  }

  @AfterEach
  void stop() {
    if (browser != null) {
      browser.quit();
    }
    if (lumbar != null) {
      lumbar.close();
    }
  }

  @Test
  void theMorningsWordStrongPainALiftAndTheirTakingBack() throws IOException {
    sensor.upload(List.of(Sending.span("sitting", at(today, 8, 0), at(today, 8, 20)))).json();
    browser.get(lumbar.url() + "/");
    patiently(() -> assertThat(text("checkin-title")).isEqualTo("How are you?"));
    pictures("morning");
    step("checkin", "pain", 3);
    step("checkin", "stiffness", 5);
    submit("checkin");
    patiently(() -> assertThat(text("checkin-noted")).isEqualTo("Noted: pain 3, stiffness 5."));
    patiently(
        () -> {
          JsonNode day = wearer.get("/api/v1/wearers/anna/days/" + today).json();
          assertThat(day.path("morningPain").asInt()).isEqualTo(3);
          assertThat(day.path("morningStiffness").asInt()).isEqualTo(5);
          JsonNode report = wearer.get("/api/v1/wearers/anna/reports/today?format=json").json();
          assertThat(report.path("morning").toString())
              .contains("\"pain\"", "\"stiffness\"", "3", "5");
        });
    browser.get(lumbar.url() + "/");
    patiently(() -> assertThat(text("day-title")).isNotBlank());
    assertThat(browser.findElements(By.id("checkin-title"))).as("told for the day").isEmpty();

    browser.findElement(By.cssSelector("a[href='/tell']")).click();
    patiently(() -> assertThat(text("feel")).contains("pain 3, stiffness 5"));
    button("feel", "Change").click();
    assertThat(browser.findElement(By.cssSelector("#feel input[name=pain]:checked")).isSelected())
        .isTrue();
    step("feel", "pain", 2);
    pictures("tell");
    submit("feel");
    patiently(() -> assertThat(text("feel")).contains("pain 2, stiffness 5"));
    assertThat(statements()).hasSize(1);
    assertThat(statements().get(0).path("pain").asInt()).isEqualTo(2);

    String advice = "/api/v1/wearers/anna/rules/advice?pain=";
    assertThat(wearer.get(advice + 8).json().path("ask").asText()).isEqualTo("pain");
    assertThat(wearer.get(advice + 6).json().path("ask").asText()).isEqualTo("first-run");
    assertThat(wearer.get(advice + 11).body())
        .contains("pain: must be a whole number from 0 to 10");
    step("feel", "pain", 8);
    submit("feel");
    patiently(() -> assertThat(text("health")).contains("Much pain today: is any of this so?"));
    assertThat((Boolean) browser.executeScript(IN_SIGHT))
        .as("the question is in sight on a phone")
        .isTrue();
    pictures("strong-pain");
    browser.findElement(By.id("health-later")).click();
    patiently(() -> assertThat(browser.findElements(By.id("health"))).isEmpty());
    patiently(
        () ->
            assertThat(wearer.get("/api/v1/wearers/anna/days/" + today).json().path("pain").asInt())
                .isEqualTo(8));

    browser.findElement(By.name("liftedKg")).sendKeys("18.5");
    browser.findElement(By.name("repetitions")).sendKeys("3");
    browser.findElement(By.name("heavier")).click();
    submit("lift");
    patiently(() -> assertThat(text("lift")).contains("18.5 kg, 3 \u00d7, heavier than usual"));
    patiently(
        () ->
            assertThat(
                    wearer
                        .get("/api/v1/wearers/anna/days/" + today)
                        .json()
                        .path("lifting")
                        .toString())
                .contains("55.5"));
    button("lift", "Take back").click();
    patiently(() -> assertThat(text("lift-noted")).isEqualTo("Taken back."));
    assertThat(statements()).noneMatch(one -> one.has("liftedKg"));
    assertThat(Chromium.complaints(browser)).isEmpty();
  }

  @Test
  void aTagACorrectionAndAForgottenTimeOfYesterday() throws IOException {
    LocalDate yesterday = today.minusDays(1);
    sensor
        .upload(
            List.of(
                Sending.span("sitting", at(yesterday, 9, 0), at(yesterday, 9, 40)),
                Sending.span("walking", at(yesterday, 9, 40), at(yesterday, 9, 50)),
                Sending.span("sitting", at(yesterday, 11, 0), at(yesterday, 11, 30))))
        .json();
    patiently(() -> assertThat(wearer.bouts("anna")).hasSize(2));
    browser.get(lumbar.url() + "/");
    patiently(() -> assertThat(text("day-title")).isNotBlank());
    browser.findElement(By.id("day-before")).click();
    patiently(() -> assertThat(text("bouts")).contains("09:00 \u2013 09:40"));

    browser.findElement(By.cssSelector("#tags summary")).click();
    browser.findElement(By.cssSelector("[data-tag=ill]")).click();
    patiently(
        () ->
            assertThat(browser.findElement(By.cssSelector("#tags summary")).getText())
                .isEqualTo("This day: ill"));
    patiently(() -> assertThat(day(yesterday).path("tags").toString()).isEqualTo("[\"ill\"]"));

    browser.findElement(By.cssSelector("#timeline rect.p-sitting")).click();
    browser.findElement(By.id("correct-open")).click();
    assertThat(time("from")).isEqualTo("09:00");
    assertThat(time("to")).isEqualTo("09:40");
    type("from", "09:10");
    type("to", "09:30");
    pictures("correct");
    browser.findElement(By.cssSelector("#correct [data-was=standing]")).click();
    patiently(() -> assertThat(text("corrected")).contains("09:10 \u2013 09:30", "Standing"));
    patiently(() -> assertThat(text("bouts")).contains("09:00 \u2013 09:10"));
    patiently(() -> assertThat(standing(yesterday)).isEqualTo(20));
    pictures("corrected");
    button("corrected", "Take back").click();
    patiently(() -> assertThat(text("bouts")).contains("09:00 \u2013 09:40"));
    patiently(() -> assertThat(standing(yesterday)).isZero());

    browser.findElement(By.id("correct-open")).click();
    type("from", "10:55");
    type("to", "11:35");
    browser.findElement(By.id("correct-forget")).click();
    patiently(() -> assertThat(text("correct")).contains("Forget 10:55 to 11:35 of this day?"));
    pictures("forget");
    browser.findElement(By.id("correct-forget-yes")).click();
    patiently(() -> assertThat(wearer.bouts("anna")).hasSize(1));
    patiently(() -> assertThat(text("bouts")).doesNotContain("11:00"));
    assertThat(Chromium.complaints(browser)).isEmpty();
  }

  @Test
  void anExperimentIsBegunSeenAndEndedAndASecondIsRefused() throws IOException {
    openTell();
    browser.findElement(By.cssSelector("#experiment input[value=pillow]")).click();
    browser.executeScript(
        "document.querySelector('#experiment input[name=from]').value = arguments[0]",
        today.toString());
    pictures("experiment-new");
    browser.findElement(By.id("experiment-begin")).click();
    patiently(() -> assertThat(text("experiment-today")).startsWith("Today with"));
    JsonNode item = wearer.items("/api/v1/wearers/anna/experiments").get(0);
    assertThat(item.path("change").asText()).isEqualTo("pillow");
    assertThat(text("experiment-today"))
        .startsWith(item.path("todayWith").asBoolean() ? "Today with it" : "Today without it");
    assertThat(text("experiment")).contains("Day 1 of 28", "0 with it, 0 without it");
    pictures("experiment");

    Api.Answer second =
        wearer.post(
            "/api/v1/experiments",
            Map.of("change", "mattress", "from", today.plusDays(5).toString()));
    assertThat(second.status()).isEqualTo(409);
    assertThat(second.body()).contains("the experiment pillow", "begin on " + today.plusDays(28));

    browser.findElement(By.id("experiment-end")).click();
    pictures("experiment-end");
    browser.findElement(By.id("experiment-end-yes")).click();
    patiently(() -> assertThat(text("experiment-begin")).isEqualTo("Begin it"));
    assertThat(wearer.items("/api/v1/wearers/anna/experiments")).isEmpty();
    assertThat(Chromium.complaints(browser)).isEmpty();
  }

  @Test
  void whileTheServerIsAwayWhatWasEnteredStaysInGermanToo() throws IOException {
    wearer.patch("/api/v1/wearers/anna/settings", Map.of("alerts", Map.of("language", "de")));
    openTell();
    pictures("german");
    step("feel", "pain", 4);
    browser.findElement(By.name("liftedKg")).sendKeys("12");
    lumbar.close();
    lumbar = null;
    submit("feel");
    submit("lift");
    patiently(
        () ->
            assertThat(browser.findElements(By.cssSelector(".card form .trouble")))
                .extracting(WebElement::getText)
                .filteredOn(said -> said.startsWith("Lumbar ist gerade nicht zu erreichen"))
                .hasSize(2));
    pictures("away");
    assertThat(browser.findElement(By.cssSelector("#feel input[value='4']")).isSelected()).isTrue();
    assertThat(browser.findElement(By.name("liftedKg")).getDomProperty("value")).isEqualTo("12");
  }

  private void openTell() {
    browser.get(lumbar.url() + "/tell");
    patiently(
        () -> assertThat(browser.findElement(By.id("experiment-begin")).isDisplayed()).isTrue());
  }

  private List<JsonNode> statements() {
    return wearer.items("/api/v1/wearers/anna/statements");
  }

  private JsonNode day(LocalDate date) {
    return wearer.get("/api/v1/wearers/anna/days/" + date).json();
  }

  private double standing(LocalDate date) {
    return day(date).path("postureMinutes").path("standing").asDouble();
  }

  private static Instant at(LocalDate date, int hour, int minute) {
    return ZonedDateTime.of(date, LocalTime.of(hour, minute), MORNING).toInstant();
  }

  private void step(String place, String name, int value) {
    browser
        .findElement(By.cssSelector("#%s input[name=%s][value='%d']".formatted(place, name, value)))
        .click();
  }

  private void submit(String place) {
    WebElement button = browser.findElement(By.cssSelector("#" + place + " button[type=submit]"));
    browser.executeScript("arguments[0].scrollIntoView({block: 'center'})", button);
    button.click();
  }

  private WebElement button(String place, String words) {
    return browser.findElement(
        By.xpath("//*[@id='" + place + "']//button[normalize-space()='" + words + "']"));
  }

  private String time(String name) {
    return browser
        .findElement(By.cssSelector("#correct input[name=" + name + "]"))
        .getDomProperty("value");
  }

  /** As typed, whatever order hours and halves of a day have in this browser. */
  private void type(String name, String time) {
    browser.executeScript(
        "document.querySelector('#correct input[name=' + arguments[0] + ']').value = arguments[1]",
        name,
        time);
  }

  private String text(String id) {
    return browser.findElement(By.id(id)).getText();
  }

  private static void patiently(ThrowingRunnable assertion) {
    await().atMost(PATIENCE).ignoreExceptions().untilAsserted(assertion);
  }

  /** For people to look at: phone and desktop, light and dark; no width is scrolled sideways. */
  private void pictures(String name) throws IOException {
    assertThat(browser.findElement(By.tagName("body")).getText())
        .doesNotContain("null", "undefined", "NaN");
    for (int width : List.of(1280, 390)) {
      for (String scheme : List.of("dark", "light")) {
        browser.executeCdpCommand(
            "Emulation.setDeviceMetricsOverride",
            Map.of("width", width, "height", 844, "deviceScaleFactor", 1, "mobile", width < 500));
        browser.executeCdpCommand(
            "Emulation.setEmulatedMedia",
            Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        // The picture of the day is drawn anew a moment after the window changes.
        patiently(
            () ->
                assertThat(
                        (Long) browser.executeScript("return document.documentElement.scrollWidth"))
                    .as("%s at %d", name, width)
                    .isLessThanOrEqualTo(width));
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
