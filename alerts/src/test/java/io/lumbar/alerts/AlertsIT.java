package io.lumbar.alerts;

import static io.lumbar.alerts.Episodes.ANNA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lumbar.alerts.delivery.AlertChannel;
import io.lumbar.alerts.delivery.AlertDelivery;
import io.lumbar.alerts.delivery.Channels;
import io.lumbar.alerts.delivery.Notice;
import io.lumbar.http.testing.TestBroker;
import io.lumbar.model.Alert;
import io.lumbar.model.AlertSettings;
import io.lumbar.model.ChannelSettings;
import io.lumbar.model.Decision;
import io.lumbar.model.Delivery;
import io.lumbar.model.Episode;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.Json;
import io.lumbar.model.KafkaConnection;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.Topic;
import io.lumbar.model.WearerPartitioner;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertsIT {
  private static final ChannelSettings HOME =
      new ChannelSettings(
          "home",
          ChannelSettings.Type.WEBHOOK,
          ChannelSettings.When.ALWAYS,
          Set.of(),
          URI.create("http://home.example/hook"),
          null,
          List.of());

  @TempDir Path folder;
  private volatile Duration ahead = Duration.ZERO;
  private final InstantSource clock = () -> Instant.now().plus(ahead);

  @Test
  void anAlertIsDecidedOnceAcrossARestartWithoutItsStateAndReachesTheChannels() throws Exception {
    Instant start = clock.instant().minus(Duration.ofMinutes(30));
    Collecting collecting = new Collecting();
    Channels channels = new Channels(Map.of(ChannelSettings.Type.WEBHOOK, collecting));
    try (TestBroker broker = TestBroker.start(folder.resolve("kafka"));
        KafkaProducer<String, byte[]> producer = producer(broker.connection());
        AlertDelivery delivery =
            AlertDelivery.start(
                broker.connection(),
                "one",
                channels,
                wearer -> AlertSettings.defaults().withChannels(List.of(HOME)),
                clock)) {
      try (KafkaStreams first = streams(broker.connection(), "one")) {
        first.start();
        send(producer, sitting(start, 30, 1));
        await().atMost(Duration.ofSeconds(30)).until(() -> collecting.alerts.size() == 1);
      }
      ahead = Duration.ofMinutes(15);
      try (KafkaStreams second = streams(broker.connection(), "two")) {
        second.start();
        send(producer, sitting(start, 30, 1));
        send(producer, sitting(start, 45, 2));
        await().atMost(Duration.ofSeconds(30)).until(() -> collecting.alerts.size() == 2);
      }
      assertThat(collecting.alerts).extracting(Alert::step).containsExactly(30, 45);
      assertThat(delivery.missed()).isZero();

      List<ConsumerRecord<String, byte[]>> decisions = all(broker.connection(), Topic.DECISIONS);
      assertThat(decisions)
          .extracting(record -> Json.read(record.value(), Decision.class).reason())
          .containsExactly("sent", "sent");
      assertThat(decisions)
          .extracting(ConsumerRecord::partition)
          .containsOnly(WearerPartitioner.partition(ANNA.value(), TestBroker.PARTITIONS));
      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(
              () ->
                  assertThat(all(broker.connection(), Topic.DELIVERIES))
                      .extracting(record -> Json.read(record.value(), Delivery.class).outcome())
                      .containsExactly(Delivery.Outcome.DELIVERED, Delivery.Outcome.DELIVERED));
    }
  }

  private Episode sitting(Instant start, int level, int revision) {
    Instant now = clock.instant();
    return new Episode(
        "e_1",
        ANNA,
        EpisodeKind.LONG_SITTING,
        start,
        now,
        Episodes.BERLIN,
        level,
        true,
        revision,
        false,
        new Episode.Evidence(now, now, level * 60, Posture.SITTING, Placement.THIGH),
        null);
  }

  private static void send(KafkaProducer<String, byte[]> producer, Episode episode)
      throws Exception {
    String key = WearerPartitioner.key(episode.wearer(), episode.id());
    producer.send(new ProducerRecord<>(Topic.EPISODES.topicName(), key, Json.bytes(episode))).get();
  }

  private KafkaStreams streams(KafkaConnection kafka, String state) {
    Properties properties = new Properties();
    properties.putAll(kafka.client());
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "lumbar-alerts-it");
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.resolve(state).toString());
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 20);
    properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, 1);
    properties.put("consumer.auto.offset.reset", "earliest");
    properties.put("group.instance.id", "alerts-1");
    properties.put("session.timeout.ms", 6_000);
    return new KafkaStreams(AlertsTopology.alone(clock), properties);
  }

  private static KafkaProducer<String, byte[]> producer(KafkaConnection kafka) {
    return new KafkaProducer<>(kafka.producer(), new StringSerializer(), new ByteArraySerializer());
  }

  private static List<ConsumerRecord<String, byte[]>> all(KafkaConnection kafka, Topic topic) {
    List<ConsumerRecord<String, byte[]>> records = new CopyOnWriteArrayList<>();
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            kafka.consumer(), new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          List.of(
              new TopicPartition(topic.topicName(), 0), new TopicPartition(topic.topicName(), 1));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () -> {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
                return partitions.stream()
                    .allMatch(partition -> consumer.position(partition) >= ends.get(partition));
              });
    }
    return records;
  }

  private static final class Collecting implements AlertChannel {
    private final List<Alert> alerts = new CopyOnWriteArrayList<>();

    @Override
    public boolean tellsRepeats() {
      return true;
    }

    @Override
    public CompletionStage<Void> deliver(Notice notice, ChannelSettings to) {
      alerts.add(notice.alert());
      return CompletableFuture.completedFuture(null);
    }
  }
}
