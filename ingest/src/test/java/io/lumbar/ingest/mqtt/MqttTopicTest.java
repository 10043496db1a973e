package io.lumbar.ingest.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.http.mqtt.MqttConfig;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MqttTopicTest {
  @ParameterizedTest
  @CsvSource({
    "lumbar/d_1/observations, d_1, observations",
    "lumbar/d_1/sensor-logger, d_1, sensor-logger",
    "lumbar/d_1/ruuvi/C4:5A:00:77:88:99, d_1, ruuvi",
    "owntracks/anna/d_1, d_1, owntracks",
    "owntracks/anna/d_1/step, d_1, owntracks"
  })
  void readsDeviceAndFormat(String topic, String device, String format) {
    assertThat(MqttTopic.parse(topic)).contains(new MqttTopic(device, format));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "lumbar", "lumbar/d_1", "home/d_1/motion"})
  void leavesOthersAlone(String topic) {
    assertThat(MqttTopic.parse(topic)).isEmpty();
  }

  @Test
  void knowsTheUsualPortsAndKeepsThePasswordToItself() {
    MqttConfig plain = new MqttConfig(URI.create("mqtt://broker"), "lumbar", "me", "s3cret", null);
    MqttConfig tls = new MqttConfig(URI.create("mqtts://broker"), "lumbar", null, null, null);
    MqttConfig own = new MqttConfig(URI.create("mqtts://broker:9"), "lumbar", null, null, null);

    assertThat(plain.port()).isEqualTo(1883);
    assertThat(tls.port()).isEqualTo(8883);
    assertThat(own.port()).isEqualTo(9);
    assertThat(plain.toString()).doesNotContain("s3cret");
  }
}
