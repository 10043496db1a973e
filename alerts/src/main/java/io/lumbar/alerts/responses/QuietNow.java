package io.lumbar.alerts.responses;

import io.lumbar.alerts.lines.TopicLines;
import io.lumbar.http.Registry;
import io.lumbar.model.Alert;
import io.lumbar.model.AlertResponse;
import io.lumbar.model.AlertResponse.Action;
import io.lumbar.model.KafkaConnection;
import io.lumbar.model.Topic;
import io.lumbar.model.Wearer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * "Be quiet for a while", said without naming an alert: a snooze of the newest alert of the last
 * three hours, and a pause when there was none.
 */
public final class QuietNow {
  private static final Duration STILL_ABOUT = Duration.ofHours(3);

  /** "Until tomorrow" lasts no longer. */
  private static final Duration LONGEST = Duration.ofDays(2);

  private final TopicLines<Alert> alerts;
  private final PastResponses past;
  private final ResponseSink sink;
  private final Registry registry;
  private final InstantSource clock;

  public QuietNow(
      KafkaConnection kafka, ResponseSink sink, Registry registry, InstantSource clock) {
    this.alerts = new TopicLines<>(kafka, Topic.ALERTS, Alert.class, Alert::wearer);
    this.past = PastResponses.of(kafka);
    this.sink = sink;
    this.registry = registry;
    this.clock = clock;
  }

  /**
   * Keeps quiet.
   *
   * @param minutes beyond the limits of a snooze the nearest one is taken
   * @throws io.lumbar.http.ApiException when it could not be kept
   */
  public void forMinutes(Wearer wearer, int minutes) {
    Instant now = clock.instant();
    int kept = Math.min(Math.max(minutes, Snoozes.LEAST_MINUTES), Snoozes.MOST_MINUTES);
    Optional<Alert> newest =
        alerts.since(wearer.id(), now.minus(STILL_ABOUT).toEpochMilli()).stream()
            .filter(alert -> alert.decision().equals("sent"))
            .filter(alert -> alert.at().isAfter(now.minus(STILL_ABOUT)))
            .reduce((one, later) -> later);
    newest.ifPresentOrElse(
        alert ->
            sink.put(new AlertResponse(alert.id(), wearer.id(), Action.SNOOZE, kept, null, now)),
        () -> pause(wearer, now.plus(Duration.ofMinutes(kept))));
  }

  /**
   * Ends a snooze that runs, and a pause.
   *
   * @throws io.lumbar.http.ApiException when it could not be kept
   */
  public void end(Wearer wearer) {
    Instant now = clock.instant();
    Snoozes.running(past.since(wearer.id(), now.minus(LONGEST).toEpochMilli()), now)
        .ifPresent(
            alert ->
                sink.put(
                    new AlertResponse(alert, wearer.id(), Action.SNOOZE, null, null, now, now)));
    if (wearer.settings().alerts().pausedUntil() != null) {
      pause(wearer, null);
    }
  }

  private void pause(Wearer wearer, @Nullable Instant until) {
    registry.changeSettings(
        wearer.id(), newest -> newest.withAlerts(newest.alerts().pausedUntil(until)));
  }
}
