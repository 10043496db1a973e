package io.lumbar.reports;

import io.lumbar.model.KafkaConnection;
import io.lumbar.model.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that reads some topics as they grow: one consumer without a group over all partitions,
 * because every web instance shows everything.
 */
final class TopicTail implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TopicTail.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Consumer<byte[], byte[]> consumer;
  private final Reader reader;
  private final Thread thread;
  private final Object progress = new Object();
  private final Map<TopicPartition, Long> taken = new HashMap<>();
  private final Supplier<Consumer<byte[], byte[]>> clients;
  private @Nullable Consumer<byte[], byte[]> ender;
  private volatile boolean closing;

  /** What becomes of the records. */
  interface Reader {
    /** Takes one record; called in order of its partition. */
    void take(Topic topic, ConsumerRecord<byte[], byte[]> next);

    /** Called after each poll, at least once a second while the broker answers. */
    default void polled() {}
  }

  /**
   * Where to read and from when on.
   *
   * @param end topics to read from their end
   * @param back topics to read from what was appended since {@code since}
   */
  record Start(Set<Topic> end, Set<Topic> back, Instant since) {}

  private TopicTail(Supplier<Consumer<byte[], byte[]>> clients, String name, Reader reader) {
    this.clients = clients;
    this.consumer = clients.get();
    this.reader = reader;
    thread = new Thread(this::run, name);
  }

  /**
   * Starts the thread; whatever is committed after this returns is read.
   *
   * @param name of the thread, and of the client on the broker
   * @param settings of the consumer beside those of every consumer
   * @throws KafkaException when the broker does not answer
   */
  static TopicTail start(
      KafkaConnection kafka,
      String name,
      Map<String, Object> settings,
      Start start,
      Reader reader) {
    Map<String, Object> properties = kafka.consumer();
    properties.put("client.id", "lumbar-" + name);
    properties.put("auto.offset.reset", "latest");
    properties.putAll(settings);
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    TopicTail tail =
        new TopicTail(() -> new KafkaConsumer<>(properties, bytes, bytes), name, reader);
    try {
      tail.assign(start);
      tail.noteTaken();
    } catch (KafkaException e) {
      tail.consumer.close();
      throw e;
    }
    tail.thread.setDaemon(true);
    tail.thread.start();
    return tail;
  }

  boolean isAlive() {
    return thread.isAlive();
  }

  /**
   * Waits until all is taken that was committed before this was called.
   *
   * @return false when that takes longer than {@code most}, or the broker does not say where the
   *     end is
   */
  boolean awaitEnd(Duration most) {
    long deadline = System.nanoTime() + most.toNanos();
    try {
      Map<TopicPartition, Long> ends = ends(most);
      synchronized (progress) {
        while (!ends.entrySet().stream()
            .allMatch(end -> taken.getOrDefault(end.getKey(), 0L) >= end.getValue())) {
          long left = deadline - System.nanoTime();
          if (left <= 0) {
            return false;
          }
          TimeUnit.NANOSECONDS.timedWait(progress, left);
        }
      }
      return true;
    } catch (KafkaException e) {
      LOG.warn("{} cannot tell whether it is up to date: {}", thread.getName(), e.toString());
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Asked by a client of its own, because a consumer belongs to one thread. */
  private Map<TopicPartition, Long> ends(Duration most) {
    Set<TopicPartition> read;
    synchronized (progress) {
      read = Set.copyOf(taken.keySet());
    }
    synchronized (clients) {
      if (closing) {
        return Map.of();
      }
      if (ender == null) {
        ender = clients.get();
      }
      return ender.endOffsets(read, most);
    }
  }

  private void noteTaken() {
    synchronized (progress) {
      consumer.assignment().forEach(each -> taken.put(each, consumer.position(each)));
      progress.notifyAll();
    }
  }

  private void assign(Start start) {
    List<TopicPartition> all = partitions(start.end());
    List<TopicPartition> back = partitions(start.back());
    all.addAll(back);
    consumer.assign(all);
    Map<TopicPartition, Long> ends = consumer.endOffsets(all);
    ends.forEach(consumer::seek);
    Map<TopicPartition, Long> times = new HashMap<>();
    back.forEach(partition -> times.put(partition, start.since().toEpochMilli()));
    for (Map.Entry<TopicPartition, OffsetAndTimestamp> found :
        consumer.offsetsForTimes(times).entrySet()) {
      if (found.getValue() != null) {
        consumer.seek(found.getKey(), found.getValue().offset());
      }
    }
  }

  private List<TopicPartition> partitions(Set<Topic> topics) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (Topic topic : topics) {
      for (PartitionInfo info : consumer.partitionsFor(topic.topicName())) {
        partitions.add(new TopicPartition(info.topic(), info.partition()));
      }
    }
    return partitions;
  }

  private void run() {
    while (!closing) {
      try {
        for (ConsumerRecord<byte[], byte[]> next : consumer.poll(POLL)) {
          take(next);
        }
        noteTaken();
        reader.polled();
      } catch (KafkaException e) {
        recover(e);
      }
    }
    consumer.close();
  }

  /** One record that cannot be used must not end the reading of all others. */
  private void take(ConsumerRecord<byte[], byte[]> next) {
    try {
      reader.take(Topic.named(next.topic()), next);
    } catch (KafkaException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error(
          "{} goes on behind {}-{}@{}",
          thread.getName(),
          next.topic(),
          next.partition(),
          next.offset(),
          e);
    }
  }

  // The client copes by itself with a broker that is away, and closing wakes it on purpose; this is
  // about the rest, such as a topic made anew. Going on beats a page that stands still.
  private void recover(KafkaException failure) {
    if (!closing) {
      LOG.warn("{} cannot read: {}; trying again", thread.getName(), failure.toString());
      pause();
    }
  }

  private void pause() {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      closing = true;
    }
  }

  @Override
  public void close() {
    closing = true;
    consumer.wakeup();
    try {
      thread.join(Duration.ofSeconds(5).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (clients) {
      if (ender != null) {
        ender.close();
      }
    }
  }
}
