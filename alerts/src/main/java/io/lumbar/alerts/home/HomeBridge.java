package io.lumbar.alerts.home;

import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.alerts.responses.QuietNow;
import io.lumbar.http.ApiException;
import io.lumbar.http.Registry;
import io.lumbar.model.Bout;
import io.lumbar.model.ChannelSettings;
import io.lumbar.model.Json;
import io.lumbar.model.KafkaConnection;
import io.lumbar.model.Topic;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerPartitioner;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows the home how wearers sit who have a channel of type mqtt, and takes the snooze button of
 * Home Assistant. Several instances share the wearers by their partitions.
 */
public final class HomeBridge implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HomeBridge.class);
  private static final Duration POLL = Duration.ofSeconds(1);

  /** Often enough for the minutes to grow, and well before what was said expires. */
  private static final Duration REFRESH = Duration.ofMinutes(1);

  /** A device that tells of changes only may be silent that long, and its word still holds. */
  private static final Duration HOLDS = Duration.ofHours(4);

  private static final byte[] NOTHING = new byte[0];

  private final HomeLine line;
  private final Registry registry;
  private final QuietNow quiet;
  private final InstantSource clock;
  private final KafkaConsumer<String, byte[]> consumer;
  private final Map<WearerId, HomeView> views = new HashMap<>();
  private final Map<WearerId, HomeState> told = new HashMap<>();
  private final Map<WearerId, HomeTopics> announced = new HashMap<>();
  private final AtomicBoolean again = new AtomicBoolean(true);
  private final Thread thread = new Thread(this::run, "home-bridge");
  private Instant refreshed = Instant.MIN;
  private volatile boolean closing;

  private HomeBridge(
      HomeLine line,
      Registry registry,
      QuietNow quiet,
      KafkaConnection kafka,
      InstantSource clock) {
    this.line = line;
    this.registry = registry;
    this.quiet = quiet;
    this.clock = clock;
    Map<String, Object> reading = kafka.consumer();
    reading.put("group.id", "lumbar-home");
    reading.put("session.timeout.ms", "6000");
    reading.put("heartbeat.interval.ms", "2000");
    // Where nothing was written lately, there is nothing to go back to.
    reading.put("auto.offset.reset", "latest");
    reading.put("enable.auto.commit", false);
    consumer = new KafkaConsumer<>(reading, new StringDeserializer(), new ByteArrayDeserializer());
  }

  /** Starts to show and to listen. */
  public static HomeBridge start(
      HomeLine line,
      Registry registry,
      QuietNow quiet,
      KafkaConnection kafka,
      InstantSource clock) {
    HomeBridge bridge = new HomeBridge(line, registry, quiet, kafka, clock);
    line.listen(HomeTopics.COMMANDS, bridge::command);
    line.listen(HomeTopics.HOME_ASSISTANT, (topic, payload) -> bridge.again.set(true));
    line.whenConnected(() -> bridge.again.set(true));
    bridge.thread.start();
    return bridge;
  }

  /** False once the thread has ended, by a fault that it could not get over. */
  public boolean isAlive() {
    return thread.isAlive();
  }

  private void run() {
    try (consumer) {
      consumer.subscribe(List.of(Topic.BOUTS.topicName()), new GoingBack());
      while (!closing) {
        step();
      }
    } catch (WakeupException e) {
      LOG.debug("the bridge to the home ends");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void step() throws InterruptedException {
    try {
      for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
        see(record);
      }
      show();
    } catch (WakeupException e) {
      throw e;
    } catch (KafkaException e) {
      LOG.warn("the bridge to the home goes on in a moment: {}", e.toString());
      Thread.sleep(POLL.toMillis());
    } catch (RuntimeException e) {
      // A lamp that is late must not end what measures and alerts.
      LOG.error("the bridge to the home goes on without what failed", e);
      Thread.sleep(POLL.toMillis());
    }
  }

  private void see(ConsumerRecord<String, byte[]> record) {
    if (record.value() == null) {
      return;
    }
    try {
      Bout bout = Json.read(record.value(), Bout.class);
      views.computeIfAbsent(bout.wearer(), id -> new HomeView()).see(bout, System.nanoTime());
    } catch (SerializationException e) {
      // Not a bout, such as the marker behind an import.
    }
  }

  private void show() {
    Instant now = clock.instant();
    boolean all = again.getAndSet(false) || !refreshed.plus(REFRESH).isAfter(now);
    if (all) {
      refreshed = now;
      announced.values().removeIf(this::isLeft);
    }
    for (Wearer wearer : registry.wearers()) {
      if (isShown(wearer)) {
        show(wearer, all, now);
      }
    }
    views.keySet().removeIf(id -> !announced.containsKey(id));
  }

  private void show(Wearer wearer, boolean all, Instant now) {
    HomeTopics topics = new HomeTopics(wearer.id());
    if (announced.put(wearer.id(), topics) == null || all) {
      publish(topics.discovery(), HomeDiscovery.of(wearer), true);
    }
    HomeView view = views.computeIfAbsent(wearer.id(), id -> new HomeView());
    HomeState state = view.state(now, System.nanoTime());
    if (!state.equals(told.put(wearer.id(), state)) || all) {
      publish(topics.state(), Json.bytes(state), false);
    }
  }

  /**
   * Leaves a wearer to another instance without a word, and takes away what Home Assistant was told
   * of somebody who does not want that any more.
   */
  private boolean isLeft(HomeTopics topics) {
    boolean wanted = registry.wearer(topics.wearer().value()).filter(HomeBridge::wants).isPresent();
    if (wanted && isOurs(topics.wearer())) {
      return false;
    }
    told.remove(topics.wearer());
    if (!wanted) {
      publish(topics.discovery(), NOTHING, true);
    }
    return true;
  }

  private boolean isShown(Wearer wearer) {
    return wants(wearer) && isOurs(wearer.id());
  }

  private static boolean wants(Wearer wearer) {
    return wearer.settings().alerts().channels().stream()
        .anyMatch(channel -> channel.type() == ChannelSettings.Type.MQTT);
  }

  private boolean isOurs(WearerId wearer) {
    String topic = Topic.BOUTS.topicName();
    int partitions = consumer.partitionsFor(topic).size();
    int partition = WearerPartitioner.partition(wearer.value(), partitions);
    return consumer.assignment().contains(new TopicPartition(topic, partition));
  }

  private void publish(String topic, byte[] payload, boolean retained) {
    line.send(topic, payload, retained)
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                LOG.debug("not published to {}", topic, failure);
              }
            });
  }

  private void command(String topic, byte[] payload) {
    try {
      JsonNode minutes = Json.mapper().readTree(payload).path("snooze_minutes");
      HomeTopics.commanded(topic)
          .flatMap(id -> registry.wearer(id.value()))
          .filter(wearer -> wants(wearer) && minutes.canConvertToInt())
          .ifPresent(wearer -> answer(wearer, minutes.intValue()));
    } catch (IOException e) {
      LOG.debug("a command that is no JSON", e);
    }
  }

  /** The home must not show as quiet what goes on. */
  private void answer(Wearer wearer, int minutes) {
    HomeAnswer answer;
    try {
      QuietNow.Answer kept = minutes == 0 ? quiet.end(wearer) : quiet.forMinutes(wearer, minutes);
      answer = HomeAnswer.of(kept, wearer.zoneAt(clock.instant()));
    } catch (ApiException | KafkaException e) {
      LOG.warn("a snooze from the home was not kept: {}", e.getMessage());
      answer = HomeAnswer.failed(wearer.settings().alerts().language());
    }
    publish(new HomeTopics(wearer.id()).answer(), Json.bytes(answer), false);
  }

  /** Reads what may still hold of the wearers that come to this instance. */
  private final class GoingBack implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      // The next refresh leaves their wearers to the other instance.
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      long since = clock.instant().minus(HOLDS).toEpochMilli();
      Map<TopicPartition, Long> asked = new HashMap<>();
      partitions.forEach(partition -> asked.put(partition, since));
      consumer
          .offsetsForTimes(asked)
          .forEach(
              (partition, found) -> {
                if (found != null) {
                  consumer.seek(partition, found.offset());
                }
              });
    }
  }

  @Override
  public void close() {
    closing = true;
    consumer.wakeup();
    try {
      thread.join(Duration.ofSeconds(10).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
