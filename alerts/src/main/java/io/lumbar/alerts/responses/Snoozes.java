package io.lumbar.alerts.responses;

import io.lumbar.alerts.stretches.Language;
import io.lumbar.alerts.stretches.Texts;
import io.lumbar.model.AlertResponse;
import io.lumbar.model.AlertResponse.Action;
import io.lumbar.model.Decision;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.StableIds;
import io.lumbar.model.WearerId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** How long a snooze lasts, and which snoozes count towards the limit of a sitting. Pure. */
public final class Snoozes {
  public static final int USUAL_MINUTES = 15;
  public static final int LEAST_MINUTES = 5;
  public static final int MOST_MINUTES = 240;

  /** How long a snooze may last that follows one, and two or more, of the same sitting. */
  private static final Duration SECOND = Duration.ofMinutes(USUAL_MINUTES);

  private static final Duration FURTHER = Duration.ofMinutes(LEAST_MINUTES);

  private static final String NOT_SNOOZED = "/words/notSnoozed";
  private static final String LIMIT = "snooze-limit";

  /** A snooze that ends this little later than the one that runs is the same, sent twice. */
  private static final Duration SAME = Duration.ofMinutes(1);

  /** "Until tomorrow" can be said just after midnight. */
  private static final Duration LONGEST = Duration.ofDays(2);

  private Snoozes() {}

  /** When a snooze that is taken now ends, within the bounds whatever was asked. */
  public static Instant end(AlertResponse response, Instant now) {
    Instant until = response.until();
    if (until != null) {
      return earlier(until, now.plus(LONGEST));
    }
    Integer asked = response.minutes();
    int minutes = asked == null ? USUAL_MINUTES : asked;
    int kept = Math.min(Math.max(minutes, LEAST_MINUTES), MOST_MINUTES);
    return earlier(response.at(), now).plus(Duration.ofMinutes(kept));
  }

  /**
   * The end of a snooze of somebody for whom putting off gets harder: the first is as long as they
   * like, the second 15 minutes at most, each further one 5.
   *
   * @param used snoozes of the same sitting before
   */
  public static Instant harder(Instant end, int used, Instant now) {
    return switch (used) {
      case 0 -> end;
      case 1 -> earlier(end, now.plus(SECOND));
      default -> earlier(end, now.plus(FURTHER));
    };
  }

  /** The same snooze, as short as {@link #harder} has it. */
  static AlertResponse shortened(AlertResponse response, int used) {
    Instant asked = end(response, response.at());
    Instant kept = harder(asked, used, response.at());
    return kept.isBefore(asked)
        ? new AlertResponse(
            response.alert(),
            response.wearer(),
            response.action(),
            (int) Duration.between(response.at(), kept).toMinutes(),
            response.was(),
            response.at(),
            null,
            response.ticket())
        : response;
  }

  /** Whether a snooze only repeats the one that runs, null for none; it does not count then. */
  public static boolean isSame(Instant end, @Nullable Instant running) {
    return running != null && !end.isAfter(running.plus(SAME));
  }

  /**
   * What was snoozed of a sitting before the next snooze.
   *
   * @param used how often
   * @param repeats whether the next one only repeats the one that runs
   */
  record Before(int used, boolean repeats) {
    /** Whether the next one would be beyond a limit. */
    boolean exhausts(int limit) {
      return used >= limit && !repeats;
    }
  }

  /**
   * Counts the snoozes of a sitting before another.
   *
   * @param past answers of the wearer to any alerts, in order
   * @param ofSitting whether an alert is about the sitting
   */
  static Before before(
      int limit, List<AlertResponse> past, Predicate<String> ofSitting, AlertResponse next) {
    int used = 0;
    Instant running = null;
    for (AlertResponse answer : past) {
      if (answer.action() == Action.SNOOZE) {
        Instant end = end(answer, answer.at());
        boolean counts = ofSitting.test(answer.alert()) && !isSame(end, running);
        if (counts && used == limit) {
          continue;
        }
        used += counts ? 1 : 0;
        running = running == null || end.isAfter(running) ? end : running;
      }
    }
    return new Before(used, isSame(end(next, next.at()), running));
  }

  /**
   * Why a snooze beyond the limit changes nothing. The id is a function of episode and step.
   *
   * @param alert the alert that was to be snoozed
   * @param language of the wearer's alerts
   */
  public static Decision refusal(
      WearerId wearer,
      String episode,
      EpisodeKind kind,
      int step,
      Instant at,
      ZoneId zone,
      String alert,
      String language) {
    return new Decision(
        StableIds.decision(episode, step, LIMIT),
        wearer,
        episode,
        kind,
        step,
        at,
        zone,
        LIMIT,
        Texts.in(Language.of(language)).section("alerts").at(NOT_SNOOZED).asText(),
        alert);
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }
}
