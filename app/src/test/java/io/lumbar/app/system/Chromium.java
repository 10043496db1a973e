package io.lumbar.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A real browser without a window, which asks nobody but the server under test. */
final class Chromium {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

  private Chromium() {}

  /** Skips a test where there is no browser; CI must have one. */
  static void assumePresent() {
    boolean present = Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER);
    if ("true".equals(System.getenv("CI"))) {
      assertThat(present).as("chromium and chromedriver, which CI must have").isTrue();
    }
    assumeTrue(present, "skipped: no /usr/bin/chromium with /usr/bin/chromedriver here");
  }

  /**
   * Starts one that speaks English and keeps what pages write to its console.
   *
   * @param scratch folder for its profile
   */
  static ChromeDriver start(Path scratch, int width, int height) {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM.toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--lang=en",
        "--window-size=" + width + "," + height,
        "--user-data-dir=" + scratch.resolve("browser"));
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    return new ChromeDriver(
        new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).build(), options);
  }

  /** Signs in by a wearer's or the owner's token, as the link that Lumbar prints does. */
  static void signIn(ChromeDriver browser, String url, String token) {
    browser.get(url + "/signin");
    Object status =
        browser.executeAsyncScript(
            """
            const [token, done] = arguments;
            fetch("/api/v1/signin", {
              method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ token }),
            }).then((response) => done(response.ok));
            """,
            token);
    assertThat(status).isEqualTo(true);
  }

  /**
   * What the browser complained about since it was asked, such as a breach of the content policy.
   */
  static List<String> complaints(ChromeDriver browser) {
    return browser.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::getMessage)
        .filter(message -> !message.contains("/signin"))
        .toList();
  }
}
