package io.lumbar.alerts.delivery;

import io.lumbar.alerts.delivery.ChannelFault.Kind;
import io.lumbar.alerts.delivery.ChannelFault.Why;
import io.lumbar.alerts.delivery.DeliveryPlan.Leg;
import io.lumbar.model.Alert;
import io.lumbar.model.ChannelSettings;
import io.lumbar.model.Delivery;
import io.lumbar.model.Delivery.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out delivery plans. All plans move on one thread, and none waits for another: what takes
 * time happens in the channels and in the log.
 */
final class Courier implements AutoCloseable {
  static final Duration USEFUL = Duration.ofMinutes(2);
  private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

  private final Channels channels;
  private final DeliveryLog log;
  private final InstantSource clock;
  private final LongAdder delivered = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final ScheduledExecutorService worker =
      new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "alert-courier"));

  Courier(Channels channels, DeliveryLog log, InstantSource clock) {
    this.channels = channels;
    this.log = log;
    this.clock = clock;
  }

  long delivered() {
    return delivered.sum();
  }

  long failed() {
    return failed.sum();
  }

  /**
   * Delivers an alert.
   *
   * @param notice of the alert, in the wearer's language
   * @param known the newest line of the log about each channel
   * @param ours false once another instance has taken over: nothing more is started then
   * @return completes with true when the alert was missed: there were channels, none was reached
   */
  CompletionStage<Boolean> carry(
      Notice notice, List<ChannelSettings> to, Map<String, Delivery> known, BooleanSupplier ours) {
    DeliveryPlan plan =
        DeliveryPlan.of(to, known, channel -> channels.tellsRepeats(channel.type()));
    Errand errand = new Errand(notice, plan, ours);
    run(errand::step, Duration.ZERO);
    return errand.missed;
  }

  private void run(Runnable task, Duration wait) {
    try {
      Future<?> unused = worker.schedule(task, wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("the courier ends; what is left is delivered at the next start");
    }
  }

  /** One alert on its way; touched by the courier's thread alone. */
  private final class Errand {
    private final Notice notice;
    private final Alert alert;
    private final BooleanSupplier ours;
    private final CompletableFuture<Boolean> missed = new CompletableFuture<>();
    private DeliveryPlan plan;

    Errand(Notice notice, DeliveryPlan plan, BooleanSupplier ours) {
      this.notice = notice;
      this.alert = notice.alert();
      this.plan = plan;
      this.ours = ours;
    }

    void step() {
      if (!ours.getAsBoolean()) {
        return;
      }
      if (isTooLate()) {
        plan = plan.expired();
      }
      for (Leg leg : plan.due()) {
        plan = plan.started(leg.channel().name());
        int attempt = plan.leg(leg.channel().name()).attempts();
        run(() -> attempt(leg.channel(), attempt), leg.pause());
      }
      if (plan.isDone()) {
        missed.complete(plan.isMissed());
      }
    }

    private boolean isTooLate() {
      return alert.at().isBefore(clock.instant().minus(USEFUL));
    }

    private void attempt(ChannelSettings channel, int attempt) {
      if (maySpeak(channel, attempt)) {
        before(channel, attempt)
            .whenComplete(
                (written, failure) -> run(() -> speak(channel, attempt, failure), Duration.ZERO));
      }
    }

    /**
     * Asked again after each wait: meanwhile another instance may go on, or two minutes be over.
     */
    private boolean maySpeak(ChannelSettings channel, int attempt) {
      if (!ours.getAsBoolean()) {
        return false;
      }
      if (isTooLate()) {
        note(channel, Outcome.FAILED, attempt, Why.TOO_OLD.in(notice.language()));
        plan = plan.failed(channel.name(), false);
        step();
        return false;
      }
      return true;
    }

    private void speak(ChannelSettings channel, int attempt, @Nullable Throwable notWritten) {
      if (!maySpeak(channel, attempt)) {
        return;
      }
      if (notWritten != null) {
        ended(channel, attempt, new ChannelFault(Kind.NOT_REACHED, Why.NOT_NOTED, notWritten));
        return;
      }
      deliver(channel)
          .whenComplete(
              (nothing, failure) -> run(() -> ended(channel, attempt, failure), Duration.ZERO));
    }

    /** What a channel throws at once is a failure like any other. */
    private CompletionStage<Void> deliver(ChannelSettings channel) {
      return CompletableFuture.completedFuture(notice)
          .thenCompose(notice -> channels.deliver(notice, channel));
    }

    /** Whoever cannot tell repeats is named in the log first, so that a crash does not repeat. */
    private CompletionStage<Void> before(ChannelSettings channel, int attempt) {
      return channels.tellsRepeats(channel.type())
          ? CompletableFuture.completedFuture(null)
          : log.put(line(channel, Outcome.TRYING, attempt, null));
    }

    private void ended(ChannelSettings channel, int attempt, @Nullable Throwable failure) {
      if (failure == null) {
        delivered.increment();
        plan = plan.delivered(channel.name());
        note(channel, Outcome.DELIVERED, attempt, null);
      } else {
        ChannelFault fault = ChannelFault.of(failure);
        plan =
            plan.failed(channel.name(), fault.worthAnother(channels.tellsRepeats(channel.type())));
        boolean over = plan.leg(channel.name()).status().isFinal();
        note(
            channel,
            over ? Outcome.FAILED : Outcome.RETRYING,
            attempt,
            fault.in(notice.language()));
        if (over) {
          failed.increment();
          LOG.warn("{} did not take alert {}: {}", channel, alert.id(), fault.getMessage());
        }
      }
      step();
    }

    private void note(
        ChannelSettings channel, Outcome outcome, int attempt, @Nullable String detail) {
      log.put(line(channel, outcome, attempt, detail))
          .whenComplete(
              (nothing, failure) -> {
                if (failure != null) {
                  LOG.warn("no line about alert {} in the log: {}", alert.id(), failure.toString());
                }
              });
    }

    private Delivery line(
        ChannelSettings channel, Outcome outcome, int attempt, @Nullable String detail) {
      Instant now = clock.instant();
      return new Delivery(
          alert.id(), alert.wearer(), channel.name(), outcome, attempt, now, detail);
    }
  }

  @Override
  public void close() {
    worker.shutdownNow();
  }
}
