package io.lumbar.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lumbar.alerts.AlertOutcome.NotSent;
import io.lumbar.alerts.AlertOutcome.Send;
import io.lumbar.alerts.stretches.Stretches;
import io.lumbar.model.Alert;
import io.lumbar.model.AlertResponse;
import io.lumbar.model.AlertResponse.Action;
import io.lumbar.model.AlertSettings;
import io.lumbar.model.CheckIn;
import io.lumbar.model.Decision;
import io.lumbar.model.Episode;
import io.lumbar.model.Experiment;
import io.lumbar.model.Json;
import io.lumbar.model.WearerSettings;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Drives the policy from one instant to the next; each call answers what was decided by it. What
 * the policy remembers is taken from what was written after each event, as if the process died
 * there.
 */
final class Timeline {
  private final AlertPolicy policy = new AlertPolicy(new AlertWriter(Stretches.catalogue()));
  final List<Alert> alerts = new ArrayList<>();
  final List<Alert> withheld = new ArrayList<>();
  final List<Decision> decisions = new ArrayList<>();
  AlertState state = AlertState.empty();
  WearerSettings settings = WearerSettings.defaults();
  private AlertState whole = state;
  private byte @Nullable [] advance;

  /** How often nothing but an advance was written. */
  int advances;

  static WearerSettings quiet(String from, String to) {
    return new WearerSettings(
        30,
        15,
        LocalTime.of(7, 0),
        LocalTime.of(22, 0),
        LocalTime.parse(from),
        LocalTime.parse(to));
  }

  static WearerSettings longSittingAfter(int minutes, WearerSettings other) {
    return new WearerSettings(
        minutes, 15, other.awakeFrom(), other.awakeTo(), other.quietFrom(), other.quietTo());
  }

  /** Changes fields of the wearer's manners, as JSON. */
  void manners(String json) {
    try {
      ObjectNode changed = Json.mapper().valueToTree(settings.alerts());
      changed.setAll((ObjectNode) Json.mapper().readTree(json.replace('\'', '"')));
      settings = settings.withAlerts(Json.mapper().treeToValue(changed, AlertSettings.class));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  List<String> see(String now, Episodes episode) {
    return see(Episodes.at(now), episode.build());
  }

  List<String> see(Instant now, Episode episode) {
    AlertState before = state;
    AlertPolicy.Result result = policy.onEpisode(before, episode, settings, now);
    // As the processor: what changes nothing forgets nothing.
    return apply(
        result, result.state().equals(before) ? forgotten() : AlertPolicy.forgottenBefore(now));
  }

  List<String> see(String now, Episode episode) {
    return see(Episodes.at(now), episode);
  }

  /** The newest alert reached no channel. */
  List<String> missed() {
    return apply(policy.onMissed(state, alerts.get(alerts.size() - 1).id()));
  }

  void tries(String now, Experiment experiment) {
    apply(policy.onTrial(state, experiment, Episodes.at(now)));
  }

  void feels(String now, CheckIn checkIn) {
    apply(policy.onCheckIn(state, checkIn, Episodes.at(now)));
  }

  void settingsChanged(String now) {
    apply(policy.onSettings(state, settings, Episodes.at(now)));
  }

  List<String> tick(String now) {
    return tick(Episodes.at(now));
  }

  List<String> tick(Instant now) {
    return apply(policy.onTime(state, settings, now));
  }

  List<String> answer(String now, Action action, @Nullable Integer minutes) {
    Instant at = Episodes.at(now);
    String last = alerts.get(alerts.size() - 1).id();
    return apply(
        policy.onResponse(
            state,
            new AlertResponse(last, Episodes.ANNA, action, minutes, null, at),
            settings,
            at));
  }

  /** Snoozes the newest alert to an instant; answers what was decided by it. */
  List<String> snoozeUntil(Instant now, Instant until) {
    String last = alerts.get(alerts.size() - 1).id();
    AlertResponse response =
        new AlertResponse(last, Episodes.ANNA, Action.SNOOZE, null, null, now, until);
    return apply(policy.onResponse(state, response, settings, now));
  }

  /** An answer as it was read. */
  List<String> hear(AlertResponse response, Instant now) {
    return apply(policy.onResponse(state, response, settings, now));
  }

  /** Snoozes and answers until when. */
  Instant snooze(Alert alert, Instant now, int minutes) {
    apply(
        policy.onResponse(
            state,
            new AlertResponse(alert.id(), Episodes.ANNA, Action.SNOOZE, minutes, null, now),
            settings,
            now));
    return now.plusSeconds(minutes * 60L);
  }

  Optional<Instant> due() {
    return state.nextDue();
  }

  private Instant forgotten() {
    return advance == null ? Instant.EPOCH : AdvanceBytes.decode(advance).forgottenBefore();
  }

  private List<String> apply(AlertPolicy.Result result) {
    return apply(result, forgotten());
  }

  private void store(AlertState next, Instant forgottenBefore) {
    if (next.equals(state)) {
      return;
    }
    advance = Advance.between(whole, next, forgottenBefore).map(AdvanceBytes::encode).orElse(null);
    if (advance == null) {
      whole = next;
      state = next;
    } else {
      advances++;
      state = AdvanceBytes.decode(advance).on(whole);
    }
    assertThat(state.equals(next)).as("as it was kept").isTrue();
  }

  private List<String> apply(AlertPolicy.Result result, Instant forgottenBefore) {
    store(result.state(), forgottenBefore);
    List<String> decided = new ArrayList<>();
    for (AlertOutcome outcome : result.outcomes()) {
      if (outcome instanceof Send send) {
        alerts.add(send.alert());
      } else if (outcome instanceof NotSent held && held.withheld() != null) {
        withheld.add(held.withheld());
      }
      decisions.add(outcome.decision());
      decided.add(outcome.decision().step() + " " + outcome.decision().reason());
    }
    return decided;
  }
}
