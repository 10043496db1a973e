package io.lumbar.analytics;

import io.lumbar.analytics.aging.Aging;
import io.lumbar.analytics.aging.Horizon;
import io.lumbar.analytics.day.DayProcessor;
import io.lumbar.analytics.motion.MotionProcessor;
import io.lumbar.analytics.night.BedMilestones;
import io.lumbar.analytics.night.NightProcessor;
import io.lumbar.analytics.presence.PresenceProcessor;
import io.lumbar.analytics.sitting.SittingProcessor;
import io.lumbar.analytics.steps.StepsProcessor;
import io.lumbar.analytics.stream.InputLag;
import io.lumbar.analytics.stream.Nodes;
import io.lumbar.analytics.stream.Stores;
import io.lumbar.analytics.stream.WearerBook;
import io.lumbar.analytics.told.StatementProcessor;
import io.lumbar.analytics.trunk.BendProcessor;
import io.lumbar.analytics.trunk.TrunkProcessor;
import io.lumbar.model.Json;
import io.lumbar.model.MotionCodec;
import io.lumbar.model.ObservationReader;
import io.lumbar.model.Statement;
import io.lumbar.model.Topic;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerPartitioner;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The analytics: from observations and raw motion to bouts, episodes, nights and days, in one
 * topology without topics in between.
 *
 * <pre>
 * motion  -> read-motion  -> classify-motion --+----> count-steps, classify-trunk
 *                         -> classify-trunk ---+-> count-bends    -> episodes, and to sum-days
 *                                              |-> count-steps
 * posture -> read-posture ---------------------+-> detect-sitting -> bouts, episodes
 *                                             find-nights &lt;---+    -> nights, episodes
 * checkins -> read-checkins -> keep-statements -> detect-sitting, find-nights, count-steps,
 *                                                 count-bends, sum-days
 *                          -> classify-motion, classify-trunk, which calibrate -> calibrations
 * steps   -> read-steps   -> count-steps &lt;---------+  |            -> episodes
 *                                 +--> sum-days &lt;----+            -> days, episodes
 * posture, motion -> watch-presence                              -> episodes
 * wearers -> analytics-wearer-book -> all that judge by thresholds
 *         -> forget-wearer, which clears the stores of one who is gone, and tells all that remember
 * </pre>
 *
 * <p>What is about a day that is closed goes no further than its reader; what is older than
 * anything that may change is removed by forget-old.
 */
public final class AnalyticsTopology {
  /**
   * The node that each published episode passes, as {@link io.lumbar.model.Episode} under the key
   * of its record; import barriers pass it too. What hangs behind it is in the same transaction.
   */
  public static final String EPISODES = Nodes.TO_EPISODES;

  /** The source of what wearers tell, as bytes by wearer. */
  public static final String STATEMENTS = Nodes.CHECKINS;

  /** From this long without data on, the posture is unknown. */
  public static final Duration SILENCE = Duration.ofMinutes(10);

  /**
   * What timers wait for before they speak: everything that can say what the wearer does. The
   * wearer's own word is among it.
   */
  public static final List<Topic> INPUTS =
      List.of(Topic.POSTURE, Topic.STEPS, Topic.MOTION, Topic.CHECKINS);

  private static final String[] WHO_KNOWS_CLOSED_DAYS = {
    Nodes.READ_POSTURE, Nodes.READ_STEPS, Nodes.READ_MOTION, Nodes.READ_CHECKINS, Nodes.FORGET_OLD
  };

  private final InstantSource clock;
  private final InputLag lag;
  private final Horizon horizon;
  private final Aging aging;
  private final LongAdder closed = new LongAdder();

  /**
   * Prepares the topology.
   *
   * @param clock the present, which decides what still goes on
   * @param lag whether all input was read, before a timer speaks
   */
  public AnalyticsTopology(InstantSource clock, InputLag lag) {
    this(clock, lag, Horizon.DEFAULT);
  }

  /**
   * Prepares the topology.
   *
   * @param horizon how far back what comes live may change something
   */
  public AnalyticsTopology(InstantSource clock, InputLag lag, Horizon horizon) {
    this.clock = clock;
    this.lag = lag;
    this.horizon = horizon;
    aging = new Aging(clock, lag, horizon);
  }

  /** How many records came for a closed day since the start. */
  public long closed() {
    return closed.sum();
  }

  /** The analytics on their own, with a source for the wearers topic. */
  public Topology alone() {
    Topology topology = new Topology();
    addWearersSource(topology, "wearers");
    addTo(topology, "wearers");
    return topology;
  }

  /** Adds the source of the wearers topic, which a topology can have but once. */
  public static void addWearersSource(Topology topology, String name) {
    topology.addSource(
        name,
        new StringDeserializer(),
        Json.serde(Wearer.class).deserializer(),
        Topic.WEARERS.topicName());
  }

  /**
   * Adds the analytics to a topology.
   *
   * @param wearersSource the source node of the wearers topic, which is there already
   */
  public void addTo(Topology topology, String wearersSource) {
    addSource(topology, Nodes.POSTURE, Topic.POSTURE);
    addSource(topology, Nodes.STEPS, Topic.STEPS);
    addSource(topology, Nodes.MOTION, Topic.MOTION);
    addSource(topology, Nodes.CHECKINS, Topic.CHECKINS);
    topology
        .addProcessor(
            Nodes.READ_POSTURE,
            () -> reader(ObservationReader::read, Nodes.DETECT_SITTING, Nodes.WATCH_PRESENCE),
            Nodes.POSTURE)
        .addProcessor(
            Nodes.READ_STEPS, () -> reader(ObservationReader::read, Nodes.COUNT_STEPS), Nodes.STEPS)
        .addProcessor(
            Nodes.READ_MOTION,
            () ->
                reader(
                    AnalyticsTopology::motion,
                    Nodes.CLASSIFY_MOTION,
                    Nodes.CLASSIFY_TRUNK,
                    Nodes.WATCH_PRESENCE),
            Nodes.MOTION)
        .addProcessor(
            Nodes.READ_CHECKINS,
            () ->
                reader(
                    bytes -> Json.read(bytes, Statement.class),
                    Nodes.KEEP_STATEMENTS,
                    Nodes.CLASSIFY_MOTION,
                    Nodes.CLASSIFY_TRUNK),
            Nodes.CHECKINS)
        .addProcessor(Nodes.FORGET_WEARER, ForgetProcessor::new, wearersSource)
        .addProcessor(
            Nodes.FORGET_OLD,
            aging::forgetting,
            Nodes.READ_POSTURE,
            Nodes.READ_STEPS,
            Nodes.READ_MOTION,
            Nodes.READ_CHECKINS,
            Nodes.FORGET_WEARER)
        .addProcessor(Nodes.KEEP_STATEMENTS, StatementProcessor::new, Nodes.READ_CHECKINS)
        .addProcessor(
            Nodes.WEARER_BOOK, () -> new WearerBook.Writer(clock, horizon.days()), wearersSource)
        .addProcessor(
            Nodes.CLASSIFY_MOTION,
            () -> new MotionProcessor(clock, closed),
            Nodes.READ_MOTION,
            Nodes.READ_CHECKINS,
            Nodes.FORGET_OLD,
            Nodes.FORGET_WEARER)
        .addProcessor(
            Nodes.CLASSIFY_TRUNK,
            () -> new TrunkProcessor(clock),
            Nodes.READ_MOTION,
            Nodes.READ_CHECKINS,
            Nodes.FORGET_OLD,
            Nodes.CLASSIFY_MOTION,
            Nodes.FORGET_WEARER)
        .addProcessor(
            Nodes.COUNT_BENDS,
            BendProcessor::new,
            Nodes.CLASSIFY_TRUNK,
            Nodes.KEEP_STATEMENTS,
            Nodes.WEARER_BOOK)
        .addProcessor(
            Nodes.DETECT_SITTING,
            () -> new SittingProcessor(clock, lag, BedMilestones::new, SILENCE),
            Nodes.READ_POSTURE,
            Nodes.FORGET_OLD,
            Nodes.CLASSIFY_MOTION,
            Nodes.CLASSIFY_TRUNK,
            Nodes.KEEP_STATEMENTS,
            Nodes.WEARER_BOOK,
            Nodes.FORGET_WEARER)
        .addProcessor(
            Nodes.WATCH_PRESENCE,
            () -> new PresenceProcessor(clock, lag),
            Nodes.READ_POSTURE,
            Nodes.READ_MOTION,
            Nodes.CLASSIFY_MOTION,
            Nodes.WEARER_BOOK,
            Nodes.FORGET_WEARER)
        .addProcessor(
            Nodes.FIND_NIGHTS,
            () -> new NightProcessor(clock, SILENCE),
            Nodes.DETECT_SITTING,
            Nodes.KEEP_STATEMENTS,
            Nodes.WEARER_BOOK,
            Nodes.FORGET_WEARER)
        .addProcessor(
            Nodes.COUNT_STEPS,
            () -> new StepsProcessor(clock, lag, SILENCE),
            Nodes.READ_STEPS,
            Nodes.CLASSIFY_MOTION,
            Nodes.CLASSIFY_TRUNK,
            Nodes.DETECT_SITTING,
            Nodes.FIND_NIGHTS,
            Nodes.KEEP_STATEMENTS,
            Nodes.WEARER_BOOK,
            Nodes.FORGET_OLD,
            Nodes.FORGET_WEARER)
        .addProcessor(
            Nodes.SUM_DAYS,
            () -> new DayProcessor(clock, horizon),
            Nodes.DETECT_SITTING,
            Nodes.FIND_NIGHTS,
            Nodes.COUNT_STEPS,
            Nodes.COUNT_BENDS,
            Nodes.KEEP_STATEMENTS,
            Nodes.WEARER_BOOK,
            Nodes.FORGET_WEARER);
    addStores(topology);
    addSink(topology, Topic.BOUTS, Nodes.DETECT_SITTING, Nodes.SUM_DAYS);
    topology.addProcessor(
        Nodes.TO_EPISODES,
        PassOn::new,
        Nodes.DETECT_SITTING,
        Nodes.FIND_NIGHTS,
        Nodes.COUNT_STEPS,
        Nodes.COUNT_BENDS,
        Nodes.SUM_DAYS,
        Nodes.WATCH_PRESENCE);
    addSink(topology, Topic.EPISODES, Nodes.TO_EPISODES);
    addSink(topology, Topic.NIGHTS, Nodes.FIND_NIGHTS, Nodes.SUM_DAYS);
    addSink(topology, Topic.DAYS, Nodes.SUM_DAYS);
    addSink(topology, Topic.CALIBRATIONS, Nodes.CLASSIFY_MOTION, Nodes.CLASSIFY_TRUNK);
    addSink(
        topology,
        Topic.DEAD_LETTERS,
        Nodes.READ_POSTURE,
        Nodes.READ_STEPS,
        Nodes.READ_MOTION,
        Nodes.READ_CHECKINS,
        Nodes.CLASSIFY_MOTION);
  }

  private <V> ReadProcessor<V> reader(Function<byte[], V> decoder, String... next) {
    return new ReadProcessor<>(decoder, aging::gate, closed, next);
  }

  /** Samples are binary; an import's barrier stands among them as JSON. */
  private static Object motion(byte[] bytes) {
    return bytes.length > 0 && bytes[0] == '{'
        ? ObservationReader.read(bytes)
        : MotionCodec.decode(bytes);
  }

  private static void addStores(Topology topology) {
    topology
        .addStateStore(Stores.bytes(Stores.MOTION), Nodes.CLASSIFY_MOTION, Nodes.CLASSIFY_TRUNK)
        .addStateStore(Stores.longs(Stores.MOTION_TIMERS), Nodes.CLASSIFY_MOTION)
        .addStateStore(Stores.bytes(Stores.TRUNK), Nodes.CLASSIFY_TRUNK)
        .addStateStore(Stores.longs(Stores.TRUNK_TIMERS), Nodes.CLASSIFY_TRUNK)
        .addStateStore(Stores.bytes(Stores.EVIDENCE), Nodes.DETECT_SITTING, Nodes.FIND_NIGHTS)
        .addStateStore(Stores.text(Stores.CHANGED_POSTURE), Nodes.DETECT_SITTING)
        .addStateStore(Stores.text(Stores.CHANGED_NIGHTS), Nodes.FIND_NIGHTS)
        .addStateStore(Stores.longs(Stores.TIMERS), Nodes.DETECT_SITTING)
        .addStateStore(
            Stores.statements(),
            Nodes.KEEP_STATEMENTS,
            Nodes.DETECT_SITTING,
            Nodes.FIND_NIGHTS,
            Nodes.COUNT_STEPS,
            Nodes.COUNT_BENDS,
            Nodes.SUM_DAYS,
            Nodes.FORGET_OLD)
        .addStateStore(
            Stores.bouts(),
            Nodes.DETECT_SITTING,
            Nodes.FIND_NIGHTS,
            Nodes.COUNT_STEPS,
            Nodes.SUM_DAYS,
            Nodes.FORGET_OLD)
        .addStateStore(
            Stores.episodes(),
            Nodes.WATCH_PRESENCE,
            Nodes.DETECT_SITTING,
            Nodes.FIND_NIGHTS,
            Nodes.COUNT_STEPS,
            Nodes.COUNT_BENDS,
            Nodes.SUM_DAYS,
            Nodes.FORGET_OLD)
        .addStateStore(
            Stores.bytes(Stores.BENDS), Nodes.COUNT_BENDS, Nodes.SUM_DAYS, Nodes.FORGET_OLD)
        .addStateStore(
            Stores.integers(Stores.RETIRED),
            Nodes.WATCH_PRESENCE,
            Nodes.DETECT_SITTING,
            Nodes.FIND_NIGHTS,
            Nodes.COUNT_STEPS,
            Nodes.COUNT_BENDS,
            Nodes.SUM_DAYS,
            Nodes.FORGET_OLD)
        .addStateStore(
            Stores.wearers(),
            Nodes.WEARER_BOOK,
            Nodes.WATCH_PRESENCE,
            Nodes.DETECT_SITTING,
            Nodes.FIND_NIGHTS,
            Nodes.COUNT_STEPS,
            Nodes.COUNT_BENDS,
            Nodes.SUM_DAYS)
        .addStateStore(Stores.nights(), Nodes.FIND_NIGHTS, Nodes.FORGET_OLD)
        .addStateStore(Stores.bytes(Stores.LOADS), Nodes.SUM_DAYS, Nodes.FORGET_OLD)
        .addStateStore(
            Stores.bytes(Stores.STEPS), Nodes.COUNT_STEPS, Nodes.SUM_DAYS, Nodes.FORGET_OLD)
        .addStateStore(
            Stores.bytes(Stores.SEATED_MOVES), Nodes.COUNT_STEPS, Nodes.SUM_DAYS, Nodes.FORGET_OLD)
        .addStateStore(Stores.text(Stores.CHANGED_STEPS), Nodes.COUNT_STEPS)
        .addStateStore(Stores.longs(Stores.STEP_TIMERS), Nodes.COUNT_STEPS)
        .addStateStore(Stores.text(Stores.CHANGED_DAYS), Nodes.SUM_DAYS)
        .addStateStore(Stores.days(), Nodes.SUM_DAYS, Nodes.FORGET_OLD)
        .addStateStore(Stores.longs(Stores.DAY_TIMERS), Nodes.SUM_DAYS)
        .addStateStore(Stores.text(Stores.BARRIERS), Nodes.SUM_DAYS)
        .addStateStore(Stores.longs(Stores.FORGET_TIMERS), Nodes.FORGET_OLD)
        .addStateStore(Stores.bytes(Stores.PRESENCE), Nodes.WATCH_PRESENCE, Nodes.FORGET_OLD)
        .addStateStore(Stores.bytes(Stores.NEEDS), Nodes.WATCH_PRESENCE, Nodes.FORGET_OLD)
        .addStateStore(Stores.longs(Stores.PRESENCE_TIMERS), Nodes.WATCH_PRESENCE)
        .addStateStore(Stores.bytes(Stores.WATERMARKS), WHO_KNOWS_CLOSED_DAYS)
        .addStateStore(Stores.bytes(Stores.CLOSED_DAYS), WHO_KNOWS_CLOSED_DAYS)
        .addStateStore(Stores.longs(Stores.REBUILT_DAYS), WHO_KNOWS_CLOSED_DAYS)
        .addStateStore(
            Stores.longs(Stores.ERASED),
            Nodes.FORGET_WEARER,
            Nodes.WEARER_BOOK,
            Nodes.READ_POSTURE,
            Nodes.READ_STEPS,
            Nodes.READ_MOTION,
            Nodes.READ_CHECKINS);
    topology.connectProcessorAndStateStores(Nodes.FIND_NIGHTS, Stores.CLOSED_DAYS);
    topology.connectProcessorAndStateStores(Nodes.SUM_DAYS, Stores.CLOSED_DAYS);
    topology.connectProcessorAndStateStores(
        Nodes.FORGET_WEARER, ForgetProcessor.STORES.toArray(String[]::new));
  }

  /** To the topic, and to whoever else listens. */
  private static final class PassOn extends ContextualProcessor<String, Object, String, Object> {
    @Override
    public void process(Record<String, Object> record) {
      context().forward(record);
    }
  }

  private static void addSource(Topology topology, String name, Topic topic) {
    topology.addSource(
        name, new StringDeserializer(), new ByteArrayDeserializer(), topic.topicName());
  }

  private static void addSink(Topology topology, Topic topic, String... parents) {
    Serializer<Object> json = (name, value) -> Json.bytes(value);
    StreamPartitioner<String, Object> byWearer =
        (name, key, value, partitions) ->
            Optional.of(Set.of(WearerPartitioner.partition(key, partitions)));
    topology.addSink(
        Nodes.sinkOf(topic), topic.topicName(), new StringSerializer(), json, byWearer, parents);
  }
}
