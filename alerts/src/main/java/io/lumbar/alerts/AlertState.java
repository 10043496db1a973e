package io.lumbar.alerts;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lumbar.alerts.responses.Snoozes;
import io.lumbar.model.CheckIn;
import io.lumbar.model.Episode;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.Experiment;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the policy remembers of one wearer. Bounded: by age for what was told, by number for what is
 * watched, so that an import of years does not make it grow.
 *
 * @param told alerted spans, oldest first
 * @param watched episodes seen lately, the least recently seen first
 * @param snoozedUntil end of the snooze, or null; by the last of {@code spoken} that counts
 * @param heard the newest alerts and whether they were answered, oldest first
 * @param withheld spans held back at random
 * @param trials what the wearer tries with and without alerts, the newest word about each
 * @param checkIns how the wearer felt in the last days, the newest word about each; those taken
 *     back stay, so that arrival decides nothing, and those with pain stay longest
 * @param spoken snoozes as they were asked, and ends of them, in order of time; none in states from
 *     before they were kept
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record AlertState(
    List<Told> told,
    List<Watched> watched,
    @Nullable Instant snoozedUntil,
    List<Heard> heard,
    List<Withheld> withheld,
    List<Experiment> trials,
    List<CheckIn> checkIns,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Snoozes.Word> spoken) {
  static final int MOST_WATCHED = 32;
  private static final int MOST_TRIALS = 8;
  private static final int MOST_CHECK_INS = 48;
  private static final int MOST_SPOKEN = 64;

  /** A rise of pain over three days needs four, and a zone may change the day. */
  private static final Duration FELT = Duration.ofDays(5);

  /** How many of the newest alerts decide on a back-off, and how few answers among them. */
  static final int BACK_OFF_OVER = 10;

  private static final int BACK_OFF_BELOW = 3;

  /** An alert that was sent; answered means a response, or up within five minutes. */
  record Heard(String alert, boolean answered) {}

  /** A span of time that is held back at random. */
  record Withheld(String episode, EpisodeKind kind, Instant from, Instant to) {
    boolean covers(Episode other, Instant otherTo) {
      return kind == other.kind()
          && (episode.equals(other.id()) || (from.isBefore(otherTo) && other.from().isBefore(to)));
    }

    Withheld until(Instant newTo) {
      return new Withheld(episode, kind, from, newTo);
    }
  }

  /**
   * A span of time that was alerted.
   *
   * @param to newest evidence of the episode
   * @param sent false when another episode over the same time had been alerted already
   * @param wrong the wearer said that it is not so
   * @param snoozes how often it was snoozed
   * @param zone of the episode; null in states from before it was kept
   * @param missed none of the wearer's channels was reached, but the open page has it: it keeps its
   *     distance to others and can be snoozed, and counts towards no budget
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Told(
      String alert,
      String episode,
      EpisodeKind kind,
      int step,
      Instant from,
      Instant to,
      Instant at,
      boolean sent,
      boolean wrong,
      @Nullable String phrase,
      @Nullable String stretch,
      int snoozes,
      @Nullable ZoneId zone,
      boolean missed) {

    boolean covers(Episode other, Instant otherTo) {
      return kind == other.kind()
          && (episode.equals(other.id()) || (from.isBefore(otherTo) && other.from().isBefore(to)));
    }

    Told until(Instant newTo) {
      return new Told(
          alert, episode, kind, step, from, newTo, at, sent, wrong, phrase, stretch, snoozes, zone,
          missed);
    }

    /** The same alert seen as one about another episode over the same time. */
    Told alsoOf(Episode other, Instant otherTo) {
      return new Told(
          alert,
          other.id(),
          kind,
          step,
          other.from(),
          otherTo,
          at,
          false,
          wrong,
          null,
          null,
          snoozes,
          zone,
          missed);
    }

    Told markedWrong() {
      return new Told(
          alert, episode, kind, step, from, to, at, sent, true, phrase, stretch, snoozes, zone,
          missed);
    }

    Told markedMissed() {
      return new Told(
          alert, episode, kind, step, from, to, at, sent, wrong, phrase, stretch, snoozes, zone,
          true);
    }

    Told snoozed(int times) {
      return new Told(
          alert, episode, kind, step, from, to, at, sent, wrong, phrase, stretch, times, zone,
          missed);
    }
  }

  /**
   * An episode and what was decided about its steps.
   *
   * @param decided step and reason, as {@code 30:snoozed}
   * @param open the newest record while the episode is open, else null
   * @param seenAt when that record was first seen
   * @param due when to look again without a new record, or null
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Watched(
      String id,
      int revision,
      Set<String> decided,
      @Nullable Episode open,
      Instant seenAt,
      @Nullable Instant due) {

    Watched {
      decided = Set.copyOf(decided);
    }

    boolean hasDecided(int step, Reason reason) {
      return decided.contains(mark(step, reason));
    }

    /** False when nothing was decided, or is not remembered. */
    boolean hasDecided() {
      return !decided.isEmpty();
    }

    boolean hasDecided(int step) {
      return decided.stream().anyMatch(mark -> mark.startsWith(step + ":"));
    }

    /** Whether other settings may let something out of it. */
    boolean isHeldBack() {
      return due != null
          || (open != null
              && decided.stream()
                  .anyMatch(mark -> mark.endsWith(":" + Reason.BACKED_OFF.wireName())));
    }

    Watched decide(int step, Reason reason) {
      Set<String> more = new TreeSet<>(decided);
      more.add(mark(step, reason));
      return new Watched(id, revision, more, open, seenAt, due);
    }

    Watched dueAt(@Nullable Instant instant) {
      return new Watched(id, revision, decided, open, seenAt, instant);
    }

    /** Looked at at an instant, or earlier when that was due already. */
    Watched dueBy(Instant instant) {
      return due == null || due.isAfter(instant) ? dueAt(instant) : this;
    }

    private static String mark(int step, Reason reason) {
      return step + ":" + reason.wireName();
    }
  }

  AlertState {
    told = List.copyOf(told);
    watched = List.copyOf(watched);
    heard = heard == null ? List.of() : List.copyOf(heard);
    withheld = withheld == null ? List.of() : List.copyOf(withheld);
    trials = trials == null ? List.of() : List.copyOf(trials);
    checkIns = checkIns == null ? List.of() : List.copyOf(checkIns);
    spoken = spoken == null ? List.of() : List.copyOf(spoken);
  }

  static AlertState empty() {
    return new AlertState(
        List.of(), List.of(), null, List.of(), List.of(), List.of(), List.of(), List.of());
  }

  Optional<Watched> watched(String episode) {
    return watched.stream().filter(one -> one.id().equals(episode)).findFirst();
  }

  /** When the policy must look again, if nothing comes in before. */
  Optional<Instant> nextDue() {
    return watched.stream()
        .flatMap(one -> Stream.ofNullable(one.due()))
        .min(Comparator.naturalOrder());
  }

  Stream<Told> sent() {
    return told.stream().filter(Told::sent);
  }

  /** True when an alert was about the sitting that this episode is about, whatever its id. */
  boolean isAbout(Told alert, Episode episode, Instant to) {
    return told.stream()
        .anyMatch(one -> one.alert().equals(alert.alert()) && one.covers(episode, to));
  }

  /**
   * The alert of a sitting that its wearer snoozed, when nothing was said about the sitting since:
   * one is owed when the snooze ends.
   */
  Optional<Told> snoozed(Episode episode, Instant to) {
    return sent()
        .filter(alert -> isAbout(alert, episode, to))
        .max(Comparator.comparingInt(Told::step))
        .filter(alert -> alert.snoozes() > 0 && snoozedUntil != null);
  }

  AlertState watch(Watched one) {
    List<Watched> rest = new ArrayList<>(watched);
    rest.removeIf(old -> old.id().equals(one.id()));
    rest.add(one);
    while (rest.size() > MOST_WATCHED) {
      // Many bends must not push out the sitting that goes on.
      Optional<Watched> over = rest.stream().filter(old -> old.open() == null).findFirst();
      rest.remove(over.orElse(rest.get(0)));
    }
    return new AlertState(told, rest, snoozedUntil, heard, withheld, trials, checkIns, spoken);
  }

  /**
   * With how far an episode has come that is watched already, and what was told and held back of
   * it.
   *
   * @param toldTo how far what was told of it covers, or null to leave that as it is
   * @param withheldTo how far what was held back of it covers, or null to leave that as it is
   */
  AlertState moved(Watched one, @Nullable Instant toldTo, @Nullable Instant withheldTo) {
    AlertState state = watch(one);
    String episode = one.id();
    return new AlertState(
        toldTo == null
            ? state.told
            : state.told.stream()
                .map(told -> told.episode().equals(episode) ? told.until(toldTo) : told)
                .toList(),
        state.watched,
        snoozedUntil,
        heard,
        withheldTo == null
            ? withheld
            : withheld.stream()
                .map(held -> held.episode().equals(episode) ? held.until(withheldTo) : held)
                .toList(),
        trials,
        checkIns,
        spoken);
  }

  AlertState unwatch(String episode) {
    List<Watched> rest = watched.stream().filter(one -> !one.id().equals(episode)).toList();
    return rest.size() == watched.size()
        ? this
        : new AlertState(told, rest, snoozedUntil, heard, withheld, trials, checkIns, spoken);
  }

  AlertState tell(Told one) {
    List<Told> all = new ArrayList<>(told);
    all.add(one);
    return new AlertState(all, watched, snoozedUntil, heard, withheld, trials, checkIns, spoken);
  }

  /** Counts an alert among those that may be answered. */
  AlertState hear(String alert) {
    List<Heard> newest = new ArrayList<>(heard);
    newest.add(new Heard(alert, false));
    while (newest.size() > BACK_OFF_OVER) {
      newest.remove(0);
    }
    return new AlertState(told, watched, snoozedUntil, newest, withheld, trials, checkIns, spoken);
  }

  /** With other alerts that may be answered. */
  AlertState withHeard(List<Heard> others) {
    return new AlertState(told, watched, snoozedUntil, others, withheld, trials, checkIns, spoken);
  }

  AlertState answered(String alert) {
    List<Heard> known =
        heard.stream()
            .map(one -> one.alert().equals(alert) ? new Heard(alert, true) : one)
            .toList();
    return new AlertState(told, watched, snoozedUntil, known, withheld, trials, checkIns, spoken);
  }

  /** An alert of which nobody can say whether it was answered. */
  AlertState unheard(String alert) {
    List<Heard> rest = heard.stream().filter(one -> !one.alert().equals(alert)).toList();
    return new AlertState(told, watched, snoozedUntil, rest, withheld, trials, checkIns, spoken);
  }

  /** A sitting that is held back at random stays so, whatever its id becomes. */
  AlertState withhold(Episode episode, Instant to) {
    List<Withheld> others =
        withheld.stream().filter(one -> !one.episode().equals(episode.id())).toList();
    List<Withheld> all = new ArrayList<>(others);
    all.add(new Withheld(episode.id(), episode.kind(), episode.from(), to));
    return new AlertState(told, watched, snoozedUntil, heard, all, trials, checkIns, spoken);
  }

  /** True when the sitting was held back at random before, under this id or another. */
  boolean isWithheld(Episode episode, Instant to) {
    return withheld.stream().anyMatch(one -> one.covers(episode, to));
  }

  /** With what the wearer tries, or has changed or taken back; arrival decides nothing. */
  AlertState tries(Experiment one) {
    Optional<Experiment> known =
        trials.stream().filter(other -> other.id().equals(one.id())).findFirst();
    if (known.isPresent() && !one.supersedes(known.get())) {
      return this;
    }
    List<Experiment> all = new ArrayList<>(trials);
    all.removeIf(other -> other.id().equals(one.id()));
    all.add(one);
    while (all.size() > MOST_TRIALS) {
      all.remove(0);
    }
    return new AlertState(told, watched, snoozedUntil, heard, withheld, all, checkIns, spoken);
  }

  /** With what the wearer told of the last days, or has amended or taken back. */
  AlertState feels(CheckIn one, Instant now) {
    List<CheckIn> all = new ArrayList<>(checkIns);
    all.removeIf(other -> other.id().equals(one.id()) && one.supersedes(other));
    if (all.stream().noneMatch(other -> other.id().equals(one.id()))) {
      all.add(one);
    }
    all.removeIf(other -> other.at().isBefore(now.minus(FELT)));
    Comparator<CheckIn> byTime = Comparator.comparing(CheckIn::at).thenComparing(CheckIn::id);
    // Each exercise of a routine is a check-in, and must not push out the pain before it.
    all.sort(Comparator.comparingInt(AlertState::weight).thenComparing(byTime));
    List<CheckIn> kept =
        new ArrayList<>(all.subList(Math.max(0, all.size() - MOST_CHECK_INS), all.size()));
    kept.sort(byTime);
    return new AlertState(told, watched, snoozedUntil, heard, withheld, trials, kept, spoken);
  }

  /** How long a check-in is kept: one with pain longest, then what was taken back. */
  private static int weight(CheckIn one) {
    return one.revoked() ? 1 : one.pain() == null ? 0 : 2;
  }

  /** The highest pain that was told of each of the last days, by the days of a zone. */
  Map<LocalDate, Integer> pains(ZoneId zone) {
    Map<LocalDate, Integer> pains = new TreeMap<>();
    for (CheckIn one : checkIns) {
      Integer pain = one.pain();
      if (pain != null && !one.revoked()) {
        pains.merge(LocalDate.ofInstant(one.at(), zone), pain, Math::max);
      }
    }
    return pains;
  }

  /** Whether a day is one without alerts, because the wearer tries what they change. */
  boolean isWithoutAlerts(LocalDate day) {
    return trials.stream().anyMatch(one -> !one.revoked() && one.covers(day) && !one.isWith(day));
  }

  /** In whatever zone. */
  private static boolean isOver(Experiment one, Instant instant) {
    return one.end().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().isBefore(instant);
  }

  /** True when so few of the newest alerts were answered that they had better come later. */
  boolean backsOff() {
    return heard.size() == BACK_OFF_OVER
        && heard.stream().filter(Heard::answered).count() < BACK_OFF_BELOW;
  }

  AlertState eachTold(UnaryOperator<Told> change) {
    return new AlertState(
        told.stream().map(change).toList(),
        watched,
        snoozedUntil,
        heard,
        withheld,
        trials,
        checkIns,
        spoken);
  }

  /** With one more word about snoozing, in order of time; said twice, it is one. */
  AlertState hears(Snoozes.Word word) {
    TreeSet<Snoozes.Word> all = new TreeSet<>(spoken);
    all.add(word);
    while (all.size() > MOST_SPOKEN) {
      all.pollFirst();
    }
    return new AlertState(
        told, watched, snoozedUntil, heard, withheld, trials, checkIns, List.copyOf(all));
  }

  /** What is open is looked at again at the end, whether or not a record comes in before. */
  AlertState snooze(@Nullable Instant until) {
    List<Watched> looked =
        until == null
            ? watched
            : watched.stream().map(one -> one.open() == null ? one : one.dueBy(until)).toList();
    return new AlertState(told, looked, until, heard, withheld, trials, checkIns, spoken);
  }

  /** What waits for a gate, or for a later step because of a back-off, is due now. */
  AlertState lookAgain(Instant now) {
    return new AlertState(
        told,
        watched.stream().map(one -> one.isHeldBack() ? one.dueBy(now) : one).toList(),
        snoozedUntil,
        heard,
        withheld,
        trials,
        checkIns,
        spoken);
  }

  /** Without what nothing can refer to any more. */
  AlertState forget(Instant before) {
    return new AlertState(
        told.stream().filter(one -> !one.to().isBefore(before)).toList(),
        watched.stream().filter(one -> !one.seenAt().isBefore(before)).toList(),
        snoozedUntil == null || snoozedUntil.isBefore(before) ? null : snoozedUntil,
        heard,
        withheld.stream().filter(one -> !one.to().isBefore(before)).toList(),
        trials.stream().filter(one -> !isOver(one, before)).toList(),
        checkIns,
        spoken.stream().filter(one -> !one.until().isBefore(before)).toList());
  }
}
