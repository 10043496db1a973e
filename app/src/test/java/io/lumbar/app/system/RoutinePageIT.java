package io.lumbar.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

/** A wearer goes through a routine in a real browser, and it is kept. */
class RoutinePageIT {
  private static final Path PICTURES = Path.of("target", "routine-page");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path scratch;
  private LumbarProcess lumbar;
  private ChromeDriver browser;

  @BeforeEach
  void start() throws IOException {
    Chromium.assumePresent();
    Files.createDirectories(PICTURES);
    lumbar = LumbarProcess.up(scratch.resolve("data"));
    String token =
        lumbar
            .owner()
            .post("/api/v1/wearers", Map.of("name", "anna", "zone", "Europe/Berlin"))
            .json()
            .path("token")
            .asText();
    browser = Chromium.start(scratch, 390, 844);
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
  }

  @Test
  void leadsThroughARoutineAndKeepsWhatWasDone() throws IOException {
    browser.get(lumbar.url() + "/");
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> browser.findElement(By.cssSelector("a[href='/stretches']")).isDisplayed());
    picture("main");

    browser.get(lumbar.url() + "/stretches/routine?place=chair,standing");
    awaitTitle("How is your lower back now?");
    click("3");
    awaitText("None of these");
    assertThat(browser.findElements(By.cssSelector(".flags input")))
        .as("the button answers every question, so all of them are in sight")
        .hasSize(17)
        .allMatch(WebElement::isDisplayed);
    pictures("flags");
    click("None of these");
    awaitText("Begin");
    awaitPlaces("On a chair and standing");
    click("On the floor and in bed too");
    awaitPlaces("On the floor and in bed too");
    click("On a chair and standing");
    awaitPlaces("On a chair and standing");
    picture("plan");
    int planned = browser.findElements(By.cssSelector(".plan li")).size();
    assertThat(planned).isBetween(3, 20);
    click("Begin");

    awaitText("1 of " + planned);
    String whole = browser.findElement(By.cssSelector(".time")).getText();
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> !browser.findElement(By.cssSelector(".time")).getText().equals(whole));
    click("Pause");
    String held = browser.findElement(By.cssSelector(".time")).getText();
    picture("playing");
    assertThat(browser.findElement(By.id("sound")).getText()).isEqualTo("Sound off");
    WebElement figure = browser.findElement(By.cssSelector("img.figure"));
    await()
        .atMost(PATIENCE)
        .until(() -> !"0".equals(String.valueOf(figure.getDomProperty("naturalWidth"))));
    assertThat(browser.findElement(By.cssSelector(".time")).getText()).isEqualTo(held);

    String first = browser.findElement(By.cssSelector(".playing h1")).getText();
    assertThat(browser.findElement(By.xpath("//button[.='Previous']")).isEnabled()).isFalse();
    assertThat(browser.findElement(By.id("counts")).getText()).startsWith("Counts as done from ");
    click("Next");
    awaitText("2 of " + planned);
    pictures("playing-second");
    // The clock of the player runs faster for the test.
    browser.executeScript("const real = setInterval; window.setInterval = (run) => real(run, 20)");
    click("Skip");
    awaitText("3 of " + planned);
    awaitText("Counts as done\n");
    pictures("playing-counts");
    click("Next");
    awaitText(planned == 3 ? "And how is your back now?" : "4 of " + planned);
    browser.executeScript("window.setInterval = (run) => 0");
    click("Previous");
    awaitText("3 of " + planned);
    click("Previous");
    awaitText("2 of " + planned);
    browser.findElement(By.tagName("body")).sendKeys(Keys.ARROW_LEFT);
    awaitText("1 of " + planned);
    assertThat(browser.findElement(By.cssSelector(".playing h1")).getText()).isEqualTo(first);
    assertThat(browser.findElement(By.cssSelector(".time")).getText()).isEqualTo(whole);
    browser.findElement(By.tagName("body")).sendKeys(Keys.ARROW_LEFT, Keys.ARROW_RIGHT);
    awaitText("2 of " + planned);
    click("Next");
    awaitText("3 of " + planned);
    click("Next");
    for (int at = 4; at <= planned; at++) {
      awaitText(at + " of " + planned);
      click(at % 2 == 0 ? "Skip" : "Next");
    }
    awaitTitle("And how is your back now?");
    click("2");
    awaitTitle("Done for today");
    awaitText("1 exercise in about");
    awaitText("Pain before: 3. After: 2.");
    pictures("done");

    JsonNode diary =
        lumbar.owner().get("/api/v1/wearers/anna/stretch-profile").json().path("diary");
    assertThat(diary.toString()).contains("\"pain\":");
    assertThat(diary.findValues("done"))
        .as(
            "what ran for half its time counts, once though gone back to; what was left at once not")
        .singleElement()
        .satisfies(done -> assertThat(done).hasSize(1));
    assertThat(first).isNotBlank();
    JsonNode told = lumbar.owner().get("/api/v1/wearers/anna/statements").json();
    assertThat(told.findValuesAsText("stretchDone")).hasSize(1);

    assertThat(diary.findValue("routines").toString()).isEqualTo("[{\"before\":3,\"after\":2}]");

    lumbar.owner().post("/api/v1/wearers/anna/stretch-diary", Map.of("pain", 8));
    browser.get(lumbar.url() + "/stretches");
    awaitText("A day for a walk.");
    assertThat(browser.findElement(By.id("gate")).isDisplayed()).isTrue();
    assertThat(browser.findElements(By.cssSelector(".exercise"))).hasSizeGreaterThan(20);
    pictures("gallery-gate");
    assertThat(browser.findElement(By.id("diary")).getText())
        .contains("1 exercise. Pain before: 3. After: 2.");
    browser.executeScript("document.getElementById('diary-card').scrollIntoView()");
    pictures("diary");
    assertThat(gallery()).contains("45 seconds", "1.5 min").doesNotContain("0.75");
    browser.findElement(By.cssSelector("#language option[value=de]")).click();
    awaitText("45 Sekunden");
    assertThat(gallery()).contains("1,5 min").doesNotContain("0,75");
    browser.findElement(By.cssSelector("#language option[value=en]")).click();
    awaitText("45 seconds");
  }

  @Test
  void anEmergencyShowsTheNumberAndNoExercise() throws Exception {
    Instant since = Instant.now().minus(Duration.ofMinutes(31));
    String thigh =
        lumbar
            .owner()
            .post("/api/v1/wearers/anna/devices", Map.of("placement", "thigh"))
            .json()
            .path("token")
            .asText();
    lumbar.with(thigh).upload(List.of(Sending.change("sitting", since, "PT2H"))).json();
    browser.get(lumbar.url() + "/");
    await()
        .atMost(PATIENCE)
        .until(() -> !browser.findElements(By.cssSelector("#reminder ol")).isEmpty());
    browser.get(lumbar.url() + "/stretches/routine");
    awaitTitle("How is your lower back now?");
    click("5");
    awaitText("None of these");
    browser.findElement(By.cssSelector("input[value=saddle]")).click();
    List<WebElement> buttons = browser.findElements(By.cssSelector(".ask > button"));
    buttons.get(buttons.size() - 1).click();
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> browser.findElement(By.cssSelector(".stop a.call")).isDisplayed());
    assertThat(browser.findElement(By.cssSelector(".stop a.call")).getDomAttribute("href"))
        .startsWith("tel:");
    assertThat(browser.findElements(By.cssSelector("img"))).isEmpty();
    picture("emergency");

    browser.get(lumbar.url() + "/stretches/routine");
    awaitTitle("Please get help now");
    browser.get(lumbar.url() + "/stretches");
    awaitText("Exercises wait until somebody has looked at it");
    assertThat(browser.findElements(By.cssSelector(".exercise"))).isEmpty();
    pictures("gallery-stopped");

    browser.get(lumbar.url() + "/");
    await()
        .atMost(PATIENCE)
        .until(() -> !browser.findElements(By.cssSelector("#reminder a[href^='tel:']")).isEmpty());
    assertThat(browser.findElement(By.id("reminder")).getText())
        .contains("Please get help now")
        .doesNotContain("Try");
    assertThat(browser.findElements(By.cssSelector("#reminder img, #reminder ol"))).isEmpty();
    assertThat(browser.findElements(By.id("answer-done"))).hasSize(1);
    pictures("page-stopped");
    browser.get(lumbar.url() + "/stretches");
    awaitText("Exercises wait until somebody has looked at it");

    browser.findElement(By.linkText("Answer once more")).click();
    awaitTitle("Is any of this so for you?");
    click("None of these");
    awaitText("Begin");
    browser.get(lumbar.url() + "/stretches");
    await()
        .atMost(PATIENCE)
        .until(() -> browser.findElements(By.cssSelector(".exercise")).size() > 20);
  }

  @Test
  void whoDoesNotOpenTheSignsHasNotAnsweredThem() {
    // Added over HTTP, with reminders from the first minute on.
    browser.get(lumbar.url() + "/");
    awaitText("What suits your back");
    browser.findElement(By.cssSelector("#health summary")).click();
    browser.findElement(By.cssSelector("#health input[value=osteoporosis]")).click();
    browser.findElement(By.id("health-save")).click();
    await().atMost(PATIENCE).until(() -> browser.findElements(By.id("health")).isEmpty());
    JsonNode kept = lumbar.owner().get("/api/v1/wearers/anna/stretch-profile").json();
    assertThat(kept.path("conditions").toString()).isEqualTo("[\"osteoporosis\"]");
    assertThat(kept.path("redFlags").path("level").asText()).isEqualTo("skipped");
  }

  private void listen() {
    lumbar
        .owner()
        .patch(
            "/api/v1/wearers/anna/settings",
            Map.of(
                "alerts",
                Map.of("listenUntil", Instant.now().plus(Duration.ofDays(2)).toString())));
  }

  @Test
  void theFirstDaysAskOnceForHealthAndSigns() throws IOException {
    listen();
    browser.get(lumbar.url() + "/");
    awaitText("What suits your back");
    pictures("health-card");
    browser.findElements(By.cssSelector("#health summary")).forEach(WebElement::click);
    pictures("health-card-open");
    browser.findElement(By.cssSelector("#health input[value=osteoporosis]")).click();
    browser.findElement(By.cssSelector("#health input[value=weeks]")).click();
    browser.findElement(By.id("health-save")).click();
    awaitText("Ask a doctor or physiotherapist which exercises suit you.");
    pictures("health-told");
    click("Done");
    await().atMost(PATIENCE).until(() -> browser.findElements(By.id("health")).isEmpty());
    JsonNode kept = lumbar.owner().get("/api/v1/wearers/anna/stretch-profile").json();
    assertThat(kept.path("conditions").toString()).isEqualTo("[\"osteoporosis\"]");
    assertThat(kept.path("redFlags").path("level").asText()).isEqualTo("see-someone");
    browser.get(lumbar.url() + "/");
    awaitText("Getting to know how you sit");
    assertThat(browser.findElements(By.id("health"))).isEmpty();
  }

  private String gallery() {
    return browser.findElement(By.id("gallery")).getText();
  }

  private void click(String words) {
    browser.findElement(By.xpath("//button[normalize-space()='" + words + "']")).click();
  }

  private void awaitPlaces(String chosen) {
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(
            () ->
                browser
                    .findElement(By.cssSelector("#places [aria-pressed=true]"))
                    .getText()
                    .equals(chosen));
  }

  private void awaitTitle(String title) {
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(
            () -> assertThat(browser.findElement(By.tagName("h1")).getText()).isEqualTo(title));
  }

  private void awaitText(String words) {
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(
            () -> assertThat(browser.findElement(By.tagName("body")).getText()).contains(words));
  }

  /** For people to look at: phone and desktop, light and dark. */
  private void pictures(String name) throws IOException {
    for (int width : List.of(390, 1280)) {
      for (String scheme : List.of("light", "dark")) {
        browser.executeCdpCommand(
            "Emulation.setEmulatedMedia",
            Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        browser.executeCdpCommand(
            "Emulation.setDeviceMetricsOverride",
            Map.of("width", width, "height", 1100, "deviceScaleFactor", 1, "mobile", false));
        picture(name + "-" + width + "-" + scheme);
      }
    }
    browser.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
    browser.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of()));
  }

  /** For people to look at. */
  private void picture(String name) throws IOException {
    Files.write(PICTURES.resolve(name + ".png"), browser.getScreenshotAs(OutputType.BYTES));
  }
}
