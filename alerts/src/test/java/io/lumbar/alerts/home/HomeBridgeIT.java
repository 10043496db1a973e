package io.lumbar.alerts.home;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import io.lumbar.alerts.delivery.Notices;
import io.lumbar.alerts.lines.TopicLines;
import io.lumbar.alerts.responses.QuietNow;
import io.lumbar.alerts.responses.ResponseSink;
import io.lumbar.http.KafkaRegistry;
import io.lumbar.http.SettingsPatch;
import io.lumbar.http.mqtt.MqttConfig;
import io.lumbar.http.testing.Mosquitto;
import io.lumbar.http.testing.TestBroker;
import io.lumbar.model.Alert;
import io.lumbar.model.AlertResponse;
import io.lumbar.model.Bout;
import io.lumbar.model.ChannelSettings;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.Json;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.Topic;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerPartitioner;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Mosquitto and a real Kafka. */
class HomeBridgeIT {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;
  private final InstantSource clock = InstantSource.system();
  private final Map<String, String> retained = new ConcurrentHashMap<>();
  private final List<String> statuses = new CopyOnWriteArrayList<>();
  private final List<String> takenAway = new CopyOnWriteArrayList<>();
  private TestBroker kafka;
  private Mosquitto mosquitto;
  private KafkaRegistry registry;
  private KafkaProducer<String, byte[]> producer;
  private ResponseSink responses;
  private HomeLine line;
  private HomeBridge bridge;
  private Mqtt3BlockingClient home;
  private Wearer anna;

  @BeforeEach
  void start() throws Exception {
    mosquitto = Mosquitto.start(folder.resolve("mosquitto"));
    kafka = TestBroker.start(folder.resolve("kafka"));
    registry = KafkaRegistry.start(kafka.connection());
    anna = registry.addWearer("Anna", BERLIN).item();
    change(List.of(Notices.channel("home", ChannelSettings.Type.MQTT, null, null)));
    producer =
        new KafkaProducer<>(
            kafka.connection().producer(), new StringSerializer(), new ByteArraySerializer());
    responses = ResponseSink.open(kafka.connection());
    home =
        MqttClient.builder()
            .useMqttVersion3()
            .serverHost("127.0.0.1")
            .serverPort(mosquitto.url().getPort())
            .buildBlocking();
    home.connect();
    home.toAsync()
        .subscribeWith()
        .topicFilter("#")
        .qos(MqttQos.AT_LEAST_ONCE)
        .callback(
            got -> {
              String topic = got.getTopic().toString();
              String payload = new String(got.getPayloadAsBytes(), UTF_8);
              retained.put(topic, payload);
              if (payload.isEmpty()) {
                takenAway.add(topic);
              }
              if (topic.endsWith("/bridge/status")) {
                statuses.add(payload);
              }
            })
        .send()
        .get();
    line = HomeLine.open(new MqttConfig(mosquitto.url(), "lumbar", null, null, null));
    bridge = bridge(line);
  }

  private HomeBridge bridge(HomeLine over) {
    return HomeBridge.start(
        over,
        registry,
        new QuietNow(kafka.connection(), responses, registry, clock),
        kafka.connection(),
        clock);
  }

  @AfterEach
  void stop() {
    List<AutoCloseable> parts =
        Stream.<AutoCloseable>of(bridge, line, responses, producer, registry, kafka, mosquitto)
            .filter(part -> part != null)
            .toList();
    for (AutoCloseable part : parts) {
      try {
        part.close();
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }

  @Test
  void whenOneProcessOfSeveralLeavesTheHomeStaysOnline() {
    awaitTold("lumbar-wearers/bridge/status", "online");
    HomeLine other = HomeLine.open(new MqttConfig(mosquitto.url(), "lumbar", null, null, null));
    await().atMost(PATIENCE).until(other::isConnected);
    statuses.clear();
    other.close();
    await().atMost(PATIENCE).until(() -> statuses.contains("offline"));
    awaitTold("lumbar-wearers/bridge/status", "online");
    line.close();
    awaitTold("lumbar-wearers/bridge/status", "offline");
  }

  @Test
  void showsTheWearerTakesTheButtonAndGoesWhenTheChannelDoes() {
    HomeTopics topics = new HomeTopics(anna.id());
    awaitTold(topics.discovery(), "Lumbar Anna");
    awaitTold(topics.state(), "unknown");

    Instant from = clock.instant().minus(Duration.ofMinutes(20));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              bout(from, clock.instant());
              assertThat(retained.getOrDefault(topics.state(), ""))
                  .contains("\"posture\":\"sitting\",\"bout_min\":20");
            });

    press(topics, 15);
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(paused()).isPresent());
    assertThat(answers()).isEmpty();
    awaitTold(topics.answer(), "{\"event_type\":\"kept\",\"as\":\"pause\",\"until\":");

    alert();
    press(topics, 15);
    await().atMost(PATIENCE).until(() -> answers().size() == 1);
    assertThat(answers().get(0).alert()).isEqualTo("a_1");
    assertThat(answers().get(0).minutes()).isEqualTo(15);
    awaitTold(topics.answer(), "{\"event_type\":\"kept\",\"as\":\"snooze\",\"until\":");

    registry.changeSettings(
        anna.id(), settings -> SettingsPatch.apply(settings, patch("{\"snoozeLimit\":1}")));
    press(topics, 60);
    awaitTold(topics.answer(), "{\"event_type\":\"refused\",\"text\":\"This sitting was snoozed 1");
    assertThat(answers()).hasSize(1);

    press(topics, 0);
    await().atMost(PATIENCE).until(() -> answers().size() == 2);
    assertThat(answers().get(1).alert()).isEqualTo("a_1");
    assertThat(answers().get(1).endsSnooze()).isTrue();
    awaitTold(topics.answer(), "{\"event_type\":\"ended\"}");
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(paused()).isEmpty());

    change(List.of());
    retained.remove(topics.state());
    // Home Assistant starts anew, which asks everybody to say again what there is.
    homeStarts();
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(retained.get(topics.discovery())).isEmpty());
    assertThat(retained).doesNotContainKey(topics.state());
  }

  @Test
  void whoMovesToAnotherProcessStaysInTheHome() throws Exception {
    List<ChannelSettings> mqtt =
        List.of(Notices.channel("home", ChannelSettings.Type.MQTT, null, null));
    List<Wearer> all = new ArrayList<>(List.of(anna));
    for (int i = 0; i < 8; i++) {
      Wearer one = registry.addWearer("Wearer " + i, BERLIN).item();
      registry.changeSettings(
          one.id(), newest -> newest.withAlerts(newest.alerts().withChannels(mqtt)));
      all.add(one);
    }
    homeStarts();
    for (Wearer wearer : all) {
      awaitTold(new HomeTopics(wearer.id()).discovery(), wearer.name());
    }
    HomeLine otherLine = HomeLine.open(new MqttConfig(mosquitto.url(), "lumbar", null, null, null));
    try (HomeBridge other = bridge(otherLine)) {
      for (int i = 0; i < 20; i++) {
        homeStarts();
        Thread.sleep(500);
      }
      assertThat(other).isNotNull();
      assertThat(takenAway).isEmpty();
    } finally {
      otherLine.close();
    }
  }

  /** Nobody writes the bout again: a device that tells of changes only is silent meanwhile. */
  @Test
  void aProcessThatStartsAnewKnowsWhatStillHolds() {
    HomeTopics topics = new HomeTopics(anna.id());
    awaitTold(topics.discovery(), "Lumbar Anna");
    bridge.close();
    bout(clock.instant().minus(Duration.ofMinutes(20)), clock.instant());
    retained.clear();
    bridge = bridge(line);
    awaitTold(topics.state(), "\"posture\":\"sitting\"");
  }

  private void homeStarts() {
    home.publishWith().topic(HomeTopics.HOME_ASSISTANT).payload("online".getBytes(UTF_8)).send();
  }

  private void awaitTold(String topic, String words) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(retained.getOrDefault(topic, "")).contains(words));
  }

  private void press(HomeTopics topics, int minutes) {
    home.publishWith()
        .topic(topics.command())
        .qos(MqttQos.AT_LEAST_ONCE)
        .payload("{\"snooze_minutes\":%d}".formatted(minutes).getBytes(UTF_8))
        .send();
  }

  private static ObjectNode patch(String alerts) {
    try {
      ObjectNode patch = Json.mapper().createObjectNode();
      patch.set("alerts", Json.mapper().readTree(alerts));
      return patch;
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private Optional<Instant> paused() {
    return registry
        .wearer(anna.id().value())
        .flatMap(wearer -> Optional.ofNullable(wearer.settings().alerts().pausedUntil()));
  }

  private List<AlertResponse> answers() {
    return new TopicLines<>(
            kafka.connection(), Topic.RESPONSES, AlertResponse.class, AlertResponse::wearer)
        .since(anna.id(), 0);
  }

  private void change(List<ChannelSettings> channels) {
    Wearer now = registry.wearer(anna.id().value()).orElseThrow();
    registry.update(
        new Wearer(
            now.id(),
            now.name(),
            now.tokenHash(),
            now.zones(),
            now.settings().withAlerts(now.settings().alerts().withChannels(channels))));
  }

  private void bout(Instant from, Instant to) {
    Bout bout =
        new Bout(
            "b_1",
            anna.id(),
            Posture.SITTING,
            from,
            to,
            to,
            BERLIN,
            Placement.THIGH,
            true,
            1,
            false,
            Map.of());
    send(Topic.BOUTS, "b_1", bout);
  }

  private void alert() {
    Instant now = clock.instant();
    send(
        Topic.ALERTS,
        "a_1",
        new Alert(
            "a_1",
            anna.id(),
            "e_1",
            EpisodeKind.LONG_SITTING,
            30,
            now,
            now,
            BERLIN,
            "Time to move",
            "text",
            null,
            "sent"));
  }

  private void send(Topic topic, String id, Object value) {
    String key = WearerPartitioner.key(anna.id(), id);
    try {
      producer.send(new ProducerRecord<>(topic.topicName(), key, Json.bytes(value))).get();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
