package io.lumbar.analytics.stream;

import java.time.Duration;
import java.util.function.LongConsumer;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/**
 * Calls back once after a delay of wall-clock time, when asked to.
 *
 * <p>A punctuator that ticks all the time would make Streams commit a transaction at each tick; a
 * process in which nothing goes on should rest.
 */
public final class Wakeup {
  private final ProcessorContext<?, ?> context;
  private final LongConsumer action;
  private @Nullable Cancellable scheduled;
  private long at;

  /**
   * Prepares a callback, with nothing scheduled.
   *
   * @param action gets the system's time in epoch milliseconds
   */
  public Wakeup(ProcessorContext<?, ?> context, LongConsumer action) {
    this.context = context;
    this.action = action;
  }

  /**
   * Asks for a call after a delay of at least a millisecond; an earlier one that was asked stays.
   */
  public void in(Duration delay) {
    long wanted = context.currentSystemTimeMs() + delay.toMillis();
    if (scheduled != null && at <= wanted) {
      return;
    }
    cancel();
    at = wanted;
    scheduled =
        context.schedule(
            delay,
            PunctuationType.WALL_CLOCK_TIME,
            now -> {
              cancel();
              action.accept(now);
            });
  }

  private void cancel() {
    if (scheduled != null) {
      scheduled.cancel();
      scheduled = null;
    }
  }
}
