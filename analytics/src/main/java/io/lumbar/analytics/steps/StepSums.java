package io.lumbar.analytics.steps;

import io.lumbar.analytics.stream.Span;
import io.lumbar.model.WearerId;
import java.time.Duration;
import org.apache.kafka.streams.state.KeyValueStore;

/** The steps of a wearer within a span, from the step reports in the store. */
public final class StepSums {
  /** How far from a span a counter's neighbouring reading may lie. */
  private static final long REACH = Duration.ofHours(24).toMillis();

  private final StepLog log;

  public StepSums(KeyValueStore<String, byte[]> store) {
    log = new StepLog(store);
  }

  /** Steps from the best source per minute. */
  public long within(WearerId wearer, Span span) {
    return StepCounts.of(log.within(wearer, span.widened(REACH)), span, Long.MAX_VALUE).total();
  }
}
