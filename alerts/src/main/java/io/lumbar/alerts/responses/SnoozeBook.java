package io.lumbar.alerts.responses;

import io.lumbar.alerts.responses.Snoozes.Word;
import io.lumbar.alerts.stretches.Language;
import io.lumbar.alerts.stretches.Texts;
import io.lumbar.model.AlertResponse;
import io.lumbar.model.AlertSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one rule for snoozes, which the policy, the page, links in messages and the home ask. Pure.
 *
 * <p>What was said is a set of words: by the time at which each was said the last one that was not
 * refused says until when, in whatever order they came, and a word that comes twice is one. Only a
 * word that ends later than what runs counts to the limit of its sitting; beyond the limit it is
 * refused and changes nothing. Where putting off gets harder, such a word may be kept for less than
 * it asked, and never ends what runs any earlier.
 */
public final class SnoozeBook {
  /** A snooze that ends this little later than the one that runs is that one, sent twice. */
  private static final Duration SAME = Duration.ofMinutes(1);

  private final Set<Word> words;
  private final AlertSettings manners;
  private final Function<String, Optional<String>> sitting;
  private final Map<String, Integer> counted = new HashMap<>();
  private final Map<String, Integer> used = new HashMap<>();
  private final Set<Word> refused = new HashSet<>();
  private @Nullable Word last;

  private SnoozeBook(
      Set<Word> words, AlertSettings manners, Function<String, Optional<String>> sitting) {
    this.words = words;
    this.manners = manners;
    this.sitting = sitting;
    words.forEach(this::hear);
  }

  /**
   * What holds after some words.
   *
   * @param words in any order
   * @param manners the wearer's own limit, and whether putting off gets harder
   * @param sitting of an alert; empty where it is not known, and then nothing is counted
   */
  public static SnoozeBook of(
      Collection<Word> words, AlertSettings manners, Function<String, Optional<String>> sitting) {
    return new SnoozeBook(new TreeSet<>(words), manners, sitting);
  }

  /** As with words; answers that are no word about snoozing are passed over. */
  static SnoozeBook ofAnswers(
      Collection<AlertResponse> answers,
      AlertSettings manners,
      Function<String, Optional<String>> sitting) {
    Set<Word> words = new TreeSet<>();
    for (AlertResponse answer : answers) {
      if (answer.action() == AlertResponse.Action.SNOOZE) {
        words.add(Word.of(answer, answer.at()));
      }
    }
    return new SnoozeBook(words, manners, sitting);
  }

  private void hear(Word word) {
    Optional<String> of = sitting.apply(word.alert());
    int before = of.map(this::used).orElse(0);
    Word running = last;
    if (!isLonger(word, running)) {
      boolean again = running != null && runs(running, word.at()) && word.endsAfter(running);
      last = again ? running : word;
    } else if (of.isPresent() && before >= manners.snoozeLimit()) {
      refused.add(word);
    } else {
      Word kept =
          manners.harderSnoozes()
              ? word.endingAt(Snoozes.harder(word.until(), before, word.at()))
              : word;
      if (isLonger(kept, running)) {
        of.ifPresent(one -> used.merge(one, 1, Integer::sum));
        of.ifPresent(one -> counted.merge(word.alert(), 1, Integer::sum));
        last = kept;
      }
    }
  }

  /** Whether it asks for more than runs at the time. */
  private static boolean isLonger(Word word, @Nullable Word running) {
    Instant beyond =
        running != null && runs(running, word.at()) ? running.until().plus(SAME) : word.at();
    return word.until().isAfter(beyond);
  }

  private static boolean runs(Word word, Instant now) {
    return word.until().isAfter(now);
  }

  /** End of the last snooze, which may be over; null where none was said. */
  public @Nullable Instant until() {
    return last == null ? null : last.until();
  }

  /** The snooze that runs, with the alert that it was said to, and until when it is kept. */
  public Optional<Word> running(Instant now) {
    return Optional.ofNullable(last).filter(word -> runs(word, now));
  }

  /** How many words of each alert count towards the limit of its sitting. */
  public Map<String, Integer> counted() {
    return Map.copyOf(counted);
  }

  /** How many snoozes of a sitting count. */
  public int used(String one) {
    return used.getOrDefault(one, 0);
  }

  /** Whether a word is beyond the limit, so that it changes nothing. */
  public boolean refuses(Word word) {
    return refused.contains(word);
  }

  /** What becomes of a word about snoozing. */
  public sealed interface Verdict {
    /**
     * It holds.
     *
     * @param answer as it is to be stored: where it lasts less than asked, it says so
     */
    record Kept(AlertResponse answer) implements Verdict {}

    /**
     * It is beyond the wearer's own limit and changes nothing.
     *
     * @param limit snoozes of one sitting
     */
    record Refused(int limit) implements Verdict {
      /** Why, and what else there is, in the wearer's language. */
      public String sentence(AlertSettings manners) {
        return Texts.in(Language.of(manners.language()))
            .line("messages", limit == 0 ? "noSnooze" : "snoozedOften")
            .replace("{n}", Integer.toString(limit));
      }
    }

    /** It would end a snooze, and none runs. */
    record NothingRuns() implements Verdict {}
  }

  /**
   * What becomes of one more word; the book stays as it is.
   *
   * @param next a snooze, or the end of one
   */
  Verdict judge(AlertResponse next) {
    if (next.endsSnooze() && running(next.at()).isEmpty()) {
      return new Verdict.NothingRuns();
    }
    Word word = Word.of(next, next.at());
    Set<Word> upTo = new TreeSet<>(words);
    upTo.add(word);
    upTo.removeIf(one -> one.compareTo(word) > 0);
    SnoozeBook after = new SnoozeBook(upTo, manners, sitting);
    if (after.refuses(word)) {
      return new Verdict.Refused(manners.snoozeLimit());
    }
    Instant until = after.until();
    return new Verdict.Kept(
        until == null || until.equals(word.until()) ? next : Snoozes.lasting(next, until));
  }
}
