package io.lumbar.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import io.lumbar.http.Authentication;
import io.lumbar.http.HttpConfig;
import io.lumbar.http.KafkaRegistry;
import io.lumbar.http.RegistryRoutes;
import io.lumbar.http.mqtt.MqttConfig;
import io.lumbar.http.testing.Mosquitto;
import io.lumbar.http.testing.TestBroker;
import io.lumbar.ingest.mqtt.MqttSource;
import io.lumbar.ingest.statements.KnownDays;
import io.lumbar.model.Axes;
import io.lumbar.model.Device;
import io.lumbar.model.MotionCodec;
import io.lumbar.model.Placement;
import io.lumbar.model.Topic;
import io.lumbar.model.Wearer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Mosquitto and a real Kafka. */
class MqttIT {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-03-02T12:00:00Z"));
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;
  private TestBroker kafka;
  private KafkaRegistry registry;
  private Ingest ingest;
  private Device device;
  private Mosquitto mosquitto;
  private MqttSource source;

  @BeforeEach
  void start() {
    mosquitto = Mosquitto.start(folder.resolve("mosquitto"));
    kafka = TestBroker.start(folder.resolve("kafka"));
    registry = KafkaRegistry.start(kafka.connection());
    Wearer wearer = registry.addWearer("Anna", ZoneId.of("Europe/Berlin")).item();
    device = registry.addDevice(wearer.id(), "leg", Placement.THIGH).item();
    ingest =
        Ingest.start(
            kafka.connection(),
            registry,
            new Authentication(
                registry, "owner", null, new byte[32], HttpConfig.loopback(0), CLOCK),
            CLOCK,
            folder.resolve("ingest"),
            (who, barrier) -> true,
            who -> List.of(),
            KnownDays.NONE,
            who -> Duration.ZERO,
            IngestLimits.defaults(),
            UploadGate.OPEN);
  }

  @AfterEach
  void stop() {
    if (source != null) {
      source.close();
    }
    if (ingest != null) {
      ingest.close();
      registry.close();
      kafka.close();
    }
    if (mosquitto != null) {
      mosquitto.close();
    }
  }

  @Test
  void keepsWhatDevicesPublishAndRefusesTheRest() {
    listen();
    publish("lumbar/" + device.id() + "/observations", sitting(1));
    publish(
        "lumbar/" + device.id() + "/motion",
        "{\"start\":\"2026-03-02T09:00:00Z\",\"rate\":50,\"x\":[0,0],\"y\":[1,1],\"z\":[0,0]}");
    publish(
        "lumbar/" + device.id() + "/sensor-logger",
        "{\"messageId\":1,\"sessionId\":\"s\",\"deviceId\":\"p\",\"payload\":[{\"name\":\"pedometer\",\"time\":1772445600000000000,\"values\":{\"steps\":5}}]}");
    publish(
        "owntracks/anna/" + device.id() + "/step",
        "{\"_type\":\"steps\",\"from\":1772445600,\"to\":1772446200,\"steps\":321,\"tst\":1772446200}");
    await().atMost(PATIENCE).until(() -> source.kept() == 4);
    publish("lumbar/" + device.id() + "/observations", "{\"latitude\":52.5, broken");
    publish("lumbar/" + device.id() + "/sensor-logger", "{\"payload\":");
    publish("lumbar/d_unknown/observations", sitting(2));
    publish("lumbar/" + device.id() + "/morse", "...");

    await().atMost(PATIENCE).until(() -> source.refused() == 4);
    assertThat(records(Topic.POSTURE)).hasSize(1);
    assertThat(records(Topic.MOTION)).hasSize(1);
    assertThat(records(Topic.STEPS)).hasSize(2);
    await()
        .atMost(PATIENCE)
        .until(() -> records(Topic.DEAD_LETTERS).stream().anyMatch(each -> each.contains("morse")));
    assertThat(records(Topic.DEAD_LETTERS))
        .hasSize(3)
        .noneMatch(letter -> letter.contains("latitude"));
  }

  @Test
  void anIphoneIsTurnedOverByWhatIsSaidOfTheDevice() {
    registry.setAxes(device, Axes.IOS);
    listen();
    publish(
        "lumbar/" + device.id() + "/sensor-logger",
        "{\"payload\":[{\"name\":\"accelerometer\",\"time\":1772445600000000000,\"values\":{\"x\":0,\"y\":0,\"z\":0}},"
            + "{\"name\":\"gravity\",\"time\":1772445600000000000,\"values\":{\"x\":0,\"y\":0,\"z\":-9.80665}}]}");

    await().atMost(PATIENCE).until(() -> source.kept() == 1);
    assertThat(raw(Topic.MOTION))
        .singleElement()
        .satisfies(each -> assertThat(MotionCodec.decode(each).z()).containsExactly(1f));
  }

  @Test
  void aTagThatGatewaysAndAPhoneHearCountsOnceAndAStrangersNever() {
    Device tag =
        registry
            .addDevice(
                device.wearer(),
                "sternum",
                Placement.CHEST,
                RegistryRoutes.tagHash("C4:5A:00:77:88:99"))
            .item();
    Device upstairs = registry.addDevice(device.wearer(), "upstairs", Placement.ESTIMATED).item();
    Device downstairs =
        registry.addDevice(device.wearer(), "downstairs", Placement.ESTIMATED).item();
    String measured = "9904054C21530FC66C000AFC18002CA956B4%04XC45A00%s";
    String heard =
        "{\"gw_mac\":\"C8:00:00:00:00:01\",\"rssi\":-58,\"gwts\":\"%1$d\",\"ts\":\"%1$d\",\"data\":\"0201061BFF%2$s\"}";
    listen();
    for (int number = 1; number <= 3; number++) {
      String own = measured.formatted(number, "778899");
      long at = 1_772_442_000L + number;
      publish("lumbar/" + upstairs.id() + "/ruuvi/C4:5A:00:77:88:99", heard.formatted(at, own));
      publish(
          "lumbar/" + downstairs.id() + "/ruuvi",
          "{\"ts\":%d,\"data\":\"%s\"}".formatted(at + 1, own));
      publish(
          "lumbar/" + device.id() + "/sensor-logger",
          "{\"payload\":[{\"name\":\"bluetooth-C4:5A:00:77:88:99\",\"time\":%d300000000,\"values\":{\"manufacturerData\":\"%s\"}}]}"
              .formatted(at, own));
      publish(
          "lumbar/" + upstairs.id() + "/ruuvi/C4:5A:00:AA:BB:CC",
          heard.formatted(at, measured.formatted(number, "AABBCC")));
    }

    await().atMost(PATIENCE).until(() -> source.kept() == 12);
    assertThat(source.refused()).isZero();
    assertThat(records(Topic.MOTION))
        .hasSize(3)
        .allSatisfy(each -> assertThat(each).contains(tag.id().value()));
    assertThat(records(Topic.DEAD_LETTERS)).isEmpty();
    assertThat(ingest.counters("ruuvi").received()).isEqualTo(9);
    assertThat(ingest.counters("ruuvi").ignored()).isEqualTo(3);
    assertThat(ingest.counters().duplicate()).isEqualTo(6);
  }

  @Test
  void getsWhatWasPublishedWhileItWasAway() {
    listen();
    publish("lumbar/" + device.id() + "/observations", sitting(0));
    await().atMost(PATIENCE).until(() -> source.kept() == 1);
    source.close();
    publish("lumbar/" + device.id() + "/observations", sitting(1));
    publish("lumbar/" + device.id() + "/observations", sitting(2));
    listen();

    await().atMost(PATIENCE).until(() -> records(Topic.POSTURE).size() == 3);
  }

  @Test
  void comesBackWhenTheBrokerDoes() {
    listen();
    mosquitto.stop();
    await().atMost(PATIENCE).until(() -> source.trouble().isPresent());
    assertThat(source.trouble().get()).startsWith("not connected to the MQTT broker");
    mosquitto.start();
    await().atMost(PATIENCE).until(() -> source.trouble().isEmpty());
    publish("lumbar/" + device.id() + "/observations", sitting(1));

    await().atMost(PATIENCE).until(() -> records(Topic.POSTURE).size() == 1);
  }

  @Test
  void acknowledgesOnlyWhatKafkaHasAcknowledged() {
    listen();
    kafka.stop();
    IntStream.range(0, 5)
        .forEach(each -> publish("lumbar/" + device.id() + "/observations", sitting(each)));
    await().atMost(PATIENCE).until(() -> !ingest.healthy());
    assertThat(source.kept()).isZero();
    // The client goes without having acknowledged anything, and the broker keeps it all.
    source.close();
    kafka.start();
    listen();

    await().atMost(PATIENCE).until(() -> source.kept() == 5);
    // One that was under way when Kafka went may be there twice, which is removed downstream.
    assertThat(new HashSet<>(records(Topic.POSTURE))).hasSize(5);
  }

  @Test
  void speaksTlsToABrokerThatItTrustsAndToNoOther() {
    try (Mosquitto secure = Mosquitto.startTls(folder.resolve("secure"))) {
      try (MqttSource stranger =
          ingest.listen(new MqttConfig(secure.url(), "stranger", null, null, null))) {
        await()
            .atMost(PATIENCE)
            .until(() -> stranger.trouble().filter(each -> each.contains("PKIX")).isPresent());
      }
      source =
          ingest.listen(
              new MqttConfig(secure.url(), "lumbar", "me", "s3cret", secure.certificate()));
      await().atMost(PATIENCE).until(() -> source.trouble().isEmpty());
    }
  }

  private void listen() {
    source = ingest.listen(new MqttConfig(mosquitto.url(), "lumbar", null, null, null));
    await().atMost(PATIENCE).until(() -> source.trouble().isEmpty());
  }

  private void publish(String topic, String payload) {
    Mqtt3BlockingClient client = client(mosquitto.url());
    client.connect();
    client
        .publishWith()
        .topic(topic)
        .qos(MqttQos.AT_LEAST_ONCE)
        .payload(payload.getBytes(UTF_8))
        .send();
    client.disconnect();
  }

  private static Mqtt3BlockingClient client(URI url) {
    return MqttClient.builder()
        .useMqttVersion3()
        .serverHost(url.getHost())
        .serverPort(url.getPort())
        .buildBlocking();
  }

  private static String sitting(int minute) {
    return "{\"kind\":\"posture\",\"posture\":\"sitting\",\"from\":\"2026-03-02T09:%1$02d:00Z\",\"to\":\"2026-03-02T09:%1$02d:30Z\"}"
        .formatted(minute);
  }

  private List<String> records(Topic topic) {
    return raw(topic).stream().map(each -> new String(each, UTF_8)).toList();
  }

  private List<byte[]> raw(Topic topic) {
    List<byte[]> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            kafka.connection().client(),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          IntStream.range(0, TestBroker.PARTITIONS)
              .mapToObj(each -> new TopicPartition(topic.topicName(), each))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
        consumer.poll(Duration.ofMillis(200)).forEach(each -> records.add(each.value()));
      }
    }
    return records;
  }
}
