package io.lumbar.alerts;

import io.lumbar.alerts.AlertInput.Answered;
import io.lumbar.alerts.AlertInput.EpisodeSeen;
import io.lumbar.alerts.AlertInput.Felt;
import io.lumbar.alerts.AlertInput.Missed;
import io.lumbar.alerts.AlertInput.SettingsChanged;
import io.lumbar.alerts.AlertInput.Tried;
import io.lumbar.alerts.AlertOutcome.NotSent;
import io.lumbar.alerts.AlertOutcome.Send;
import io.lumbar.alerts.AlertStates.Known;
import io.lumbar.model.Alert;
import io.lumbar.model.Decision;
import io.lumbar.model.Episode;
import io.lumbar.model.TimerGuard;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerPartitioner;
import io.lumbar.model.WearerSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Runs the policy on each record and when a gate opens, and forwards what it decides. */
final class AlertProcessor implements Processor<String, AlertInput, String, Object> {
  private static final Duration TICK = Duration.ofSeconds(1);

  /** What came in later than this may not be known yet; evidence may be two minutes old. */
  private static final long READ_WITHIN_MILLIS = 10_000;

  private final AlertPolicy policy;
  private final InstantSource clock;
  private final InputProgress progress;
  private final Map<String, Instant> dues = new HashMap<>();
  private ProcessorContext<String, Object> context;
  private TimerGuard guard;
  private KeyValueStore<String, WearerSettings> settings;
  private KeyValueStore<String, Whereabouts> zones;
  private AlertStates states;
  private KeyValueStore<String, Long> erased;
  private @Nullable Cancellable ticking;

  @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
  AlertProcessor(AlertPolicy policy, InstantSource clock, InputProgress progress) {
    this.policy = policy;
    this.clock = clock;
    this.progress = progress;
  }

  @Override
  public void init(ProcessorContext<String, Object> processorContext) {
    context = processorContext;
    settings = context.getStateStore(AlertsTopology.SETTINGS_STORE);
    zones = context.getStateStore(AlertsTopology.ZONES_STORE);
    states = new AlertStates(context);
    erased = context.getStateStore(AlertsTopology.ERASED_STORE);
    guard = TimerGuard.in(context.appConfigs());
    dues.clear();
    states.forEach((wearer, state) -> state.nextDue().ifPresent(due -> dues.put(wearer, due)));
    tickWhileDue();
  }

  @Override
  public void process(Record<String, AlertInput> record) {
    if (erased.get(record.key()) != null) {
      return;
    }
    Known known = states.of(record.key());
    AlertState before = known.state();
    Instant now = clock.instant();
    WearerSettings own = settingsOf(record.key());
    if (record.value() instanceof EpisodeSeen seen) {
      Episode here = here(record.key(), now).apply(seen.episode());
      states.keep(
          known,
          carryOut(record.key(), policy.onEpisode(before, here, own, now), now),
          AlertPolicy.forgottenBefore(now));
    } else if (record.value() instanceof Answered answered) {
      keep(known, policy.onResponse(before, answered.response(), own, now), now);
    } else if (record.value() instanceof Tried tried) {
      keep(known, policy.onTrial(before, tried.experiment(), now), now);
    } else if (record.value() instanceof SettingsChanged) {
      keep(known, policy.onSettings(before, own, now), now);
    } else if (record.value() instanceof Felt felt) {
      keep(known, policy.onCheckIn(before, felt.checkIn(), now), now);
    } else if (record.value() instanceof Missed missed) {
      keep(known, policy.onMissed(before, missed.alert()), now);
    }
  }

  /** Ticks only while some step is held back: Streams commits a transaction at each tick. */
  private void tickWhileDue() {
    if (dues.isEmpty() && ticking != null) {
      ticking.cancel();
      ticking = null;
    } else if (!dues.isEmpty() && ticking == null) {
      ticking = context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tick);
    }
  }

  private void tick(long systemTime) {
    long readUpTo = progress.readUpTo(context.taskId().partition());
    if (readUpTo < systemTime - READ_WITHIN_MILLIS) {
      return;
    }
    Instant now = clock.instant();
    List<String> wearers =
        dues.entrySet().stream()
            .filter(due -> !due.getValue().isAfter(now))
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    for (String wearer : wearers) {
      if (!guard.look(wearer, () -> timePassed(wearer, now))) {
        dues.put(wearer, now.plus(TimerGuard.AGAIN));
      }
    }
    tickWhileDue();
  }

  private void timePassed(String wearer, Instant now) {
    Known known = states.of(wearer);
    keep(known, policy.onTime(known.state(), settingsOf(wearer), here(wearer, now), now), now);
  }

  private WearerSettings settingsOf(String wearer) {
    WearerSettings own = settings.get(wearer);
    return own == null ? WearerSettings.defaults() : own;
  }

  /** Moves an episode to the zone that holds now, of who has more than one. */
  private UnaryOperator<Episode> here(String wearer, Instant now) {
    Whereabouts known = zones.get(wearer);
    return known == null ? UnaryOperator.identity() : episode -> known.at(now, episode);
  }

  private void keep(Known known, AlertPolicy.Result result, Instant now) {
    states.keep(known, carryOut(known.wearer(), result, now), null);
  }

  /** Forwards what was decided, and answers the state that is to be kept. */
  private AlertState carryOut(String wearer, AlertPolicy.Result result, Instant now) {
    result
        .state()
        .nextDue()
        .ifPresentOrElse(due -> dues.put(wearer, due), () -> dues.remove(wearer));
    tickWhileDue();
    for (AlertOutcome outcome : result.outcomes()) {
      if (outcome instanceof Send send) {
        list(send.alert(), now);
        context.commit();
      } else if (outcome instanceof NotSent held && held.withheld() != null) {
        list(held.withheld(), now);
      }
      Decision decision = outcome.decision();
      forward(decision.wearer(), decision.id(), decision, AlertsTopology.DECISIONS, now);
    }
    return result.state();
  }

  private void list(Alert alert, Instant now) {
    forward(alert.wearer(), alert.id(), alert, AlertsTopology.ALERTS, now);
  }

  private void forward(WearerId wearer, String id, Object value, String sink, Instant now) {
    String key = WearerPartitioner.key(wearer, id);
    context.forward(new Record<>(key, value, now.toEpochMilli()), sink);
  }
}
