package io.lumbar.analytics;

import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.analytics.aging.Gate;
import io.lumbar.analytics.aging.WearerSeen;
import io.lumbar.analytics.stream.Nodes;
import io.lumbar.analytics.stream.Stores;
import io.lumbar.model.DeadLetter;
import io.lumbar.model.Json;
import io.lumbar.model.Provenance;
import io.lumbar.model.WearerId;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decodes the records of an input topic. What cannot be decoded, and what is about a day that is
 * closed, goes to the dead letters with its place and reason, and the stream goes on. What comes of
 * a wearer who was erased is dropped.
 */
@SuppressWarnings("NullAway.Init") // Streams calls init before anything else
final class ReadProcessor<V> implements Processor<String, byte[], String, Object> {
  private static final Logger LOG = LoggerFactory.getLogger(ReadProcessor.class);

  private final Function<byte[], V> decoder;
  private final Function<ProcessorContext<?, ?>, Gate> gates;
  private final LongAdder closed;
  private final List<String> next;
  private ProcessorContext<String, Object> context;
  private KeyValueStore<String, Long> erased;
  private Gate gate;

  /**
   * Prepares to read.
   *
   * @param gates opens what says which days are closed
   * @param closed counts what came for a closed day
   * @param next the nodes that get what was read
   */
  ReadProcessor(
      Function<byte[], V> decoder,
      Function<ProcessorContext<?, ?>, Gate> gates,
      LongAdder closed,
      String... next) {
    this.decoder = decoder;
    this.gates = gates;
    this.closed = closed;
    this.next = List.of(next);
  }

  @Override
  public void init(ProcessorContext<String, Object> context) {
    this.context = context;
    erased = context.getStateStore(Stores.ERASED);
    gate = gates.apply(context);
  }

  @Override
  public void process(Record<String, byte[]> record) {
    WearerId wearer;
    V value;
    try {
      wearer = new WearerId(record.key());
      value = decoder.apply(record.value());
    } catch (RuntimeException e) {
      LOG.warn("cannot read {}: {}", where(), e.getMessage());
      refuse(record, null, String.valueOf(e.getMessage()));
      return;
    }
    if (erased.get(wearer.value()) != null) {
      return;
    }
    Gate.Passage passage =
        gate.pass(wearer, value, Provenance.of(record.headers()), record.timestamp());
    if (passage.refusal() != null) {
      closed.increment();
      refuse(record, wearer, passage.refusal());
      return;
    }
    if (passage.news()) {
      WearerSeen seen = new WearerSeen(wearer);
      context.forward(
          new Record<>(wearer.value(), (Object) seen, record.timestamp()), Nodes.FORGET_OLD);
    }
    for (String node : next) {
      context.forward(new Record<>(wearer.value(), (Object) value, record.timestamp()), node);
    }
  }

  /** What could be read goes with the letter; of all else its hash. */
  private void refuse(Record<String, byte[]> record, @Nullable WearerId wearer, String reason) {
    byte[] bytes = record.value() == null ? new byte[0] : record.value();
    boolean readable = wearer != null && bytes.length > 0 && bytes[0] == '{';
    DeadLetter letter =
        new DeadLetter(
            where(),
            reason,
            wearer,
            null,
            readable ? Json.read(bytes, JsonNode.class) : null,
            bytes.length,
            readable ? null : DeadLetter.sha256(bytes),
            Instant.ofEpochMilli(record.timestamp()));
    String key = record.key() == null ? "unknown" : record.key();
    context.forward(new Record<>(key, (Object) letter, record.timestamp()), Nodes.TO_DEAD_LETTERS);
  }

  private String where() {
    return context
        .recordMetadata()
        .map(at -> at.topic() + "-" + at.partition() + "@" + at.offset())
        .orElse("an unknown place");
  }
}
