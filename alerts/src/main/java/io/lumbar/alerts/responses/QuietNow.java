package io.lumbar.alerts.responses;

import io.lumbar.alerts.lines.TopicLines;
import io.lumbar.alerts.responses.SnoozeBook.Verdict;
import io.lumbar.http.Registry;
import io.lumbar.model.Alert;
import io.lumbar.model.AlertResponse;
import io.lumbar.model.AlertResponse.Action;
import io.lumbar.model.KafkaConnection;
import io.lumbar.model.Topic;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * "Be quiet for a while", said without naming an alert: a snooze of the newest alert of the last
 * three hours, and a pause when there was none.
 */
public final class QuietNow {
  private static final Duration STILL_ABOUT = Duration.ofHours(3);

  private final RecentAlerts alerts;
  private final PastResponses past;
  private final ResponseSink sink;
  private final Registry registry;
  private final InstantSource clock;

  /** The alerts of a wearer since an instant, in order. */
  @FunctionalInterface
  interface RecentAlerts {
    List<Alert> since(WearerId wearer, long epochMillis);
  }

  /** Keeps snoozes in their topic, and pauses in the wearer's settings. */
  public QuietNow(
      KafkaConnection kafka, ResponseSink sink, Registry registry, InstantSource clock) {
    this(
        new TopicLines<>(kafka, Topic.ALERTS, Alert.class, Alert::wearer)::since,
        PastResponses.of(kafka),
        sink,
        registry,
        clock);
  }

  QuietNow(
      RecentAlerts alerts,
      PastResponses past,
      ResponseSink sink,
      Registry registry,
      InstantSource clock) {
    this.alerts = alerts;
    this.past = past;
    this.sink = sink;
    this.registry = registry;
    this.clock = clock;
  }

  /** What became of the wish. */
  public enum Outcome {
    KEPT,
    REFUSED,
    ENDED
  }

  /**
   * What became of the wish.
   *
   * @param pause whether all alerts are paused, because there was none to snooze
   * @param until when the quiet that was kept ends; null for other outcomes
   * @param text why it was refused, in the wearer's language; null for other outcomes
   */
  public record Answer(
      Outcome outcome, boolean pause, @Nullable Instant until, @Nullable String text) {
    private static Answer ended() {
      return new Answer(Outcome.ENDED, false, null, null);
    }
  }

  /**
   * Keeps quiet. A snooze is judged like one that is said on the page: beyond the wearer's own
   * limit it is refused, and it may be kept for less than it asks.
   *
   * @param minutes beyond the limits of a snooze the nearest one is taken
   * @throws io.lumbar.http.ApiException when it could not be kept
   * @throws org.apache.kafka.common.KafkaException when the newest alerts cannot be read
   */
  public Answer forMinutes(Wearer wearer, int minutes) {
    Instant now = clock.instant();
    int asked = Math.min(Math.max(minutes, Snoozes.LEAST_MINUTES), Snoozes.MOST_MINUTES);
    List<Alert> known = alerts.since(wearer.id(), now.minus(SnoozeDesk.LOOK_BACK).toEpochMilli());
    Optional<Alert> newest =
        known.stream()
            .filter(alert -> alert.decision().equals("sent"))
            .filter(alert -> alert.at().isAfter(now.minus(STILL_ABOUT)))
            .reduce((one, later) -> later);
    return newest
        .map(alert -> snooze(wearer, alert, asked, desk(wearer, known), now))
        .orElseGet(() -> pauseFor(wearer, asked, now));
  }

  private Answer snooze(Wearer wearer, Alert alert, int minutes, SnoozeDesk desk, Instant now) {
    AlertResponse asked =
        new AlertResponse(alert.id(), wearer.id(), Action.SNOOZE, minutes, null, now);
    Verdict verdict = desk.keep(asked, alert, desk.past(wearer.id()));
    if (verdict instanceof Verdict.Refused refused) {
      return new Answer(Outcome.REFUSED, false, null, refused.sentence(wearer.settings().alerts()));
    }
    return verdict instanceof Verdict.Kept kept
        ? new Answer(Outcome.KEPT, false, kept.answer().snoozedUntil(), null)
        : Answer.ended();
  }

  private Answer pauseFor(Wearer wearer, int minutes, Instant now) {
    Instant until = now.plus(Duration.ofMinutes(minutes));
    pause(wearer, until);
    return new Answer(Outcome.KEPT, true, until, null);
  }

  /**
   * Ends a snooze that runs, and a pause; said twice, or while none runs, it is as good.
   *
   * @throws io.lumbar.http.ApiException when it could not be kept
   */
  public Answer end(Wearer wearer) {
    // Nothing is counted where a snooze ends, so that no sitting has to be known.
    desk(wearer, List.of()).end(wearer.id());
    if (wearer.settings().alerts().pausedUntil() != null) {
      pause(wearer, null);
    }
    return Answer.ended();
  }

  private SnoozeDesk desk(Wearer wearer, List<Alert> known) {
    Map<String, Alert> byId = new HashMap<>();
    known.forEach(alert -> byId.put(alert.id(), alert));
    return new SnoozeDesk(
        id -> Optional.ofNullable(byId.get(id)), past, sink, id -> wearer.settings(), clock);
  }

  private void pause(Wearer wearer, @Nullable Instant until) {
    registry.changeSettings(
        wearer.id(), newest -> newest.withAlerts(newest.alerts().pausedUntil(until)));
  }
}
