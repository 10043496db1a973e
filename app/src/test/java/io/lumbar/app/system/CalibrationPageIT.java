package io.lumbar.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;

/**
 * A wearer with a chest sensor is led through the poses by a real browser, whose time runs six
 * times as fast; the sensor's motion comes late, when all poses are over.
 */
class CalibrationPageIT {
  private static final Path PICTURES = Path.of("target", "calibration-page");
  private static final String HASTE =
      """
      const beat = performance.now.bind(performance);
      const began = Date.now() - 6 * beat();
      performance.now = () => 6 * beat();
      Date.now = () => began + 6 * beat();
      """;
  private static final int POSE_SECONDS = 24;
  private static final int RATE = 10;

  @TempDir Path scratch;
  private LumbarProcess lumbar;
  private ChromeDriver browser;
  private String wearerToken;
  private Api sensor;

  @BeforeEach
  void start() throws IOException {
    Chromium.assumePresent();
    Files.createDirectories(PICTURES);
    lumbar = LumbarProcess.up(scratch.resolve("data"));
    wearerToken =
        lumbar
            .owner()
            .post("/api/v1/wearers", Map.of("name", "anna", "zone", "Europe/Berlin"))
            .json()
            .path("token")
            .asText();
    JsonNode chest =
        lumbar
            .owner()
            .post("/api/v1/wearers/anna/devices", Map.of("placement", "chest", "name", "Tag"))
            .json();
    sensor = lumbar.with(chest.path("token").asText());
    browser = Chromium.start(scratch, 390, 844);
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
  void leadsThroughThePosesAndShowsItsOwnConfusions() throws IOException {
    browser.get(lumbar.url() + "/calibrate");
    assertThat(browser.getCurrentUrl()).endsWith("/signin");
    Chromium.signIn(browser, lumbar.url(), wearerToken);
    browser.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", HASTE));
    browser.get(lumbar.url() + "/calibrate");
    awaitText("known-bed", "not yet");
    assertThat(text("device")).isEqualTo("Tag, chest");
    picture("ready");

    // Of a sensor that was never heard there is nothing to say.
    upload(Instant.now().minusSeconds(60), 10, List.of(List.of(0.99, 0.02, 0.12)));
    browser.findElement(By.id("bed")).click();
    awaitText("pose", "Lie on your left side");
    awaitText("phase", "keep still");
    picture("pose");
    awaitText("result-line", "The pose back has too few readings");
    picture("waiting");
    lie(OffsetDateTime.parse(bed().path("from").asText()).toInstant());

    awaitText("result-title", "Learned");
    assertThat(text("result-line")).containsPattern("reads [345]°, propped 2[567]° more");
    assertThat(text("judged")).contains("On your back").containsPattern("\\d+ as back");
    assertThat(text("notes")).contains("Right was taken for supine in");
    assertThat(text("known-bed")).isNotEqualTo("not yet");
    browser.executeScript("document.getElementById('result').scrollIntoView()");
    picture("learned");

    browser.findElement(By.id("standing")).click();
    awaitText("result-title", "Waiting for the sensor");
    long now = ((Number) browser.executeScript("return Date.now()")).longValue();
    upload(Instant.ofEpochMilli(now).minusSeconds(40), 40, List.of(List.of(0.99, 0.02, 0.12)));
    awaitText("result-line", "How you stand is known");
    assertThat(text("known-standing")).isNotEqualTo("not yet");
  }

  @Test
  void whatWasStoppedIsNotTold() {
    Chromium.signIn(browser, lumbar.url(), wearerToken);
    browser.get(lumbar.url() + "/calibrate");
    awaitText("known-standing", "not yet");
    browser.findElement(By.id("standing")).click();
    awaitText("phase", "get into it");
    browser.findElement(By.id("stop")).click();
    await().until(() -> browser.findElement(By.id("standing")).isDisplayed());
    assertThat(browser.findElement(By.id("result")).isDisplayed()).isFalse();
  }

  private JsonNode bed() {
    return lumbar
        .owner()
        .get("/api/v1/wearers/anna/calibrations")
        .json()
        .path("items")
        .path(0)
        .path("bed");
  }

  /** The five poses from a time on; at the end of the third the wearer turns too early. */
  private void lie(Instant from) {
    double propped = Math.toRadians(30);
    List<List<List<Double>>> poses =
        List.of(
            List.of(List.of(0.05, 0.0, 0.99)),
            List.of(List.of(0.02, 0.99, 0.05)),
            List.of(
                List.of(0.0, -0.99, 0.05),
                List.of(0.0, -0.99, 0.05),
                List.of(0.0, -0.99, 0.05),
                List.of(0.0, -0.99, 0.05),
                List.of(0.0, -0.99, 0.05),
                List.of(0.0, -0.42, 0.9)),
            List.of(List.of(Math.sin(Math.toRadians(4)), 0.0, -Math.cos(Math.toRadians(4)))),
            List.of(List.of(Math.sin(propped), 0.0, -Math.cos(propped))));
    for (int i = 0; i < poses.size(); i++) {
      upload(from.plusSeconds((long) POSE_SECONDS * i), 18, poses.get(i));
    }
  }

  /** Holds some directions one after the other, for equal parts of a time. */
  private void upload(Instant from, int seconds, List<List<Double>> directions) {
    Random noise = new Random(from.getEpochSecond());
    int samples = seconds * RATE;
    double[][] axes = new double[3][samples];
    for (int i = 0; i < samples; i++) {
      List<Double> held = directions.get(i * directions.size() / samples);
      for (int axis = 0; axis < axes.length; axis++) {
        axes[axis][i] = held.get(axis) + 0.005 * noise.nextGaussian();
      }
    }
    JsonNode receipt =
        sensor
            .post(
                "/api/v1/motion",
                Map.of(
                    "start",
                    from.toString(),
                    "rate",
                    RATE,
                    "unit",
                    "g",
                    "x",
                    axes[0],
                    "y",
                    axes[1],
                    "z",
                    axes[2]))
            .json();
    assertThat(receipt.path("accepted").asInt()).as(receipt.toString()).isEqualTo(1);
  }

  private String text(String id) {
    return browser.findElement(By.id(id)).getText();
  }

  private void awaitText(String id, String part) {
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(text(id)).contains(part));
  }

  /** For people to look at. */
  private void picture(String name) throws IOException {
    Files.write(PICTURES.resolve(name + ".png"), browser.getScreenshotAs(OutputType.BYTES));
  }
}
