package io.lumbar.analytics.aging;

import io.lumbar.analytics.stream.InputLag;
import io.lumbar.analytics.stream.RecentlyUsed;
import io.lumbar.analytics.stream.Stores;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * How days close, for all processors of an analytics topology: several of a task read and write the
 * same watermarks, so what is at hand of them is one map per task. Thread-safe.
 */
public final class Aging {
  private static final int RECENT = 32_768;

  private final InstantSource clock;
  private final InputLag lag;
  private final Horizon horizon;
  private final Map<TaskId, Map<String, Watermark>> recent = new ConcurrentHashMap<>();

  /**
   * Prepares.
   *
   * @param clock the present, for what is removed when nothing comes any more
   * @param lag whether all input was read, before anybody counts as gone
   * @param horizon how far back what comes live may change something
   */
  public Aging(InstantSource clock, InputLag lag, Horizon horizon) {
    this.clock = clock;
    this.lag = lag;
    this.horizon = horizon;
  }

  /** What a reader of the task asks whether a record may still change something. */
  public Gate gate(ProcessorContext<?, ?> context) {
    return new Gate(() -> watermarks(context), closedDays(context));
  }

  /** What removes what is older than anything that may change. */
  public Processor<String, Object, String, Object> forgetting() {
    return new AgingProcessor(this, clock, lag);
  }

  /**
   * Of a task whose processors are all initialised; until then something may be at hand that an
   * aborted transaction took back.
   */
  Watermarks watermarks(ProcessorContext<?, ?> context) {
    return new Watermarks(
        context.getStateStore(Stores.WATERMARKS),
        recent.computeIfAbsent(context.taskId(), task -> new RecentlyUsed<>(RECENT)));
  }

  /** A task begins or ends. */
  void forgetTask(ProcessorContext<?, ?> context) {
    recent.remove(context.taskId());
  }

  ClosedDays closedDays(ProcessorContext<?, ?> context) {
    forgetTask(context);
    return new ClosedDays(
        context.getStateStore(Stores.CLOSED_DAYS),
        context.getStateStore(Stores.REBUILT_DAYS),
        horizon);
  }

  Horizon horizon() {
    return horizon;
  }
}
