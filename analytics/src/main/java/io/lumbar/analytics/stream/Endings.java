package io.lumbar.analytics.stream;

import io.lumbar.model.TimerGuard;
import java.time.Duration;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.ObjLongConsumer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Looks at sensors that nothing more was heard of when it is time to tell where their measurement
 * ended. Times are epoch milliseconds of the injected clock; a restart knows them again.
 */
public final class Endings {
  private static final long SHORTEST_WAIT = 1_000;
  private static final long LONGEST_WAIT = 60_000;

  private final InstantSource clock;
  private final Timers timers;
  private final TimerGuard guard;
  private final Wakeup wakeup;
  private final Function<String, OptionalLong> endOf;
  private final ObjLongConsumer<String> teller;

  /**
   * Reads back what a former run had set, and looks again soon where that is due.
   *
   * @param endOf when a sensor is to be told of as ended, as is known by now; empty for never
   * @param teller tells where a sensor's measurement ended, with the time for what it forwards
   */
  public Endings(
      ProcessorContext<?, ?> context,
      KeyValueStore<String, Long> store,
      InstantSource clock,
      Function<String, OptionalLong> endOf,
      ObjLongConsumer<String> teller) {
    this.clock = clock;
    this.endOf = endOf;
    this.teller = teller;
    timers = new Timers(store);
    guard = TimerGuard.in(context.appConfigs());
    wakeup = new Wakeup(context, this::onWakeup);
    plan();
  }

  /** Sets when a sensor is to be looked at, or that it is not. */
  public void set(String sensor, OptionalLong end) {
    timers.set(sensor, end);
    plan();
  }

  /** Forgets the sensors of a wearer, whose stored times are gone already. */
  public void drop(String wearer) {
    timers.drop(wearer);
  }

  /** Tells the end of all sensors that are due. */
  public void tellDue(long timestamp) {
    long now = clock.millis();
    timers.lookAtDue(now, guard, due -> look(due, now, timestamp));
  }

  private void look(String sensor, long now, long timestamp) {
    OptionalLong really = endOf.apply(sensor);
    if (really.isPresent() && really.getAsLong() > now) {
      // The time in the store may be an earlier one.
      timers.set(sensor, really);
    } else {
      teller.accept(sensor, timestamp);
    }
  }

  private void onWakeup(long systemTime) {
    tellDue(systemTime);
    plan();
  }

  private void plan() {
    timers
        .next()
        .ifPresent(
            next -> {
              long wait = Math.max(SHORTEST_WAIT, next - clock.millis());
              wakeup.in(Duration.ofMillis(Math.min(LONGEST_WAIT, wait)));
            });
  }
}
