package io.lumbar.app.simulation;

import io.lumbar.alerts.AlertsTopology;
import io.lumbar.analytics.AnalyticsTopology;
import io.lumbar.model.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.jspecify.annotations.Nullable;

/**
 * A broker and the whole topology on a virtual clock: topics keep what is appended while nothing
 * runs, a stop commits, and a kill loses what was not committed, which is then read again.
 */
final class World implements AutoCloseable {
  private static final List<Topic> INPUTS =
      List.of(Topic.WEARERS, Topic.POSTURE, Topic.STEPS, Topic.MOTION, Topic.CHECKINS);
  private static final List<Topic> OUTPUTS =
      List.of(
          Topic.BOUTS,
          Topic.EPISODES,
          Topic.NIGHTS,
          Topic.DAYS,
          Topic.ALERTS,
          Topic.DECISIONS,
          Topic.DEAD_LETTERS);

  private final Fault fault;
  private final Consumer<Output> committed;
  private final Map<String, MemoryStore> disk = new LinkedHashMap<>();
  private final Deque<Input> unread = new ArrayDeque<>();
  private final List<Input> read = new ArrayList<>();
  private final List<Output> pending = new ArrayList<>();
  private final Map<Topic, TestInputTopic<String, byte[]>> inputs = new EnumMap<>(Topic.class);
  private final Map<Topic, TestOutputTopic<String, byte[]>> outputs = new EnumMap<>(Topic.class);
  private Instant now;
  private int appended;
  private @Nullable TopologyTestDriver driver;

  private record Input(Topic topic, String key, byte[] value, Instant appended) {}

  /**
   * A record that was written to an output topic.
   *
   * @param appended how many records had been appended to input topics
   * @param read how many of them had been read
   */
  record Output(Topic topic, String key, byte[] value, int appended, int read) {}

  /**
   * Starts.
   *
   * @param committed gets each output once its transaction is committed
   */
  World(Instant now, Fault fault, Consumer<Output> committed) {
    this.now = now;
    this.fault = fault;
    this.committed = committed;
    start();
  }

  Instant now() {
    return now;
  }

  int appended() {
    return appended;
  }

  boolean runs() {
    return driver != null;
  }

  boolean isBehind() {
    return !unread.isEmpty();
  }

  /** Starts from what the last run left on disk; what was appended since then waits to be read. */
  void start() {
    disk.values().forEach(MemoryStore::restore);
    Topology topology = new MemoryTopology(disk, fault);
    AnalyticsTopology.addWearersSource(topology, "wearers");
    new AnalyticsTopology(
            fault.clock(() -> now), fault.lag((partition, positions) -> unread.isEmpty()))
        .addTo(topology, "wearers");
    AlertsTopology.addBehind(
        topology,
        "wearers",
        AnalyticsTopology.STATEMENTS,
        AnalyticsTopology.EPISODES,
        () -> now,
        partition -> readUpTo());
    Properties properties = new Properties();
    properties.put("application.id", "simulation");
    properties.put("bootstrap.servers", "nowhere:9092");
    TopologyTestDriver started = new TopologyTestDriver(topology, properties, now);
    for (Topic topic : INPUTS) {
      inputs.put(
          topic,
          started.createInputTopic(
              topic.topicName(), new StringSerializer(), new ByteArraySerializer()));
    }
    for (Topic topic : OUTPUTS) {
      outputs.put(
          topic,
          started.createOutputTopic(
              topic.topicName(), new StringDeserializer(), new ByteArrayDeserializer()));
    }
    driver = started;
  }

  /** The append of the oldest record that waits, by the system's clock. */
  private long readUpTo() {
    Input next = unread.peek();
    return next == null ? Long.MAX_VALUE : next.appended().toEpochMilli();
  }

  /** Appends to an input topic; what runs reads it at once. */
  void append(Topic topic, String key, byte[] value) {
    appended++;
    unread.add(new Input(topic, key, value, now));
    if (driver != null) {
      readAll();
    }
  }

  /** Of what waits, changed settings are read last: nothing keeps topics in step. */
  void readSettingsLast(Instant registered) {
    List<Input> settings =
        unread.stream()
            .filter(one -> one.topic() == Topic.WEARERS && one.appended().isAfter(registered))
            .toList();
    unread.removeAll(settings);
    unread.addAll(settings);
  }

  void readAll() {
    while (!unread.isEmpty()) {
      readOne();
    }
  }

  /** Reads the record that waits longest. */
  void readOne() {
    Input next = unread.remove();
    read.add(next);
    TestInputTopic<String, byte[]> topic = inputs.get(next.topic());
    if (topic == null) {
      throw new IllegalArgumentException(next.topic() + " is no input");
    }
    topic.pipeInput(next.key(), next.value(), next.appended());
    collect();
  }

  /** Moves the clock in one go; what is due is called once. */
  void advance(Duration step) {
    now = now.plus(step);
    if (driver != null) {
      driver.advanceWallClockTime(step);
      collect();
    }
  }

  void advanceTo(Instant instant) {
    if (instant.isAfter(now)) {
      advance(Duration.between(now, instant));
    }
  }

  void commit() {
    disk.values().forEach(MemoryStore::commitWrites);
    read.clear();
    pending.forEach(committed);
    pending.clear();
  }

  void stop() {
    commit();
    end();
  }

  /** Ends without a commit: state, outputs and positions are those of the last one. */
  void kill() {
    end();
    disk.values().forEach(MemoryStore::rollBack);
    pending.clear();
    for (int i = read.size() - 1; i >= 0; i--) {
      unread.addFirst(read.get(i));
    }
    read.clear();
  }

  private void end() {
    if (driver != null) {
      driver.close();
      driver = null;
    }
  }

  private void collect() {
    for (Map.Entry<Topic, TestOutputTopic<String, byte[]>> output : outputs.entrySet()) {
      if (!output.getValue().isEmpty()) {
        for (KeyValue<String, byte[]> one : output.getValue().readKeyValuesToList()) {
          pending.add(
              new Output(output.getKey(), one.key, one.value, appended, appended - unread.size()));
        }
      }
    }
  }

  @Override
  public void close() {
    end();
  }
}
