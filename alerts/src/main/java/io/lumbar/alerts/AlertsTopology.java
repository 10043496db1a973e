package io.lumbar.alerts;

import io.lumbar.alerts.stretches.Stretches;
import io.lumbar.model.Alert;
import io.lumbar.model.DeadLetter;
import io.lumbar.model.Decision;
import io.lumbar.model.Json;
import io.lumbar.model.Topic;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerPartitioner;
import io.lumbar.model.WearerSettings;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * From episodes, responses, missed deliveries, and what a wearer tries and feels, to alerts and
 * decisions. All that belongs to a wearer meets in one task; an alert and its decision are written
 * in one transaction when the application runs with exactly-once.
 */
public final class AlertsTopology {
  static final String POLICY = "alert-policy";
  static final String ALERTS = "alerts";
  static final String DECISIONS = "decisions";
  static final String DEAD_LETTERS = "alert-dead-letters";
  static final String STATE_STORE = "alert-states";
  static final String ADVANCE_STORE = "alert-advances";
  static final String SETTINGS_STORE = "alert-settings";
  static final String ZONES_STORE = "alert-zones";
  static final String ERASED_STORE = "alert-erased";

  private static final StreamPartitioner<String, Object> BY_WEARER =
      (topic, key, value, partitions) ->
          Optional.of(Set.of(WearerPartitioner.partition(key, partitions)));

  private AlertsTopology() {}

  /** A topology that reads the wearers by itself and whose timers wait for nothing; for tests. */
  public static Topology alone(InstantSource clock) {
    return alone(clock, new LongAdder());
  }

  /**
   * A topology that reads the wearers by itself and whose timers wait for nothing; for tests.
   *
   * @param skipped counts the records that could not be read
   */
  public static Topology alone(InstantSource clock, LongAdder skipped) {
    Topology topology = new Topology();
    topology.addSource(
        "wearers",
        Serdes.String().deserializer(),
        Json.serde(Wearer.class).deserializer(),
        Topic.WEARERS.topicName());
    addTo(topology, "wearers", clock, InputProgress.COMPLETE, skipped);
    return topology;
  }

  /**
   * Adds alerts to a topology, with episodes from their topic.
   *
   * @param wearersSource name of a source already added, with wearer ids as keys and {@link Wearer}
   *     as values; a topic can have one source only
   * @param clock the present, which decides what is fresh
   * @param progress what timers wait for before they speak
   */
  public static void addTo(
      Topology topology, String wearersSource, InstantSource clock, InputProgress progress) {
    addTo(topology, wearersSource, clock, progress, new LongAdder());
  }

  /**
   * Adds alerts to a topology that finds the episodes itself: an episode and its alert are then in
   * one transaction, without the way through the topic, which costs as much time again as finding
   * it.
   *
   * @param wearersSource name of a source already added, with wearer ids as keys and {@link Wearer}
   *     as values; a topic can have one source only
   * @param statementsSource name of a source already added, of what wearers tell, as bytes
   * @param episodesNode name of a processor already added, which forwards {@link
   *     io.lumbar.model.Episode}s to all its children; other values are passed over
   * @param clock the present, which decides what is fresh
   * @param progress what timers wait for before they speak
   */
  public static void addBehind(
      Topology topology,
      String wearersSource,
      String statementsSource,
      String episodesNode,
      InstantSource clock,
      InputProgress progress) {
    topology.addProcessor("alert-episodes", EpisodeProcessor::new, episodesNode);
    topology.addProcessor("alert-statements", StatementProcessor::new, statementsSource);
    addPolicy(topology, wearersSource, clock, progress, new LongAdder());
  }

  static void addTo(
      Topology topology,
      String wearersSource,
      InstantSource clock,
      InputProgress progress,
      LongAdder skipped) {
    topology
        .addSource(
            "episodes",
            Serdes.String().deserializer(),
            Serdes.ByteArray().deserializer(),
            Topic.EPISODES.topicName())
        .addProcessor(
            "alert-episodes",
            () -> new DecodingProcessor(InputDecoder::episode, clock, skipped),
            "episodes")
        .addSource(
            "statements",
            Serdes.String().deserializer(),
            Serdes.ByteArray().deserializer(),
            Topic.CHECKINS.topicName())
        .addProcessor("alert-statements", StatementProcessor::new, "statements");
    addPolicy(topology, wearersSource, clock, progress, skipped, "alert-episodes");
  }

  /**
   * All but where episodes and trials come from.
   *
   * @param readers nodes that were added and may find what cannot be read
   */
  private static void addPolicy(
      Topology topology,
      String wearersSource,
      InstantSource clock,
      InputProgress progress,
      LongAdder skipped,
      String... readers) {
    topology
        .addSource(
            "responses",
            Serdes.String().deserializer(),
            Serdes.ByteArray().deserializer(),
            Topic.RESPONSES.topicName())
        .addSource(
            "deliveries",
            Serdes.String().deserializer(),
            Serdes.ByteArray().deserializer(),
            Topic.DELIVERIES.topicName())
        .addProcessor(
            "alert-responses",
            () -> new DecodingProcessor(InputDecoder::response, clock, skipped),
            "responses")
        .addProcessor(
            "alert-deliveries",
            () -> new DecodingProcessor(InputDecoder::delivery, clock, skipped),
            "deliveries")
        .addProcessor("alert-wearers", SettingsProcessor::new, wearersSource)
        .addProcessor(
            POLICY,
            () ->
                new AlertProcessor(
                    new AlertPolicy(new AlertWriter(Stretches.catalogue())), clock, progress),
            "alert-episodes",
            "alert-responses",
            "alert-deliveries",
            "alert-statements",
            "alert-wearers")
        .addStateStore(store(STATE_STORE, Json.serde(AlertState.class)), POLICY, "alert-wearers")
        .addStateStore(store(ADVANCE_STORE, Serdes.ByteArray()), POLICY, "alert-wearers")
        .addStateStore(
            store(SETTINGS_STORE, Json.serde(WearerSettings.class)), POLICY, "alert-wearers")
        .addStateStore(store(ZONES_STORE, Json.serde(Whereabouts.class)), POLICY, "alert-wearers");
    topology.addStateStore(store(ERASED_STORE, Serdes.Long()), POLICY, "alert-wearers");
    addSink(topology, ALERTS, Topic.ALERTS, serializer(Alert.class), POLICY);
    addSink(topology, DECISIONS, Topic.DECISIONS, serializer(Decision.class), POLICY);
    addSink(
        topology,
        DEAD_LETTERS,
        Topic.DEAD_LETTERS,
        serializer(DeadLetter.class),
        Stream.concat(Stream.of(readers), Stream.of("alert-responses", "alert-deliveries"))
            .toArray(String[]::new));
  }

  private static void addSink(
      Topology topology, String name, Topic topic, Serializer<Object> values, String... parents) {
    topology.addSink(
        name, topic.topicName(), Serdes.String().serializer(), values, BY_WEARER, parents);
  }

  private static Serializer<Object> serializer(Class<?> type) {
    return (topic, value) -> Json.bytes(type.cast(value));
  }

  private static <T> StoreBuilder<KeyValueStore<String, T>> store(String name, Serde<T> values) {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(name), Serdes.String(), values)
        .withCachingDisabled()
        .withLoggingEnabled(Map.of());
  }
}
