package io.lumbar.reports.schedule;

import io.lumbar.model.KafkaConnection;
import io.lumbar.model.Topic;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerPartitioner;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which wearers' reports this process hands over, when several could: those in the partitions that
 * Kafka gives it as a member of a group. While Kafka is away, nobody's.
 */
public final class WearerShare implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WearerShare.class);
  private static final String GROUP = "lumbar-reports";
  private static final Duration POLL = Duration.ofSeconds(1);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Set<Integer> mine = ConcurrentHashMap.newKeySet();
  private final Thread thread = new Thread(this::run, "report-share");
  private volatile int partitions;
  private volatile boolean closing;

  private WearerShare(KafkaConsumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
    thread.setDaemon(true);
  }

  /** Joins the group and stays until closed. */
  public static WearerShare join(KafkaConnection kafka) {
    Map<String, Object> properties = new HashMap<>(kafka.consumer());
    properties.put("group.id", GROUP);
    properties.put("auto.offset.reset", "latest");
    properties.put("session.timeout.ms", "6000");
    properties.put("heartbeat.interval.ms", "2000");
    WearerShare share =
        new WearerShare(
            new KafkaConsumer<>(
                properties, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
    share.thread.start();
    return share;
  }

  /** Whether a wearer is among them at the moment. */
  public boolean has(WearerId wearer) {
    int count = partitions;
    return count > 0 && mine.contains(WearerPartitioner.partition(wearer.value(), count));
  }

  private void run() {
    try (consumer) {
      while (!closing) {
        try {
          follow();
        } catch (WakeupException e) {
          return;
        } catch (KafkaException e) {
          LOG.warn("who hands reports over is not known at the moment: {}", e.getMessage());
          mine.clear();
          Thread.sleep(POLL.toMillis());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow() {
    // Who stays subscribed after a failure keeps what was assigned and is not told of it again.
    consumer.unsubscribe();
    partitions = consumer.partitionsFor(Topic.WEARERS.topicName()).size();
    consumer.subscribe(Set.of(Topic.WEARERS.topicName()), new Keeping());
    while (!closing) {
      // What comes is of no interest; polling keeps the membership.
      consumer.poll(POLL);
    }
  }

  private final class Keeping implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
      assigned.forEach(each -> mine.add(each.partition()));
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
      revoked.forEach(each -> mine.remove(each.partition()));
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> lost) {
      onPartitionsRevoked(lost);
    }
  }

  @Override
  public void close() {
    closing = true;
    consumer.wakeup();
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
