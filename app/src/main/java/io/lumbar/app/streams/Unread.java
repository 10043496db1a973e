package io.lumbar.app.streams;

import io.lumbar.model.KafkaConnection;
import io.lumbar.model.Topic;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches what a consumer group has not read of some topics: Kafka deletes the oldest of a topic
 * that is larger than its cap or older than its retention, whether it was read or not. Looks once a
 * second while it is asked and every ten seconds otherwise; who asks gets the last look at once.
 * While the broker does not answer the last look stands. Thread-safe.
 */
public final class Unread implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Unread.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final long IDLE_LOOKS = 10;
  private static final double FULL = 0.5;
  private static final double CROWDED = 0.25;

  private final Admin admin;
  private final String group;
  private final List<TopicPartition> partitions;
  private final ScheduledExecutorService looking =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "unread");
            thread.setDaemon(true);
            return thread;
          });
  private Map<TopicPartition, Kept> kept = Map.of();
  private long looks;
  private volatile boolean asked = true;
  private volatile @Nullable String full;
  private volatile @Nullable String crowded;
  private volatile @Nullable String aging;

  /** How much of a topic's cap is unread, and in words which topic that is. */
  private record Filled(double share, String sentence) {
    static final Filled NOTHING = new Filled(0, "");

    @Nullable String from(double least) {
      return share >= least ? sentence : null;
    }
  }

  /** How much and how long a partition is kept, each negative for no bound. */
  private record Kept(long bytes, long millis) {}

  private Unread(Admin admin, String group, List<TopicPartition> partitions) {
    this.admin = admin;
    this.group = group;
    this.partitions = partitions;
  }

  /**
   * Watches all partitions of some topics.
   *
   * @param group who reads them
   */
  public static Unread watch(
      KafkaConnection kafka, String group, Collection<Topic> topics, int partitions) {
    Map<String, Object> properties = new HashMap<>(kafka.client());
    properties.put("request.timeout.ms", "1500");
    properties.put("default.api.timeout.ms", "1500");
    List<TopicPartition> all =
        topics.stream()
            .flatMap(
                topic ->
                    Stream.iterate(0, i -> i < partitions, i -> i + 1)
                        .map(i -> new TopicPartition(topic.topicName(), i)))
            .toList();
    Unread unread = new Unread(Admin.create(properties), group, all);
    ScheduledFuture<?> unused =
        unread.looking.scheduleWithFixedDelay(unread::lookSafely, 0, 1, TimeUnit.SECONDS);
    return unread;
  }

  /** Why nothing more should be written: what is unread fills half of what is kept of a topic. */
  public Optional<String> full() {
    asked = true;
    return Optional.ofNullable(full);
  }

  /**
   * Why nothing more should be written that can wait: what is unread fills a quarter of what is
   * kept of a topic. So there is room for what cannot wait, however fast the rest could come.
   */
  public Optional<String> crowded() {
    asked = true;
    return Optional.ofNullable(crowded);
  }

  /** That something unread has been there for three quarters of the time for which it is kept. */
  public Optional<String> aging() {
    return Optional.ofNullable(aging);
  }

  private void lookSafely() {
    boolean idle = !asked && full == null;
    long number = looks++;
    if (idle && number % IDLE_LOOKS != 0) {
      return;
    }
    asked = false;
    try {
      look(number % IDLE_LOOKS == 0);
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      LOG.debug("nobody says what is unread", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("what is unread is looked at again", e);
    }
  }

  private void look(boolean inDepth)
      throws ExecutionException, InterruptedException, TimeoutException {
    if (kept.isEmpty() || inDepth) {
      kept = kept();
    }
    boolean capped = kept.values().stream().anyMatch(each -> each.bytes() > 0);
    if (!capped && !inDepth) {
      return;
    }
    Map<TopicPartition, Long> read = committed();
    Map<TopicPartition, Long> ends = offsets(partition -> OffsetSpec.latest());
    Map<TopicPartition, Long> starts = offsets(partition -> OffsetSpec.earliest());
    if (capped) {
      Filled fullest = fullest(starts, read, ends);
      full = fullest.from(FULL);
      crowded = fullest.from(CROWDED);
    }
    if (inDepth) {
      aging = oldest(starts, read, ends);
    }
  }

  private Filled fullest(
      Map<TopicPartition, Long> starts,
      Map<TopicPartition, Long> read,
      Map<TopicPartition, Long> ends)
      throws ExecutionException, InterruptedException, TimeoutException {
    Map<TopicPartition, Long> sizes = sizes();
    Filled fullest = Filled.NOTHING;
    for (TopicPartition each : partitions) {
      long start = starts.getOrDefault(each, 0L);
      long end = ends.getOrDefault(each, 0L);
      long unread = end - Math.max(start, read.getOrDefault(each, 0L));
      double bytes = (double) sizes.getOrDefault(each, 0L) * unread / Math.max(1, end - start);
      long cap = kept.getOrDefault(each, new Kept(-1, -1)).bytes();
      if (cap > 0 && bytes / cap > fullest.share()) {
        fullest =
            new Filled(
                bytes / cap,
                "the analysis is too far behind with what came before (%s)"
                    .formatted(Topic.named(each.topic()).kind()));
      }
    }
    return fullest;
  }

  private @Nullable String oldest(
      Map<TopicPartition, Long> starts,
      Map<TopicPartition, Long> read,
      Map<TopicPartition, Long> ends)
      throws ExecutionException, InterruptedException, TimeoutException {
    long now = System.currentTimeMillis();
    Map<TopicPartition, Long> young =
        offsets(
            partition -> {
              long millis = kept.getOrDefault(partition, new Kept(-1, -1)).millis();
              return millis <= 0
                  ? OffsetSpec.earliest()
                  : OffsetSpec.forTimestamp(now - millis / 4 * 3);
            });
    for (TopicPartition each : partitions) {
      long end = ends.getOrDefault(each, 0L);
      long firstYoung = young.getOrDefault(each, 0L);
      // Without a younger record there is no answer.
      long oldUpTo = firstYoung < 0 ? end : firstYoung;
      if (Math.max(starts.getOrDefault(each, 0L), read.getOrDefault(each, 0L)) < oldUpTo) {
        return "what came in %s is deleted before long, and was not analysed yet"
            .formatted(Topic.named(each.topic()).kind());
      }
    }
    return null;
  }

  private Map<TopicPartition, Kept> kept()
      throws ExecutionException, InterruptedException, TimeoutException {
    Map<String, ConfigResource> resources =
        partitions.stream()
            .map(TopicPartition::topic)
            .distinct()
            .collect(
                Collectors.toMap(
                    Function.identity(), t -> new ConfigResource(ConfigResource.Type.TOPIC, t)));
    Map<ConfigResource, Config> configs = answer(admin.describeConfigs(resources.values()).all());
    Map<TopicPartition, Kept> found = new HashMap<>();
    for (TopicPartition each : partitions) {
      Config config = configs.get(resources.get(each.topic()));
      if (config != null) {
        found.put(
            each, new Kept(number(config, "retention.bytes"), number(config, "retention.ms")));
      }
    }
    return found;
  }

  private static long number(Config config, String name) {
    return Long.parseLong(config.get(name).value());
  }

  private Map<TopicPartition, Long> committed()
      throws ExecutionException, InterruptedException, TimeoutException {
    Map<TopicPartition, Long> committed = new HashMap<>();
    Map<TopicPartition, OffsetAndMetadata> offsets =
        answer(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    offsets.forEach(
        (partition, offset) -> committed.put(partition, offset == null ? 0 : offset.offset()));
    return committed;
  }

  private Map<TopicPartition, Long> offsets(Function<TopicPartition, OffsetSpec> which)
      throws ExecutionException, InterruptedException, TimeoutException {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    answer(
            admin
                .listOffsets(
                    partitions.stream().collect(Collectors.toMap(Function.identity(), which)))
                .all())
        .forEach((partition, found) -> offsets.put(partition, found.offset()));
    return offsets;
  }

  /** Bytes of each partition, of the copy that has most. */
  private Map<TopicPartition, Long> sizes()
      throws ExecutionException, InterruptedException, TimeoutException {
    List<Integer> brokers =
        answer(admin.describeCluster().nodes()).stream().map(node -> node.id()).toList();
    Map<TopicPartition, Long> sizes = new HashMap<>();
    for (Map<String, LogDirDescription> folders :
        answer(admin.describeLogDirs(brokers).allDescriptions()).values()) {
      for (LogDirDescription folder : folders.values()) {
        folder
            .replicaInfos()
            .forEach((partition, replica) -> sizes.merge(partition, replica.size(), Math::max));
      }
    }
    return sizes;
  }

  private static <T> T answer(KafkaFuture<T> future)
      throws ExecutionException, InterruptedException, TimeoutException {
    return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    looking.shutdownNow();
    admin.close(Duration.ofSeconds(1));
  }
}
