package io.lumbar.history;

import io.lumbar.history.HistoryStore.Erasure;
import io.lumbar.model.Bout;
import io.lumbar.model.Json;
import io.lumbar.model.KafkaConnection;
import io.lumbar.model.Topic;
import io.lumbar.model.WearerPartitioner;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes tombstones for what is to be gone from the compacted topics, which no retention clears:
 * every record of an erased wearer, and retracted bouts of a forgotten span.
 *
 * <p>Then a mark, because Kafka compacts only what lies before the segment it writes to, and closes
 * that one when the next record comes. Doing it again changes nothing.
 */
final class TopicSweep {
  /** What the keys of marks begin with; no wearer's id does. */
  static final String MARK = "|";

  private static final byte[] MARK_KEY = (MARK + "swept").getBytes(StandardCharsets.UTF_8);

  /** The registry's too: a process that lags may write a record behind the registry's tombstone. */
  private static final List<Topic> COMPACTED =
      List.of(
          Topic.BOUTS, Topic.DAYS, Topic.NIGHTS, Topic.CALIBRATIONS, Topic.WEARERS, Topic.DEVICES);

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final KafkaConnection kafka;

  TopicSweep(KafkaConnection kafka) {
    this.kafka = kafka;
  }

  /**
   * Sweeps the partitions of the wearers concerned.
   *
   * @return how many records got a tombstone
   * @throws KafkaException when the broker does not answer in time
   */
  int sweep(List<Erasure> erasures) throws InterruptedException {
    Map<String, List<Erasure>> byWearer = new HashMap<>();
    erasures.forEach(
        each -> byWearer.computeIfAbsent(each.wearer().value(), w -> new ArrayList<>()).add(each));
    try (KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(
                kafka.consumer(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(
                kafka.producer(), new ByteArraySerializer(), new ByteArraySerializer())) {
      int partitions = consumer.partitionsFor(Topic.BOUTS.topicName(), PATIENCE).size();
      Set<Integer> concerned = new HashSet<>();
      byWearer
          .keySet()
          .forEach(wearer -> concerned.add(WearerPartitioner.partition(wearer, partitions)));
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      Set<TopicKey> doomed = doomed(consumer, concerned, byWearer);
      for (TopicKey each : doomed) {
        sent.add(
            producer.send(
                new ProducerRecord<>(
                    each.topic(), null, each.key().getBytes(StandardCharsets.UTF_8), null)));
      }
      for (Topic topic : COMPACTED) {
        for (int partition : concerned) {
          sent.add(
              producer.send(new ProducerRecord<>(topic.topicName(), partition, MARK_KEY, null)));
        }
      }
      for (Future<RecordMetadata> each : sent) {
        each.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      }
      return doomed.size();
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException("tombstones were not taken", e);
    }
  }

  private record TopicKey(String topic, String key) {}

  private static Set<TopicKey> doomed(
      KafkaConsumer<byte[], byte[]> consumer,
      Set<Integer> partitions,
      Map<String, List<Erasure>> erasures) {
    List<TopicPartition> all = new ArrayList<>();
    for (Topic topic : COMPACTED) {
      partitions.forEach(each -> all.add(new TopicPartition(topic.topicName(), each)));
    }
    consumer.assign(all);
    consumer.seekToBeginning(all);
    Map<TopicPartition, Long> ends = consumer.endOffsets(all, PATIENCE);
    Set<TopicKey> doomed = new HashSet<>();
    long deadline = System.nanoTime() + Duration.ofMinutes(10).toNanos();
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey(), PATIENCE) < end.getValue())) {
      if (System.nanoTime() > deadline) {
        throw new KafkaException("the topics could not be read within ten minutes");
      }
      ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofMillis(200));
      for (ConsumerRecord<byte[], byte[]> each : records) {
        look(each, erasures, doomed);
      }
    }
    return doomed;
  }

  private static void look(
      ConsumerRecord<byte[], byte[]> record,
      Map<String, List<Erasure>> erasures,
      Set<TopicKey> doomed) {
    if (record.key() == null) {
      return;
    }
    String key = new String(record.key(), StandardCharsets.UTF_8);
    List<Erasure> concerning = erasures.get(WearerPartitioner.wearer(key));
    if (concerning == null) {
      return;
    }
    TopicKey place = new TopicKey(record.topic(), key);
    // Of the records of a key, the last one counts.
    if (record.value() != null && concerning.stream().anyMatch(each -> takes(each, record))) {
      doomed.add(place);
    } else {
      doomed.remove(place);
    }
  }

  private static boolean takes(Erasure erasure, ConsumerRecord<byte[], byte[]> record) {
    if (erasure.whole()) {
      return true;
    }
    if (!record.topic().equals(Topic.BOUTS.topicName())) {
      return false;
    }
    try {
      Bout bout = Json.read(record.value(), Bout.class);
      return bout.retracted() && erasure.covers(bout.from());
    } catch (SerializationException e) {
      return false;
    }
  }
}
