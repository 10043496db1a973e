package io.lumbar.app.streams;

import io.lumbar.app.fault.UserMistake;
import io.lumbar.model.KafkaConnection;
import io.lumbar.model.TimerGuard;
import io.lumbar.model.WearerPartitioner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running topology, exactly once, with one thread.
 *
 * <p>Its member name in the group is lasting, so that after a kill the same process gets its
 * partitions back at once. A record that cannot be read or processed becomes a dead letter and a
 * count, and the stream goes on; a fault of the machinery replaces the thread, a few times, and
 * then the stream has {@link #ended}.
 */
public final class StreamsRuntime implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StreamsRuntime.class);
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(4);
  private static final int REPLACEMENTS = 5;

  /** Holds what a thousand busy wearers change between two commits, about 3 KB each. */
  private static final long STORE_CACHE = 8L << 20;

  private static final Duration REPLACEMENT_WINDOW = Duration.ofMinutes(10);

  private final KafkaStreams streams;
  private final WorkingCopies copies;
  private final StateCopies stateCopies;
  private final StreamFaults faults;
  private final CountDownLatch running = new CountDownLatch(1);
  private final AtomicReference<@Nullable String> ended = new AtomicReference<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * What one topology runs with.
   *
   * @param application names the consumer group and the changelog topics: keep it for ever
   * @param stateDir working copies; may be deleted while nothing runs
   * @param instance the lasting name of this process
   * @param replication of changelog topics
   * @param standbys warm copies of the state on other members, which take over without reading the
   *     changelogs first
   */
  public record Place(
      String application,
      KafkaConnection kafka,
      Path stateDir,
      UUID instance,
      short replication,
      int standbys) {}

  private StreamsRuntime(Topology topology, Place place) {
    faults = new StreamFaults();
    copies = new WorkingCopies(place.stateDir(), place.application());
    copies.prepare();
    streams = new KafkaStreams(topology, properties(place, faults), new StreamsClients());
    stateCopies = StateCopies.of(streams);
    Replacements replacements =
        new Replacements(REPLACEMENTS, REPLACEMENT_WINDOW, System::nanoTime);
    streams.setStateListener(
        (now, before) -> {
          if (now == KafkaStreams.State.RUNNING) {
            running.countDown();
          }
          if (now == KafkaStreams.State.ERROR) {
            ended.compareAndSet(null, "the stream has stopped");
            running.countDown();
          }
        });
    streams.setUncaughtExceptionHandler(
        fault -> {
          LOG.error("a stream thread of {} died", place.application(), fault);
          if (replacements.allowed()) {
            return StreamThreadExceptionResponse.REPLACE_THREAD;
          }
          ended.set(
              "the stream has failed %d times within %d min"
                  .formatted(REPLACEMENTS + 1, REPLACEMENT_WINDOW.toMinutes()));
          return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
  }

  /** Starts a topology and returns at once. */
  public static StreamsRuntime start(Topology topology, Place place) {
    StreamsRuntime runtime = new StreamsRuntime(topology, place);
    runtime.streams.start();
    return runtime;
  }

  /**
   * Waits until every partition has its state back and is being read.
   *
   * @throws UserMistake when that takes longer
   */
  public void awaitRunning(Duration patience) {
    try {
      boolean inTime = running.await(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (!inTime || ended.get() != null) {
        throw new UserMistake(
            "the stream did not start within %d s (%s); logs/lumbar.log says more"
                .formatted(patience.toSeconds(), streams.state().name().toLowerCase(Locale.ROOT)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the stream started", e);
    }
  }

  /** Whether records are being processed, or will be in a moment. */
  public boolean healthy() {
    return health().isEmpty();
  }

  /** What is wrong, in a sentence; empty when nothing is. */
  public Optional<String> health() {
    String reason = ended.get();
    if (reason == null && !streams.state().isRunningOrRebalancing()) {
      reason = "the stream is " + streams.state().name().toLowerCase(Locale.ROOT);
    }
    return Optional.ofNullable(reason);
  }

  /**
   * Why nothing is processed any more until a new start, in a sentence; empty while that may be.
   */
  public Optional<String> ended() {
    return Optional.ofNullable(ended.get());
  }

  /** How many records could not be used since the start, by what failed. */
  public StreamFaults faults() {
    return faults;
  }

  /** What is worked on here, what is kept warm, and what had to be read for it. */
  public StateCopies stateCopies() {
    return stateCopies;
  }

  /** Stops within 4 s and keeps the membership for the next start. */
  @Override
  public void close() {
    stop(GroupMembershipOperation.REMAIN_IN_GROUP);
  }

  /** Stops for good: the other members take over at once. */
  public void leave() {
    stop(GroupMembershipOperation.LEAVE_GROUP);
  }

  private void stop(GroupMembershipOperation membership) {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    boolean clean =
        streams.close(CloseOptions.timeout(CLOSE_WITHIN).withGroupMembershipOperation(membership));
    if (clean && ended.get() == null) {
      copies.leaveInOrder();
    } else if (!clean) {
      LOG.warn("the stream did not stop within {} s", CLOSE_WITHIN.toSeconds());
    }
  }

  static Properties properties(Place place, StreamFaults faults) {
    Properties p = new Properties();
    p.putAll(place.kafka().client());
    p.put(StreamsConfig.APPLICATION_ID_CONFIG, place.application());
    p.put(StreamsConfig.STATE_DIR_CONFIG, place.stateDir().toString());
    p.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    p.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, (int) place.replication());
    p.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
    p.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, place.standbys());
    p.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    p.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");

    // The assignor waits this long after each topic that it creates, and a new place needs thirty.
    // The consumer itself doubles it with each try, up to a second.
    p.put(StreamsConfig.mainConsumerPrefix(CommonClientConfigs.RETRY_BACKOFF_MS_CONFIG), 5);

    // A commit keeps the thread waiting and the broker busy, whatever is in it. What an alert hangs
    // on asks for its own.
    p.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100);
    // An idle thread sleeps in poll, so this bounds the delay of a timer; a shorter one costs idle
    // CPU.
    p.put(StreamsConfig.POLL_MS_CONFIG, 20);
    p.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, STORE_CACHE);
    // A commit sends what lingers at once, so this costs no delay and saves most requests.
    p.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 20);
    // A commit that is not answered for so long ends the thread; see StreamsClients.
    p.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_BLOCK_MS_CONFIG), 30_000);
    // The order between topics is settled by event time in the processors.
    p.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
    p.put(
        StreamsConfig.producerPrefix(ProducerConfig.PARTITIONER_CLASS_CONFIG),
        WearerPartitioner.class.getName());

    // The runtime of a member's thread appends its number to this.
    p.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, "lumbar-" + place.instance());
    p.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 6000);
    p.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 2000);
    p.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");

    // What was deleted must not stay legible in a changelog for longer than this.
    p.put(
        StreamsConfig.topicPrefix(TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG),
        Long.toString(Duration.ofDays(1).toMillis()));

    p.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, SmallRocks.class);
    p.put(StreamsConfig.METRICS_RECORDING_LEVEL_CONFIG, Sensor.RecordingLevel.INFO.name());
    p.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, UnreadableRecords.class);
    p.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, UnprocessableRecords.class);
    p.putAll(Map.of(StreamFaults.CONFIG, faults, TimerGuard.CONFIG, faults.timers()));
    return p;
  }
}
