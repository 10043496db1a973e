package io.lumbar.alerts.delivery;

import io.lumbar.model.Alert;
import io.lumbar.model.Json;
import io.lumbar.model.KafkaConnection;
import io.lumbar.model.Topic;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands each alert to every channel, at least once, while it is at most two minutes old; an older
 * one is passed over. A channel that fails holds up nothing.
 *
 * <p>Several instances share the partitions. After a crash the alerts since the last commit are
 * delivered again.
 */
public final class AlertDelivery implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AlertDelivery.class);
  private static final String GROUP = "lumbar-delivery";
  private static final Duration USEFUL = Duration.ofMinutes(2);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration PAUSE_AFTER_FAULT = Duration.ofSeconds(1);

  private final Consumer<String, byte[]> consumer;
  private final List<AlertChannel> channels;
  private final InstantSource clock;
  private final LongAdder delivered = new LongAdder();
  private final LongAdder missed = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final Thread thread;
  private volatile boolean closing;

  private AlertDelivery(
      Consumer<String, byte[]> consumer, List<AlertChannel> channels, InstantSource clock) {
    this.consumer = consumer;
    this.channels = List.copyOf(channels);
    this.clock = clock;
    this.thread = new Thread(this::run, "alert-delivery");
  }

  /** Starts to deliver with a consumer of its own. */
  public static AlertDelivery start(
      KafkaConnection kafka, List<AlertChannel> channels, InstantSource clock) {
    Map<String, Object> properties = kafka.consumer();
    properties.put("group.id", GROUP);
    return start(
        new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer()),
        channels,
        clock);
  }

  static AlertDelivery start(
      Consumer<String, byte[]> consumer, List<AlertChannel> channels, InstantSource clock) {
    AlertDelivery delivery = new AlertDelivery(consumer, channels, clock);
    delivery.thread.start();
    return delivery;
  }

  /** Alerts taken by a channel, counted once for each channel. */
  public long delivered() {
    return delivered.sum();
  }

  /** Alerts that were too old when they were read, or not readable. */
  public long missed() {
    return missed.sum();
  }

  /** Alerts that a channel failed to take. */
  public long failed() {
    return failed.sum();
  }

  private void run() {
    try (consumer) {
      consumer.subscribe(List.of(Topic.ALERTS.topicName()));
      while (!closing) {
        step();
      }
    } catch (WakeupException e) {
      LOG.debug("alert delivery ends");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void step() throws InterruptedException {
    try {
      ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
      records.forEach(this::deliver);
      if (!records.isEmpty()) {
        consumer.commitSync();
      }
    } catch (WakeupException e) {
      throw e;
    } catch (KafkaException e) {
      LOG.warn("alert delivery goes on in a moment: {}", e.toString());
      Thread.sleep(PAUSE_AFTER_FAULT.toMillis());
    }
  }

  private void deliver(ConsumerRecord<String, byte[]> record) {
    Optional<Alert> read = read(record.value());
    if (read.isEmpty()) {
      missed.increment();
      LOG.warn("skipped {}-{}@{}", record.topic(), record.partition(), record.offset());
      return;
    }
    Alert alert = read.get();
    if (alert.at().isBefore(clock.instant().minus(USEFUL))) {
      missed.increment();
      LOG.info("alert {} was too old to deliver", alert.id());
      return;
    }
    for (AlertChannel channel : channels) {
      deliver(alert, channel);
    }
  }

  private static Optional<Alert> read(byte[] value) {
    try {
      return Optional.ofNullable(value)
          .map(json -> Json.read(json, Alert.class))
          .filter(alert -> alert.id() != null && alert.at() != null && alert.kind() != null);
    } catch (SerializationException e) {
      return Optional.empty();
    }
  }

  private void deliver(Alert alert, AlertChannel channel) {
    try {
      channel.deliver(alert);
      delivered.increment();
    } catch (RuntimeException e) {
      failed.increment();
      LOG.warn("channel {} did not take alert {}", channel.name(), alert.id(), e);
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
  }
}
