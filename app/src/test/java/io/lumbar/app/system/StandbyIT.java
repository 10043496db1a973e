package io.lumbar.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.model.Decision;
import io.lumbar.model.DeviceId;
import io.lumbar.model.Episode;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.Json;
import io.lumbar.model.KafkaConnection;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.StableIds;
import io.lumbar.model.Stamp;
import io.lumbar.model.Topic;
import io.lumbar.model.TopicSetup;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerPartitioner;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processes of a role, each with the work of one partition and a warm copy of the other's: one
 * is killed, and the other goes on from its copy, not from the beginning of the changelogs. Without
 * standbys, as {@code -Dlumbar.standbys=0} shows, it fails before the kill, as there is no copy.
 */
class StandbyIT {
  private static final int WEARERS = 12;
  private static final int PARTITIONS = 2;
  private static final int STANDBYS = Integer.getInteger("lumbar.standbys", 1);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Stamp THIGH = new Stamp(new DeviceId("d_thigh"), Placement.THIGH, BERLIN);

  @TempDir Path scratch;

  private final List<Episode> episodes = new ArrayList<>();
  private final List<Decision> decisions = new ArrayList<>();

  @Test
  void whenOneIsKilledTheOtherGoesOnFromItsCopyAndNothingIsLostOrDoubled() throws Exception {
    try (Pair pair = new Pair("analytics");
        KafkaConsumer<String, byte[]> consumer = consumer(pair.kafka, Topic.EPISODES)) {
      pair.awaitCopies();
      Instant since = Instant.now().minus(Duration.ofMinutes(50));
      say(pair.producer, Posture.SITTING, since);
      await(consumer, Episode.class, episodes, () -> closed(false).size() == WEARERS);
      double restored = pair.killOne();
      say(pair.producer, Posture.WALKING, since.plus(Duration.ofMinutes(48)));
      await(consumer, Episode.class, episodes, () -> closed(true).size() == WEARERS);
      pair.assertTheOtherWentOnFromItsCopy(restored);
    }
    Map<String, Integer> revisions = new HashMap<>();
    for (Episode episode : episodes) {
      Integer before = revisions.put(episode.id(), episode.revision());
      assertThat(before == null ? 0 : before).isEqualTo(episode.revision() - 1);
      assertThat(episode.retracted()).isFalse();
    }
    assertThat(revisions).hasSize(WEARERS);
  }

  /** Who was told a moment ago is not told again: the other process has to know that. */
  @Test
  void soItIsWithAlertsOfWhichNoneIsSentTwice() throws Exception {
    try (Pair pair = new Pair("alerts");
        KafkaConsumer<String, byte[]> consumer = consumer(pair.kafka, Topic.DECISIONS)) {
      pair.awaitCopies();
      Instant now = Instant.now();
      sat(pair.producer, 30, now, 1);
      await(consumer, Decision.class, decisions, () -> decided("sent").size() == WEARERS);
      double restored = pair.killOne();
      sat(pair.producer, 45, now.plusSeconds(10), 2);
      await(consumer, Decision.class, decisions, () -> decided("cooldown").size() == WEARERS);
      pair.assertTheOtherWentOnFromItsCopy(restored);
    }
    assertThat(decisions)
        .extracting(Decision::step)
        .filteredOn(step -> step == 30)
        .hasSize(WEARERS);
    assertThat(decisions)
        .filteredOn(one -> one.reason().equals("sent"))
        .extracting(Decision::alert)
        .hasSize(WEARERS)
        .doesNotHaveDuplicates();
  }

  /** Both processes of a role, on a broker of their own. */
  private final class Pair implements AutoCloseable {
    private final BrokerProcess broker =
        new BrokerProcess(scratch.resolve("broker"), BrokerProcess.single());
    private final KafkaConnection kafka = KafkaConnection.plain(broker.address());
    private final LumbarProcess one;
    private final LumbarProcess other;
    private final KafkaProducer<String, byte[]> producer;

    Pair(String role) throws Exception {
      try (Admin admin = Admin.create(kafka.client())) {
        assertThat(TopicSetup.run(admin, PARTITIONS, (short) 1, true))
            .isInstanceOf(TopicSetup.Outcome.Ready.class);
      }
      Map<String, String> variables =
          Map.of(
              "LUMBAR_KAFKA_PARTITIONS",
              Integer.toString(PARTITIONS),
              "LUMBAR_KAFKA_STANDBYS",
              Integer.toString(STANDBYS),
              "LUMBAR_HTTP_PORT",
              "0",
              "LUMBAR_KAFKA_BOOTSTRAP_SERVERS",
              broker.address());
      one = LumbarProcess.role(role, scratch.resolve("one"), variables);
      other = LumbarProcess.role(role, scratch.resolve("other"), variables);
      producer = producer(kafka);
    }

    /** Waits until the work is shared out. */
    void awaitCopies() {
      for (LumbarProcess each : List.of(one, other)) {
        Awaitility.await("each works on one partition and has a copy of the other")
            .atMost(PATIENCE)
            .untilAsserted(
                () -> {
                  assertThat(count(each, "lumbar_streams_active")).isEqualTo(1);
                  assertThat(count(each, "lumbar_streams_standby")).isEqualTo(1);
                });
      }
    }

    /** Kills one once the other's copy has all, and answers what the other had restored by then. */
    double killOne() {
      assertThat(
              IntStream.range(0, WEARERS)
                  .map(i -> WearerPartitioner.partition("w_" + i, PARTITIONS)))
          .as("whichever partition it works on, it has wearers")
          .contains(0, 1);
      Awaitility.await("the copy of what will be killed is complete")
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                assertThat(count(other, "lumbar_streams_standby_copied_total")).isPositive();
                assertThat(count(other, "lumbar_streams_standby_behind")).isZero();
              });
      assertThat(count(one, "lumbar_streams_active")).as("it is at work").isEqualTo(1);
      double restored = count(other, "lumbar_streams_restored_total");
      one.killHard();
      return restored;
    }

    /** What it had copied it did not read again. */
    void assertTheOtherWentOnFromItsCopy(double restoredBefore) {
      assertThat(count(other, "lumbar_streams_active")).isEqualTo(PARTITIONS);
      assertThat(count(other, "lumbar_streams_restored_total") - restoredBefore)
          .isLessThan(count(other, "lumbar_streams_standby_copied_total") / 2);
      assertThat(other.with("").get("/health").is(200)).isTrue();
    }

    @Override
    public void close() {
      producer.close();
      other.close();
      one.close();
      broker.close();
    }
  }

  private static double count(LumbarProcess process, String name) {
    return process
        .with("")
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("there is no " + name));
  }

  /** Wearers whose newest episode has ended, or has not. */
  private Set<String> closed(boolean ended) {
    Map<String, Episode> last = new HashMap<>();
    episodes.forEach(one -> last.put(one.wearer().value(), one));
    Set<String> wearers = new HashSet<>();
    last.forEach(
        (wearer, episode) -> {
          if (episode.open() != ended) {
            wearers.add(wearer);
          }
        });
    return wearers;
  }

  private Set<String> decided(String reason) {
    return decisions.stream()
        .filter(one -> one.reason().equals(reason))
        .map(one -> one.wearer().value())
        .collect(Collectors.toSet());
  }

  private static <T> void await(
      KafkaConsumer<String, byte[]> consumer,
      Class<T> type,
      List<T> read,
      Callable<Boolean> until) {
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () -> {
              consumer
                  .poll(Duration.ofMillis(100))
                  .forEach(one -> read.add(Json.read(one.value(), type)));
              return until.call();
            });
  }

  private static void say(KafkaProducer<String, byte[]> producer, Posture posture, Instant at) {
    for (int i = 0; i < WEARERS; i++) {
      PostureObservation change =
          PostureObservation.change(THIGH, posture, at, Duration.ofHours(4));
      producer.send(new ProducerRecord<>(Topic.POSTURE.topicName(), "w_" + i, Json.bytes(change)));
    }
    producer.flush();
  }

  /** A sitting of each wearer that has come so far, and goes on. */
  private static void sat(
      KafkaProducer<String, byte[]> producer, int minutes, Instant until, int revision) {
    Instant from = Instant.EPOCH.plus(Duration.ofDays(20_000));
    for (int i = 0; i < WEARERS; i++) {
      WearerId wearer = new WearerId("w_" + i);
      String id = StableIds.episode(wearer, EpisodeKind.LONG_SITTING, from);
      Episode sitting =
          new Episode(
              id,
              wearer,
              EpisodeKind.LONG_SITTING,
              until.minus(Duration.ofMinutes(minutes)),
              until,
              BERLIN,
              minutes,
              true,
              revision,
              false,
              new Episode.Evidence(
                  until,
                  until.plus(Duration.ofHours(1)),
                  minutes * 60.0,
                  Posture.SITTING,
                  Placement.THIGH),
              null);
      producer.send(
          new ProducerRecord<>(
              Topic.EPISODES.topicName(), WearerPartitioner.key(wearer, id), Json.bytes(sitting)));
    }
    producer.flush();
  }

  private static KafkaProducer<String, byte[]> producer(KafkaConnection kafka) {
    Map<String, Object> properties = new HashMap<>(kafka.producer());
    properties.put(ProducerConfig.PARTITIONER_CLASS_CONFIG, WearerPartitioner.class.getName());
    return new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
  }

  private static KafkaConsumer<String, byte[]> consumer(KafkaConnection kafka, Topic topic) {
    Map<String, Object> properties = new HashMap<>(kafka.consumer());
    properties.put("group.id", "standby-test");
    properties.put("auto.offset.reset", "earliest");
    properties.put("isolation.level", "read_committed");
    KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
    consumer.subscribe(List.of(topic.topicName()));
    return consumer;
  }
}
