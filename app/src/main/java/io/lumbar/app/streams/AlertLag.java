package io.lumbar.app.streams;

import io.lumbar.alerts.InputProgress;
import io.lumbar.app.streams.ReadTrail.Offsets;
import io.lumbar.model.KafkaConnection;
import io.lumbar.model.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows, for the timers of alerts, how far uploads were analysed and how far what came of them
 * was read, by what the consumer groups have committed: each commits together with what it wrote.
 *
 * <p>Looks once a second, while somebody asks. After the broker, or this process, was away, or an
 * upload was refused for it, phones need a moment to send again what they were refused; until ten
 * seconds have passed nothing counts as read.
 */
public final class AlertLag implements InputProgress, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AlertLag.class);
  private static final List<Topic> UPLOADS = List.of(Topic.POSTURE, Topic.STEPS, Topic.MOTION);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final long ASKED_LATELY_MILLIS = 5_000;
  private static final long GRACE_MILLIS = 10_000;

  /** What a sender that was told when to come back needs on top. */
  private static final long RETURN_MILLIS = 5_000;

  private final Admin admin;
  private final Remainder remainder;
  private final String analysis;
  private final List<Topic> readTopics;
  private final String application;
  private final Heartbeat heartbeat;
  private final LongSupplier millis;
  private final Map<Integer, ReadTrail> trails = new ConcurrentHashMap<>();
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "alert-lag");
            thread.setDaemon(true);
            return thread;
          });
  private volatile long askedAt;
  private volatile long notBefore;

  @SuppressWarnings("FutureReturnValueIgnored") // look() turns every fault into "away"
  private AlertLag(
      Admin admin,
      Remainder remainder,
      String analysis,
      String application,
      Heartbeat heartbeat,
      LongSupplier millis) {
    this.admin = admin;
    this.remainder = remainder;
    this.analysis = analysis;
    this.application = application;
    this.heartbeat = heartbeat;
    // Where one task does both, episodes do not go through their topic.
    readTopics =
        analysis.equals(application)
            ? List.of(Topic.RESPONSES)
            : List.of(Topic.EPISODES, Topic.RESPONSES);
    this.millis = millis;
    watch.scheduleWithFixedDelay(
        this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Asks the broker of a connection.
   *
   * @param analysis the consumer group that analyses uploads, here or elsewhere
   * @param application the group that decides on alerts; may be the same
   * @param heartbeat whether this process was away itself
   */
  public static AlertLag of(
      KafkaConnection kafka, String analysis, String application, Heartbeat heartbeat) {
    Map<String, Object> properties = kafka.client();
    properties.put("request.timeout.ms", "1000");
    properties.put("default.api.timeout.ms", "1500");
    properties.put("reconnect.backoff.max.ms", "1000");
    return new AlertLag(
        Admin.create(properties),
        Remainder.of(kafka),
        analysis,
        application,
        heartbeat,
        System::currentTimeMillis);
  }

  @Override
  public long readUpTo(int partition) {
    askedAt = millis.getAsLong();
    ReadTrail trail = trails.computeIfAbsent(partition, p -> new ReadTrail());
    return millis.getAsLong() < notBefore ? 0 : trail.readUpTo();
  }

  /**
   * Notes that an upload could not be taken, whose sender was told to come back after so many
   * seconds: nothing counts as read until it can have done so, and for ten seconds at least.
   */
  public void uploadRefused(int retrySeconds) {
    waitAtLeast(Math.max(GRACE_MILLIS, retrySeconds * 1_000L + RETURN_MILLIS));
  }

  private synchronized void waitAtLeast(long time) {
    notBefore = Math.max(notBefore, millis.getAsLong() + time);
  }

  private void look() {
    long now = millis.getAsLong();
    if (now - askedAt > ASKED_LATELY_MILLIS || trails.isEmpty()) {
      return;
    }
    try {
      Map<TopicPartition, Long> analysed = committed(analysis);
      Map<TopicPartition, Long> read =
          analysis.equals(application) ? analysed : committed(application);
      Set<Integer> partitions = Set.copyOf(trails.keySet());
      Map<TopicPartition, Long> uploadEnds = ends(UPLOADS, partitions);
      Map<TopicPartition, Long> ends = ends(readTopics, partitions);
      if (now < notBefore) {
        trails.values().forEach(ReadTrail::lost);
      } else if (!heartbeat.isJustBack()) {
        Offsets uploads = new Offsets(passed(analysed, uploadEnds, now), uploadEnds);
        Offsets own = new Offsets(passed(read, ends, now), ends);
        trails.forEach(
            (partition, trail) -> trail.look(now, uploads.of(partition), own.of(partition)));
      }
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      isAway();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      // Thrown on, it would end the schedule, and no timer of an alert would speak again.
      LOG.error("how far was read is looked at again", e);
      isAway();
    }
  }

  private void isAway() {
    waitAtLeast(GRACE_MILLIS);
    trails.values().forEach(ReadTrail::lost);
  }

  private Map<TopicPartition, Long> passed(
      Map<TopicPartition, Long> committed, Map<TopicPartition, Long> ends, long now) {
    Map<TopicPartition, Long> passed = new HashMap<>();
    ends.forEach(
        (partition, end) ->
            passed.put(
                partition,
                remainder.readUpTo(partition, committed.getOrDefault(partition, 0L), end, now)));
    return passed;
  }

  private Map<TopicPartition, Long> committed(String group)
      throws ExecutionException, InterruptedException, TimeoutException {
    Map<TopicPartition, OffsetAndMetadata> offsets =
        admin
            .listConsumerGroupOffsets(group)
            .partitionsToOffsetAndMetadata()
            .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    Map<TopicPartition, Long> committed = new HashMap<>();
    offsets.forEach(
        (partition, offset) -> committed.put(partition, offset == null ? 0 : offset.offset()));
    return committed;
  }

  /** Counts records that are not committed yet: they may say that the wearer has stood up. */
  private Map<TopicPartition, Long> ends(List<Topic> topics, Set<Integer> partitions)
      throws ExecutionException, InterruptedException, TimeoutException {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    for (Topic topic : topics) {
      partitions.forEach(
          partition ->
              asked.put(new TopicPartition(topic.topicName(), partition), OffsetSpec.latest()));
    }
    return admin
        .listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
        .all()
        .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .entrySet()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, end -> end.getValue().offset()));
  }

  @Override
  public void close() {
    watch.shutdownNow();
    try {
      // The consumer of the remainder belongs to the watch.
      if (watch.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        remainder.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    admin.close(Duration.ofSeconds(1));
  }
}
