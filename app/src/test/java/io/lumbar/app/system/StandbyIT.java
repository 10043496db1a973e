package io.lumbar.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.model.DeviceId;
import io.lumbar.model.Episode;
import io.lumbar.model.Json;
import io.lumbar.model.KafkaConnection;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.Stamp;
import io.lumbar.model.Topic;
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

/** Two processes of the analysis with a standby each: one is killed, the other goes on. */
class StandbyIT {
  private static final int WEARERS = 12;
  private static final Stamp THIGH =
      new Stamp(new DeviceId("d_thigh"), Placement.THIGH, ZoneId.of("Europe/Berlin"));

  @TempDir Path scratch;

  private final List<Episode> episodes = new ArrayList<>();

  @Test
  void whenOneIsKilledTheOtherGoesOnAndNothingIsLostOrDoubled() throws Exception {
    Map<String, String> variables = new HashMap<>();
    variables.put("LUMBAR_KAFKA_PARTITIONS", "2");
    variables.put("LUMBAR_KAFKA_STANDBYS", "1");
    variables.put("LUMBAR_HTTP_PORT", "0");
    try (BrokerProcess broker =
        new BrokerProcess(scratch.resolve("broker"), BrokerProcess.single())) {
      variables.put("LUMBAR_KAFKA_BOOTSTRAP_SERVERS", broker.address());
      KafkaConnection kafka = KafkaConnection.plain(broker.address());
      try (LumbarProcess one = LumbarProcess.role("analytics", scratch.resolve("one"), variables);
          LumbarProcess other =
              LumbarProcess.role("analytics", scratch.resolve("other"), variables);
          KafkaProducer<String, byte[]> producer = producer(kafka);
          KafkaConsumer<String, byte[]> consumer = consumer(kafka)) {
        Instant since = Instant.now().minus(Duration.ofMinutes(50));
        say(producer, Posture.SITTING, since);
        await(consumer, () -> closed(false).size() == WEARERS);

        one.killHard();
        say(producer, Posture.WALKING, since.plus(Duration.ofMinutes(48)));
        await(consumer, () -> closed(true).size() == WEARERS);

        assertThat(closed(true)).hasSize(WEARERS);
        assertThat(other.with("").get("/health").is(200)).isTrue();
      }
    }
    Map<String, Integer> revisions = new HashMap<>();
    for (Episode episode : episodes) {
      Integer before = revisions.put(episode.id(), episode.revision());
      assertThat(before == null ? 0 : before).isEqualTo(episode.revision() - 1);
      assertThat(episode.retracted()).isFalse();
    }
    assertThat(revisions).hasSize(WEARERS);
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

  private void await(
      KafkaConsumer<String, byte[]> consumer, java.util.concurrent.Callable<Boolean> until) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              consumer
                  .poll(Duration.ofMillis(100))
                  .forEach(one -> episodes.add(Json.read(one.value(), Episode.class)));
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

  private static KafkaProducer<String, byte[]> producer(KafkaConnection kafka) {
    Map<String, Object> properties = new HashMap<>(kafka.producer());
    properties.put(ProducerConfig.PARTITIONER_CLASS_CONFIG, WearerPartitioner.class.getName());
    return new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
  }

  private static KafkaConsumer<String, byte[]> consumer(KafkaConnection kafka) {
    Map<String, Object> properties = new HashMap<>(kafka.consumer());
    properties.put("group.id", "standby-test");
    properties.put("auto.offset.reset", "earliest");
    properties.put("isolation.level", "read_committed");
    KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
    consumer.subscribe(List.of(Topic.EPISODES.topicName()));
    return consumer;
  }
}
