package io.lumbar.alerts.home;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import io.lumbar.alerts.delivery.ChannelFault;
import io.lumbar.http.mqtt.MqttClients;
import io.lumbar.http.mqtt.MqttConfig;
import io.lumbar.model.RandomIds;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to the broker: says there that Lumbar is online, and leaves the word that it is
 * not. Goes on trying until closed. Thread-safe.
 */
public final class HomeLine implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HomeLine.class);
  private static final byte[] ONLINE = "online".getBytes(StandardCharsets.UTF_8);
  private static final byte[] OFFLINE = "offline".getBytes(StandardCharsets.UTF_8);
  private static final int ACKNOWLEDGED_SECONDS = 10;
  private static final int STOP_SECONDS = 5;

  private final Mqtt3AsyncClient client;
  private final List<Runnable> whenConnected = new CopyOnWriteArrayList<>();

  /** What still arrives after the end, such as our own good-bye, is of no use. */
  private final ExecutorService worker =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          task -> {
            Thread thread = new Thread(task, "home");
            thread.setDaemon(true);
            return thread;
          },
          new ThreadPoolExecutor.DiscardPolicy());

  private volatile boolean complained;
  private volatile boolean closing;

  private HomeLine(MqttConfig config) {
    client =
        MqttClients.reconnecting(config, config.clientId() + "-" + RandomIds.next("home_"))
            .willPublish(publish(HomeTopics.STATUS, OFFLINE, true))
            .addConnectedListener(context -> connected())
            .addDisconnectedListener(context -> disconnected(context.getCause()))
            .buildAsync();
  }

  /**
   * Starts to connect; returns at once.
   *
   * @throws IllegalArgumentException with a sentence when the file of certificates cannot be used
   */
  public static HomeLine open(MqttConfig config) {
    HomeLine line = new HomeLine(config);
    CompletableFuture<?> connection = line.client.connect();
    LOG.debug("connecting to the MQTT broker of the home: {}", connection);
    return line;
  }

  /** Whether the broker is there. */
  public boolean isConnected() {
    return client.getState().isConnected();
  }

  /** Does something now when connected, and at each connection to come, on a thread of its own. */
  void whenConnected(Runnable action) {
    whenConnected.add(action);
    if (isConnected()) {
      worker.execute(action);
    }
  }

  /** Hands on what arrives, topic and payload, on a thread of its own. */
  void listen(String filter, BiConsumer<String, byte[]> taker) {
    CompletableFuture<?> subscription =
        client
            .subscribeWith()
            .topicFilter(filter)
            .qos(MqttQos.AT_LEAST_ONCE)
            .callback(got -> taker.accept(got.getTopic().toString(), got.getPayloadAsBytes()))
            .executor(worker)
            .send()
            .whenComplete(
                (acknowledged, failure) -> {
                  if (failure != null && !closing) {
                    LOG.warn("the MQTT broker does not let us subscribe to {}", filter);
                  }
                });
    LOG.debug("subscribing to {}: {}", filter, subscription);
  }

  /**
   * Publishes with quality of service 1.
   *
   * @return completes when the broker has it, or fails with a {@link ChannelFault}
   */
  CompletionStage<Void> send(String topic, byte[] payload, boolean retained) {
    if (!isConnected()) {
      return CompletableFuture.failedFuture(
          new ChannelFault(ChannelFault.Kind.NOT_REACHED, ChannelFault.Why.MQTT_AWAY, null));
    }
    return client
        .publish(publish(topic, payload, retained))
        .orTimeout(ACKNOWLEDGED_SECONDS, TimeUnit.SECONDS)
        .handle(HomeLine::acknowledged);
  }

  @SuppressWarnings("NullAway") // the only value of Void
  private static Void acknowledged(Mqtt3Publish sent, Throwable failure) {
    if (failure != null) {
      throw new ChannelFault(ChannelFault.Kind.UNCERTAIN, ChannelFault.Why.MQTT_SILENT, failure);
    }
    return null;
  }

  private static Mqtt3Publish publish(String topic, byte[] payload, boolean retained) {
    return Mqtt3Publish.builder()
        .topic(topic)
        .payload(payload)
        .qos(MqttQos.AT_LEAST_ONCE)
        .retain(retained)
        .build();
  }

  private void connected() {
    complained = false;
    LOG.info("connected to the MQTT broker of the home");
    worker.execute(this::greet);
  }

  private void greet() {
    listen(HomeTopics.STATUS, (topic, payload) -> heard(payload));
    sayOnline();
    whenConnected.forEach(Runnable::run);
  }

  /** One process of several that leaves says offline for all; who is still here takes it back. */
  private void heard(byte[] status) {
    if (!closing && !Arrays.equals(status, ONLINE)) {
      sayOnline();
    }
  }

  private void sayOnline() {
    send(HomeTopics.STATUS, ONLINE, true)
        .whenComplete((done, failure) -> LOG.debug("online at the MQTT broker", failure));
  }

  private void disconnected(Throwable cause) {
    if (!closing && !complained) {
      complained = true;
      LOG.warn(
          "not connected to the MQTT broker of the home: {}; trying again",
          MqttClients.reason(cause));
    }
  }

  @Override
  public void close() {
    closing = true;
    try {
      // A good-bye takes the will back, so that it is said.
      send(HomeTopics.STATUS, OFFLINE, true)
          .toCompletableFuture()
          .get(STOP_SECONDS, TimeUnit.SECONDS);
      client.disconnect().get(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("the MQTT broker was not told good-bye", e);
      CompletableFuture<Void> ending = client.disconnect();
      LOG.debug("disconnecting: {}", ending);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    worker.shutdownNow();
  }
}
