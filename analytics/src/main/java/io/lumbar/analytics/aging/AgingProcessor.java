package io.lumbar.analytics.aging;

import io.lumbar.analytics.stream.Forgotten;
import io.lumbar.analytics.stream.InputLag;
import io.lumbar.analytics.stream.Nodes;
import io.lumbar.analytics.stream.Stores;
import io.lumbar.analytics.stream.Timers;
import io.lumbar.analytics.stream.Wakeup;
import io.lumbar.analytics.stream.WearerErased;
import io.lumbar.analytics.told.StatementLog;
import io.lumbar.model.TimerGuard;
import io.lumbar.model.WearerId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Once a day looks at each wearer of whom something is kept and removes what is older than anything
 * that may still change, also when the wearer sends nothing any more.
 */
@SuppressWarnings("NullAway.Init") // Streams calls init before anything else
final class AgingProcessor implements Processor<String, Object, String, Object> {
  private static final long DAY = Duration.ofDays(1).toMillis();

  /** Yesterday and today change all the time. */
  private static final int OPEN_DAYS = 1;

  /** Few at a time, so that no alert waits for it. */
  private static final int SLICE = 4;

  private static final Duration NEXT_SLICE = Duration.ofMillis(50);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

  /** Those that keep what nobody else reads, and so remove it themselves. */
  private static final List<String> KEEPERS =
      List.of(Nodes.DETECT_SITTING, Nodes.COUNT_STEPS, Nodes.CLASSIFY_MOTION, Nodes.CLASSIFY_TRUNK);

  /** Nothing is known here of what the others have read; what was committed decides. */
  private static final InputLag.Positions UNKNOWN = topic -> -1;

  private final Aging aging;
  private final InstantSource clock;
  private final InputLag lag;

  private ProcessorContext<String, Object> context;
  private ClosedDays closed;
  private Forgetting forgetting;
  private Timers timers;
  private TimerGuard guard;
  private Wakeup wakeup;

  AgingProcessor(Aging aging, InstantSource clock, InputLag lag) {
    this.aging = aging;
    this.clock = clock;
    this.lag = lag;
  }

  @Override
  public void init(ProcessorContext<String, Object> context) {
    this.context = context;
    closed = aging.closedDays(context);
    forgetting =
        new Forgetting(
            new Forgetting.Kept(
                List.of(
                    context.getStateStore(Stores.STEPS),
                    context.getStateStore(Stores.SEATED_MOVES),
                    context.getStateStore(Stores.BENDS)),
                List.of(
                    context.getStateStore(Stores.PRESENCE), context.getStateStore(Stores.NEEDS)),
                context.getStateStore(Stores.BOUTS),
                context.getStateStore(Stores.EPISODES),
                context.getStateStore(Stores.RETIRED),
                context.getStateStore(Stores.DAYS),
                context.getStateStore(Stores.NIGHTS),
                context.getStateStore(Stores.LOADS),
                new StatementLog(context.getStateStore(Stores.STATEMENTS))));
    timers = new Timers(context.getStateStore(Stores.FORGET_TIMERS));
    guard = TimerGuard.in(context.appConfigs());
    wakeup = new Wakeup(context, this::onWakeup);
    planWakeup();
  }

  @Override
  public void process(Record<String, Object> record) {
    if (record.value() instanceof WearerErased gone) {
      timers.drop(gone.wearer());
      aging.watermarks(context).drop(gone.wearer());
    } else if (record.value() instanceof WearerSeen seen && !timers.isSet(seen.wearer().value())) {
      plan(seen.wearer());
      planWakeup();
    }
  }

  private void onWakeup(long systemTime) {
    long now = clock.millis();
    boolean more = true;
    for (int i = 0; i < SLICE && more; i++) {
      more = timers.lookAtNext(now, guard, due -> forget(new WearerId(due), now, systemTime));
    }
    planWakeup();
  }

  private void forget(WearerId wearer, long now, long timestamp) {
    long today = Horizon.day(now);
    Watermarks watermarks = aging.watermarks(context);
    Watermark known = watermarks.of(wearer);
    // After an outage of weeks what came meanwhile waits in the topics.
    boolean quiet =
        known.isQuiet(today, aging.horizon())
            && lag.caughtUp(context.taskId().partition(), UNKNOWN);
    long firstNeeded = known.firstNeeded(today, aging.horizon(), quiet);
    watermarks.set(wearer, known.closedBefore(firstNeeded));
    long firstKept = Forgetting.firstKept(firstNeeded);
    Set<Long> spared = withNeighbours(closed.rebuilt(wearer, today));
    closed.close(wearer, forgetting.before(wearer, firstKept, spared), today);
    Forgotten old =
        new Forgotten(
            wearer, Horizon.startOf(firstKept), Horizon.startOf(today - OPEN_DAYS), spared);
    for (String node : KEEPERS) {
      context.forward(new Record<>(wearer.value(), (Object) old, timestamp), node);
    }
    if (!forgetting.nothingLeft(wearer) || !closed.nothingRebuilt(wearer)) {
      plan(wearer);
    }
  }

  @Override
  public void close() {
    aging.forgetTask(context);
  }

  /** A bout or a night of an imported day may stand under the day before or after it. */
  private static Set<Long> withNeighbours(Set<Long> days) {
    Set<Long> all = new TreeSet<>();
    for (long day : days) {
      all.add(day - 1);
      all.add(day);
      all.add(day + 1);
    }
    return all;
  }

  /** Each wearer at an hour of their own, so that not all have theirs at midnight. */
  private void plan(WearerId wearer) {
    long own = Math.floorMod(wearer.value().hashCode() * 7_919L, DAY);
    long today = Horizon.startOf(Horizon.day(clock.millis())) + own;
    timers.set(wearer.value(), OptionalLong.of(today > clock.millis() ? today : today + DAY));
  }

  private void planWakeup() {
    timers
        .next()
        .ifPresent(
            next -> {
              long wait = Math.max(NEXT_SLICE.toMillis(), next - clock.millis());
              wakeup.in(Duration.ofMillis(Math.min(wait, LONGEST_WAIT.toMillis())));
            });
  }
}
