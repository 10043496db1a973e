package io.lumbar.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Creates the topics that are missing and checks those that exist. */
public final class TopicSetup {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final List<String> RETAINING =
      List.of("retention.ms", "segment.ms", "delete.retention.ms");

  private TopicSetup() {}

  /** What set-up found. */
  public sealed interface Outcome {
    /**
     * All topics are there, with this many partitions each.
     *
     * @param differing settings of retention that the broker does not let us bring about, each as a
     *     sentence
     */
    record Ready(int partitions, int created, List<String> differing) implements Outcome {}

    /** The topics on the broker do not fit; each line says which, what, and what to do. */
    record Refused(List<String> reasons) implements Outcome {}
  }

  /**
   * Creates and checks all topics; several processes may do so at once. When it returns, the
   * partitions of new topics take records.
   *
   * @param partitions of each topic that has to be created; existing topics must agree among each
   *     other and win over this number
   * @throws IllegalStateException when the broker does not answer within 30 s
   */
  public static Outcome run(Admin admin, int partitions, short replication, boolean capped) {
    return run(admin, partitions, replication, capped, Map.of());
  }

  /**
   * The same with other retentions than the default; those of topics that exist are changed too.
   *
   * @param kept how long records of a topic are kept, where that is not the default
   */
  public static Outcome run(
      Admin admin, int partitions, short replication, boolean capped, Map<Topic, Duration> kept) {
    try {
      Set<String> existing = admin.listTopics().names().get(30, TimeUnit.SECONDS);
      List<Topic> present = new ArrayList<>();
      List<Topic> missing = new ArrayList<>();
      for (Topic topic : Topic.values()) {
        (existing.contains(topic.topicName()) ? present : missing).add(topic);
      }
      int count = present.isEmpty() ? partitions : partitionsOf(admin, present.get(0));
      create(admin, missing, count, replication, capped, kept);
      List<String> differing = retain(admin, present, kept);
      Outcome outcome = checkOnceKnown(admin, count, missing.size(), differing);
      if (outcome instanceof Outcome.Ready) {
        awaitLeaders(admin, missing, count);
      }
      return outcome;
    } catch (ExecutionException e) {
      throw new IllegalStateException("Kafka refused the topic set-up: " + e.getCause(), e);
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "Kafka did not answer within " + TIMEOUT.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while setting up topics", e);
    }
  }

  /** How long a topic keeps records; that of wearers goes by the one that keeps them longest. */
  private static Duration retention(Topic topic, Map<Topic, Duration> kept) {
    if (topic != Topic.WEARERS) {
      return kept.getOrDefault(topic, topic.retention());
    }
    Duration longest = Duration.ZERO;
    for (Topic each : Topic.values()) {
      Duration other = kept.getOrDefault(each, each.retention());
      longest = other.compareTo(longest) > 0 ? other : longest;
    }
    return longest;
  }

  private static int partitionsOf(Admin admin, Topic topic)
      throws ExecutionException, InterruptedException, TimeoutException {
    return admin
        .describeTopics(List.of(topic.topicName()))
        .allTopicNames()
        .get(30, TimeUnit.SECONDS)
        .values()
        .iterator()
        .next()
        .partitions()
        .size();
  }

  private static void create(
      Admin admin,
      List<Topic> missing,
      int partitions,
      short replication,
      boolean capped,
      Map<Topic, Duration> kept)
      throws ExecutionException, InterruptedException, TimeoutException {
    List<NewTopic> wanted = new ArrayList<>();
    for (Topic topic : missing) {
      wanted.add(
          new NewTopic(topic.topicName(), partitions, replication)
              .configs(topic.config(partitions, capped, retention(topic, kept))));
    }
    for (var result : admin.createTopics(wanted).values().values()) {
      try {
        result.get(30, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw e;
        }
      }
    }
  }

  /**
   * Brings topics of an earlier start to what is kept now, where that differs.
   *
   * @return what differs still, because we are not allowed to alter it
   */
  private static List<String> retain(Admin admin, List<Topic> present, Map<Topic, Duration> kept)
      throws ExecutionException, InterruptedException, TimeoutException {
    List<ConfigResource> resources =
        present.stream()
            .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic.topicName()))
            .toList();
    var actual = admin.describeConfigs(resources).all().get(30, TimeUnit.SECONDS);
    Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
    actual.forEach(
        (resource, config) -> {
          Topic topic = Topic.named(resource.name());
          Map<String, String> wanted = topic.config(1, false, retention(topic, kept));
          List<AlterConfigOp> ops = new ArrayList<>();
          for (String name : RETAINING) {
            String value = wanted.get(name);
            String before = value(config, name);
            if (value != null && before != null && !value.equals(before)) {
              ops.add(new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET));
            }
          }
          if (!ops.isEmpty()) {
            changes.put(resource, ops);
          }
        });
    List<String> differing = new ArrayList<>();
    for (var change : changes.entrySet()) {
      try {
        admin
            .incrementalAlterConfigs(Map.of(change.getKey(), change.getValue()))
            .all()
            .get(30, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof AuthorizationException)) {
          throw e;
        }
        for (AlterConfigOp op : change.getValue()) {
          differing.add(
              "topic %s should have %s=%s, which we are not allowed to set"
                  .formatted(
                      change.getKey().name(), op.configEntry().name(), op.configEntry().value()));
        }
      }
    }
    return differing;
  }

  private static @Nullable String value(Config config, String name) {
    ConfigEntry entry = config.get(name);
    return entry == null ? null : entry.value();
  }

  /** A broker acknowledges a new topic some moments before it answers for it. */
  private static Outcome checkOnceKnown(
      Admin admin, int partitions, int created, List<String> differing)
      throws ExecutionException, InterruptedException, TimeoutException {
    long end = System.nanoTime() + TIMEOUT.toNanos();
    while (true) {
      try {
        return check(admin, partitions, created, differing);
      } catch (ExecutionException e) {
        boolean notYet = e.getCause() instanceof UnknownTopicOrPartitionException;
        if (!notYet || System.nanoTime() - end > 0) {
          throw e;
        }
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
  }

  /**
   * Waits until each partition's leader has it. A producer that is earlier may lose what it sent
   * first: with that refused and the next request in flight taken, the broker no longer accepts the
   * first one's sequence numbers (KAFKA-15591).
   */
  private static void awaitLeaders(Admin admin, List<Topic> created, int partitions)
      throws ExecutionException, InterruptedException, TimeoutException {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    for (Topic topic : created) {
      for (int i = 0; i < partitions; i++) {
        ends.put(new TopicPartition(topic.topicName(), i), OffsetSpec.latest());
      }
    }
    // Only a leader answers this; the client asks again until one does.
    admin.listOffsets(ends).all().get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
  }

  private static Outcome check(Admin admin, int partitions, int created, List<String> differing)
      throws ExecutionException, InterruptedException, TimeoutException {
    List<String> names = new ArrayList<>();
    List<ConfigResource> resources = new ArrayList<>();
    for (Topic topic : Topic.values()) {
      names.add(topic.topicName());
      resources.add(new ConfigResource(ConfigResource.Type.TOPIC, topic.topicName()));
    }
    List<String> reasons = new ArrayList<>();
    var descriptions = admin.describeTopics(names).allTopicNames().get(30, TimeUnit.SECONDS);
    for (TopicDescription description : descriptions.values()) {
      int actual = description.partitions().size();
      if (actual != partitions) {
        reasons.add(
            "topic %s has %d partitions, the others have %d; all must agree: recreate it with %d"
                .formatted(description.name(), actual, partitions, partitions));
      }
    }
    var configs = admin.describeConfigs(resources).all().get(30, TimeUnit.SECONDS);
    configs.forEach(
        (resource, config) -> {
          boolean compacted = Topic.named(resource.name()).isCompacted();
          expect(reasons, resource.name(), config, "message.timestamp.type", "LogAppendTime");
          expect(
              reasons, resource.name(), config, "cleanup.policy", compacted ? "compact" : "delete");
        });
    return reasons.isEmpty()
        ? new Outcome.Ready(partitions, created, differing)
        : new Outcome.Refused(reasons);
  }

  private static void expect(
      List<String> reasons, String topic, Config config, String key, String expected) {
    String actual = value(config, key);
    if (!expected.equals(actual)) {
      reasons.add("topic %s has %s=%s; set it to %s".formatted(topic, key, actual, expected));
    }
  }
}
