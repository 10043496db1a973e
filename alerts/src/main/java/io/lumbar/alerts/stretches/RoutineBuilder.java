package io.lumbar.alerts.stretches;

import io.lumbar.model.OwnStretch;
import io.lumbar.model.StretchProfile;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Puts a routine of 10 to 15 minutes together. Exercises are taken by score: what the day's causes
 * say for them, two more for a practice or a set-up that has a cause, six for what the wearer wrote
 * down, one more when liked, one less for each time among the last three routines' worth of
 * exercises. Left out is what does not suit the wearer, what bends backwards after an arched night,
 * new strength work after a jump of load, and what was done on both days before, unless it is liked
 * or the wearer's own. Where so little suits that they come to less than ten minutes, exercises
 * come again in further rounds. The same input gives the same routine.
 */
final class RoutineBuilder {
  private static final int RECENT = 3;

  /** One episode. */
  private static final double ARCHED_NIGHT_MINUTES = 10;

  private static final int MOST_STRENGTH = 4;

  /** A routine of less is filled up, as far as it was wished to be so long. */
  static final double LEAST_MINUTES = 10;

  /** More often than three times in a row an exercise is not done. */
  private static final int MOST_ROUNDS = 3;

  /** More than was taken off for having been done lately, so that it comes first. */
  private static final int OWN = 6;

  private final Stretches stretches;
  private final Suitability suitability;

  RoutineBuilder(Stretches stretches, Suitability suitability) {
    this.stretches = stretches;
    this.suitability = suitability;
  }

  /** Where, when and for whom. */
  record Wish(
      StretchProfile profile, LocalDate day, DayFacts facts, Set<Place> places, double minutes) {}

  /** Exercises for a wish; fewer minutes than wished when not enough suits even for rounds. */
  Routine build(Wish wish, Map<Cause, Integer> causes) {
    Map<Stretch, Double> scores = scores(wish, causes);
    List<Stretch> ranked = new ArrayList<>(scores.keySet());
    ranked.sort(
        Comparator.<Stretch>comparingDouble(stretch -> -scores.getOrDefault(stretch, 0.0))
            .thenComparing(Comparator.comparingDouble(Stretch::minutes).reversed())
            .thenComparing(Stretch::id));
    List<Stretch> chosen = fill(ranked, wish.minutes());
    Comparator<Stretch> order = Comparator.comparing(Stretch::kind).thenComparing(Stretch::place);
    List<Stretch> routine = new ArrayList<>(chosen.stream().sorted(order).toList());
    for (int round = 2; round <= MOST_ROUNDS && wish.minutes() >= LEAST_MINUTES; round++) {
      routine.addAll(again(chosen, routine, wish.minutes()).stream().sorted(order).toList());
    }
    return Routine.of(routine, causes);
  }

  /** What comes again of those chosen, by rank, until there is enough; no set-up, no practice. */
  private static List<Stretch> again(List<Stretch> chosen, List<Stretch> routine, double most) {
    double total = routine.stream().mapToDouble(Stretch::minutes).sum();
    long strength = routine.stream().filter(RoutineBuilder::isHard).count();
    List<Stretch> more = new ArrayList<>();
    for (Stretch stretch : chosen) {
      boolean once = stretch.kind() == Kind.SET_UP || stretch.kind() == Kind.PRACTICE;
      boolean tooHard = isHard(stretch) && strength >= MOST_STRENGTH;
      if (total < LEAST_MINUTES && !once && !tooHard && total + stretch.minutes() <= most) {
        more.add(stretch);
        strength += isHard(stretch) ? 1 : 0;
        total += stretch.minutes();
      }
    }
    return more;
  }

  private static boolean isHard(Stretch stretch) {
    return stretch.kind() == Kind.STRENGTH;
  }

  private Map<Stretch, Double> scores(Wish wish, Map<Cause, Integer> causes) {
    Predicate<Stretch> fits = fits(wish, causes);
    List<String> lately = wish.profile().lately(wish.day());
    List<String> recent = lately.subList(Math.max(0, lately.size() - RECENT), lately.size());
    Map<Stretch, Double> scores = new HashMap<>();
    for (Stretch stretch : stretches.all()) {
      if (!fits.test(stretch)) {
        continue;
      }
      double score =
          stretch.causes().stream().mapToInt(cause -> causes.getOrDefault(cause, 0)).sum();
      score += stretch.kind() == Kind.SET_UP || stretch.kind() == Kind.PRACTICE ? 2 : 0;
      score += wish.profile().liked().contains(stretch.id()) ? 1 : 0;
      score += isOwn(stretch) ? OWN : 0;
      score -= recent.contains(stretch.id()) ? 2 : 0;
      score -= wish.profile().doneOn(wish.day().minusDays(1)).contains(stretch.id()) ? 1 : 0;
      scores.put(stretch, score);
    }
    return scores;
  }

  private Predicate<Stretch> fits(Wish wish, Map<Cause, Integer> causes) {
    StretchProfile profile = wish.profile();
    Predicate<Stretch> suits = suitability.suits(profile, wish.day());
    boolean arched =
        !profile.bendBackwards() && wish.facts().archedMinutes() >= ARCHED_NIGHT_MINUTES;
    List<String> yesterday = profile.doneOn(wish.day().minusDays(1));
    List<String> before = profile.doneOn(wish.day().minusDays(2));
    return stretch ->
        wish.places().contains(stretch.place())
            && suits.test(stretch)
            && isAsked(stretch, causes)
            && !(arched && stretch.traits().contains(Trait.BEND_BACK))
            && !(wish.facts().loadJump() && stretch.kind() == Kind.STRENGTH)
            && (profile.liked().contains(stretch.id())
                || isOwn(stretch)
                || !(yesterday.contains(stretch.id()) && before.contains(stretch.id())));
  }

  private static boolean isOwn(Stretch stretch) {
    return stretch.id().startsWith(OwnStretch.PREFIX);
  }

  /** Bending backwards, practice and sleeping set-ups need a reason; the rest fills up. */
  private static boolean isAsked(Stretch stretch, Map<Cause, Integer> causes) {
    boolean needsReason =
        stretch.kind() == Kind.PRACTICE
            || stretch.kind() == Kind.SET_UP
            || stretch.traits().contains(Trait.BEND_BACK);
    return !needsReason || stretch.causes().stream().anyMatch(causes::containsKey);
  }

  /** Takes by rank what still fits; two forms of the same movement and much strength never. */
  private static List<Stretch> fill(List<Stretch> ranked, double minutes) {
    List<Stretch> chosen = new ArrayList<>();
    Set<String> figures = new HashSet<>();
    double total = 0;
    int strength = 0;
    for (Stretch stretch : ranked) {
      boolean hard = isHard(stretch);
      if (total + stretch.minutes() > minutes
          || (hard && strength == MOST_STRENGTH)
          || !figures.add(movement(stretch))) {
        continue;
      }
      chosen.add(stretch);
      strength += hard ? 1 : 0;
      total += stretch.minutes();
    }
    return chosen;
  }

  /** Sitting, standing and lying forms of one movement end in the same words. */
  private static String movement(Stretch stretch) {
    String id = stretch.id();
    for (String same : List.of("figure-four", "cat-cow", "pelvic-tilt", "walk")) {
      if (id.contains(same)) {
        return same;
      }
    }
    return id;
  }
}
