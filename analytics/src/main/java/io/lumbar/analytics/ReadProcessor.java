package io.lumbar.analytics;

import io.lumbar.analytics.stream.Nodes;
import io.lumbar.analytics.stream.Stores;
import io.lumbar.model.DeadLetter;
import io.lumbar.model.WearerId;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decodes the records of an input topic. What cannot be decoded goes to the dead letters with its
 * place and reason, and the stream goes on. What comes of a wearer who was erased is dropped.
 */
@SuppressWarnings("NullAway.Init") // Streams calls init before anything else
final class ReadProcessor<V> implements Processor<String, byte[], String, Object> {
  private static final Logger LOG = LoggerFactory.getLogger(ReadProcessor.class);

  private final Function<byte[], V> decoder;
  private final List<String> next;
  private ProcessorContext<String, Object> context;
  private KeyValueStore<String, Long> erased;

  ReadProcessor(Function<byte[], V> decoder, String... next) {
    this.decoder = decoder;
    this.next = List.of(next);
  }

  @Override
  public void init(ProcessorContext<String, Object> context) {
    this.context = context;
    erased = context.getStateStore(Stores.ERASED);
  }

  @Override
  public void process(Record<String, byte[]> record) {
    WearerId wearer;
    V value;
    try {
      wearer = new WearerId(record.key());
      value = decoder.apply(record.value());
    } catch (RuntimeException e) {
      refuse(record, e);
      return;
    }
    if (erased.get(wearer.value()) != null) {
      return;
    }
    for (String node : next) {
      context.forward(new Record<>(wearer.value(), (Object) value, record.timestamp()), node);
    }
  }

  private void refuse(Record<String, byte[]> record, RuntimeException reason) {
    String where =
        context
            .recordMetadata()
            .map(at -> at.topic() + "-" + at.partition() + "@" + at.offset())
            .orElse("an unknown place");
    LOG.warn("cannot read {}: {}", where, reason.getMessage());
    int bytes = record.value() == null ? 0 : record.value().length;
    DeadLetter letter =
        new DeadLetter(
            where,
            String.valueOf(reason.getMessage()),
            null,
            null,
            null,
            bytes,
            null,
            Instant.ofEpochMilli(record.timestamp()));
    String key = record.key() == null ? "unknown" : record.key();
    context.forward(new Record<>(key, (Object) letter, record.timestamp()), Nodes.TO_DEAD_LETTERS);
  }
}
