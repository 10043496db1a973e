package io.lumbar.alerts.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import io.lumbar.alerts.delivery.AlertChannel;
import io.lumbar.alerts.delivery.AlertChannelContract;
import io.lumbar.alerts.delivery.Notice;
import io.lumbar.alerts.delivery.Notices;
import io.lumbar.http.mqtt.MqttConfig;
import io.lumbar.http.testing.Mosquitto;
import io.lumbar.model.Alert;
import io.lumbar.model.ChannelSettings;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real Mosquitto. */
class HomeChannelTest extends AlertChannelContract {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path folder;
  private final List<String> events = new CopyOnWriteArrayList<>();
  private final List<String> status = new CopyOnWriteArrayList<>();
  private Mosquitto mosquitto;
  private Mqtt3AsyncClient home;
  private HomeLine line;

  @BeforeEach
  void start() throws Exception {
    mosquitto = Mosquitto.start(folder);
    home =
        MqttClient.builder()
            .useMqttVersion3()
            .serverHost("127.0.0.1")
            .serverPort(mosquitto.url().getPort())
            .buildAsync();
    home.connect().get(10, TimeUnit.SECONDS);
    listen("lumbar-wearers/+/event", events);
    listen("lumbar-wearers/bridge/status", status);
    line = line(mosquitto.url());
    await().atMost(PATIENCE).until(line::isConnected);
  }

  private void listen(String filter, List<String> into) throws Exception {
    home.subscribeWith()
        .topicFilter(filter)
        .qos(MqttQos.AT_LEAST_ONCE)
        .callback(got -> into.add(new String(got.getPayloadAsBytes(), StandardCharsets.UTF_8)))
        .send()
        .get(10, TimeUnit.SECONDS);
  }

  private static HomeLine line(URI url) {
    return HomeLine.open(new MqttConfig(url, "lumbar", null, null, null));
  }

  @AfterEach
  void stop() throws Exception {
    if (line != null) {
      line.close();
    }
    if (home != null) {
      home.disconnect().get(10, TimeUnit.SECONDS);
    }
    if (mosquitto != null) {
      mosquitto.close();
    }
  }

  @Test
  void anEventHasItsKindAndTheAlertsId() throws Exception {
    deliver(Notice.of(Notices.alert("a_1", Notices.NOW)), reachable());
    JsonNode event = Json.mapper().readTree(received(1).get(0));
    assertThat(event.path("event_type").asText()).isEqualTo("long_sitting");
    assertThat(event.path("id").asText()).isEqualTo("a_1");
    assertThat(event.path("step").asInt()).isEqualTo(30);
    assertThat(event.path("at").asText()).isEqualTo("2026-03-02T09:30:00+01:00");
  }

  @Test
  void whatHappensAsleepHasALevelThatALampCanFollow() throws Exception {
    Alert day = Notices.alert("a_1", Notices.NOW);
    Alert night =
        new Alert(
            "a_2",
            day.wearer(),
            day.episode(),
            EpisodeKind.ARCHED_SLEEP,
            15,
            day.at(),
            day.since(),
            day.zone(),
            "Time to turn",
            "text",
            null,
            "sent");
    deliver(Notice.of(night), reachable());
    JsonNode event = Json.mapper().readTree(received(1).get(0));
    assertThat(event.path("event_type").asText()).isEqualTo("arched_sleep");
    assertThat(event.path("level").asInt()).isEqualTo(2);
    assertThat(event.path("priority").asText()).isEqualTo("normal");
  }

  @Test
  void saysThatItIsThereAndGoes() {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(status).contains("online"));
    line.close();
    line = null;
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(status).endsWith("offline"));
  }

  @Override
  protected AlertChannel channel() {
    return new HomeChannel(line);
  }

  @Override
  protected ChannelSettings reachable() {
    return Notices.channel("home", ChannelSettings.Type.MQTT, null, null);
  }

  /** The broker is everybody's: it is the broker that is away. */
  @Override
  protected ChannelSettings unreachable() {
    line.close();
    line = line(URI.create("mqtt://127.0.0.1:1"));
    return reachable();
  }

  @Override
  protected List<String> received(int atLeast) {
    await().atMost(PATIENCE).until(() -> events.size() >= atLeast);
    return events;
  }

  @Override
  protected List<String> secrets() {
    return List.of("127.0.0.1");
  }
}
