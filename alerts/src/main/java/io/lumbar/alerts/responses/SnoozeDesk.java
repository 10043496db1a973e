package io.lumbar.alerts.responses;

import io.lumbar.alerts.responses.SnoozeBook.Verdict;
import io.lumbar.http.ApiException;
import io.lumbar.http.Registry;
import io.lumbar.model.Alert;
import io.lumbar.model.AlertResponse;
import io.lumbar.model.AlertResponse.Action;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;

/**
 * Where every word about snoozing is judged and kept, whoever said it: opens the wearer's {@link
 * SnoozeBook} from what was said in the last two days. Of two words at the same moment in two
 * processes each may be kept by itself; the policy then refuses the later one. Thread-safe.
 */
final class SnoozeDesk {
  /** A sitting, a ticket and "until tomorrow" are not older. */
  static final Duration LOOK_BACK = Duration.ofDays(2);

  private static final int RETRY_SECONDS = 5;

  private final AlertLookup alerts;
  private final PastResponses past;
  private final ResponseSink sink;
  private final Function<WearerId, WearerSettings> settings;
  private final InstantSource clock;

  SnoozeDesk(
      AlertLookup alerts,
      PastResponses past,
      ResponseSink sink,
      Function<WearerId, WearerSettings> settings,
      InstantSource clock) {
    this.alerts = alerts;
    this.past = past;
    this.sink = sink;
    this.settings = settings;
    this.clock = clock;
  }

  /** A desk that goes by the settings of registered wearers. */
  static SnoozeDesk of(
      AlertLookup alerts,
      PastResponses past,
      ResponseSink sink,
      Registry registry,
      InstantSource clock) {
    return new SnoozeDesk(
        alerts,
        past,
        sink,
        id -> registry.wearer(id.value()).map(Wearer::settings).orElse(WearerSettings.defaults()),
        clock);
  }

  /**
   * What a wearer answered lately, to any alert.
   *
   * @throws ApiException 503 when it cannot be read at the moment
   */
  List<AlertResponse> past(WearerId wearer) {
    try {
      return past.since(wearer, clock.instant().minus(LOOK_BACK).toEpochMilli());
    } catch (KafkaException e) {
      throw ApiException.unavailable(
          "Your answer could not be checked, because Kafka does not answer; please send it again.",
          RETRY_SECONDS);
    }
  }

  /** The wearer's book after some answers. */
  private SnoozeBook book(WearerId wearer, List<AlertResponse> answers) {
    Map<String, Optional<String>> sittings = new HashMap<>();
    return SnoozeBook.ofAnswers(
        answers,
        settings.apply(wearer).alerts(),
        alert -> sittings.computeIfAbsent(alert, id -> alerts.alert(id).map(Alert::episode)));
  }

  /**
   * The snooze that runs now, with the alert that it was said to and until when.
   *
   * @throws ApiException 503 when what was said cannot be read at the moment
   */
  Optional<Snoozes.Word> running(WearerId wearer) {
    return book(wearer, past(wearer)).running(clock.instant());
  }

  /**
   * Judges a word about snoozing; stores it when it holds, and why not when it is refused.
   *
   * @param response a snooze, or the end of one
   * @param alert that it was said to
   * @param before what the wearer answered lately
   * @throws ApiException 503 when it could not be stored
   */
  Verdict keep(AlertResponse response, Alert alert, List<AlertResponse> before) {
    Verdict verdict = book(alert.wearer(), before).judge(response);
    if (verdict instanceof Verdict.Kept kept) {
      sink.put(kept.answer());
    } else if (verdict instanceof Verdict.Refused) {
      sink.put(
          Snoozes.refusal(
              alert.wearer(),
              alert.episode(),
              alert.kind(),
              alert.step(),
              response.at(),
              alert.zone(),
              alert.id(),
              settings.apply(alert.wearer()).alerts().language()));
    }
    return verdict;
  }

  /**
   * Ends the snooze that runs, whatever alert it was said to; without one nothing happens.
   *
   * @return whether one ran
   * @throws ApiException 503 when it could not be read or stored
   */
  boolean end(WearerId wearer) {
    Optional<Snoozes.Word> running = running(wearer);
    running.ifPresent(
        word -> {
          Instant now = clock.instant();
          sink.put(new AlertResponse(word.alert(), wearer, Action.SNOOZE, null, null, now, now));
        });
    return running.isPresent();
  }
}
