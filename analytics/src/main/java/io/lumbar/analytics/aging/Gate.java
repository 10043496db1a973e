package io.lumbar.analytics.aging;

import io.lumbar.analytics.stream.RecentlyUsed;
import io.lumbar.analytics.stream.Stores;
import io.lumbar.model.Provenance;
import io.lumbar.model.WearerId;
import java.time.InstantSource;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/** Lets through what may still change a day, and tells which wearers have something to forget. */
public final class Gate {
  private static final int RECENT = 8_192;

  private final InstantSource clock;
  private final ClosedDays days;

  /** The day on which it was last told of a wearer that there is data. */
  private final RecentlyUsed<Long> told = new RecentlyUsed<>(RECENT);

  private Gate(InstantSource clock, ClosedDays days) {
    this.clock = clock;
    this.days = days;
  }

  /** Opens the stores of a task. */
  public static Gate in(ProcessorContext<?, ?> context, InstantSource clock, Horizon horizon) {
    return new Gate(
        clock,
        new ClosedDays(
            context.getStateStore(Stores.CLOSED_DAYS),
            context.getStateStore(Stores.REBUILT_DAYS),
            horizon));
  }

  /** Why a record cannot change anything any more; empty when it can. */
  public Optional<String> refusal(WearerId wearer, Object value, Provenance provenance) {
    return Horizon.about(value)
        .flatMap(about -> days.refusal(wearer, about, provenance, clock.millis()));
  }

  /** True for the first record of a wearer on a day, so that it has to be told. */
  public boolean isNew(WearerId wearer) {
    long today = Horizon.day(clock.millis());
    Long last = told.put(wearer.value(), today);
    return last == null || last != today;
  }
}
