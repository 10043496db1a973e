package io.lumbar.analytics.stream;

import io.lumbar.model.Bout;
import io.lumbar.model.Episode;
import io.lumbar.model.Json;
import io.lumbar.model.NightSummary;
import io.lumbar.model.Statement;
import io.lumbar.model.Wearer;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The stores of the analytics topology: all persistent, all with a changelog.
 *
 * <p>Those whose values grow with every observation of an upload are written through Streams'
 * cache, so that RocksDB and the changelog get each value once a commit instead of once an
 * observation.
 */
public final class Stores {
  /** What devices said about posture: bytes by wearer and ten minutes of UTC. */
  public static final String EVIDENCE = "evidence";

  /** Spans of changed evidence whose bouts are still to be looked at, by wearer. */
  public static final String CHANGED_POSTURE = "changed-posture";

  /** Bouts published last, by wearer and start. */
  public static final String BOUTS = "published-bouts";

  /** Last revision of retracted bouts and episodes, by wearer, start and id. */
  public static final String RETIRED = "retired-revisions";

  /** Episodes published last, by wearer, kind and start. */
  public static final String EPISODES = "published-episodes";

  /** Step reports: bytes by wearer and ten minutes of UTC. */
  public static final String STEPS = "step-reports";

  /** Sit-to-stands and shifts on a chair, by wearer, ten minutes of UTC and sensor. */
  public static final String SEATED_MOVES = "seated-moves";

  /** What is kept of raw motion of the trunk, by wearer, sensor and UTC minute. */
  public static final String TRUNK = "trunk-motion";

  /** Time in which to look for inactivity again, by wearer. */
  public static final String CHANGED_STEPS = "changed-steps";

  /** When inactivity that goes on has ended by silence, by wearer and start. */
  public static final String STEP_TIMERS = "step-timers";

  /** What wearers told, by wearer and id, and by wearer, kind and time. */
  public static final String STATEMENTS = "statements";

  /** Time in which to look for nights again, by wearer. */
  public static final String CHANGED_NIGHTS = "changed-nights";

  /** Nights published last, by wearer and date. */
  public static final String NIGHTS = "published-nights";

  /** What counts of each day as load, by wearer and 32 days. */
  public static final String LOADS = "daily-loads";

  /** Registry records, by wearer. */
  public static final String WEARERS = "analytics-wearers";

  /** When to look at a wearer again, by wearer and feature. */
  public static final String TIMERS = "timers";

  /**
   * Local days to rebuild, by wearer and date; the value is the zone or a word that stands for it.
   */
  public static final String CHANGED_DAYS = "changed-days";

  /** What was published last of each day, by wearer and date. */
  public static final String DAYS = "published-days";

  /** When a day begins or is over, by wearer and date. */
  public static final String DAY_TIMERS = "day-timers";

  /** Barriers seen in some input topics but not in all, by wearer. */
  public static final String BARRIERS = "barriers";

  /** What is kept of raw motion, by wearer, sensor and UTC minute. */
  public static final String MOTION = "motion-state";

  /** When a sensor's last posture ends if nothing follows, by wearer and sensor. */
  public static final String MOTION_TIMERS = "motion-timers";

  /** When nothing more is awaited of a trunk sensor, by wearer and sensor. */
  public static final String TRUNK_TIMERS = "trunk-timers";

  /** Bends and the time bent forward: bytes by wearer and ten minutes of UTC. */
  public static final String BENDS = "bends";

  /** Wearers who were erased, of whom nothing is taken any more, and when that was read. */
  public static final String ERASED = "erased-wearers";

  /** How far a wearer's data reaches, by wearer. */
  public static final String WATERMARKS = "watermarks";

  /** Days of which nothing is kept any more: a bit each, by wearer and 1,024 UTC days. */
  public static final String CLOSED_DAYS = "closed-days";

  /** Old days that an import built lately, by wearer and UTC day. */
  public static final String REBUILT_DAYS = "rebuilt-days";

  /** When a wearer is heard of: marks by wearer and UTC day. */
  public static final String PRESENCE = "presence";

  /** What sensors say they need: marks by wearer, UTC day and sensor. */
  public static final String NEEDS = "sensor-needs";

  /**
   * When silence, or what a sensor needs, is to be looked at again, by wearer and which of both.
   */
  public static final String PRESENCE_TIMERS = "presence-timers";

  /** When to look for what can be forgotten, by wearer. */
  public static final String FORGET_TIMERS = "forget-timers";

  /**
   * Settings are looked up with nearly every record, and decoding them costs as much as it does.
   */
  private static final int WEARERS_HELD = 2_048;

  private Stores() {}

  /** Values in a form that their owner documents. */
  public static StoreBuilder<KeyValueStore<String, byte[]>> bytes(String name) {
    return of(name, Serdes.ByteArray()).withCachingEnabled();
  }

  /** Short texts. */
  public static StoreBuilder<KeyValueStore<String, String>> text(String name) {
    return of(name, Serdes.String()).withCachingEnabled();
  }

  /** Counters. */
  public static StoreBuilder<KeyValueStore<String, Integer>> integers(String name) {
    return of(name, Serdes.Integer());
  }

  /** Times in epoch milliseconds. */
  public static StoreBuilder<KeyValueStore<String, Long>> longs(String name) {
    return of(name, Serdes.Long());
  }

  /** The store {@link #BOUTS}. */
  public static StoreBuilder<KeyValueStore<String, Bout>> bouts() {
    return of(BOUTS, BoutBytes.serde());
  }

  /** The store {@link #EPISODES}. */
  public static StoreBuilder<KeyValueStore<String, Episode>> episodes() {
    return of(EPISODES, EpisodeBytes.serde());
  }

  /** The store {@link #DAYS}. */
  public static StoreBuilder<KeyValueStore<String, PublishedDay>> days() {
    return of(DAYS, PublishedDay.serde());
  }

  /** The store {@link #NIGHTS}. */
  public static StoreBuilder<KeyValueStore<String, NightSummary>> nights() {
    return of(NIGHTS, Json.serde(NightSummary.class));
  }

  /** The store {@link #STATEMENTS}. */
  public static StoreBuilder<KeyValueStore<String, Statement>> statements() {
    return of(STATEMENTS, Json.serde(Statement.class));
  }

  /** The store {@link #WEARERS}. */
  public static StoreBuilder<KeyValueStore<String, Wearer>> wearers() {
    Serde<Wearer> json = Json.serde(Wearer.class);
    return of(
        WEARERS,
        Serdes.serdeFrom(json.serializer(), new DecodedOnce<>(json.deserializer(), WEARERS_HELD)));
  }

  private static <V> StoreBuilder<KeyValueStore<String, V>> of(String name, Serde<V> serde) {
    return org.apache.kafka.streams.state.Stores.keyValueStoreBuilder(
            org.apache.kafka.streams.state.Stores.persistentKeyValueStore(name),
            Serdes.String(),
            serde)
        .withLoggingEnabled(Map.of());
  }
}
