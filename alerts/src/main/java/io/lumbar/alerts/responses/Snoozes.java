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
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How long a snooze lasts, and which snoozes count towards the limit of a sitting. Pure, and the
 * same in whatever order the words come.
 */
public final class Snoozes {
  public static final int USUAL_MINUTES = 15;
  public static final int LEAST_MINUTES = 5;
  public static final int MOST_MINUTES = 240;

  /** How long a snooze may last that follows one, and two or more, of the same sitting. */
  private static final Duration SECOND = Duration.ofMinutes(USUAL_MINUTES);

  private static final Duration FURTHER = Duration.ofMinutes(LEAST_MINUTES);

  private static final String NOT_SNOOZED = "/words/notSnoozed";
  private static final String LIMIT = "snooze-limit";

  /** The one sitting that an answer is about. */
  private static final String SITTING = "";

  /** A snooze that ends this little later than the one that runs is that one, sent twice. */
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

  /**
   * A snooze as it was asked; one that ends when it was said ends the one that runs.
   *
   * @param until as asked, within the bounds of a snooze
   */
  public record Word(String alert, Instant at, Instant until) implements Comparable<Word> {
    private static final Comparator<Word> ORDER =
        Comparator.comparing(Word::at).thenComparing(Word::until).thenComparing(Word::alert);

    /** The word of an answer that is read now. */
    public static Word of(AlertResponse response, Instant now) {
      return new Word(response.alert(), earlier(response.at(), now), end(response, now));
    }

    @Override
    public int compareTo(Word other) {
      return ORDER.compare(this, other);
    }

    /** Whether it lasts no longer than what runs, null for nothing: then it counts to no limit. */
    boolean isNoLonger(@Nullable Instant running) {
      return !until.isAfter(at) || (running != null && !until.isAfter(running.plus(SAME)));
    }
  }

  /**
   * What holds after some words.
   *
   * @param until end of the last snooze; null where none was asked
   * @param words how many words of each alert count towards the limit of its sitting
   * @param used how many count of each sitting
   * @param refused words beyond the limit, which change nothing
   */
  public record Running(
      @Nullable Instant until,
      Map<String, Integer> words,
      Map<String, Integer> used,
      Set<Word> refused) {}

  /**
   * Goes through words in order of time: the last that was not refused says until when.
   *
   * @param words in any order
   * @param limit snoozes of one sitting
   * @param harder whether each snooze of a sitting is shorter than the one before
   * @param sitting of an alert; empty where it is not known, and then nothing is counted
   */
  public static Running running(
      Collection<Word> words,
      int limit,
      boolean harder,
      Function<String, Optional<String>> sitting) {
    Instant until = null;
    Map<String, Integer> counted = new HashMap<>();
    Map<String, Integer> used = new HashMap<>();
    Set<Word> refused = new HashSet<>();
    for (Word word : new TreeSet<>(words)) {
      Optional<String> of = sitting.apply(word.alert());
      int before = of.map(one -> used.getOrDefault(one, 0)).orElse(0);
      Instant end = harder ? harder(word.until(), before, word.at()) : word.until();
      boolean counts = of.isPresent() && !new Word(word.alert(), word.at(), end).isNoLonger(until);
      if (counts && before >= limit) {
        refused.add(word);
        continue;
      }
      if (counts) {
        used.merge(of.get(), 1, Integer::sum);
        counted.merge(word.alert(), 1, Integer::sum);
      }
      until = end;
    }
    return new Running(until, counted, used, refused);
  }

  /**
   * What was snoozed of a sitting before the next snooze.
   *
   * @param used how often
   * @param repeats whether the next one lasts no longer than the one that runs
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
   * @param past answers of the wearer to any alerts, in any order
   * @param ofSitting whether an alert is about the sitting
   */
  static Before before(
      int limit, List<AlertResponse> past, Predicate<String> ofSitting, AlertResponse next) {
    Running running =
        running(
            words(past),
            limit,
            false,
            alert -> ofSitting.test(alert) ? Optional.of(SITTING) : Optional.empty());
    return new Before(
        running.used().getOrDefault(SITTING, 0),
        Word.of(next, next.at()).isNoLonger(running.until()));
  }

  /** The alert whose snooze runs after some answers of the wearer, in any order. */
  static Optional<String> running(List<AlertResponse> past, Instant now) {
    return words(past).stream()
        .max(Comparator.naturalOrder())
        .filter(word -> word.until().isAfter(now))
        .map(Word::alert);
  }

  private static List<Word> words(List<AlertResponse> answers) {
    return answers.stream()
        .filter(answer -> answer.action() == Action.SNOOZE)
        .map(answer -> Word.of(answer, answer.at()))
        .toList();
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
