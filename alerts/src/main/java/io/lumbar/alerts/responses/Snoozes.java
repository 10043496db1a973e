package io.lumbar.alerts.responses;

import io.lumbar.alerts.stretches.Language;
import io.lumbar.alerts.stretches.Texts;
import io.lumbar.model.AlertResponse;
import io.lumbar.model.Decision;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.StableIds;
import io.lumbar.model.WearerId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;

/** How long a snooze lasts, and what is said where it is refused. Pure. */
public final class Snoozes {
  public static final int USUAL_MINUTES = 15;
  public static final int LEAST_MINUTES = 5;
  public static final int MOST_MINUTES = 240;

  /** How long a snooze may last that follows one, and two or more, of the same sitting. */
  private static final Duration SECOND = Duration.ofMinutes(USUAL_MINUTES);

  private static final Duration FURTHER = Duration.ofMinutes(LEAST_MINUTES);

  private static final String NOT_SNOOZED = "/words/notSnoozed";
  private static final String LIMIT = "snooze-limit";

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

  /** The same snooze with another end, in minutes where it is whole ones. */
  static AlertResponse lasting(AlertResponse response, Instant until) {
    Duration length = Duration.between(response.at(), until);
    long minutes = length.toMinutes();
    boolean counted =
        length.equals(Duration.ofMinutes(minutes))
            && minutes >= LEAST_MINUTES
            && minutes <= MOST_MINUTES;
    return new AlertResponse(
        response.alert(),
        response.wearer(),
        response.action(),
        counted ? (Integer) (int) minutes : null,
        response.was(),
        response.at(),
        counted ? null : until,
        response.ticket());
  }

  /**
   * A snooze as it was asked; one that ends when it was said ends the one that runs.
   *
   * @param until as asked, within the bounds of a snooze
   */
  public record Word(String alert, Instant at, Instant until) implements Comparable<Word> {
    private static final Comparator<Word> ORDER =
        Comparator.comparing(Word::at)
            // Nobody ends a snooze before it is said.
            .thenComparing(Word::ends)
            .thenComparing(Word::until)
            .thenComparing(Word::alert);

    /** The word of an answer that is read now. */
    public static Word of(AlertResponse response, Instant now) {
      return new Word(response.alert(), earlier(response.at(), now), end(response, now));
    }

    @Override
    public int compareTo(Word other) {
      return ORDER.compare(this, other);
    }

    Word endingAt(Instant end) {
      return new Word(alert, at, end);
    }

    private boolean ends() {
      return !until.isAfter(at);
    }

    boolean endsAfter(Word other) {
      return until.isAfter(other.until);
    }
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
