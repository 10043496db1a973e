package io.lumbar.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lumbar.http.SettingsPatch;
import io.lumbar.model.Alert;
import io.lumbar.model.AlertResponse;
import io.lumbar.model.AlertSettings;
import io.lumbar.model.Bout;
import io.lumbar.model.DaySummary;
import io.lumbar.model.Device;
import io.lumbar.model.DeviceId;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.Heard;
import io.lumbar.model.Json;
import io.lumbar.model.Placement;
import io.lumbar.model.Statement;
import io.lumbar.model.Topic;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.logging.Level;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Cookie;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

class PageIT {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

  @TempDir Path profile;
  private ReportsServer server;
  private volatile Instant now = SeededDay.NOW;
  private ChromeDriver browser;

  @BeforeEach
  void start() {
    boolean present = Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER);
    if ("true".equals(System.getenv("CI"))) {
      assertThat(present).as("chromium and chromedriver, which CI must have").isTrue();
    }
    assumeTrue(present, "skipped: no /usr/bin/chromium with /usr/bin/chromedriver here");
    server = new ReportsServer(() -> now);
    SeededDay.into(server.history);
    browser = new ChromeDriver(service(), options());
  }

  @AfterEach
  void stop() {
    if (browser != null) {
      browser.quit();
    }
    if (server != null) {
      server.close();
    }
  }

  @Test
  void showsThePresentAndTheDay() {
    open("owner");

    assertThat(text("now-posture")).isEqualTo("Sitting");
    assertThat(text("now-line")).isEqualTo("for 23 min, since 14:29");
    assertThat(text("now-next")).isEqualTo("A break is due at 14:59, in 7 min");
    assertThat(text("day-title")).isEqualTo("Wednesday 4 March");
    assertThat(browser.findElements(By.cssSelector("#timeline rect.p-sitting"))).hasSize(10);
    assertThat(browser.findElements(By.cssSelector("#timeline circle"))).hasSize(3);
    assertThat(text("numbers")).contains("Steps", "6\u202f412");
    assertThat(text("bouts")).contains("14:29 \u2013 now", "12:52 \u2013 13:41");
    assertThat(text("devices")).contains("Phone", "trouser pocket");
    assertThat(text("zone")).contains("Europe/Berlin");
    assertThat(complaints()).isEmpty();
  }

  @Test
  void aPostureThatHoldsWithoutFurtherWordCountsUpToNowEverywhere() {
    Bout last = server.history.latestBout(ReportsServer.MIRA.id()).orElseThrow();
    ObjectNode held = Json.mapper().valueToTree(last);
    held.put("revision", last.revision() + 1);
    held.put("holdsUntil", SeededDay.NOW.plus(Duration.ofHours(2)).toString());
    server.history.bouts(Json.mapper().convertValue(held, Bout.class));
    now = SeededDay.NOW.plus(Duration.ofMinutes(12));
    open("w_mira");

    patiently(() -> assertThat(text("now-line")).isEqualTo("for 35 min, since 14:29"));
    assertThat(text("bouts")).contains("14:29 \u2013 now\n35 min");
    assertThat(text("numbers")).contains("5 h 11 min", "15 h 04 min");
  }

  @Test
  void aDayWithACheckInAloneHasNoSums() throws IOException {
    ObjectNode day =
        Json.mapper()
            .valueToTree(
                server
                    .history
                    .days(ReportsServer.MIRA.id(), SeededDay.DATE, SeededDay.DATE)
                    .get(0));
    day.put("date", SeededDay.DATE.minusDays(3).toString());
    day.put("coverageMinutes", 0).put("steps", 0).put("pain", 3);
    day.putObject("postureMinutes");
    server.history.days(Json.mapper().convertValue(day, DaySummary.class));
    open("w_mira");
    for (int back = 1; back <= 3; back++) {
      browser.findElement(By.id("day-before")).click();
    }
    awaitText("#day-title", "Sunday 1 March");
    patiently(() -> assertThat(text("numbers")).contains("\u2013").doesNotContain(" min", " s"));
    String path = "/api/v1/wearers/w_mira/days/" + SeededDay.DATE.minusDays(3);
    JsonNode told = Json.mapper().readTree(server.get("w_mira", path).body());
    assertThat(told.path("pain").asInt()).isEqualTo(3);
    assertThat(told.has("sitting")).isFalse();
  }

  @Test
  void showsTheLiftsThatWereLogged() {
    SeededDay.lift(server.history, new DaySummary.Lifting(240.5, 20, true));
    open("w_mira");

    assertThat(text("numbers")).contains("Lifted", "240.5 kg, heavier than usual");
    assertThat(complaints()).isEmpty();
  }

  @Test
  void saysThroughWhichDeviceATagIsHeard() {
    server.registry.devices.add(
        new Device(
            new DeviceId("d_tag"), "Sternum", ReportsServer.MIRA.id(), Placement.CHEST, "00"));
    DeviceId phone = new DeviceId("d_phone");
    server.feed.presence().heard(new Heard(new DeviceId("d_tag"), phone), SeededDay.NOW);
    open("w_mira");

    assertThat(text("devices")).contains("just now, by Phone");
    assertThat(complaints()).isEmpty();
  }

  @Test
  void aWearerIsOfferedNoPageThatNeedsTheOwner() {
    open("w_mira");
    patiently(() -> assertThat(text("devices")).contains("Phone"));
    assertThat(browser.findElements(By.cssSelector("a[href='/connect']"))).isEmpty();
    open("owner");
    patiently(
        () -> assertThat(browser.findElements(By.cssSelector("a[href='/connect']"))).hasSize(1));
  }

  @Test
  void whileFirstDaysListenNoReminderIsPromised() {
    server.registry.wearers.clear();
    AlertSettings listening =
        AlertSettings.defaults().listenUntil(SeededDay.NOW.plus(Duration.ofDays(1)));
    server.registry.wearers.add(
        new Wearer(
            ReportsServer.MIRA.id(),
            ReportsServer.MIRA.name(),
            "00",
            ReportsServer.MIRA.zones(),
            WearerSettings.defaults().withAlerts(listening)));
    open("w_mira");
    patiently(
        () ->
            assertThat(text("reminder"))
                .contains("No reminders come until Thursday", "5 March", "14:52; then, after 30"));
    assertThat(browser.findElement(By.cssSelector(".now")).getText())
        .doesNotContain("A break is due", "A good moment");
  }

  @Test
  void showsAnAlertThatArrivesAndSendsTheAnswer() {
    open("w_mira");

    send("a9");
    awaitText("#answer-done", "Done");
    assertThat(text("reminder-title")).isEqualTo("Time to stand up");
    awaitText(".stretch h3", "Standing back bend");
    awaitText(".stretch p", "Hold 3 s, 5 times.");
    assertThat(browser.findElement(By.id("announcer")).getDomProperty("textContent"))
        .contains("You have been sitting for 30 minutes");
    browser.findElement(By.id("answer-done")).click();

    awaitText("#reminder-title", "Nothing to do");
    assertThat(server.responses).containsExactly("a9 {\"action\":\"done\"}");
    assertThat(complaints()).isEmpty();
  }

  @Test
  void tellsOfAReminderHeldBackAtRandomHalfAnHourLater() {
    server.history.alerts(heldBack("early", 31), heldBack("late", 29));
    open("w_mira");

    assertThat(text("history")).containsOnlyOnce("not sent: held back at random");
  }

  @Test
  void whileRemindersAreQuietThePageSaysWhyAndUntilWhenAndUrgesNobody() throws IOException {
    mira(settings -> settings.put("longSittingMinutes", 20));
    server.snooze =
        "{\"quiet\":true,\"why\":\"quiet-hours\",\"until\":\"2026-03-04T17:00:00+01:00\","
            + "\"snoozedUntil\":null}";
    open("w_mira");
    awaitText("#reminder-title", "Reminders are quiet");
    assertThat(text("reminder"))
        .contains("These are your quiet hours. They can come again from 17:00.")
        .doesNotContain("appears here");
    awaitText("#now-next", "Reminders are quiet until 17:00");
    pictures("quiet-hours");

    server.snooze =
        "{\"quiet\":true,\"why\":\"outside-working-hours\",\"until\":"
            + "\"2026-03-05T09:00:00+01:00\",\"snoozedUntil\":null}";
    wake();
    patiently(
        () ->
            assertThat(text("reminder"))
                .contains("outside your working hours", "from Thursday 5 March 09:00"));
    server.snooze = "{\"quiet\":true,\"why\":\"quiet-hours\",\"until\":null,\"snoozedUntil\":null}";
    wake();
    patiently(() -> assertThat(text("reminder")).contains("no time left"));

    server.snooze = ReportsServer.NO_SNOOZE;
    wake();
    awaitText("#reminder-title", "Nothing to do");
    // No reminder came, so that none is meant.
    awaitText("#now-next", "");
    assertThat(complaints()).isEmpty();
  }

  @Test
  void whoAgreedToChanceSeesTheSameInASittingWithAndWithoutAReminder() {
    agreed(30);
    open("w_mira");
    awaitText("#reminder-title", "Nothing to do");
    String before = text("reminder");
    assertThat(before).contains("left out by chance");
    assertThat(text("now-next")).as("no time at which a break is due").isEmpty();
    assertThat(browser.findElement(By.id("ring")).getDomAttribute("aria-label"))
        .startsWith("Sitting: ");

    agreed(20);
    open("w_mira");
    awaitText("#reminder-title", "Nothing to do");
    server.feed.accept(Topic.ALERTS, 1, Json.bytes(heldBack("chance", 0)));
    patiently(() -> assertThat(text("now-line")).startsWith("for 23 min"));
    assertThat(text("reminder")).isEqualTo(before.replace("30", "20"));
    assertThat(text("now-next")).isEmpty();
    assertThat(text("history")).doesNotContain("held back at random");
  }

  private void agreed(int longSittingMinutes) {
    mira(
        settings -> {
          settings.put("longSittingMinutes", longSittingMinutes);
          ((ObjectNode) settings.get("alerts")).put("withholdPercent", 10);
        });
  }

  private void mira(Consumer<ObjectNode> change) {
    ObjectNode settings = Json.mapper().valueToTree(WearerSettings.defaults());
    change.accept(settings);
    server.registry.wearers.clear();
    server.registry.wearers.add(
        new Wearer(
            ReportsServer.MIRA.id(),
            ReportsServer.MIRA.name(),
            "00",
            ReportsServer.MIRA.zones(),
            Json.mapper().convertValue(settings, WearerSettings.class)));
  }

  /** As when somebody comes back to the page. */
  private void wake() {
    browser.executeScript(
        "window.dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))");
  }

  private static Alert heldBack(String id, int minutesAgo) {
    return Records.alert(
        ReportsServer.MIRA,
        id,
        30,
        SeededDay.NOW.minus(Duration.ofMinutes(minutesAgo)),
        "withheld-at-random");
  }

  @Test
  void showsAnAlertThatReachedNoChannelOnceAndTakesItsAnswer() {
    server.history.alerts(
        Records.alert(ReportsServer.MIRA, "a9", 30, SeededDay.NOW.minusSeconds(180), "missed"));
    open("w_mira");

    assertThat(text("history")).containsOnlyOnce("shown here only");
    browser.findElement(By.id("answer-done")).click();
    awaitText("#reminder-title", "Nothing to do");
    assertThat(server.responses).containsExactly("a9 {\"action\":\"done\"}");
  }

  /** Messages link to the alert that they tell of. */
  @Test
  void aLinkLeadsToTheAlertThatItNames() {
    server.history.alerts(
        Records.alert(ReportsServer.MIRA, "a7", 30, SeededDay.NOW.minusSeconds(1500), "sent"),
        Records.alert(ReportsServer.MIRA, "a8", 45, SeededDay.NOW.minusSeconds(120), "sent"));
    open("w_mira");
    browser.get("about:blank");
    browser.get(server.uri("/").toString() + "#alert-a8");
    patiently(
        () ->
            assertThat(browser.switchTo().activeElement().getDomAttribute("id"))
                .isEqualTo("reminder-title"));
    browser.get("about:blank");
    browser.get(server.uri("/").toString() + "#alert-a7");
    patiently(
        () ->
            assertThat(browser.switchTo().activeElement().getDomAttribute("id"))
                .isEqualTo("alert-a7"));
    assertThat(complaints()).isEmpty();
  }

  @Test
  void whatWasToldQuietlyAtNightAsksForNothing() {
    Alert day = Records.alert(ReportsServer.MIRA, "n1", 10, SeededDay.NOW.minusSeconds(30), "sent");
    Alert night =
        new Alert(
            day.id(),
            day.wearer(),
            day.episode(),
            EpisodeKind.ARCHED_SLEEP,
            10,
            day.at(),
            day.since(),
            day.zone(),
            "Time to turn",
            "text",
            null,
            "sent");
    server.history.alerts(night);
    open("w_mira");

    patiently(() -> assertThat(text("history")).contains("Time to turn", "quietly, at night"));
    assertThat(text("reminder-title")).isEqualTo("Nothing to do");
    assertThat(browser.findElement(By.id("announcer")).getDomProperty("textContent")).isEmpty();
  }

  @Test
  void asksWhatItWasWhenAnAlertIsWrong() {
    open("w_mira");
    send("a9");

    awaitText("#answer-wrong", "That\u2019s wrong");
    browser.findElement(By.id("answer-wrong")).click();
    browser.findElement(By.xpath("//button[text()='Standing']")).click();

    awaitText("#reminder-title", "Nothing to do");
    assertThat(server.responses).containsExactly("a9 {\"action\":\"wrong\",\"was\":\"standing\"}");
    assertThat(text("reminder"))
        .contains("From 14:22 to 14:52 the day has what was measured. Was all of it: Standing?");
    browser.findElement(By.id("correct-time")).click();
    awaitText("#reminder p", "Noted. The day shows it in a moment.");
    assertThat(browser.findElements(By.id("correct-time"))).isEmpty();
    patiently(() -> assertThat(text("corrected")).contains("14:22 \u2013 14:52", "Standing"));
  }

  @Test
  void nothingUrgesAfterAReminderWasCalledWrong() {
    mira(settings -> settings.put("longSittingMinutes", 20));
    open("w_mira");
    awaitText("#now-next", "");
    send("a9");
    awaitText("#now-next", "A good moment for a short break");
    browser.findElement(By.id("answer-wrong")).click();
    browser.findElement(By.xpath("//button[text()='Standing']")).click();

    awaitText("#reminder-title", "Nothing to do");
    awaitText("#now-next", "");
  }

  @Test
  void offersHowLongToSnoozeAndShowsWhyThatIsRefused() {
    open("w_mira");
    send("a9");
    awaitText("#answer-snooze", "Later");
    browser.findElement(By.id("answer-snooze")).click();
    assertThat(browser.findElements(By.cssSelector("#reminder .answers button")))
        .extracting(button -> button.getText())
        .containsExactly("5 min", "15 min", "30 min", "1 hour", "Until tomorrow", "Back");
    server.refusal = "This sitting was snoozed 3 times.";
    browser.findElement(By.xpath("//button[text()='Until tomorrow']")).click();
    awaitText(".trouble", "That did not work: This sitting was snoozed 3 times.");

    server.refusal = null;
    server.answer =
        "{\"at\":\"2026-03-04T14:52:00+01:00\",\"snoozedUntil\":\"2026-03-04T15:52:00+01:00\"}";
    browser.findElement(By.xpath("//button[text()='1 hour']")).click();
    awaitText("#reminder-title", "Nothing to do");
    awaitText("#reminder p", "Quiet until 15:52. The last word counts: you can end it here.");
    browser.findElement(By.id("end-snooze")).click();
    patiently(() -> assertThat(browser.findElements(By.id("end-snooze"))).isEmpty());
    assertThat(server.responses)
        .containsExactly(
            "a9 {\"action\":\"snooze\",\"until\":\"tomorrow\"}",
            "a9 {\"action\":\"snooze\",\"minutes\":60}");
    assertThat(server.changes).containsExactly("DELETE snooze");
  }

  @Test
  void aRunningSnoozeIsSeenWhateverWasAnsweredLaterAndNoOlderReminderComesBack() {
    server.history.alerts(
        Records.alert(ReportsServer.MIRA, "a8", 30, SeededDay.NOW.minusSeconds(900), "sent"));
    server.snooze = "{\"quiet\":true,\"snoozedUntil\":\"2026-03-04T15:52:00+01:00\"}";
    open("w_mira");
    awaitText("#reminder p", "Quiet until 15:52. The last word counts: you can end it here.");
    send("a9");
    server.feed.accept(
        Topic.RESPONSES,
        2,
        Json.bytes(
            new AlertResponse(
                "a9",
                ReportsServer.MIRA.id(),
                AlertResponse.Action.DONE,
                null,
                null,
                SeededDay.NOW)));
    patiently(() -> assertThat(text("history")).contains("done"));
    awaitText("#reminder p", "Quiet until 15:52. The last word counts: you can end it here.");

    server.snooze = ReportsServer.NO_SNOOZE;
    browser.findElement(By.id("end-snooze")).click();
    patiently(() -> assertThat(browser.findElements(By.id("end-snooze"))).isEmpty());
    assertThat(text("reminder-title")).isEqualTo("Nothing to do");
  }

  @Test
  void aSnoozeThatWasTakenOrEndedElsewhereIsReadWhenThePageWakes() {
    server.snooze = "{\"quiet\":true,\"snoozedUntil\":\"2026-03-04T15:52:00+01:00\"}";
    open("w_mira");
    awaitText("#reminder p", "Quiet until 15:52. The last word counts: you can end it here.");

    server.snooze = ReportsServer.NO_SNOOZE;
    server.pause = "{\"pausedUntil\":\"2026-03-04T16:00:00+01:00\"}";
    browser.executeScript("document.dispatchEvent(new Event('visibilitychange'))");
    patiently(() -> assertThat(browser.findElements(By.id("end-snooze"))).isEmpty());
    awaitText("#pause p", "No reminders until 16:00.");

    server.snooze = "{\"quiet\":true,\"snoozedUntil\":\"2026-03-04T15:00:00+01:00\"}";
    browser.executeScript(
        "window.dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))");
    awaitText("#reminder p", "Quiet until 15:00. The last word counts: you can end it here.");

    // As the live stream tells it, whatever alert it was said to.
    server.feed.accept(
        Topic.RESPONSES,
        2,
        Json.bytes(
            new AlertResponse(
                "yesterday",
                ReportsServer.MIRA.id(),
                AlertResponse.Action.SNOOZE,
                null,
                null,
                now,
                now)));
    patiently(() -> assertThat(browser.findElements(By.id("end-snooze"))).isEmpty());
    assertThat(complaints()).isEmpty();
  }

  @Test
  void aLateAnswerLeavesTheFormAloneInWhichSomebodyTypes() {
    open("w_mira");
    browser.findElement(By.id("correct-open")).click();
    type("10:00", "10:20");
    server.line = new CompletableFuture<>();
    browser.findElement(By.cssSelector("#correct [data-was=driving]")).click();

    browser.findElement(By.id("day-before")).click();
    awaitText("#day-title", "Tuesday 3 March");
    browser.findElement(By.id("correct-open")).click();
    type("08:00", "08:30");
    server.line.complete(null);
    patiently(() -> assertThat(server.told).hasSize(1));
    patiently(() -> assertThat(statementsReadAfterTelling()).isPositive());
    assertThat(timeOf("from")).isEqualTo("08:00");
    assertThat(timeOf("to")).isEqualTo("08:30");

    // Told elsewhere about this day.
    server.statements.take(
        ReportsServer.MIRA.id(),
        Json.read(
            Json.bytes(
                Map.of(
                    "kind", "correction",
                    "id", "elsewhere",
                    "from", "2026-03-03T09:00:00Z",
                    "to", "2026-03-03T09:30:00Z",
                    "was", "walking",
                    "statedAt", "2026-03-04T13:50:00Z")),
            Statement.class));
    browser.executeScript("document.dispatchEvent(new Event('visibilitychange'))");
    awaitText("#corrected .what", "Walking");
    assertThat(timeOf("from")).isEqualTo("08:00");
    browser.findElement(By.cssSelector("#correct [data-was=standing]")).click();
    patiently(
        () ->
            assertThat(server.told.get(server.told.size() - 1))
                .contains("2026-03-03T07:00:00.000Z", "standing"));
    assertThat(complaints()).isEmpty();
  }

  private void type(String from, String to) {
    browser.executeScript(
        "const [f, t] = document.querySelectorAll('#correct input'); f.value = arguments[0];"
            + " t.value = arguments[1]",
        from,
        to);
  }

  /** How often the page read what was told after it was told something. */
  private long statementsReadAfterTelling() {
    return (Long)
        browser.executeScript(
            "const all = performance.getEntriesByType('resource');"
                + " const told = all.find(({name}) => name.includes('/corrections'));"
                + " return told ? all.filter(({name, startTime, responseEnd}) =>"
                + " name.includes('/statements') && responseEnd > 0"
                + " && startTime > told.responseEnd).length : 0");
  }

  @Test
  void takingSomethingBackLeavesWhatIsBeingSaid() {
    browser.get(server.uri("/signin?token=w_mira").toString());
    browser.get(server.uri("/tell").toString());
    patiently(() -> assertThat(browser.findElement(By.cssSelector("#feel form")).isDisplayed()));
    say("#feel", 3);
    awaitText("#feel-noted", "Noted: pain 3.");
    awaitText("#feel .told .what", "pain 3");

    choose("#feel", 7);
    browser.findElement(By.cssSelector("#lift input[name=liftedKg]")).sendKeys("12");
    List<WebElement> rows = browser.findElements(By.cssSelector("#feel .told button"));
    rows.get(rows.size() - 1).click();
    awaitText("#feel-noted", "Taken back.");
    assertThat(browser.findElements(By.cssSelector("#feel .told"))).isEmpty();
    assertThat(browser.findElement(By.cssSelector("#feel input:checked")).getDomProperty("value"))
        .isEqualTo("7");
    assertThat(
            browser
                .findElement(By.cssSelector("#lift input[name=liftedKg]"))
                .getDomProperty("value"))
        .isEqualTo("12");
    assertThat(complaints()).isEmpty();
  }

  private void choose(String host, int n) {
    browser.executeScript(
        "document.querySelector(arguments[0] + ' input[name=pain][value=\"' + arguments[1] +"
            + " '\"]').click()",
        host,
        String.valueOf(n));
  }

  private void say(String host, int pain) {
    choose(host, pain);
    browser.findElement(By.cssSelector(host + " button[type=submit]")).click();
  }

  @Test
  void stopsAKindOfRemindersAfterAQuestion() {
    open("w_mira");
    send("a9");
    awaitText("#answer-stop", "Stop these");
    browser.findElement(By.id("answer-stop")).click();
    awaitText(".ask", "No more reminders of this kind? The settings bring them back.");
    browser.findElement(By.id("stop-these")).click();

    awaitText("#reminder-title", "Nothing to do");
    assertThat(server.changes).contains("{\"alerts\":{\"dailyBudget\":{\"long-sitting\":0}}}");
    assertThat(server.responses).containsExactly("a9 {\"action\":\"dismiss\"}");
    awaitText("#reminder p", "Noted: no more of these. The settings bring them back.");
    patiently(
        () ->
            assertThat(browser.findElement(By.cssSelector(".now")).getText())
                .doesNotContain("A break is due", "A good moment"));
    assertThat(complaints()).isEmpty();
  }

  @Test
  void tellsWhatCameOfRemindersAndAsksForConsent() {
    server.reactions =
        "{\"items\":[{\"alert\":\"a3\",\"outcome\":\"up\",\"latencySeconds\":130,"
            + "\"steps\":240},"
            + "{\"alert\":\"a4\",\"outcome\":\"stayed\"}],\"next\":null}";
    server.effect =
        "{\"withholdPercent\":0,\"leastWithheld\":50,\"total\":{\"since\":\"2026-01-14\",\"withheld\":58,"
            + "\"lift\":{\"sent\":119,\"up\":65,\"withheld\":58,\"withheldUp\":20,\"difference\":0.2,"
            + "\"low\":0.05,\"high\":0.34}},\"items\":[{\"month\":\"2026-02\",\"sent\":120,"
            + "\"up\":66,\"medianLatencySeconds\":95,\"medianSteps\":130,\"noData\":4,\"withheld\":55,\"lift\":{\"sent\":110,"
            + "\"up\":60,\"withheld\":55,\"withheldUp\":19,\"difference\":0.2,\"low\":0.04,\"high\":0.34,"
            + "\"medianSteps\":140,\"withheldMedianSteps\":35}},"
            + "{\"month\":\"2026-03\",\"sent\":9,\"up\":5,\"noData\":0,\"withheld\":3}]}";
    open("w_mira");

    awaitText("#history li:nth-child(2) .tag:last-child", "up after 2 min, 240 steps");
    assertThat(text("history")).doesNotContain("stayed");
    patiently(
        () ->
            assertThat(text("effect"))
                .contains(
                    "March 2026: after 5 of 9 reminders you got up within 5 minutes.",
                    "Since Wednesday 14 January: With a reminder you get up 20 times",
                    "judged by 58 that were held back",
                    "Half of those times within 2 min.",
                    "In the half hour after a reminder: 130 steps",
                    "In the middle 140 steps followed, without a reminder 35.",
                    "20 times in 100 more often than without (4 to 34)"));
    browser.findElement(By.cssSelector("#effect summary")).click();
    browser.findElement(By.id("agree")).click();
    patiently(
        () -> assertThat(server.changes).containsExactly("{\"alerts\":{\"withholdPercent\":10}}"));
    assertThat(complaints()).isEmpty();
  }

  @Test
  void speaksTheLanguageOfTheWearer() throws IOException {
    ObjectNode german = Json.mapper().createObjectNode();
    german.putObject("alerts").put("language", "de");
    server.registry.changeSettings(
        ReportsServer.MIRA.id(), settings -> SettingsPatch.apply(settings, german));
    server.history.alerts(heldBack("early", 31));
    server.advice =
        "{\"listening\":true,\"listenUntil\":\"2026-03-06T08:00:00+01:00\",\"presentMinutes\":30,"
            + "\"corrections\":[{\"was\":\"phone-on-desk\",\"count\":3}]}";
    open("w_mira");

    awaitText("#now-posture", "Sitzen");
    awaitText("#day-title", "Mittwoch, 4. M\u00e4rz");
    assertThat(text("history")).contains("nicht gesendet: zuf\u00e4llig zur\u00fcckgehalten");
    awaitText("#meeting", "Jetzt nicht, ich bin in einer Besprechung");
    patiently(() -> assertThat(text("advice")).contains("Das Telefon lag auf dem Tisch"));
    assertThat(englishLeft()).isEmpty();

    send("a9");
    awaitText("#answer-done", "Erledigt");
    browser.findElement(By.id("answer-wrong")).click();
    awaitText("#reminder .ask", "Was haben Sie gemacht?");
    assertThat(englishLeft()).isEmpty();
    assertThat(complaints()).isEmpty();
  }

  @Test
  void tellsInALineThatTheCalendarCannotBeRead() throws IOException {
    server.advice =
        "{\"listening\":false,\"presentMinutes\":30,\"corrections\":[],\"calendar\":{"
            + "\"unreadSince\":\"2026-03-04T09:05:00+01:00\","
            + "\"knownUntil\":\"2026-03-07T09:05:00+01:00\",\"gone\":false}}";
    open("w_mira");
    awaitText(
        "#calendar-line",
        "Your calendar could not be read since Wednesday 4 March 09:05. The meetings that were"
            + " known still count, until Saturday 7 March 09:05 at the latest; then reminders come"
            + " without it. Look at its address");
    pictures("calendar-line");
    server.advice = server.advice.replace("false}}", "true}}");
    browser.navigate().refresh();
    awaitText(
        "#calendar-line",
        "Your calendar could not be read since Wednesday 4 March 09:05, so reminders come without"
            + " it for now. Look at its address");
    assertThat(browser.findElement(By.cssSelector("#calendar-line a")).getDomAttribute("href"))
        .isEqualTo("/settings");
    assertThat(complaints()).isEmpty();
  }

  @Test
  void theDataPageSpeaksItToo() throws IOException {
    ObjectNode german = Json.mapper().createObjectNode();
    german.putObject("alerts").put("language", "de");
    server.registry.changeSettings(
        ReportsServer.MIRA.id(), settings -> SettingsPatch.apply(settings, german));
    server.history.nights(ReadRoutesTest.night("2026-03-04", false));
    server.readings =
        "{\"items\":[{\"reader\":\"owner\",\"what\":\"night-feedback\",\"times\":2,"
            + "\"first\":\"2026-03-04T08:05:00Z\"},"
            + "{\"reader\":\"wearer\",\"what\":\"days\",\"times\":1,"
            + "\"first\":\"2026-03-04T09:05:00Z\"}]}";
    openData();
    awaitText("#zone", "Zeiten nach der Uhr von Europe/Berlin.");
    awaitText("#readings td:nth-child(2)", "der Betreiber");
    assertThat(text("readings")).contains("R\u00fcckmeldung in der Nacht", "2-mal", "einmal");
    browser.findElement(By.id("forget-night")).click();
    awaitText(
        "#forget-question",
        "Die letzte Nacht von Mira vergessen, im Bett Dienstag, 3. M\u00e4rz 23:00 bis Mittwoch,"
            + " 4. M\u00e4rz 06:30, und je eine halbe Stunde davor und danach?");
    assertThat(browser.getTitle()).isEqualTo("Ihre Daten \u00b7 Lumbar");
    assertThat(englishLeft()).isEmpty();
    pictures("data-de");
    browser.findElement(By.id("forget-yes")).click();
    patiently(() -> assertThat(text("forgotten")).startsWith("Die letzte Nacht: Dienstag"));
    assertThat(complaints()).isEmpty();
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
    URI file = server.uri("/assets/words-" + language + ".json");
    try (InputStream in = file.toURL().openStream()) {
      return Json.mapper().readTree(in);
    }
  }

  @Test
  void proposesATimeAfterTheListeningDays() {
    server.advice =
        "{\"listenUntil\":\"2026-03-04T08:00:00+01:00\",\"listening\":false,\"presentMinutes\":30,"
            + "\"proposal\":{\"days\":3,\"medianMinutes\":41,\"perDay\":9.0,\"minutes\":40,"
            + "\"perDayThen\":5.0},\"corrections\":[{\"was\":\"standing\",\"count\":3}]}";
    open("w_mira");

    patiently(
        () ->
            assertThat(text("advice"))
                .contains(
                    "about 9 times a day, at 40 min about 5 times",
                    "3 times this week you said: Standing",
                    "Learn my poses anew"));
    browser.findElement(By.xpath("//button[text()='Take 40 min']")).click();
    patiently(
        () ->
            assertThat(server.changes)
                .containsExactly("{\"longSittingMinutes\":40,\"alerts\":{\"listenUntil\":null}}"));
  }

  @Test
  void pausesForAMeeting() {
    open("w_mira");
    awaitText("#meeting", "Not now, I am in a meeting");
    browser.findElement(By.id("meeting")).click();

    awaitText("#pause p", "No reminders until 15:52.");
    awaitText("#resume", "End the pause");
    assertThat(server.changes).containsExactly("{\"minutes\":60}");
    assertThat(complaints()).isEmpty();
  }

  @Test
  void goesBackADayAndStepsThroughItByKeyboard() {
    open("w_mira");

    browser.findElement(By.id("day-before")).click();
    awaitText("#day-title", "Tuesday 3 March");
    patiently(
        () ->
            assertThat(browser.findElements(By.cssSelector("#timeline rect.p-cycling")))
                .isNotEmpty());
    browser.findElement(By.cssSelector("#timeline svg")).sendKeys(Keys.END);

    awaitText("#timeline-detail", "Lying 22:44 \u2013 00:00 \u00b7 1 h 16 min");
    assertThat(text("legend")).contains("Not worn", "Cycling");
    assertThat(complaints()).isEmpty();
  }

  @Test
  void asksInTheMorningOnceTheNightHasClosed() {
    now = SeededDay.at(SeededDay.DATE, "06:50");
    server.history.nights(ReadRoutesTest.night("2026-03-04", false, true));
    open("w_mira");
    awaitText("#day-title", "Wednesday 4 March");
    assertThat(browser.findElements(By.id("checkin-title"))).as("the night goes on").isEmpty();

    server.history.nights(ReadRoutesTest.night("2026-03-04", false));
    open("w_mira");
    awaitText("#checkin-title", "How are you?");
    assertThat(browser.findElements(By.cssSelector("#checkin input:checked"))).isEmpty();
    browser.findElement(By.cssSelector("#checkin button[type=submit]")).click();
    awaitText("#checkin .trouble", "Choose a number for one of the two.");

    browser.findElement(By.cssSelector("#checkin input[name=stiffness][value='4']")).sendKeys(" ");
    browser
        .findElement(By.cssSelector("#checkin input[name=stiffness][value='4']"))
        .sendKeys(Keys.ARROW_RIGHT);
    server.refusal = "Kafka is away";
    browser.findElement(By.cssSelector("#checkin button[type=submit]")).click();
    patiently(
        () ->
            assertThat(browser.findElement(By.cssSelector("#checkin .trouble")).getText())
                .startsWith("Lumbar cannot be reached just now"));
    assertThat(
            browser
                .findElement(By.cssSelector("#checkin input[name=stiffness][value='5']"))
                .isSelected())
        .as("what was entered stays")
        .isTrue();
    complaints();

    server.refusal = null;
    browser.findElement(By.cssSelector("#checkin button[type=submit]")).click();
    awaitText("#checkin-noted", "Noted: stiffness 5.");
    assertThat(server.told).hasSize(1);
    assertThat(server.told.get(0)).contains("\"stiffness\":5").doesNotContain("pain");

    open("w_mira");
    awaitText("#day-title", "Wednesday 4 March");
    assertThat(browser.findElements(By.id("checkin-title"))).as("told").isEmpty();
    assertThat(complaints()).isEmpty();
  }

  @Test
  void withoutANightItAsksFromWakingToNoonUntilItIsPutOff() {
    now = SeededDay.at(SeededDay.DATE, "05:00");
    open("w_mira");
    awaitText("#day-title", "Wednesday 4 March");
    assertThat(browser.findElements(By.id("checkin-title"))).isEmpty();

    now = SeededDay.at(SeededDay.DATE, "11:30");
    open("w_mira");
    awaitText("#checkin-title", "How are you?");
    browser.findElement(By.id("checkin-later")).click();
    assertThat(browser.findElements(By.id("checkin-title"))).isEmpty();
    open("w_mira");
    awaitText("#day-title", "Wednesday 4 March");
    assertThat(browser.findElements(By.id("checkin-title"))).as("put off for the day").isEmpty();
    assertThat(server.told).isEmpty();
    assertThat(complaints()).isEmpty();
  }

  @Test
  void aTimeIsCorrectedFromThePictureAndTakenBack() {
    open("w_mira");
    browser.findElement(By.cssSelector("#timeline svg")).sendKeys(Keys.END);
    awaitText("#timeline-detail", "Sitting 14:29 \u2013 now \u00b7 23 min");
    browser.findElement(By.id("correct-open")).click();
    assertThat(timeOf("from")).isEqualTo("14:29");
    browser.executeScript("document.querySelector('#correct input[name=to]').value = '14:40'");
    browser.findElement(By.cssSelector("#correct [data-was=driving]")).click();

    awaitText("#corrected .what", "Driving");
    assertThat(server.told)
        .containsExactly(
            "correction {\"from\":\"2026-03-04T13:29:00.000Z\",\"to\":\"2026-03-04T13:40:00.000Z\","
                + "\"was\":\"driving\"}");
    browser.findElement(By.cssSelector("#corrected button")).click();
    patiently(() -> assertThat(browser.findElements(By.cssSelector("#corrected li"))).isEmpty());
    assertThat(server.told.get(1)).contains("\"revoked\":true");

    browser.findElement(By.id("correct-open")).click();
    browser.executeScript(
        "const [f, t] = document.querySelectorAll('#correct input'); f.value = '10:00'; t.value ="
            + " '09:00'");
    browser.findElement(By.cssSelector("#correct [data-was=standing]")).click();
    awaitText("#correct .trouble", "The first time must be before the second.");
    browser.executeScript("document.querySelector('#correct input[name=to]').value = '10:20'");
    browser.findElement(By.id("correct-forget")).click();
    awaitText("#correct-ask", "Forget 10:00 to 10:20 of this day?");
    assertThat(text("correct")).contains("cannot be taken back", "16 days");
    assertThat(server.forgotten).isEmpty();
    browser.findElement(By.id("correct-forget-yes")).click();
    patiently(
        () ->
            assertThat(server.forgotten)
                .containsExactly(
                    "{\"from\":\"2026-03-04T09:00:00.000Z\",\"to\":\"2026-03-04T09:20:00.000Z\"}"));
    assertThat(complaints()).isEmpty();
  }

  @Test
  void aForgottenTimeIsShownAsThatAndCannotBePicked() {
    SeededDay.forget(server.history, "10:00", "11:30");
    open("w_mira");
    awaitText("#day-title", "Wednesday 4 March");
    patiently(
        () ->
            assertThat(browser.findElements(By.cssSelector("#timeline rect.p-forgotten")))
                .hasSize(1));
    assertThat(text("legend")).contains("Forgotten");
    // Last in the picture, over whatever is still known of that time.
    assertThat(
            browser.executeScript(
                "return [...document.querySelectorAll('#timeline rect.bar')].at(-1)"
                    + ".classList.contains('p-forgotten')"))
        .isEqualTo(true);
    browser.executeScript(
        "const bar = document.querySelector('#timeline rect.p-forgotten').getBoundingClientRect();"
            + "document.querySelector('#timeline svg').dispatchEvent(new MouseEvent('click',"
            + " {bubbles: true, clientX: bar.left + bar.width / 2, clientY: bar.top + 50}))");
    awaitText("#timeline-detail", "Forgotten 10:00 \u2013 11:30 \u00b7 1 h 30 min");
    assertThat(browser.findElement(By.cssSelector("#timeline svg")).getDomAttribute("aria-label"))
        .contains("Forgotten 1 h 30 min");
    assertThat(complaints()).isEmpty();
  }

  private String timeOf(String name) {
    return browser
        .findElement(By.cssSelector("#correct input[name=" + name + "]"))
        .getDomProperty("value");
  }

  @Test
  void aDayIsTaggedAndTheTagTakenAway() {
    open("w_mira");
    browser.findElement(By.id("day-before")).click();
    awaitText("#day-title", "Tuesday 3 March");
    awaitText("#tags summary", "Was this day not like others?");
    browser.findElement(By.cssSelector("#tags summary")).click();
    browser.findElement(By.cssSelector("[data-tag=holiday]")).click();
    awaitText("#tags summary", "This day: holiday");
    assertThat(server.told)
        .containsExactly("day-tag {\"date\":\"2026-03-03\",\"tag\":\"holiday\"}");
    open("w_mira");
    browser.findElement(By.id("day-before")).click();
    awaitText("#tags summary", "This day: holiday");
    browser.findElement(By.cssSelector("#tags summary")).click();
    browser.findElement(By.cssSelector("[data-tag=holiday]")).click();
    awaitText("#tags summary", "Was this day not like others?");
    assertThat(server.told.get(1)).contains("\"remove\":true", "\"id\":\"s_1\"");
    assertThat(complaints()).isEmpty();
  }

  @Test
  void saysHowToConnectAPhone() {
    open("owner");

    browser.findElement(By.cssSelector("#wearer option[value=w_tom]")).click();

    awaitText("#message-title", "Connect a phone");
    assertThat(text("message-body"))
        .contains("./lumbar device add --wearer \"Tom \u00d6\" --placement trouser-pocket");
  }

  @Test
  void saysThatItIsReconnecting() {
    open("w_mira");

    server.close();

    awaitText("#link-state", "Reconnecting\u2026");
  }

  @Test
  void forgetsOnlyTheLastNightAndOnlyAfterAQuestion() {
    server.history.nights(ReadRoutesTest.night("2026-03-03", false));
    openData();
    browser.findElement(By.id("forget-night")).click();
    patiently(() -> assertThat(text("forgotten")).startsWith("Last night was not measured"));
    assertThat(browser.findElements(By.id("forget-yes"))).isEmpty();

    server.history.nights(ReadRoutesTest.night("2026-03-04", false));
    browser.findElement(By.id("forget-night")).click();
    awaitText(
        "#forget-question",
        "Forget last night of Mira, in bed Tuesday 3 March 23:00 to Wednesday 4 March 06:30, and"
            + " half an hour around it?");
    browser.findElement(By.id("forget-no")).click();
    assertThat(browser.findElements(By.id("forget-question"))).isEmpty();
    assertThat(server.forgotten).isEmpty();

    browser.findElement(By.id("forget-night")).click();
    awaitText("#forget-yes", "Forget it");
    browser.findElement(By.id("forget-yes")).click();
    patiently(
        () ->
            assertThat(text("forgotten"))
                .startsWith(
                    "Last night: Tuesday 3 March 22:30 to Wednesday 4 March 07:00 is forgotten."));
    assertThat(server.forgotten).containsExactly("{\"night\":\"2026-03-04\"}");
    assertThat(complaints()).isEmpty();
  }

  @Test
  void forgetsTheHourThatItAskedAbout() {
    openData();
    browser.findElement(By.id("forget-hour")).click();
    awaitText(
        "#forget-question", "Forget the last hour of Mira, Wednesday 4 March 13:52 to 14:52?");
    assertThat(server.forgotten).isEmpty();

    browser.findElement(By.id("forget-yes")).click();
    patiently(
        () ->
            assertThat(server.forgotten)
                .containsExactly(
                    "{\"from\":\"2026-03-04T12:52:20.000Z\",\"to\":\"2026-03-04T13:52:20.000Z\"}"));
    assertThat(complaints()).isEmpty();
  }

  /** The browser of the test is in another zone than Mira. */
  @Test
  void readsAndTellsTimesByTheWearersClock() {
    browser.executeCdpCommand(
        "Emulation.setTimezoneOverride", Map.of("timezoneId", "America/New_York"));
    server.readings =
        "{\"items\":[{\"reader\":\"owner\",\"what\":\"night-feedback\",\"times\":1,"
            + "\"first\":\"2026-03-04T08:05:00Z\"}]}";
    openData();
    awaitText("#zone", "Times are by the clocks of Europe/Berlin.");
    awaitText("#readings td:nth-child(1)", "Wednesday 4 March 09:05");
    awaitText("#readings td:nth-child(2)", "the owner");
    awaitText("#readings td:nth-child(3)", "night feedback");
    browser.executeScript(
        "const form = document.getElementById('forget-span');"
            + "form.elements.from.value = '2026-03-03T23:00';"
            + "form.elements.to.value = '2026-03-04T01:30';"
            + "form.requestSubmit();");
    awaitText(
        "#forget-question",
        "Forget what was measured of Mira, Tuesday 3 March 23:00 to Wednesday 4 March 01:30?");
    browser.findElement(By.id("forget-yes")).click();
    patiently(
        () ->
            assertThat(server.forgotten)
                .containsExactly("{\"from\":\"2026-03-03T23:00\",\"to\":\"2026-03-04T01:30\"}"));
  }

  @Test
  void fitsASmallPhone() {
    browser.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", 360, "height", 740, "deviceScaleFactor", 1, "mobile", true));
    open("w_mira");
    send("a9");
    awaitText("#answer-done", "Done");

    assertThat(browser.executeScript("return document.documentElement.scrollWidth"))
        .isEqualTo(360L);
  }

  @Test
  void sendsAStrangerToTheSignIn() {
    browser.get(server.uri("/").toString());

    patiently(() -> assertThat(browser.getCurrentUrl()).endsWith("/signin"));
  }

  private void open(String token) {
    browser.get(server.uri("/signin?token=" + token).toString());
    awaitText("#link-state", "Live");
  }

  /** For people to look at: phone and desktop, light and dark. */
  private void pictures(String name) throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "pages"));
    for (int width : List.of(390, 1280)) {
      for (String scheme : List.of("light", "dark")) {
        browser.executeCdpCommand(
            "Emulation.setEmulatedMedia",
            Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        browser.executeCdpCommand(
            "Emulation.setDeviceMetricsOverride",
            Map.of("width", width, "height", 1100, "deviceScaleFactor", 1, "mobile", false));
        Files.write(
            folder.resolve(name + "-" + width + "-" + scheme + ".png"),
            browser.getScreenshotAs(OutputType.BYTES));
      }
    }
    browser.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
    browser.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of()));
  }

  private void openData() {
    browser.get(server.uri("/signin").toString());
    browser.manage().addCookie(new Cookie("token", "w_mira"));
    browser.get(server.uri("/your-data").toString());
    patiently(() -> assertThat(text("readings")).isNotEmpty());
  }

  private void awaitText(String selector, String text) {
    patiently(
        () -> assertThat(browser.findElement(By.cssSelector(selector)).getText()).isEqualTo(text));
  }

  private static void patiently(ThrowingRunnable assertion) {
    await().atMost(Duration.ofSeconds(15)).ignoreExceptions().untilAsserted(assertion);
  }

  private void send(String alert) {
    server.feed.accept(
        Topic.ALERTS,
        1,
        Json.bytes(Records.alert(ReportsServer.MIRA, alert, 30, SeededDay.NOW, "sent")));
  }

  private String text(String id) {
    return browser.findElement(By.id(id)).getText();
  }

  /** What the browser complains about, such as a breach of the content policy. */
  private List<String> complaints() {
    return browser.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::getMessage)
        .toList();
  }

  private static ChromeDriverService service() {
    return new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).build();
  }

  private ChromeOptions options() {
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
        "--window-size=1280,900",
        "--user-data-dir=" + profile);
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    return options;
  }
}
