package io.lumbar.ingest.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lumbar.http.mqtt.MqttConfig;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A broker that grants the third request to subscribe; no more of MQTT 3.1.1 than this takes. */
class MqttSubscriptionTest {
  private static final int CONNECT = 1;
  private static final int SUBSCRIBE = 8;
  private static final int REFUSED = 0x80;
  private static final Duration SOON = Duration.ofSeconds(30);

  private final AtomicInteger asked = new AtomicInteger();
  private ServerSocket listening;

  @BeforeEach
  void listen() throws IOException {
    listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Thread serving = new Thread(this::serve, "broker");
    serving.setDaemon(true);
    serving.start();
  }

  @AfterEach
  void close() throws IOException {
    listening.close();
  }

  @Test
  void asksAgainWhatTheBrokerRefuses() {
    URI url = URI.create("mqtt://127.0.0.1:" + listening.getLocalPort());
    try (MqttSource source =
        MqttSource.start(
            new MqttConfig(url, "lumbar", null, null, null),
            (device, format, payload) -> MqttReceiver.Taken.KEPT,
            Duration.ofMillis(200))) {
      await()
          .atMost(SOON)
          .until(() -> source.trouble().filter(why -> why.contains("subscribe")).isPresent());
      await().atMost(SOON).until(() -> source.trouble().isEmpty());
      assertThat(asked).hasValue(3);
    }
  }

  private void serve() {
    try {
      while (true) {
        try (Socket client = listening.accept()) {
          answer(new DataInputStream(client.getInputStream()), client.getOutputStream());
        }
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  private void answer(DataInputStream in, OutputStream out) throws IOException {
    for (int first = in.read(); first >= 0; first = in.read()) {
      // All that comes is shorter than 128 bytes.
      byte[] packet = in.readNBytes(in.readUnsignedByte());
      if (first >> 4 == CONNECT) {
        out.write(new byte[] {0x20, 2, 0, 0});
      } else if (first >> 4 == SUBSCRIBE) {
        int filters = MqttTopic.FILTERS.size();
        int code = asked.incrementAndGet() < 3 ? REFUSED : 1;
        out.write(new byte[] {(byte) 0x90, (byte) (2 + filters), packet[0], packet[1]});
        for (int i = 0; i < filters; i++) {
          out.write(code);
        }
      }
    }
  }
}
