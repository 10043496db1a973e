package io.lumbar.history;

import static java.util.Objects.requireNonNull;

import io.lumbar.history.HistoryStore.Erasure;
import io.lumbar.model.Barrier;
import io.lumbar.model.Bout;
import io.lumbar.model.CalibrationResult;
import io.lumbar.model.DaySummary;
import io.lumbar.model.ForgottenDates;
import io.lumbar.model.Json;
import io.lumbar.model.KafkaConnection;
import io.lumbar.model.NightSummary;
import io.lumbar.model.Topic;
import io.lumbar.model.WearerPartitioner;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes tombstones for what is to be gone from the compacted topics, which no retention clears:
 * every record of an erased wearer; of a forgotten span its bouts, those after the word aside, and
 * the days and nights that analytics says it cannot sum anew.
 *
 * <p>Then a mark, because Kafka compacts only what lies before the segment it writes to, and closes
 * that one when the next record comes. Doing it again changes nothing.
 */
final class TopicSweep implements HistoryKeeper.Topics {
  /** What the keys of marks begin with; no wearer's id does. */
  static final String MARK = "|";

  private static final byte[] MARK_KEY = (MARK + "swept").getBytes(StandardCharsets.UTF_8);

  /** The registry's too: a process that lags may write a record behind the registry's tombstone. */
  private static final List<Topic> COMPACTED =
      List.of(
          Topic.BOUTS, Topic.DAYS, Topic.NIGHTS, Topic.CALIBRATIONS, Topic.WEARERS, Topic.DEVICES);

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Erasures wait no longer than this for what is merely old, of which there may be years. */
  private static final Duration SLICE = Duration.ofMinutes(1);

  /** By then every history has read which dates went. */
  private static final Duration READ_BY_ALL = Duration.ofDays(7);

  /** So far from its noon in UTC a day or the night that ends on it reaches at most. */
  private static final Duration AROUND = Duration.ofDays(3);

  private static final Logger LOG = LoggerFactory.getLogger(TopicSweep.class);

  private final KafkaConnection kafka;

  /** Where the next slice goes on; empty between one way through the topics and the next. */
  private final Map<TopicPartition, Long> reached = new HashMap<>();

  TopicSweep(KafkaConnection kafka) {
    this.kafka = kafka;
  }

  /**
   * Sweeps the partitions of the wearers concerned.
   *
   * @return how many records got a tombstone
   * @throws KafkaException when the broker does not answer in time
   */
  @Override
  public int sweep(List<Erasure> erasures, Instant now) throws InterruptedException {
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
      Set<TopicKey> doomed =
          doomed(consumer, concerned, new Look(byWearer, now.minus(READ_BY_ALL)));
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

  /**
   * Writes tombstones for what was measured before an instant, and was written before it too: what
   * came late goes so much later, unless an older record of its key is still there. No more than
   * the settings keep in the history is kept in topics. Ends after a minute, and goes on from there
   * when it is called again. Not thread-safe.
   *
   * @param bouts those that began before it; null to leave them
   * @param dates days and nights before it; null to leave them
   * @throws KafkaException when the broker does not answer in time
   */
  @Override
  public Expired expire(@Nullable Instant bouts, @Nullable LocalDate dates)
      throws InterruptedException {
    Map<Topic, Instant> before = new EnumMap<>(Topic.class);
    if (bouts != null) {
      before.put(Topic.BOUTS, bouts);
    }
    if (dates != null) {
      Instant midnight = dates.atStartOfDay(ZoneOffset.UTC).toInstant();
      before.put(Topic.DAYS, midnight);
      before.put(Topic.NIGHTS, midnight);
    }
    long deadline = System.nanoTime() + SLICE.toNanos();
    int count = 0;
    try (KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(
                kafka.consumer(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(
                kafka.producer(), new ByteArraySerializer(), new ByteArraySerializer())) {
      for (Map.Entry<Topic, Instant> each : before.entrySet()) {
        for (PartitionInfo partition :
            consumer.partitionsFor(each.getKey().topicName(), PATIENCE)) {
          Expired one =
              expire(
                  each.getKey(),
                  partition.partition(),
                  each.getValue(),
                  consumer,
                  producer,
                  deadline);
          count += one.records();
          if (one.more()) {
            return new Expired(count, true);
          }
        }
      }
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException("tombstones were not taken", e);
    }
    reached.clear();
    return new Expired(count, false);
  }

  private Expired expire(
      Topic topic,
      int partition,
      Instant before,
      KafkaConsumer<byte[], byte[]> consumer,
      KafkaProducer<byte[], byte[]> producer,
      long deadline)
      throws InterruptedException, ExecutionException, TimeoutException {
    TopicPartition place = new TopicPartition(topic.topicName(), partition);
    List<TopicPartition> one = List.of(place);
    consumer.assign(one);
    Long start = reached.get(place);
    if (start == null) {
      consumer.seekToBeginning(one);
    } else {
      consumer.seek(place, start);
    }
    OffsetAndTimestamp younger =
        consumer.offsetsForTimes(Map.of(place, before.toEpochMilli()), PATIENCE).get(place);
    long end =
        younger == null
            ? requireNonNull(consumer.endOffsets(one, PATIENCE).get(place))
            : younger.offset();
    int count = 0;
    long at = consumer.position(place, PATIENCE);
    long moved = System.nanoTime();
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    while (at < end && System.nanoTime() < deadline) {
      for (ConsumerRecord<byte[], byte[]> each : consumer.poll(Duration.ofMillis(200))) {
        if (each.offset() < end && isOver(topic, each, before)) {
          sent.add(
              producer.send(new ProducerRecord<>(topic.topicName(), partition, each.key(), null)));
        }
      }
      count += settled(sent);
      long now = consumer.position(place, PATIENCE);
      if (now > at) {
        at = now;
        moved = System.nanoTime();
      } else if (System.nanoTime() - moved > PATIENCE.toNanos()) {
        throw new KafkaException(place + " cannot be read at the moment");
      }
      reached.put(place, at);
    }
    if (count > 0) {
      sent.add(producer.send(new ProducerRecord<>(topic.topicName(), partition, MARK_KEY, null)));
      int unused = settled(sent);
    }
    return new Expired(count, at < end);
  }

  private static int settled(List<Future<RecordMetadata>> sent)
      throws InterruptedException, ExecutionException, TimeoutException {
    for (Future<RecordMetadata> each : sent) {
      each.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
    int count = sent.size();
    sent.clear();
    return count;
  }

  private static boolean isOver(
      Topic topic, ConsumerRecord<byte[], byte[]> record, Instant before) {
    if (record.key() == null || record.value() == null) {
      return false;
    }
    String key = new String(record.key(), StandardCharsets.UTF_8);
    String name = key.substring(key.lastIndexOf('|') + 1);
    if (key.startsWith(MARK) || ForgottenDates.isKey(key) || name.equals(Barrier.KEY)) {
      return false;
    }
    try {
      return topic == Topic.BOUTS
          ? Json.read(record.value(), Bout.class).from().isBefore(before)
          : LocalDate.parse(name).isBefore(LocalDate.ofInstant(before, ZoneOffset.UTC));
    } catch (SerializationException | DateTimeException e) {
      LOG.debug("{} at {} is not readable", record.topic(), record.offset());
      return false;
    }
  }

  private record TopicKey(String topic, String key) {
    boolean isOfDates() {
      return topic.equals(Topic.DAYS.topicName()) || topic.equals(Topic.NIGHTS.topicName());
    }
  }

  private static Set<TopicKey> doomed(
      KafkaConsumer<byte[], byte[]> consumer, Set<Integer> partitions, Look look) {
    List<TopicPartition> all = new ArrayList<>();
    for (Topic topic : COMPACTED) {
      partitions.forEach(each -> all.add(new TopicPartition(topic.topicName(), each)));
    }
    readWhole(consumer, all, look::at);
    return look.doomed;
  }

  private static void readWhole(
      KafkaConsumer<byte[], byte[]> consumer,
      List<TopicPartition> partitions,
      Consumer<ConsumerRecord<byte[], byte[]>> taker) {
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, PATIENCE);
    long deadline = System.nanoTime() + Duration.ofMinutes(10).toNanos();
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey(), PATIENCE) < end.getValue())) {
      if (System.nanoTime() > deadline) {
        throw new KafkaException("the topics could not be read within ten minutes");
      }
      ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofMillis(200));
      for (ConsumerRecord<byte[], byte[]> each : records) {
        taker.accept(each);
      }
    }
  }

  /**
   * Writes tombstones for what came of calibrations whose poses were all held before an instant and
   * that was written before it. Of the records of a sensor the last one counts, so that the topic,
   * which is small, is read whole.
   *
   * @return how many records got a tombstone
   * @throws KafkaException when the broker does not answer in time
   */
  @Override
  public int expireCalibrations(Instant before) throws InterruptedException {
    String topic = Topic.CALIBRATIONS.topicName();
    try (KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(
                kafka.consumer(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(
                kafka.producer(), new ByteArraySerializer(), new ByteArraySerializer())) {
      List<TopicPartition> all =
          consumer.partitionsFor(topic, PATIENCE).stream()
              .map(each -> new TopicPartition(topic, each.partition()))
              .toList();
      Map<String, Integer> over = new HashMap<>();
      readWhole(
          consumer,
          all,
          each -> {
            if (each.key() != null) {
              String key = new String(each.key(), StandardCharsets.UTF_8);
              if (isOver(key, each, before)) {
                over.put(key, each.partition());
              } else {
                over.remove(key);
              }
            }
          });
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      over.forEach(
          (key, partition) ->
              sent.add(
                  producer.send(
                      new ProducerRecord<>(
                          topic, partition, key.getBytes(StandardCharsets.UTF_8), null))));
      int count = settled(sent);
      for (int partition : new HashSet<>(over.values())) {
        sent.add(producer.send(new ProducerRecord<>(topic, partition, MARK_KEY, null)));
      }
      int unused = settled(sent);
      return count;
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException("tombstones were not taken", e);
    }
  }

  private static boolean isOver(String key, ConsumerRecord<byte[], byte[]> record, Instant before) {
    if (key.startsWith(MARK)
        || record.value() == null
        || !Instant.ofEpochMilli(record.timestamp()).isBefore(before)) {
      return false;
    }
    try {
      return Json.read(record.value(), CalibrationResult.class).isBefore(before);
    } catch (SerializationException e) {
      LOG.debug("{} at {} is not readable", record.topic(), record.offset());
      return false;
    }
  }

  /** What was seen on a way through the topics. */
  private static final class Look {
    private final Map<String, List<Erasure>> erasures;
    private final Instant readByAll;
    private final Set<TopicKey> doomed = new HashSet<>();

    /** The last record of each date around a span. */
    private final Map<TopicKey, byte[]> dated = new HashMap<>();

    Look(Map<String, List<Erasure>> erasures, Instant readByAll) {
      this.erasures = erasures;
      this.readByAll = readByAll;
    }

    void at(ConsumerRecord<byte[], byte[]> record) {
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
      doomed.remove(place);
      dated.remove(place);
      if (record.value() == null) {
        return;
      }
      boolean takes = false;
      for (Erasure erasure : concerning) {
        takes |= erasure.whole() || takes(erasure, place, record);
      }
      if (takes) {
        doomed.add(place);
      }
    }

    private boolean takes(Erasure erasure, TopicKey place, ConsumerRecord<byte[], byte[]> record) {
      try {
        if (record.topic().equals(Topic.BOUTS.topicName())) {
          Bout bout = Json.read(record.value(), Bout.class);
          return erasure.covers(bout.from())
              && (bout.retracted()
                  || Instant.ofEpochMilli(record.timestamp()).isBefore(erasure.at()));
        }
        if (place.isOfDates()) {
          return takesOfDates(erasure, place, record);
        }
      } catch (SerializationException e) {
        LOG.debug("{} at {} is not readable", record.topic(), record.offset());
      }
      return false;
    }

    private boolean takesOfDates(
        Erasure erasure, TopicKey place, ConsumerRecord<byte[], byte[]> record) {
      if (!ForgottenDates.isKey(place.key())) {
        if (!isAround(erasure, place)) {
          return false;
        }
        dated.put(place, record.value());
        return place.topic().equals(Topic.NIGHTS.topicName())
            && isTakenBack(erasure, Json.read(record.value(), NightSummary.class));
      }
      ForgottenDates lost = Json.read(record.value(), ForgottenDates.class);
      if (!erasure.covers(lost.from())) {
        return false;
      }
      dated.forEach(
          (other, value) -> {
            if (other.topic().equals(place.topic()) && takes(lost, other, value)) {
              doomed.add(other);
            }
          });
      return Instant.ofEpochMilli(record.timestamp()).isBefore(readByAll);
    }

    /** A night that is retracted still says in its topic what it was. */
    private static boolean isTakenBack(Erasure erasure, NightSummary night) {
      Instant from = erasure.from();
      Instant to = erasure.to();
      return night.retracted()
          && from != null
          && to != null
          && new ForgottenDates(night.wearer(), from, to, List.of(night.date())).takes(night);
    }

    private static boolean isAround(Erasure erasure, TopicKey place) {
      String date = place.key().substring(place.key().indexOf('|') + 1);
      try {
        Instant noon = LocalDate.parse(date).atTime(12, 0).toInstant(ZoneOffset.UTC);
        return erasure.from() != null
            && erasure.to() != null
            && noon.isAfter(erasure.from().minus(AROUND))
            && noon.isBefore(erasure.to().plus(AROUND));
      } catch (DateTimeException e) {
        // A barrier.
        return false;
      }
    }

    private static boolean takes(ForgottenDates lost, TopicKey place, byte[] value) {
      if (!WearerPartitioner.wearer(place.key()).equals(lost.wearer().value())) {
        return false;
      }
      try {
        return place.topic().equals(Topic.DAYS.topicName())
            ? lost.takes(Json.read(value, DaySummary.class))
            : lost.takes(Json.read(value, NightSummary.class));
      } catch (SerializationException e) {
        LOG.debug("a record of {} is not readable", place.topic());
        return false;
      }
    }
  }
}
