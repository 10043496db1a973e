package io.lumbar.ingest.mqtt;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import com.hivemq.client.mqtt.mqtt3.message.subscribe.Mqtt3Subscription;
import io.lumbar.http.mqtt.MqttClients;
import io.lumbar.http.mqtt.MqttConfig;
import io.lumbar.ingest.mqtt.MqttReceiver.Taken;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client of somebody's MQTT 3.1.1 broker, which hands messages on one after the other.
 *
 * <p>The broker is told that a message of quality of service 1 has arrived only after the receiver
 * has kept it, so that one that Kafka does not take is not lost: the client waits with it, and the
 * broker with those behind it. The session outlives the connection. Messages of quality 0 nobody
 * keeps: those that Kafka does not take at once are counted as lost.
 */
public final class MqttSource implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MqttSource.class);
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long STOP_SECONDS = 5;

  /** Who may subscribe to what is often set up after Lumbar. */
  private static final Duration SUBSCRIBE_AGAIN = Duration.ofMinutes(1);

  private final MqttReceiver receiver;
  private final Duration subscribeAgain;
  private final Mqtt3AsyncClient client;
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "mqtt");
            thread.setDaemon(true);
            return thread;
          });
  private final LongAdder kept = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder lost = new LongAdder();
  private volatile @Nullable String trouble = "the MQTT broker has not answered yet";
  private final AtomicBoolean subscribing = new AtomicBoolean();
  private volatile boolean subscribed;
  private volatile boolean complained;
  private volatile boolean closing;

  private MqttSource(MqttConfig config, MqttReceiver receiver, Duration subscribeAgain) {
    this.receiver = receiver;
    this.subscribeAgain = subscribeAgain;
    this.client = client(config);
  }

  /**
   * Starts to connect, and goes on trying until closed; returns at once.
   *
   * @throws IllegalArgumentException with a sentence when the file of certificates cannot be used
   */
  public static MqttSource start(MqttConfig config, MqttReceiver receiver) {
    return start(config, receiver, SUBSCRIBE_AGAIN);
  }

  static MqttSource start(MqttConfig config, MqttReceiver receiver, Duration subscribeAgain) {
    MqttSource source = new MqttSource(config, receiver, subscribeAgain);
    source.connect();
    return source;
  }

  /** What keeps it from the broker, or empty. */
  public Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  /** Messages that were kept, at least in part. */
  public long kept() {
    return kept.sum();
  }

  /** Messages of which nothing could be used. */
  public long refused() {
    return refused.sum();
  }

  /** Messages of quality of service 0 that came while Kafka was away. */
  public long lost() {
    return lost.sum();
  }

  @Override
  public void close() {
    closing = true;
    try {
      client.disconnect().get(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("the MQTT broker was not told good-bye", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    worker.shutdownNow();
  }

  private Mqtt3AsyncClient client(MqttConfig config) {
    return MqttClients.reconnecting(config, config.clientId())
        .addConnectedListener(context -> connected())
        .addDisconnectedListener(context -> disconnected(context.getCause()))
        .buildAsync();
  }

  private void connect() {
    // Before the connection: a broker that knows the session sends at once what it has kept.
    client.publishes(MqttGlobalPublishFilter.ALL, this::take, worker, true);
    CompletableFuture<?> connection = client.connectWith().cleanSession(false).send();
    LOG.debug("connecting to an MQTT broker: {}", connection);
  }

  /** Nothing comes without it, so that it is tried until it is granted. */
  private void subscribe() {
    if (closing || subscribed || !subscribing.compareAndSet(false, true)) {
      return;
    }
    CompletableFuture<?> subscription =
        client
            .subscribeWith()
            .addSubscriptions(
                MqttTopic.FILTERS.stream()
                    .map(
                        filter ->
                            Mqtt3Subscription.builder()
                                .topicFilter(filter)
                                .qos(MqttQos.AT_LEAST_ONCE)
                                .build()))
            .send()
            .whenComplete((acknowledged, e) -> subscribed(e));
    LOG.debug("subscribing at the MQTT broker: {}", subscription);
  }

  private void connected() {
    complained = false;
    LOG.info("connected to the MQTT broker");
    if (subscribed) {
      trouble = null;
    }
    subscribe();
  }

  private void subscribed(@Nullable Throwable e) {
    subscribing.set(false);
    if (e == null) {
      subscribed = true;
      trouble = null;
    } else if (!closing) {
      String why = "the MQTT broker does not let us subscribe to " + MqttTopic.FILTERS;
      if (!why.equals(trouble)) {
        LOG.warn("{}; trying again", why);
      }
      trouble = why;
      CompletableFuture.delayedExecutor(subscribeAgain.toMillis(), TimeUnit.MILLISECONDS)
          .execute(this::subscribe);
    }
  }

  private void disconnected(Throwable cause) {
    if (closing) {
      return;
    }
    trouble = "not connected to the MQTT broker: " + MqttClients.reason(cause);
    if (!complained) {
      complained = true;
      LOG.warn("{}; trying again", trouble);
    }
  }

  private void take(Mqtt3Publish publish) {
    Taken taken = decide(publish);
    if (taken == Taken.LATER && publish.getQos() != MqttQos.AT_MOST_ONCE) {
      // Closing; the broker keeps it for the next connection.
      return;
    }
    switch (taken) {
      case KEPT -> kept.increment();
      case REFUSED -> refused.increment();
      case LATER -> lost.increment();
    }
    publish.acknowledge();
  }

  private Taken decide(Mqtt3Publish publish) {
    Optional<MqttTopic> topic = MqttTopic.parse(publish.getTopic().toString());
    if (topic.isEmpty()) {
      return Taken.REFUSED;
    }
    boolean waits = publish.getQos() != MqttQos.AT_MOST_ONCE;
    Taken taken = attempt(topic.get(), publish);
    while (taken == Taken.LATER && waits && !closing) {
      LockSupport.parkNanos(RETRY_NANOS);
      taken = attempt(topic.get(), publish);
    }
    return taken;
  }

  private Taken attempt(MqttTopic topic, Mqtt3Publish publish) {
    try {
      return receiver.take(topic.device(), topic.format(), publish.getPayloadAsBytes());
    } catch (RuntimeException e) {
      LOG.error("an MQTT message of format {} could not be taken", topic.format(), e);
      return Taken.REFUSED;
    }
  }
}
