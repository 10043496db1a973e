package io.lumbar.reports.daily;

import io.lumbar.model.LoadChange;
import io.lumbar.model.NightSummary;
import io.lumbar.model.SleepPosition;
import io.lumbar.reports.daily.Report.Day;
import io.lumbar.reports.daily.Report.Exercise;
import io.lumbar.reports.daily.Report.Measure;
import io.lumbar.reports.daily.Report.Night;
import io.lumbar.reports.daily.Report.Suggestion;
import io.lumbar.reports.trends.Figure;
import io.lumbar.reports.trends.Nights;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One to three things to do today, each with the measured reason for it (the rule map of the
 * stretches: long sitting, a heavier week, a night on the front; a gentle base otherwise).
 *
 * <p>With strong pain there is only walking and the word to ask a clinician. General information,
 * not reviewed by a clinician.
 */
final class Suggestions {
  private static final int MOST = 3;
  private static final double LONG_SITTING = 60;
  private static final int MANY_BOUTS = 3;
  private static final double LONG_PRONE = 60;
  private static final double STRONG_PAIN = 7;
  private static final List<String> AFTER_SITTING =
      List.of("half-kneeling-hip-stretch", "standing-hip-opener", "seated-figure-four");
  private static final List<String> AFTER_PRONE =
      List.of("pelvic-tilt", "cat-cow", "knee-to-chest");
  private static final List<String> AFTER_BENDING = List.of("sit-to-stand", "knee-rolls");
  private static final List<String> BASE = List.of("glute-bridge", "cat-cow", "short-walk");

  private final Exercises exercises;

  Suggestions(Exercises exercises) {
    this.exercises = exercises;
  }

  List<Suggestion> of(
      LocalDate date, Section<Night> night, Section<Day> day, Section<List<LoadChange>> load) {
    int pain = night.optional().map(Night::summary).map(NightSummary::morningPain).orElse(0);
    if (pain >= STRONG_PAIN) {
      return List.of(
          suggestion(
              "Walk a little, and ask for advice",
              "You gave your pain %d of 10 this morning. Let a clinician look at it if that lasts."
                  .formatted(pain),
              Optional.of("short-walk")));
    }
    List<Suggestion> all = new ArrayList<>();
    night.optional().flatMap(page -> afterNight(page.summary(), date)).ifPresent(all::add);
    day.optional().flatMap(page -> afterSitting(page, date)).ifPresent(all::add);
    day.optional().flatMap(page -> afterBending(page, date)).ifPresent(all::add);
    load.optional().flatMap(this::afterLoad).ifPresent(all::add);
    if (all.isEmpty()) {
      all.add(base(date, day));
    }
    return all.subList(0, Math.min(MOST, all.size()));
  }

  private Optional<Suggestion> afterSitting(Day day, LocalDate date) {
    Report.Stretch longest = day.longest();
    double bouts =
        day.measures().optional().stream()
            .flatMap(List::stream)
            .filter(measure -> measure.figure() == Figure.BOUTS_OF_30)
            .mapToDouble(Measure::value)
            .findFirst()
            .orElse(0);
    if (longest != null && longest.minutes() >= LONG_SITTING) {
      return Optional.of(
          suggestion(
              "Open the hips",
              "Your longest sitting yesterday lasted %s.".formatted(minutes(longest.minutes())),
              turn(AFTER_SITTING, date)));
    }
    if (bouts >= MANY_BOUTS) {
      return Optional.of(
          suggestion(
              "Open the hips",
              "%.0f times yesterday you sat for half an hour or more.".formatted(bouts),
              turn(AFTER_SITTING, date)));
    }
    return Optional.empty();
  }

  private Optional<Suggestion> afterBending(Day day, LocalDate date) {
    return day.measures().optional().stream()
        .flatMap(List::stream)
        .filter(measure -> measure.figure() == Figure.BENDS)
        .filter(bends -> bends.usual() != null && bends.value() > bends.usual().high())
        .findFirst()
        .map(
            bends ->
                suggestion(
                    "Bend with the legs",
                    "%.0f bends of 45\u00b0 or more yesterday, more than usual for you."
                        .formatted(bends.value()),
                    turn(AFTER_BENDING, date)));
  }

  private Optional<Suggestion> afterNight(NightSummary night, LocalDate date) {
    double prone = Nights.minutes(night, SleepPosition.PRONE);
    Double told = Nights.arched(night);
    double arched = told == null ? 0 : told;
    if (Math.max(prone, arched) < LONG_PRONE) {
      return Optional.empty();
    }
    String reason =
        arched >= LONG_PRONE
            ? "Your back %s arched for %s."
                .formatted(night.archedMinutes() == null ? "may have been" : "was", minutes(arched))
            : "You lay on your front for %s.".formatted(minutes(prone));
    return Optional.of(
        suggestion(
            "Ease the lower back",
            reason
                + " If mornings feel stiff, many people try the side with a pillow between the"
                + " knees.",
            turn(AFTER_PRONE, date)));
  }

  private Optional<Suggestion> afterLoad(List<LoadChange> loads) {
    return loads.stream()
        .filter(LoadChange::jump)
        .findFirst()
        .map(
            load ->
                suggestion(
                    "A lighter day",
                    "This week has %.0f %% more %s than your weeks before; build up gradually."
                        .formatted(load.changePercent(), loaded(load.measure())),
                    Optional.of("knee-rolls")));
  }

  private static String loaded(LoadChange.Measure measure) {
    return switch (measure) {
      case STEPS -> "steps";
      case ACTIVE_MINUTES -> "movement";
      case BENDS -> "bending";
      case LIFT_VOLUME -> "lifting";
    };
  }

  private Suggestion base(LocalDate date, Section<Day> day) {
    boolean seen = day.optional().map(page -> page.awake().isEnough()).orElse(false);
    return suggestion(
        "Keep moving",
        seen
            ? "Nothing stood out yesterday. A little strength and movement is a good base."
            : "A little strength and movement is a good base on any day.",
        turn(BASE, date));
  }

  private Suggestion suggestion(String title, String reason, Optional<String> exercise) {
    Exercise found = exercise.flatMap(exercises::byId).orElse(null);
    return new Suggestion(title, reason, found);
  }

  /** A different one each day, the same for the same day. */
  private static Optional<String> turn(List<String> ids, LocalDate date) {
    return Optional.of(ids.get(Math.floorMod(date.toEpochDay(), ids.size())));
  }

  private static String minutes(double minutes) {
    return Durations.words(minutes);
  }
}
