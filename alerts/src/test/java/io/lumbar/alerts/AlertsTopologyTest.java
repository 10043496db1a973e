package io.lumbar.alerts;

import static io.lumbar.alerts.Episodes.ANNA;
import static io.lumbar.alerts.Episodes.at;
import static io.lumbar.alerts.Episodes.sitting;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lumbar.model.Alert;
import io.lumbar.model.AlertResponse;
import io.lumbar.model.AlertResponse.Action;
import io.lumbar.model.AlertSettings;
import io.lumbar.model.BusyTime;
import io.lumbar.model.CheckIn;
import io.lumbar.model.DeadLetter;
import io.lumbar.model.Decision;
import io.lumbar.model.Episode;
import io.lumbar.model.Experiment;
import io.lumbar.model.Experiment.Change;
import io.lumbar.model.Json;
import io.lumbar.model.Statement;
import io.lumbar.model.Topic;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerPartitioner;
import io.lumbar.model.WearerSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertsTopologyTest {
  private static final WearerId BEN = new WearerId("w_ben");

  @TempDir Path folder;
  private final LongAdder skipped = new LongAdder();
  private Instant now = at("08:00");
  private TopologyTestDriver driver;

  @BeforeEach
  void start() {
    driver = driverOf(AlertsTopology.alone(() -> now, skipped));
  }

  private TopologyTestDriver driverOf(Topology topology) {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "alerts-test");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
    return new TopologyTestDriver(topology, properties, now);
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  @Test
  void readsAsThisDescription() throws IOException {
    try (InputStream golden =
        Objects.requireNonNull(getClass().getResourceAsStream("topology.txt"))) {
      String expected = new String(golden.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(AlertsTopology.alone(() -> now).describe().toString()).isEqualTo(expected);
    }
  }

  @Test
  void anEpisodeBecomesOneAlertAndOneDecisionUnderTheWearersKey() {
    advanceTo("09:30");
    episode(sitting("09:00").until("09:30"));
    episode(sitting("09:00").until("09:30"));
    var alerts = output(Topic.ALERTS, Alert.class).readKeyValuesToList();
    assertThat(alerts).hasSize(1);
    Alert alert = alerts.get(0).value;
    assertThat(alerts.get(0).key).isEqualTo("w_anna|" + alert.id());
    assertThat(alert.at()).isEqualTo(now);
    var decisions = output(Topic.DECISIONS, Decision.class).readKeyValuesToList();
    assertThat(decisions).hasSize(1);
    assertThat(decisions.get(0).key).isEqualTo("w_anna|" + decisions.get(0).value.id());
    assertThat(decisions.get(0).value.alert()).isEqualTo(alert.id());
  }

  @Test
  void settingsOfTheWearerHoldAndAnErasedWearerLeavesNothing() {
    WearerSettings gentle =
        new WearerSettings(
            45,
            15,
            WearerSettings.defaults().awakeFrom(),
            WearerSettings.defaults().awakeTo(),
            null,
            null);
    wearers()
        .pipeInput(
            "w_anna",
            new Wearer(
                ANNA,
                "Anna",
                "hash",
                List.of(new Wearer.ZoneFrom(Episodes.BERLIN, Instant.EPOCH)),
                gentle));
    advanceTo("09:30");
    episode(sitting("09:00").until("09:30"));
    assertThat(output(Topic.ALERTS, Alert.class).isEmpty()).isTrue();
    advanceTo("09:45");
    episode(sitting("09:00").until("09:45").level(45));
    assertThat(output(Topic.ALERTS, Alert.class).readValue().step()).isEqualTo(45);

    advanceTo("09:46");
    episode(sitting("09:00").until("09:46").level(45).revision(9));
    assertThat(driver.getKeyValueStore(AlertsTopology.ADVANCE_STORE).get("w_anna")).isNotNull();

    wearers().pipeInput("w_anna", null);
    assertThat(driver.getKeyValueStore(AlertsTopology.STATE_STORE).get("w_anna")).isNull();
    assertThat(driver.getKeyValueStore(AlertsTopology.ADVANCE_STORE).get("w_anna")).isNull();
    assertThat(driver.getKeyValueStore(AlertsTopology.SETTINGS_STORE).get("w_anna")).isNull();

    advanceTo("10:45");
    episode(sitting("10:00").until("10:45").level(45));
    assertThat(output(Topic.ALERTS, Alert.class).isEmpty()).as("nothing is taken again").isTrue();
    assertThat(driver.getKeyValueStore(AlertsTopology.STATE_STORE).get("w_anna")).isNull();
  }

  /** The sitting began in Berlin; at half past two there it is half past ten at night in Tokyo. */
  @Test
  void quietHoursAreThoseOfWhereTheWearerIsNow() {
    Wearer atHome =
        new Wearer(
            ANNA,
            "Anna",
            "hash",
            List.of(new Wearer.ZoneFrom(Episodes.BERLIN, Instant.EPOCH)),
            new WearerSettings(
                30,
                15,
                WearerSettings.defaults().awakeFrom(),
                WearerSettings.defaults().awakeTo(),
                LocalTime.of(22, 0),
                LocalTime.of(7, 0)));
    ZoneId tokyo = ZoneId.of("Asia/Tokyo");
    wearers().pipeInput("w_anna", atHome.withZone(tokyo, at("14:10")));
    advanceTo("14:30");
    episode(sitting("14:00").until("14:30"));
    Decision decision = output(Topic.DECISIONS, Decision.class).readValue();
    assertThat(decision.reason()).isEqualTo("quiet-hours");
    assertThat(decision.zone()).isEqualTo(tokyo);

    // Back home meanwhile, where it is day.
    wearers().pipeInput("w_anna", atHome);
    advanceTo("14:31");
    episode(sitting("14:00").until("14:31").revision(2));
    assertThat(output(Topic.ALERTS, Alert.class).readValuesToList())
        .extracting(Alert::decision)
        .contains("sent");

    wearers().pipeInput("w_anna", atHome.withZone(tokyo, at("14:10")));
    assertThat(driver.getKeyValueStore(AlertsTopology.ZONES_STORE).get("w_anna")).isNotNull();
    wearers().pipeInput("w_anna", null);
    assertThat(driver.getKeyValueStore(AlertsTopology.ZONES_STORE).get("w_anna")).isNull();
  }

  /** What Kafka keeps of an observation that changes nothing but the time, key and value. */
  private static final int SMALL = 300;

  @Test
  void anOrdinaryObservationAfterWeeksOfSittingsWritesOneSmallRecord() {
    wearers().pipeInput("w_anna", anna(WearerSettings.defaults()));
    for (int day = 0; day < 21; day++) {
      for (int sitting = 0; sitting < 8; sitting++) {
        Instant from =
            at("08:00").plus(Duration.ofDays(day)).plus(Duration.ofMinutes(sitting * 75));
        sitThrough(from, 62);
        episode(sittingFrom(from, 62).closed());
      }
    }
    Instant from = at("08:00").plus(Duration.ofDays(21));
    sitThrough(from, 30);
    assertThat(driver.getKeyValueStore(AlertsTopology.STATE_STORE).get("w_anna"))
        .as("weeks leave more behind than an observation may write")
        .satisfies(state -> assertThat(Json.bytes(state)).hasSizeGreaterThan(10 * SMALL));
    changelogs();
    for (int minute = 31; minute < 75; minute++) {
      sit(from, minute);
      List<Integer> written = changelogs();
      if (minute != 45) {
        // At 45 minutes it is told again.
        assertThat(written).as("minute %d", minute).singleElement().matches(size -> size <= SMALL);
      }
    }
    sit(from, 75);
    assertThat(output(Topic.ALERTS, Alert.class).readValuesToList().stream().map(Alert::step))
        .as("eight sittings a day are told at 30 and 45 minutes, until the budget is used up")
        .endsWith(30, 45);
  }

  /** A sitting that is held back at random grows with each observation too. */
  @Test
  void soDoesOneThatIsHeldBackAndOneBesideIt() {
    ObjectNode manners = Json.mapper().valueToTree(WearerSettings.defaults().alerts());
    manners.put("withholdPercent", 20);
    AlertSettings consents = Json.mapper().convertValue(manners, AlertSettings.class);
    wearers().pipeInput("w_anna", anna(WearerSettings.defaults().withAlerts(consents)));
    Instant from =
        Stream.iterate(at("08:00"), start -> start.plusSeconds(1))
            .filter(start -> Math.floorMod(sittingFrom(start, 30).id().hashCode(), 100) < 20)
            .findFirst()
            .orElseThrow();
    sitThrough(from, 60);
    episode(Episodes.inactive("08:00").until(now));
    sit(from, 61);
    assertThat(output(Topic.DECISIONS, Decision.class).readValuesToList())
        .extracting(Decision::reason)
        .contains("withheld-at-random");
    changelogs();
    for (int minute = 62; minute < 70; minute++) {
      episode(Episodes.inactive("08:00").until(now).revision(minute));
      assertThat(changelogs())
          .as("minute %d", minute)
          .singleElement()
          .matches(size -> size <= SMALL);
      sit(from, minute);
      assertThat(changelogs())
          .as("minute %d", minute)
          .singleElement()
          .matches(size -> size <= SMALL);
    }
  }

  private void sitThrough(Instant from, int minutes) {
    for (int minute = 30; minute <= minutes; minute++) {
      sit(from, minute);
    }
  }

  private void sit(Instant from, int minutes) {
    Episodes sitting = sittingFrom(from, minutes);
    // By the clock of a system, which knows more than milliseconds.
    advance(Duration.between(now, sitting.to().plusNanos(213_456_789)));
    episode(sitting);
  }

  private static Episodes sittingFrom(Instant from, int minutes) {
    Episodes one = sitting("08:00");
    return new Episodes(
        one.wearer(),
        one.kind(),
        from,
        from.plus(Duration.ofMinutes(minutes)),
        from.plus(Duration.ofMinutes(minutes + 1)),
        Math.min(60, minutes - minutes % 15),
        true,
        minutes,
        false,
        one.posture(),
        one.source());
  }

  /** The sizes of what was written to the changelogs since this was asked for last, with keys. */
  private List<Integer> changelogs() {
    List<Integer> sizes = new ArrayList<>();
    for (String topic : driver.producedTopicNames()) {
      if (topic.endsWith("-changelog")) {
        driver
            .createOutputTopic(
                topic, Serdes.ByteArray().deserializer(), Serdes.ByteArray().deserializer())
            .readKeyValuesToList()
            .forEach(one -> sizes.add(one.key.length + (one.value == null ? 0 : one.value.length)));
      }
    }
    return sizes;
  }

  @Test
  void whatAWearerTriesIsHeededAndOtherWordsArePassedOver() {
    TestInputTopic<String, byte[]> told =
        driver.createInputTopic(
            Topic.CHECKINS.topicName(), new StringSerializer(), new ByteArraySerializer());
    LocalDate day = LocalDate.of(2026, 3, 2);
    told.pipeInput("w_anna", "no word".getBytes(StandardCharsets.UTF_8));
    for (Change change : List.of(Change.PILLOW, Change.ALERTS)) {
      Experiment begun = new Experiment("s_1", Instant.EPOCH, false, day, change);
      LocalDate from = begun.isWith(day) ? day.minusDays(Experiment.BLOCK) : day;
      Statement one = new Experiment("s_1", Instant.EPOCH, false, from, change);
      told.pipeInput("w_anna", Json.bytes(one));
      advanceTo(change == Change.PILLOW ? "09:30" : "10:30");
      episode(
          change == Change.PILLOW
              ? sitting("09:00").until("09:30")
              : sitting("10:00").until("10:30"));
    }
    assertThat(output(Topic.DECISIONS, Decision.class).readValuesToList())
        .extracting(Decision::reason)
        .containsExactly("sent", "experiment");
    assertThat(skipped.sum()).isZero();
  }

  @Test
  void anEndedPauseIsHeededByAPostureThatIsHeldAndSendsNothingNew() {
    WearerSettings paused =
        WearerSettings.defaults()
            .withAlerts(WearerSettings.defaults().alerts().pausedUntil(at("12:00")));
    wearers().pipeInput("w_anna", anna(paused));
    advanceTo("09:30");
    episode(sitting("09:00").until("09:30").holds("11:00"));
    advanceTo("09:40");
    assertThat(output(Topic.ALERTS, Alert.class).readValuesToList())
        .extracting(Alert::decision)
        .containsExactly("paused");

    wearers().pipeInput("w_anna", anna(WearerSettings.defaults()));
    advanceTo("09:40:02");
    assertThat(output(Topic.ALERTS, Alert.class).readValuesToList())
        .extracting(Alert::decision)
        .containsExactly("sent");
    wearers().pipeInput("w_anna", anna(paused));
    wearers().pipeInput("w_anna", anna(WearerSettings.defaults()));
    advanceTo("09:41");
    assertThat(output(Topic.ALERTS, Alert.class).isEmpty()).isTrue();
  }

  @Test
  void aShorterMeetingIsHeededByAPostureThatIsHeld() {
    wearers().pipeInput("w_anna", anna(busyUntil("10:30")));
    advanceTo("09:30");
    episode(sitting("09:00").until("09:30").holds("11:00"));
    wearers().pipeInput("w_anna", anna(busyUntil("09:50")));
    advanceTo("09:49:58");
    assertThat(output(Topic.ALERTS, Alert.class).readValuesToList())
        .extracting(Alert::decision)
        .containsExactly("busy");
    advanceTo("09:50:02");
    assertThat(output(Topic.ALERTS, Alert.class).readValuesToList())
        .extracting(Alert::decision)
        .containsExactly("sent");
  }

  /** Half past two in Berlin is half past ten at night in Tokyo, where the wearer was until now. */
  @Test
  void aZoneThatChangesAloneIsHeededByAPostureThatIsHeld() {
    WearerSettings quietAtNight =
        new WearerSettings(
            30,
            15,
            WearerSettings.defaults().awakeFrom(),
            WearerSettings.defaults().awakeTo(),
            LocalTime.of(22, 0),
            LocalTime.of(7, 0));
    Wearer inTokyo = anna(quietAtNight).withZone(ZoneId.of("Asia/Tokyo"), at("08:00"));
    wearers().pipeInput("w_anna", inTokyo);
    advanceTo("14:30");
    episode(sitting("14:00").until("14:30").holds("16:00"));
    advanceTo("14:40");
    assertThat(output(Topic.ALERTS, Alert.class).readValuesToList())
        .extracting(Alert::decision)
        .containsExactly("quiet-hours");

    wearers().pipeInput("w_anna", inTokyo);
    advanceTo("14:41");
    assertThat(output(Topic.ALERTS, Alert.class).isEmpty()).as("nothing has changed").isTrue();
    wearers().pipeInput("w_anna", inTokyo.withZone(Episodes.BERLIN, at("14:41")));
    advanceTo("14:41:02");
    assertThat(output(Topic.ALERTS, Alert.class).readValuesToList())
        .extracting(Alert::decision)
        .containsExactly("sent");
  }

  private static WearerSettings busyUntil(String end) {
    return WearerSettings.defaults()
        .withAlerts(
            WearerSettings.defaults()
                .alerts()
                .withBusy(List.of(new BusyTime(at("09:00"), at(end)))));
  }

  private static Wearer anna(WearerSettings settings) {
    return new Wearer(
        ANNA,
        "Anna",
        "hash",
        List.of(new Wearer.ZoneFrom(Episodes.BERLIN, Instant.EPOCH)),
        settings);
  }

  @Test
  void thePainOfACheckInReachesTheChoiceOfExercises() {
    Statement pain =
        new CheckIn("c_1", at("07:00"), false, at("07:00"), 9, null, null, null, false, null);
    driver
        .createInputTopic(
            Topic.CHECKINS.topicName(), new StringSerializer(), new ByteArraySerializer())
        .pipeInput("w_anna", Json.bytes(pain));
    advanceTo("09:30");
    episode(sitting("09:00").until("09:30"));
    advanceTo("11:00");
    episode(sitting("10:30").until("11:00"));
    assertThat(output(Topic.ALERTS, Alert.class).readValuesToList())
        .hasSize(2)
        .extracting(Alert::stretch)
        .containsOnly("short-walk");
  }

  @Test
  void theTimerSendsWhenTheSnoozeEndsAndOnlyOnce() {
    Alert first = alertAtHalfPastNine();
    respond(first, Action.SNOOZE, 20);
    advanceTo("09:45");
    episode(sitting("09:00").until("09:45").level(45).holds("11:00"));
    advanceTo("09:49:58");
    assertThat(output(Topic.ALERTS, Alert.class).readValuesToList())
        .as("the list shows what was held back")
        .extracting(Alert::decision)
        .containsExactly("snoozed");
    advanceTo("09:50:01");
    assertThat(output(Topic.ALERTS, Alert.class).readValuesToList())
        .extracting(Alert::step)
        .containsExactly(45);
    advanceTo("10:30");
    assertThat(output(Topic.ALERTS, Alert.class).isEmpty()).isTrue();
  }

  @Test
  void theTimerWaitsWhileSomethingMayNotBeReadYetHoweverLongItIsQuiet() {
    Instant[] readUpTo = {now};
    stop();
    Topology waiting = new Topology();
    waiting.addSource(
        "wearers",
        Serdes.String().deserializer(),
        Json.serde(Wearer.class).deserializer(),
        Topic.WEARERS.topicName());
    AlertsTopology.addTo(
        waiting, "wearers", () -> now, partition -> readUpTo[0].toEpochMilli(), skipped);
    driver = driverOf(waiting);
    Alert first = alertAtHalfPastNine();
    respond(first, Action.SNOOZE, 20);
    advanceTo("09:45");
    episode(sitting("09:00").until("09:45").level(45).holds("11:00"));
    readUpTo[0] = at("09:49:40");
    advanceTo("09:50:05");
    assertThat(output(Topic.ALERTS, Alert.class).readValuesToList())
        .as("what came in after 09:49:40 may say that the wearer got up")
        .extracting(Alert::decision)
        .containsExactly("snoozed");
    readUpTo[0] = at("09:50:00");
    advanceTo("09:50:06");
    assertThat(output(Topic.ALERTS, Alert.class).readValuesToList())
        .extracting(Alert::step)
        .containsExactly(45);
  }

  @Test
  void barriersAreNoEpisodes() {
    input(Topic.EPISODES)
        .pipeInput(
            "w_anna|barrier",
            "{\"kind\":\"barrier\",\"id\":\"i1\"}".getBytes(StandardCharsets.UTF_8));
    assertThat(skipped.sum()).isZero();
    assertThat(output(Topic.DEAD_LETTERS, DeadLetter.class).isEmpty()).isTrue();
  }

  @Test
  void badRecordsAreSetAsideAndTheStreamGoesOn() {
    List<String> bad =
        List.of(
            "not json",
            "[]",
            "{\"v\":1}",
            "{\"kind\":\"long-sitting\",\"id\":\"e_1\",\"level\":30,\"open\":true,\"revision\":1}",
            new String(Json.bytes(sitting("09:00").until("09:30").build()), StandardCharsets.UTF_8)
                .replace("w_anna", "w_somebody-else"));
    bad.forEach(
        value ->
            input(Topic.EPISODES).pipeInput("w_anna|e_1", value.getBytes(StandardCharsets.UTF_8)));
    input(Topic.RESPONSES).pipeInput("w_anna", "{}".getBytes(StandardCharsets.UTF_8));
    assertThat(skipped.sum()).isEqualTo(bad.size() + 1);
    List<DeadLetter> letters = output(Topic.DEAD_LETTERS, DeadLetter.class).readValuesToList();
    assertThat(letters).hasSize(bad.size() + 1);
    assertThat(letters.get(0).where()).startsWith("lumbar.episodes.v1-0@");
    assertThat(letters).allSatisfy(letter -> assertThat(letter.sha256()).hasSize(64));
    alertAtHalfPastNine();
  }

  @Test
  void twoWearersOfOnePartitionDoNotDisturbEachOther() {
    advanceTo("21:00");
    Episodes late = sitting("09:00").until("09:30");
    episode(late);
    Episodes ben = sitting("20:30").until("21:00");
    Episode live =
        new Episode(
            "e_ben",
            BEN,
            ben.kind(),
            ben.from(),
            ben.to(),
            Episodes.BERLIN,
            30,
            true,
            1,
            false,
            ben.build().evidence(),
            null);
    input(Topic.EPISODES).pipeInput(WearerPartitioner.key(BEN, "e_ben"), Json.bytes(live));
    assertThat(output(Topic.ALERTS, Alert.class).readValuesToList())
        .extracting(Alert::wearer)
        .containsExactly(BEN);
    assertThat(output(Topic.DECISIONS, Decision.class).readValuesToList())
        .extracting(Decision::reason)
        .containsExactly("stale", "sent");
  }

  @Test
  void joinsATopologyThatWritesTheEpisodesItself() {
    Topology both = new Topology();
    both.addSource(
            "postures",
            Serdes.String().deserializer(),
            Serdes.ByteArray().deserializer(),
            Topic.POSTURE.topicName())
        .addSource(
            "wearers",
            Serdes.String().deserializer(),
            Json.serde(Wearer.class).deserializer(),
            Topic.WEARERS.topicName())
        .addSink(
            "episodes-out",
            Topic.EPISODES.topicName(),
            Serdes.String().serializer(),
            Serdes.ByteArray().serializer(),
            "postures");
    AlertsTopology.addTo(both, "wearers", () -> now, InputProgress.COMPLETE);
    stop();
    driver = driverOf(both);
    advanceTo("09:30");
    input(Topic.POSTURE)
        .pipeInput("w_anna|e_1", Json.bytes(sitting("09:00").until("09:30").build()), now);
    assertThat(output(Topic.ALERTS, Alert.class).readValue().step()).isEqualTo(30);
  }

  private Alert alertAtHalfPastNine() {
    advanceTo("09:30");
    episode(sitting("09:00").until("09:30"));
    return output(Topic.ALERTS, Alert.class).readValue();
  }

  private void episode(Episodes episode) {
    input(Topic.EPISODES)
        .pipeInput(
            WearerPartitioner.key(episode.wearer(), episode.id()),
            Json.bytes(episode.build()),
            now);
  }

  private void respond(Alert alert, Action action, int minutes) {
    input(Topic.RESPONSES)
        .pipeInput(
            alert.wearer().value(),
            Json.bytes(new AlertResponse(alert.id(), alert.wearer(), action, minutes, null, now)),
            now);
  }

  private void advanceTo(String localTime) {
    advance(Duration.between(now, at(localTime)));
  }

  private void advance(Duration step) {
    now = now.plus(step);
    driver.advanceWallClockTime(step);
  }

  private TestInputTopic<String, byte[]> input(Topic topic) {
    return driver.createInputTopic(
        topic.topicName(),
        new StringSerializer(),
        Serdes.ByteArray().serializer(),
        now,
        Duration.ZERO);
  }

  private TestInputTopic<String, Wearer> wearers() {
    return driver.createInputTopic(
        Topic.WEARERS.topicName(), new StringSerializer(), Json.serde(Wearer.class).serializer());
  }

  private <T> TestOutputTopic<String, T> output(Topic topic, Class<T> type) {
    Deserializer<T> values = Json.serde(type).deserializer();
    return driver.createOutputTopic(topic.topicName(), new StringDeserializer(), values);
  }
}
