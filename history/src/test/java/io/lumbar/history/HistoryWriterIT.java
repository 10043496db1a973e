package io.lumbar.history;

import static io.lumbar.history.Samples.ANNA;
import static io.lumbar.history.Samples.BEN;
import static io.lumbar.history.Samples.ZONE;
import static io.lumbar.history.Samples.alert;
import static io.lumbar.history.Samples.at;
import static io.lumbar.history.Samples.bout;
import static io.lumbar.history.Samples.day;
import static io.lumbar.history.Samples.decision;
import static io.lumbar.history.Samples.episode;
import static io.lumbar.history.Samples.response;
import static io.lumbar.history.Samples.sitting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lumbar.history.HistoryStore.AnsweredAlert;
import io.lumbar.history.HistoryStore.HistoryRefused;
import io.lumbar.history.HistoryStore.HistoryUnavailable;
import io.lumbar.history.HistoryStore.Range;
import io.lumbar.history.influx.InfluxHistory;
import io.lumbar.history.influx.RealInflux;
import io.lumbar.history.sqlite.FullFile;
import io.lumbar.history.sqlite.SqliteHistory;
import io.lumbar.http.testing.TestBroker;
import io.lumbar.model.Alert;
import io.lumbar.model.AlertResponse;
import io.lumbar.model.Barrier;
import io.lumbar.model.Bout;
import io.lumbar.model.CalibrationResult;
import io.lumbar.model.Correction;
import io.lumbar.model.DeadLetter;
import io.lumbar.model.DeviceId;
import io.lumbar.model.ForgottenDates;
import io.lumbar.model.Json;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.Topic;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerPartitioner;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryWriterIT {
  private static final Range ALL = Range.all(10_000);
  private static final LocalDate DATE = LocalDate.parse("2026-03-02");
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir static Path brokerFolder;
  private static TestBroker broker;
  private static KafkaProducer<byte[], byte[]> producer;

  @TempDir Path folder;
  private HistoryStore store;
  private String group;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = TestBroker.start(brokerFolder);
    Map<String, Object> properties = broker.connection().producer();
    properties.put("linger.ms", "0");
    producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @AfterAll
  static void stopBroker() {
    producer.close();
    broker.close();
  }

  @BeforeEach
  void openStore() {
    store = SqliteHistory.open(folder.resolve("history.db"));
    group = "history-" + UUID.randomUUID();
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  private static void send(Topic topic, String key, byte[] value) {
    try {
      producer
          .send(
              new ProducerRecord<>(topic.topicName(), key.getBytes(StandardCharsets.UTF_8), value))
          .get(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static void send(Topic topic, WearerId wearer, String id, Object value) {
    send(topic, WearerPartitioner.key(wearer, id), Json.bytes(value));
  }

  private static void send(Bout bout) {
    send(Topic.BOUTS, bout.wearer(), bout.id(), bout);
  }

  private static Bout boutOf(WearerId wearer, double from, double to, int revision) {
    return bout(wearer, Posture.SITTING, from, to, revision, false);
  }

  /** A store that may fail at a write before it reaches the real one. */
  private HistoryStore failing(Consumer<HistoryStore.Batch> onWrite) {
    return (HistoryStore)
        Proxy.newProxyInstance(
            HistoryStore.class.getClassLoader(),
            new Class<?>[] {HistoryStore.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("write")) {
                onWrite.accept((HistoryStore.Batch) arguments[0]);
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static List<DeadLetter> deadLetters() {
    Map<String, Object> properties = new HashMap<>(broker.connection().consumer());
    List<DeadLetter> letters = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          List.of(
              new TopicPartition(Topic.DEAD_LETTERS.topicName(), 0),
              new TopicPartition(Topic.DEAD_LETTERS.topicName(), 1));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
        consumer
            .poll(Duration.ofMillis(200))
            .forEach(each -> letters.add(Json.read(each.value(), DeadLetter.class)));
      }
    }
    return letters;
  }

  @Test
  void copiesEveryTopicIntoTheStore() {
    Alert alert = alert(ANNA, 0, 30, "Stand up");
    AlertResponse done = response(alert, AlertResponse.Action.DONE, 31);
    send(sitting(0, 40));
    send(Topic.EPISODES, ANNA, "e", episode(ANNA, 0, 40, 1, false));
    send(Topic.ALERTS, ANNA, alert.id(), alert);
    send(Topic.RESPONSES, ANNA.value(), Json.bytes(done));
    send(Topic.DECISIONS, ANNA, "c", decision(ANNA, 0, "sent", 30));
    send(Topic.DAYS, ANNA, "2026-03-02", day(ANNA, LocalDate.parse("2026-03-02"), ZONE, 1));
    for (Topic topic : List.of(Topic.BOUTS, Topic.EPISODES, Topic.DAYS, Topic.NIGHTS)) {
      send(topic, ANNA, Barrier.KEY, new Barrier("i_1"));
    }
    try (HistoryWriter writer = HistoryWriter.start(broker.connection(), store, group)) {
      await().atMost(SOON).until(() -> store.passed(ANNA, "i_1"));
      await()
          .atMost(SOON)
          .until(
              () -> store.alert(alert.id()),
              answered -> answered.isPresent() && answered.get().response() != null);
      await().atMost(SOON).until(() -> !store.decisions(ANNA, ALL).items().isEmpty());

      assertThat(store.bouts(ANNA, null, ALL).items()).contains(sitting(0, 40));
      assertThat(store.episodes(ANNA, ALL).items()).containsExactly(episode(ANNA, 0, 40, 1, false));
      assertThat(store.alert(alert.id())).contains(new AnsweredAlert(alert, done));
      assertThat(store.days(ANNA, LocalDate.parse("2026-03-02"), LocalDate.parse("2026-03-02")))
          .hasSize(1);
      assertThat(writer.healthy()).as(writer.detail()).isTrue();
      await().atMost(SOON).untilAsserted(() -> assertThat(writer.lag()).isZero());
    }
  }

  @Test
  void showsABoutWithinATenthOfASecond() {
    WearerId wearer = new WearerId("w_prompt");
    try (HistoryWriter writer = HistoryWriter.start(broker.connection(), store, group)) {
      send(boutOf(wearer, 0, 1, 1));
      await().atMost(SOON).until(() -> store.latestBout(wearer).isPresent());
      List<Long> millis = new ArrayList<>();
      for (int i = 1; i <= 20; i++) {
        Bout bout = boutOf(wearer, i, i + 1, 1);
        long start = System.nanoTime();
        send(bout);
        await()
            .pollInterval(Duration.ofMillis(2))
            .pollDelay(Duration.ZERO)
            .until(() -> store.latestBout(wearer).orElseThrow().equals(bout));
        millis.add((System.nanoTime() - start) / 1_000_000);
      }
      millis.sort(null);
      assertThat(millis.get(10)).as("median of %s ms", millis).isLessThan(100);
      assertThat(writer.healthy()).isTrue();
    }
  }

  @Test
  void buriesWhatItCannotReadAndGoesOn() {
    WearerId wearer = new WearerId("w_bad");
    send(Topic.BOUTS, wearer.value() + "|b_1", "{\"id\":".getBytes(StandardCharsets.UTF_8));
    send(Topic.BOUTS, wearer.value() + "|b_2", "null".getBytes(StandardCharsets.UTF_8));
    send(Topic.BOUTS, wearer.value() + "|b_3", "{\"v\":1}".getBytes(StandardCharsets.UTF_8));
    send(Topic.BOUTS, wearer.value() + "|barrier", "{}".getBytes(StandardCharsets.UTF_8));
    send(Topic.BOUTS, wearer.value() + "|b_4", null);
    send(boutOf(wearer, 0, 10, 1));
    try (HistoryWriter writer = HistoryWriter.start(broker.connection(), store, group)) {
      await().atMost(SOON).until(() -> store.latestBout(wearer).isPresent());
      await().atMost(SOON).until(() -> writer.deadLettered() >= 4);
      assertThat(writer.healthy()).as(writer.detail()).isTrue();
    }
    assertThat(deadLetters())
        .filteredOn(letter -> letter.where().startsWith(Topic.BOUTS.topicName()))
        .hasSizeGreaterThanOrEqualTo(4)
        .allSatisfy(
            letter -> {
              assertThat(letter.where()).matches("lumbar\\.bouts\\.v1-\\d+@\\d+");
              assertThat(letter.reason()).isNotBlank();
              assertThat(letter.sha256()).hasSize(64);
            });
  }

  @Test
  void buriesOnlyTheRecordThatTheStoreRefuses() {
    WearerId wearer = new WearerId("w_refused");
    for (int i = 0; i < 20; i++) {
      send(boutOf(wearer, i, i + 1, 1));
    }
    Bout refused = boutOf(wearer, 7, 8, 1);
    HistoryStore picky =
        failing(
            batch -> {
              if (batch.bouts().contains(refused)) {
                throw new HistoryRefused("field type conflict", null);
              }
            });
    try (HistoryWriter writer = HistoryWriter.start(broker.connection(), picky, group)) {
      await().atMost(SOON).until(() -> store.bouts(wearer, null, ALL).items().size() == 19);
      assertThat(store.bouts(wearer, null, ALL).items()).doesNotContain(refused);
      await().atMost(SOON).until(() -> writer.deadLettered() >= 1);
      assertThat(writer.healthy()).isTrue();
    }
    assertThat(deadLetters())
        .anySatisfy(letter -> assertThat(letter.reason()).contains("field type conflict"));
  }

  @Test
  void waitsForAStoreThatIsAwayAndSaysSo() throws Exception {
    WearerId wearer = new WearerId("w_away");
    boolean[] away = {true};
    HistoryStore unreliable =
        failing(
            batch -> {
              if (away[0]) {
                throw new HistoryUnavailable("connection refused", null);
              }
            });
    for (int i = 0; i < 50; i++) {
      send(boutOf(wearer, i, i + 1, 1));
    }
    try (HistoryWriter writer = HistoryWriter.start(broker.connection(), unreliable, group);
        Admin admin = Admin.create(broker.connection().client())) {
      await().atMost(SOON).until(() -> !writer.healthy());
      assertThat(writer.detail()).contains("connection refused");
      send(boutOf(wearer, 50, 51, 1));
      // Longer than the session of a member that does not poll would last.
      await()
          .during(Duration.ofSeconds(7))
          .atMost(Duration.ofSeconds(12))
          .until(() -> members(admin) == 1);
      assertThat(store.latestBout(wearer)).isEmpty();

      away[0] = false;
      await().atMost(SOON).until(() -> store.bouts(wearer, null, ALL).items().size() == 51);
      await().atMost(SOON).until(writer::healthy);
    }
  }

  @Test
  void losesNothingToABugOfTheStore() {
    WearerId wearer = new WearerId("w_bug");
    boolean[] broken = {true};
    HistoryStore buggy =
        failing(
            batch -> {
              if (broken[0]) {
                throw new IllegalStateException("pain 9 of 10");
              }
            });
    for (int i = 0; i < 20; i++) {
      send(boutOf(wearer, i, i + 1, 1));
    }
    try (HistoryWriter writer = HistoryWriter.start(broker.connection(), buggy, group)) {
      await().atMost(SOON).until(() -> !writer.healthy());
      assertThat(writer.detail()).contains("IllegalStateException").doesNotContain("pain");
      broken[0] = false;
      await().atMost(SOON).until(() -> store.bouts(wearer, null, ALL).items().size() == 20);
      await().atMost(SOON).until(writer::healthy);
    }
    assertThat(deadLetters()).noneMatch(letter -> letter.reason().contains("IllegalState"));
  }

  @Test
  void losesNothingWhileTheFileIsFull() throws Exception {
    WearerId wearer = new WearerId("w_full");
    for (int i = 0; i < 500; i++) {
      send(boutOf(wearer, i, i + 1, 1));
    }
    FullFile full = FullFile.in(folder);
    try (HistoryStore cramped = full.open();
        HistoryWriter writer = HistoryWriter.start(broker.connection(), cramped, group)) {
      await().atMost(SOON).until(() -> !writer.healthy());
      assertThat(writer.detail()).contains("full.db").contains("full");
      full.makeRoom();
      await().atMost(SOON).until(() -> cramped.bouts(wearer, null, ALL).items().size() == 500);
      await().atMost(SOON).until(writer::healthy);
    }
    assertThat(deadLetters()).noneMatch(letter -> letter.reason().contains("full"));
  }

  @Test
  void buriesWhatARealInfluxWillNeverTakeAndWaitsWhileItIsAway() throws Exception {
    WearerId wearer = new WearerId("w_influx");
    double now = Duration.between(at(0), Instant.now()).toMinutes();
    Bout tooOld = boutOf(wearer, 0, 10, 1);
    Bout first = boutOf(wearer, now - 9, now - 8, 1);
    Bout next = boutOf(wearer, now - 8, now - 7, 1);
    Bout second = boutOf(wearer, now - 7, now - 6, 1);
    try (RealInflux influx = RealInflux.start(folder);
        HistoryStore real = InfluxHistory.of(influx.config("recent"))) {
      influx.query("", "CREATE DATABASE recent WITH DURATION 1h");
      send(tooOld);
      send(first);
      try (HistoryWriter writer = HistoryWriter.start(broker.connection(), real, group)) {
        await().atMost(SOON).until(() -> real.latestBout(wearer).equals(Optional.of(first)));
        // A batch is written in part at once; telling its bad records apart takes longer. What
        // comes after them is written once all of them are buried.
        await()
            .atMost(Duration.ofMinutes(1))
            .until(
                () ->
                    deadLetters().stream()
                        .anyMatch(letter -> letter.reason().contains("retention")));
        send(next);
        await().atMost(SOON).until(() -> real.latestBout(wearer).equals(Optional.of(next)));
        await().atMost(SOON).until(writer::healthy);
        influx.refuseWith(503);
        long before = writer.deadLettered();
        send(second);
        await().atMost(SOON).until(() -> !writer.healthy());
        influx.refuseWith(0);
        await().atMost(SOON).until(() -> real.latestBout(wearer).equals(Optional.of(second)));
        assertThat(writer.deadLettered()).isEqualTo(before);
      }
    }
  }

  private int members(Admin admin) throws Exception {
    return admin
        .describeConsumerGroups(List.of(group))
        .all()
        .get(5, TimeUnit.SECONDS)
        .get(group)
        .members()
        .size();
  }

  @Test
  void goesOnFromWhatTheStoreHasAfterARestart() {
    WearerId wearer = new WearerId("w_restart");
    for (int i = 0; i < 100; i++) {
      send(boutOf(wearer, i, i + 1, 1));
    }
    try (HistoryWriter writer = HistoryWriter.start(broker.connection(), store, group)) {
      await().atMost(SOON).until(() -> store.bouts(wearer, null, ALL).items().size() == 100);
      assertThat(writer.written()).isGreaterThanOrEqualTo(100);
    }
    send(boutOf(wearer, 0, 2, 2));
    send(boutOf(BEN, 0, 2, 1));
    try (HistoryWriter writer =
        HistoryWriter.start(broker.connection(), store, group, "history-1")) {
      await()
          .atMost(SOON)
          .until(() -> store.bouts(wearer, null, ALL).items().get(0).revision() == 2);
      await().atMost(SOON).until(() -> store.latestBout(BEN).isPresent());
      assertThat(writer.written()).isLessThan(100);
    }
  }

  @Test
  void closesWithinFiveSecondsEvenWhileTheStoreIsAway() {
    send(boutOf(new WearerId("w_close"), 0, 1, 1));
    HistoryStore away =
        failing(
            batch -> {
              throw new HistoryUnavailable("connection refused", null);
            });
    HistoryWriter writer = HistoryWriter.start(broker.connection(), away, group);
    await().atMost(SOON).until(() -> !writer.healthy());
    long start = System.nanoTime();
    writer.close();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    assertThat(writer.detail()).contains("stopped");
    writer.close();
  }

  @Test
  void takesAwayWhomTheRegistryNoLongerHasAlsoFromTheCompactedTopics() throws Exception {
    WearerId gone = new WearerId("w_gone" + System.nanoTime());
    WearerId stays = new WearerId("w_stays" + System.nanoTime());
    try (HistoryWriter writer = HistoryWriter.start(broker.connection(), store, group)) {
      for (WearerId wearer : List.of(gone, stays)) {
        send(boutOf(wearer, 0, 40, 1));
        send(Topic.DAYS, wearer, "2026-03-02", Samples.day(wearer, DATE, Samples.ZONE, 1));
      }
      await()
          .atMost(SOON)
          .untilAsserted(
              () -> {
                assertThat(store.bouts(gone, null, ALL).items()).hasSize(1);
                assertThat(store.days(stays, DATE, DATE)).hasSize(1);
              });
      send(Topic.WEARERS, gone.value(), null);
      await()
          .atMost(SOON)
          .untilAsserted(() -> assertThat(store.bouts(gone, null, ALL).items()).isEmpty());
      assertThat(store.days(gone, DATE, DATE)).isEmpty();

      send(boutOf(gone, 60, 90, 1));
      send(boutOf(stays, 60, 90, 1));
      // By a process that had not read the tombstone yet.
      send(Topic.WEARERS, gone.value(), "{}".getBytes(StandardCharsets.UTF_8));
      send(Topic.DEVICES, gone, "token-hash", Map.of());
      await()
          .atMost(SOON)
          .untilAsserted(() -> assertThat(store.bouts(stays, null, ALL).items()).hasSize(2));
      assertThat(store.bouts(gone, null, ALL).items()).isEmpty();
      assertThat(writer.healthy()).isTrue();
    }
    try (HistoryKeeper keeper =
        HistoryKeeper.start(
            store, broker.connection(), HistoryKeeper.Kept.ALL, InstantSource.system())) {
      await()
          .atMost(Duration.ofSeconds(40))
          .untilAsserted(
              () -> {
                assertThat(keeper.trouble()).isNull();
                assertThat(standing(Topic.BOUTS, gone)).isEmpty();
                assertThat(standing(Topic.DAYS, gone)).isEmpty();
                assertThat(standing(Topic.WEARERS, gone)).isEmpty();
                assertThat(standing(Topic.DEVICES, gone)).isEmpty();
              });
    }
    assertThat(standing(Topic.BOUTS, stays)).hasSize(2);
  }

  /** {@code -Dlumbar.outage.seconds=600} keeps the server away for ten minutes. */
  @Test
  void losesNothingWhileInfluxIsAwayUnderLoad() throws Exception {
    Duration away = Duration.ofSeconds(Integer.getInteger("lumbar.outage.seconds", 8));
    WearerId wearer = new WearerId("w_outage" + System.nanoTime());
    try (RealInflux influx = RealInflux.start(folder);
        HistoryStore there = InfluxHistory.of(influx.config("lumbar"));
        HistoryWriter writer = HistoryWriter.start(broker.connection(), there, group)) {
      int sent = 0;
      for (; sent < 200; sent++) {
        send(boutOf(wearer, sent, sent + 1, 1));
      }
      Range first = Range.all(1_000);
      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(() -> assertThat(there.bouts(wearer, null, first).items()).hasSize(200));
      long buried = writer.deadLettered();
      influx.kill();
      // The load goes on while nobody takes it, and is asked for again and again.
      long end = System.nanoTime() + away.toNanos();
      while (System.nanoTime() < end) {
        send(boutOf(wearer, sent, sent + 1, 1));
        sent++;
      }
      await().atMost(SOON).untilAsserted(() -> assertThat(writer.healthy()).isFalse());
      influx.startAgain();
      int all = sent;
      Range some = Range.all(all + 10);
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(there.bouts(wearer, null, some).items()).hasSize(all));
      await().atMost(SOON).untilAsserted(() -> assertThat(writer.healthy()).isTrue());
      assertThat(writer.deadLettered()).isEqualTo(buried);
    }
  }

  @Test
  void forgetsASpanAtTheWearersWord() {
    WearerId wearer = new WearerId("w_forgets" + System.nanoTime());
    try (HistoryWriter writer = HistoryWriter.start(broker.connection(), store, group)) {
      send(boutOf(wearer, 0, 40, 1));
      send(boutOf(wearer, 100, 140, 1));
      await()
          .atMost(SOON)
          .untilAsserted(() -> assertThat(store.bouts(wearer, null, ALL).items()).hasSize(2));
      Correction forget =
          new Correction(
              "s_f",
              Samples.at(200),
              false,
              Samples.at(90),
              Samples.at(150),
              Correction.Was.FORGET);
      send(Topic.CHECKINS, wearer.value(), Json.bytes(forget));
      await()
          .atMost(SOON)
          .untilAsserted(
              () ->
                  assertThat(store.bouts(wearer, null, ALL).items())
                      .containsExactly(boutOf(wearer, 0, 40, 1)));
      assertThat(store.erasures(Instant.EPOCH))
          .anyMatch(each -> each.wearer().equals(wearer) && !each.whole());
      // What was read from the other topics only after the word.
      Alert told = alert(wearer, 100, 160, "of the span");
      Alert after = alert(wearer, 170, 200, "after");
      send(Topic.ALERTS, wearer, told.id(), told);
      send(Topic.ALERTS, wearer, after.id(), after);
      send(Topic.DECISIONS, wearer, "n_within", decision(wearer, 100, "cooldown", 120));
      send(Topic.DECISIONS, wearer, "n_after", decision(wearer, 170, "sent", 200));
      await()
          .atMost(SOON)
          .untilAsserted(
              () -> {
                assertThat(store.alerts(wearer, ALL).items())
                    .extracting(AnsweredAlert::alert)
                    .containsExactly(after);
                assertThat(store.decisions(wearer, ALL).items()).hasSize(1);
              });
      assertThat(writer.healthy()).isTrue();
    }
  }

  @Test
  void dropsAnAnswerToAForgottenAlertAndWhatWasPublishedBeforeTheWord() {
    WearerId wearer = new WearerId("w_answers" + System.nanoTime());
    Alert within = alert(wearer, 100, 130, "within");
    Alert after = alert(wearer, 170, 200, "after");
    send(Topic.ALERTS, wearer, within.id(), within);
    send(Topic.ALERTS, wearer, after.id(), after);
    try (HistoryWriter writer = HistoryWriter.start(broker.connection(), store, group)) {
      await().atMost(SOON).until(() -> store.alerts(wearer, ALL).items().size() == 2);
      send(Topic.CHECKINS, wearer.value(), Json.bytes(forget(90, 150)));
      await().atMost(SOON).until(() -> store.alerts(wearer, ALL).items().size() == 1);
      AlertResponse late = response(within, AlertResponse.Action.DONE, 160);
      send(Topic.RESPONSES, wearer.value(), Json.bytes(late));
      AlertResponse kept = response(after, AlertResponse.Action.DONE, 201);
      send(Topic.RESPONSES, wearer.value(), Json.bytes(kept));
      await().atMost(SOON).until(() -> store.alert(after.id()).orElseThrow().response() != null);
      // Were the alert there again, its answer would be shown with it.
      store.write(Samples.batch(within));
      assertThat(store.alert(within.id()).orElseThrow().response()).isNull();
      assertThat(writer.healthy()).isTrue();
    }
  }

  @Test
  void ofASpanThatCannotBeSummedAnewDaysNightsAndBoutsGoAlsoFromTheTopics() throws Exception {
    WearerId wearer = new WearerId("w_old" + System.nanoTime());
    ForgottenDates lost =
        new ForgottenDates(
            wearer,
            Samples.at(90),
            Samples.at(150),
            DATE.minusDays(1).datesUntil(DATE.plusDays(2)).toList());
    try (HistoryWriter writer = HistoryWriter.start(broker.connection(), store, group)) {
      send(boutOf(wearer, 0, 40, 1));
      send(boutOf(wearer, 100, 140, 1));
      for (LocalDate date : List.of(DATE, DATE.plusDays(1))) {
        send(Topic.DAYS, wearer, date.toString(), day(wearer, date, ZONE, 7));
        send(Topic.NIGHTS, wearer, date.toString(), Samples.night(wearer, date, ZONE, 7, false));
      }
      await()
          .atMost(SOON)
          .untilAsserted(
              () -> {
                assertThat(store.bouts(wearer, null, ALL).items()).hasSize(2);
                assertThat(store.days(wearer, DATE, DATE.plusDays(1))).hasSize(2);
                assertThat(store.nights(wearer, DATE, DATE.plusDays(1))).hasSize(2);
              });
      send(Topic.CHECKINS, wearer.value(), Json.bytes(forget(90, 150)));
      send(Topic.DAYS, lost.key(), Json.bytes(lost));
      send(Topic.NIGHTS, lost.key(), Json.bytes(lost));
      await()
          .atMost(SOON)
          .untilAsserted(
              () -> {
                assertThat(store.bouts(wearer, null, ALL).items()).hasSize(1);
                assertThat(store.days(wearer, DATE, DATE.plusDays(1))).hasSize(1);
                assertThat(store.nights(wearer, DATE, DATE.plusDays(1))).hasSize(1);
              });
      assertThat(writer.healthy()).isTrue();
      // The wearer says what it was.
      send(boutOf(wearer, 100, 120, 2));
      await().atMost(SOON).until(() -> store.bouts(wearer, null, ALL).items().size() == 2);
    }
    TopicSweep sweep = new TopicSweep(broker.connection());
    List<HistoryStore.Erasure> asked =
        store.erasures(Instant.EPOCH).stream().filter(e -> e.wearer().equals(wearer)).toList();
    Instant now = Instant.now();
    sweep.sweep(asked, now);
    Set<String> days = Set.of(wearer + "|" + DATE.plusDays(1), lost.key());
    assertThat(standing(Topic.DAYS, wearer)).isEqualTo(days);
    assertThat(standing(Topic.NIGHTS, wearer)).isEqualTo(days);
    assertThat(standing(Topic.BOUTS, wearer)).hasSize(2);
    // When every history has read it, the note goes too.
    sweep.sweep(asked, now.plus(Duration.ofDays(8)));
    assertThat(standing(Topic.DAYS, wearer)).containsExactly(wearer + "|" + DATE.plusDays(1));

    // A new store that reads all topics has nothing of it either.
    try (HistoryStore anew = SqliteHistory.open(folder.resolve("anew.db"));
        HistoryWriter writer = HistoryWriter.start(broker.connection(), anew, group + "-anew")) {
      await()
          .atMost(SOON)
          .untilAsserted(
              () -> {
                assertThat(anew.erasures(Instant.EPOCH)).anyMatch(e -> e.wearer().equals(wearer));
                assertThat(writer.lag()).isZero();
                assertThat(anew.bouts(wearer, null, ALL).items())
                    .contains(boutOf(wearer, 0, 40, 1))
                    .doesNotContain(boutOf(wearer, 100, 140, 1));
              });
      assertThat(anew.days(wearer, DATE, DATE)).isEmpty();
      assertThat(anew.nights(wearer, DATE, DATE)).isEmpty();
    }
  }

  @Test
  void whatIsOlderThanIsKeptGoesFromTheTopicsToo() throws Exception {
    WearerId wearer = new WearerId("w_kept" + System.nanoTime());
    LocalDate young = LocalDate.now(ZoneOffset.UTC).plusDays(20);
    double minutes = Duration.between(Samples.at(0), Instant.now()).toMinutes() + 30 * 24 * 60;
    Bout youngest = boutOf(wearer, minutes, minutes + 30, 1);
    send(boutOf(wearer, 0, 40, 1));
    send(boutOf(wearer, 100, 140, 1));
    send(youngest);
    send(Topic.BOUTS, WearerPartitioner.key(wearer, Barrier.KEY), Json.bytes(new Barrier("i1")));
    for (LocalDate date : List.of(DATE, young)) {
      send(Topic.DAYS, wearer, date.toString(), day(wearer, date, ZONE, 1));
      send(Topic.NIGHTS, wearer, date.toString(), Samples.night(wearer, date, ZONE, 1, false));
    }
    producer.flush();
    TopicSweep sweep = new TopicSweep(broker.connection());
    LocalDate tomorrow = LocalDate.now(ZoneOffset.UTC).plusDays(1);
    sweep.expire(null, null);
    assertThat(standing(Topic.BOUTS, wearer)).hasSize(4);
    sweep.expire(Instant.now().plus(Duration.ofDays(1)), tomorrow);
    assertThat(standing(Topic.BOUTS, wearer))
        .containsExactlyInAnyOrder(wearer + "|" + youngest.id(), wearer + "|" + Barrier.KEY);
    assertThat(standing(Topic.DAYS, wearer)).containsExactly(wearer + "|" + young);
    assertThat(standing(Topic.NIGHTS, wearer)).containsExactly(wearer + "|" + young);
    // What was written after the time that it is about was over stays so much longer.
    send(boutOf(wearer, 0, 40, 2));
    producer.flush();
    sweep.expire(Instant.now().minus(Duration.ofDays(1)), null);
    assertThat(standing(Topic.BOUTS, wearer)).hasSize(3);
  }

  @Test
  void whatCameOfACalibrationGoesUnlessANewerOneStands() throws Exception {
    WearerId wearer = new WearerId("w_fitted" + System.nanoTime());
    for (String device : List.of("d_old", "d_anew")) {
      send(Topic.CALIBRATIONS, wearer, device + "|chest", fitted(wearer, device, Samples.at(0)));
    }
    Instant today = Instant.now();
    Instant later = today.plus(Duration.ofDays(30));
    send(Topic.CALIBRATIONS, wearer, "d_anew|chest", fitted(wearer, "d_anew", later));
    producer.flush();
    TopicSweep sweep = new TopicSweep(broker.connection());

    // Written today, however long ago the poses were held.
    sweep.expireCalibrations(today.minus(Duration.ofDays(1)));
    assertThat(standing(Topic.CALIBRATIONS, wearer)).hasSize(2);

    sweep.expireCalibrations(today.plus(Duration.ofDays(1)));
    assertThat(standing(Topic.CALIBRATIONS, wearer)).containsExactly(wearer + "|d_anew|chest");
  }

  private static CalibrationResult fitted(WearerId wearer, String device, Instant standing) {
    return new CalibrationResult(
        wearer, new DeviceId(device), Placement.CHEST, standing, null, null);
  }

  private static Correction forget(double from, double to) {
    return new Correction(
        "s_f", Samples.at(to), false, Samples.at(from), Samples.at(to), Correction.Was.FORGET);
  }

  /** Keys of a wearer whose last record in a topic is no tombstone. */
  private static Set<String> standing(Topic topic, WearerId wearer) {
    Map<String, Object> properties = new HashMap<>(broker.connection().consumer());
    Set<String> standing = new HashSet<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> all =
          consumer.partitionsFor(topic.topicName()).stream()
              .map(each -> new TopicPartition(each.topic(), each.partition()))
              .toList();
      consumer.assign(all);
      consumer.seekToBeginning(all);
      Map<TopicPartition, Long> ends = consumer.endOffsets(all);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(
                each -> {
                  String key = new String(each.key(), StandardCharsets.UTF_8);
                  if (WearerPartitioner.wearer(key).equals(wearer.value())) {
                    if (each.value() == null) {
                      standing.remove(key);
                    } else {
                      standing.add(key);
                    }
                  }
                });
      }
    }
    return standing;
  }
}
