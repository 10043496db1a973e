package io.lumbar.alerts;

import io.lumbar.alerts.InputDecoder.Reading;
import io.lumbar.alerts.InputDecoder.Unreadable;
import io.lumbar.model.DeadLetter;
import java.time.InstantSource;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes on what can be read; what cannot is logged by its place, counted and kept aside. */
final class DecodingProcessor implements Processor<String, byte[], String, Object> {
  private static final Logger LOG = LoggerFactory.getLogger(DecodingProcessor.class);

  private final Reading reading;
  private final InstantSource clock;
  private final LongAdder skipped;
  private ProcessorContext<String, Object> context;

  @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
  DecodingProcessor(Reading reading, InstantSource clock, LongAdder skipped) {
    this.reading = reading;
    this.clock = clock;
    this.skipped = skipped;
  }

  @Override
  public void init(ProcessorContext<String, Object> processorContext) {
    context = processorContext;
  }

  @Override
  public void process(Record<String, byte[]> record) {
    if (record.value() == null) {
      return;
    }
    try {
      reading
          .read(record.key(), record.value())
          .ifPresent(
              input ->
                  context.forward(
                      record.withKey(input.wearer().value()).withValue((Object) input),
                      AlertsTopology.POLICY));
    } catch (Unreadable e) {
      setAside(record, e);
    }
  }

  private void setAside(Record<String, byte[]> record, Unreadable fault) {
    String where =
        context
            .recordMetadata()
            .map(at -> at.topic() + "-" + at.partition() + "@" + at.offset())
            .orElse("unknown");
    skipped.increment();
    LOG.warn("skipped {}: {}", where, fault.getMessage());
    DeadLetter letter =
        new DeadLetter(
            where,
            String.valueOf(fault.getMessage()),
            null,
            null,
            null,
            record.value().length,
            DeadLetter.sha256(record.value()),
            clock.instant());
    String key = record.key() == null ? "unknown" : record.key();
    context.forward(record.withKey(key).withValue((Object) letter), AlertsTopology.DEAD_LETTERS);
  }
}
