package io.lumbar.alerts.delivery;

import io.lumbar.alerts.delivery.DeliveryLog.Because;
import io.lumbar.alerts.stretches.Language;
import io.lumbar.model.Alert;
import io.lumbar.model.AlertSettings;
import io.lumbar.model.ChannelSettings;
import io.lumbar.model.Delivery;
import io.lumbar.model.Json;
import io.lumbar.model.KafkaConnection;
import io.lumbar.model.Topic;
import io.lumbar.model.WearerId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands each sent alert to the channels of its wearer while it is at most two minutes old; what
 * could not be delivered by then is written down as missed.
 *
 * <p>Several instances share the partitions. An alert is done when its channels are; after a crash
 * those that were not done come again, and the delivery log says which of their channels must not
 * be spoken to twice.
 */
public final class AlertDelivery implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AlertDelivery.class);
  private static final String GROUP = "lumbar-delivery";
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration PAUSE_AFTER_FAULT = Duration.ofSeconds(1);
  private static final Duration LEAVING = Duration.ofSeconds(2);
  private static final int MOST_AT_ONCE = 1000;

  private static final String SAME_NAME =
      "another process delivers alerts under the name of this one; was its data folder copied? Give"
          + " each process a folder of its own, and start this one again";

  private static final String UNEXPECTED =
      "alert delivery ended by a fault of its own, which the log has; start this process again";

  /** What is older is not news to anybody; a group without offsets starts a year back. */
  private static final Duration WORTH_A_WORD = Duration.ofDays(1);

  private final Consumer<String, byte[]> consumer;
  private final Courier courier;
  private final DeliveryLog log;
  private final LogReading logReading;
  private final Function<WearerId, AlertSettings> mannersOf;
  private final InstantSource clock;
  private final InFlight inFlight = new InFlight();
  private final Map<TopicPartition, Map<String, Map<String, Delivery>>> known = new HashMap<>();
  private final LongAdder taken = new LongAdder();
  private final LongAdder missed = new LongAdder();
  private final Thread thread;
  private volatile @Nullable String trouble;
  private volatile boolean closing;

  /** Reads the delivery log of a partition from a broker's time on. */
  @FunctionalInterface
  interface LogReading {
    List<Delivery> since(int partition, long appendedAt);
  }

  private AlertDelivery(
      Consumer<String, byte[]> consumer,
      Channels channels,
      Function<WearerId, AlertSettings> mannersOf,
      DeliveryLog log,
      LogReading logReading,
      InstantSource clock) {
    this.consumer = consumer;
    this.courier = new Courier(channels, log, clock);
    this.log = log;
    this.logReading = logReading;
    this.mannersOf = mannersOf;
    this.clock = clock;
    this.thread = new Thread(this::run, "alert-delivery");
  }

  /**
   * Starts to deliver with clients of its own.
   *
   * @param instance the lasting name of this process: one that was killed is let in again at once
   *     under it, and does not wait until its former self is missed, which would make alerts too
   *     old
   * @param mannersOf the settings of a wearer, of which the channels in their order and the
   *     language are used; without channels for nobody
   */
  public static AlertDelivery start(
      KafkaConnection kafka,
      String instance,
      Channels channels,
      Function<WearerId, AlertSettings> mannersOf,
      InstantSource clock) {
    Map<String, Object> reading = kafka.consumer();
    reading.put("group.id", GROUP);
    reading.put("group.instance.id", "lumbar-" + instance);
    reading.put("session.timeout.ms", "6000");
    reading.put("heartbeat.interval.ms", "2000");
    return start(
        new KafkaConsumer<>(reading, new StringDeserializer(), new ByteArrayDeserializer()),
        channels,
        mannersOf,
        DeliveryLog.open(kafka),
        DeliveryReader.lines(kafka)::since,
        clock);
  }

  static AlertDelivery start(
      Consumer<String, byte[]> consumer,
      Channels channels,
      Function<WearerId, AlertSettings> mannersOf,
      DeliveryLog log,
      LogReading logReading,
      InstantSource clock) {
    AlertDelivery delivery =
        new AlertDelivery(consumer, channels, mannersOf, log, logReading, clock);
    delivery.thread.start();
    return delivery;
  }

  /** Alerts written to the log line by line, and those taken by a channel, once for each. */
  public long delivered() {
    return taken.sum() + courier.delivered();
  }

  /** Alerts that were too old, that no channel took in time, or that could not be read. */
  public long missed() {
    return missed.sum();
  }

  /** What ended the delivery for good, empty while it goes on. */
  public Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  /**
   * False once it has ended by a fault that a new start may put right. One that was replaced under
   * its own name may go on then too, but would only end the other in its turn.
   */
  public boolean canGoOn() {
    return thread.isAlive() || SAME_NAME.equals(trouble);
  }

  /** Alerts that a channel failed to take, once for each. */
  public long failed() {
    return courier.failed();
  }

  private void run() {
    try {
      consumer.subscribe(List.of(Topic.ALERTS.topicName()), new Ownership());
      while (!closing && trouble == null) {
        step();
      }
      if (trouble == null) {
        commit();
      }
    } catch (WakeupException e) {
      LOG.debug("alert delivery ends");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (KafkaException e) {
      LOG.warn("the last offsets were not committed: {}", e.toString());
    } catch (RuntimeException e) {
      // Said by the health check: to end without a word would be to deliver nothing for ever.
      trouble = UNEXPECTED;
      LOG.error("alert delivery ends", e);
    } finally {
      leave();
    }
  }

  /** A member with a lasting name that stays would hold its partitions for nobody. */
  private void leave() {
    try {
      consumer.close(
          CloseOptions.timeout(LEAVING)
              .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
    } catch (KafkaException e) {
      LOG.warn("alert delivery did not leave in order: {}", e.toString());
    }
  }

  private void step() throws InterruptedException {
    try {
      if (inFlight.size() >= MOST_AT_ONCE) {
        consumer.pause(consumer.assignment());
      } else {
        consumer.resume(consumer.paused());
      }
      ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
      readLogs(records);
      records.forEach(this::take);
      commit();
    } catch (WakeupException e) {
      if (!closing) {
        LOG.debug("woken without an end");
      }
    } catch (FencedInstanceIdException e) {
      // To go on would be to deliver beside the other.
      new Ownership().onPartitionsLost(consumer.assignment());
      trouble = SAME_NAME;
      LOG.error("alert delivery ends: {}", SAME_NAME);
    } catch (KafkaException e) {
      LOG.warn("alert delivery goes on in a moment: {}", e.toString());
      Thread.sleep(PAUSE_AFTER_FAULT.toMillis());
    }
  }

  /** Before any record is begun, so that a fault leaves all of them to the next poll. */
  private void readLogs(ConsumerRecords<String, byte[]> records) {
    try {
      for (TopicPartition partition : records.partitions()) {
        long appendedAt = records.records(partition).get(0).timestamp();
        known.computeIfAbsent(partition, p -> lines(p, appendedAt));
      }
    } catch (KafkaException e) {
      records.partitions().forEach(p -> consumer.seek(p, records.records(p).get(0).offset()));
      throw e;
    }
  }

  private void commit() {
    var offsets = inFlight.committable();
    if (!offsets.isEmpty()) {
      try {
        consumer.commitSync(offsets);
      } catch (CommitFailedException e) {
        LOG.info("another instance has taken over some alerts");
      }
    }
  }

  private void take(ConsumerRecord<String, byte[]> record) {
    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
    InFlight.Hold hold = inFlight.begin(partition, record.offset());
    Optional<Alert> read = read(record.value());
    if (read.isEmpty()) {
      missed.increment();
      LOG.warn("skipped {}-{}@{}", record.topic(), record.partition(), record.offset());
      hold.end();
      return;
    }
    Alert alert = read.get();
    if (!alert.decision().equals("sent")) {
      hold.end();
      return;
    }
    try {
      carry(alert, partition, hold).thenRun(hold::end);
    } catch (KafkaException e) {
      throw e;
    } catch (RuntimeException e) {
      // Each new start would meet it again, and everybody's alerts would end with it.
      LOG.error("alert {} cannot be carried", alert.id(), e);
      done()
          .thenCompose(go -> miss(alert, languageOf(alert.wearer()), Because.NOT_CARRIED, hold))
          .whenComplete((written, failure) -> hold.end());
    }
  }

  /** English where the settings are what cannot be read. */
  private Language languageOf(WearerId wearer) {
    try {
      return Language.of(mannersOf.apply(wearer).language());
    } catch (RuntimeException e) {
      LOG.warn("the settings of {} cannot be read: {}", wearer, e.toString());
      return Language.EN;
    }
  }

  private CompletionStage<Void> carry(Alert alert, TopicPartition partition, InFlight.Hold hold) {
    Instant now = clock.instant();
    AlertSettings manners = mannersOf.apply(alert.wearer());
    Language language = Language.of(manners.language());
    List<ChannelSettings> channels =
        manners.channels().stream().filter(channel -> channel.takes(alert.kind())).toList();
    boolean old = alert.at().isBefore(now.minus(Courier.USEFUL));
    if (old && channels.isEmpty()) {
      // The page has it, and nothing else was asked for: nobody missed it.
      return done();
    }
    Map<String, Delivery> lines =
        known.getOrDefault(partition, Map.of()).getOrDefault(alert.id(), Map.of());
    if (old && lines.isEmpty()) {
      missed.increment();
      LOG.info("alert {} was too old to deliver", alert.id());
      return alert.at().isBefore(now.minus(WORTH_A_WORD))
          ? CompletableFuture.completedFuture(null)
          : writeMissed(alert, log.missing(alert, language, Because.TOO_LATE, now), hold);
    }
    say(alert);
    Notice notice = Notice.of(alert).in(language);
    return courier
        .carry(notice, channels, lines, () -> !closing && hold.isOurs())
        .thenCompose(
            isMissed -> isMissed ? miss(alert, language, Because.NOT_TAKEN, hold) : done());
  }

  private CompletionStage<Void> miss(
      Alert alert, Language language, Because because, InFlight.Hold hold) {
    missed.increment();
    return writeMissed(alert, log.missing(alert, language, because, clock.instant()), hold);
  }

  /** Until it is written: an alert that nobody got must not be gone without a word. */
  private CompletionStage<Void> writeMissed(
      Alert alert, DeliveryLog.Missing missing, InFlight.Hold hold) {
    return missing
        .write()
        .exceptionallyCompose(
            failure -> {
              if (closing || !hold.isOurs()) {
                return CompletableFuture.failedFuture(failure);
              }
              LOG.warn("alert {} is not yet written as missed: {}", alert.id(), failure.toString());
              return CompletableFuture.runAsync(() -> {}, inAMoment())
                  .thenCompose(waited -> writeMissed(alert, missing, hold));
            });
  }

  private static Executor inAMoment() {
    return CompletableFuture.delayedExecutor(PAUSE_AFTER_FAULT.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static CompletionStage<Void> done() {
    return CompletableFuture.completedFuture(null);
  }

  /** Names the alert and not what it says about the wearer. */
  private void say(Alert alert) {
    taken.increment();
    LOG.info(
        "alert {} for {} ({}, step {})",
        alert.id(),
        alert.wearer(),
        alert.kind().wireName(),
        alert.step());
  }

  /** Lines about an alert come behind it, so that those behind the first alert are enough. */
  private Map<String, Map<String, Delivery>> lines(TopicPartition partition, long appendedAt) {
    return DeliveryReader.newest(logReading.since(partition.partition(), appendedAt));
  }

  private static Optional<Alert> read(byte[] value) {
    try {
      return Optional.ofNullable(value)
          .map(json -> Json.read(json, Alert.class))
          .filter(alert -> alert.id() != null && alert.at() != null && alert.kind() != null)
          .filter(alert -> alert.decision() != null && alert.wearer() != null);
    } catch (SerializationException e) {
      return Optional.empty();
    }
  }

  /** Forgets partitions that another instance takes over. */
  private final class Ownership implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      commit();
      onPartitionsLost(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      partitions.forEach(known::remove);
      partitions.forEach(inFlight::forget);
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      partitions.forEach(known::remove);
    }
  }

  /** Stops within a few seconds; what was read but not delivered is delivered at the next start. */
  @Override
  public void close() {
    closing = true;
    consumer.wakeup();
    try {
      thread.join(Duration.ofSeconds(10).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    courier.close();
    log.close();
  }
}
