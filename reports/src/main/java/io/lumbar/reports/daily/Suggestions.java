package io.lumbar.reports.daily;

import io.lumbar.model.DaySummary;
import io.lumbar.model.LoadChange;
import io.lumbar.model.NightSummary;
import io.lumbar.model.RedFlagAnswer;
import io.lumbar.model.SleepPosition;
import io.lumbar.model.StretchProfile;
import io.lumbar.reports.daily.Report.Day;
import io.lumbar.reports.daily.Report.Exercise;
import io.lumbar.reports.daily.Report.Measure;
import io.lumbar.reports.daily.Report.Night;
import io.lumbar.reports.daily.Report.Routine;
import io.lumbar.reports.daily.Report.StrongerPain;
import io.lumbar.reports.daily.Report.Suggestion;
import io.lumbar.reports.trends.DayEntry;
import io.lumbar.reports.trends.Figure;
import io.lumbar.reports.trends.Nights;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One to three things to do today, each with the measured reason for it (the rule map of the
 * stretches: long sitting, a heavier week, a night on the front; a gentle base otherwise).
 *
 * <p>Only exercises that suit what the wearer told of their health; where none does, the advice
 * stands alone. With strong or rising pain there is only walking and the word to ask a clinician.
 * General information, not reviewed by a clinician.
 */
final class Suggestions {
  private static final int MOST = 3;
  private static final int USUAL_DAYS = ReportMaker.USUAL_DAYS;
  private static final int WEEK = 7;
  private static final double LONG_SITTING = 60;
  private static final int MANY_BOUTS = 3;
  private static final double LONG_PRONE = 60;

  /** Three rises need four mornings. */
  private static final int PAIN_DAYS = 4;

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM", Locale.ENGLISH);
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
  private static final String WALK = "short-walk";
  private static final List<String> AFTER_SITTING =
      List.of("half-kneeling-hip-stretch", "standing-hip-opener", "seated-figure-four");
  private static final List<String> AFTER_PRONE =
      List.of("pelvic-tilt", "cat-cow", "knee-to-chest");
  private static final List<String> AFTER_BENDING = List.of("sit-to-stand", "knee-rolls");
  private static final List<String> AFTER_LOAD = List.of("knee-rolls");
  private static final List<String> BASE = List.of("glute-bridge", "cat-cow", "short-walk");

  private final Exercises exercises;

  Suggestions(Exercises exercises) {
    this.exercises = exercises;
  }

  List<Suggestion> of(
      ReportFacts facts, Section<Night> night, Section<Day> day, Section<List<LoadChange>> load) {
    StretchProfile profile = profile(facts);
    Optional<Exercises.Stopped> stopped = stopped(facts, profile);
    return stopped.isPresent()
        ? List.of(helpFirst(stopped.get(), profile.redFlags()))
        : new Wish(facts, profile, saidHeavier(facts)).of(night, day, load);
  }

  /**
   * The pain of the date for which exercises wait, where the word of the morning is another; null
   * else.
   */
  @Nullable StrongerPain strongerPain(ReportFacts facts) {
    Optional<DayEntry> today = facts.entry(facts.date());
    Integer morning = today.map(DayEntry::morningPain).orElse(null);
    DaySummary day = today.map(DayEntry::day).orElse(null);
    StretchProfile profile = profile(facts);
    boolean waits =
        exercises
            .heldBack(profile, facts.date())
            .filter(Exercises.HeldBack.PAIN::equals)
            .isPresent();
    Integer pain = day == null ? null : day.pain();
    return !waits || day == null || pain == null || morning == null || pain <= morning
        ? null
        : new StrongerPain(pain, day.painAt());
  }

  /** Whether a sign was told that somebody should look at before any exercise. */
  boolean areStopped(ReportFacts facts) {
    return stopped(facts, profile(facts)).isPresent();
  }

  private Optional<Exercises.Stopped> stopped(ReportFacts facts, StretchProfile profile) {
    return exercises.stopped(
        profile, facts.wearer(), facts.wearer().instantOf(facts.date().atTime(9, 0)));
  }

  private static Suggestion helpFirst(Exercises.Stopped stopped, @Nullable RedFlagAnswer told) {
    String since = told == null ? "" : " You told of it on " + told.on().format(DAY) + ".";
    return new Suggestion(
        stopped.title(),
        stopped.text()
            + since
            + " Once somebody has looked at it, say so on the page of stretches, and exercises come"
            + " back.",
        null);
  }

  /**
   * Whether the wearer said within the last seven whole days that a lift was heavier than usual.
   */
  private static boolean saidHeavier(ReportFacts facts) {
    return facts.entries().stream()
        .filter(entry -> entry.date().isBefore(facts.date()))
        .filter(entry -> !entry.date().isBefore(facts.date().minusDays(WEEK)))
        .flatMap(entry -> Stream.ofNullable(entry.day()))
        .flatMap(day -> Stream.ofNullable(day.lifting()))
        .anyMatch(DaySummary.Lifting::heavierThanUsual);
  }

  /** Exercises one after the other, unless they are held back. */
  Section<Routine> routine(ReportFacts facts) {
    StretchProfile profile = profile(facts);
    Optional<Exercises.HeldBack> heldBack = exercises.heldBack(profile, facts.date());
    if (heldBack.isPresent()) {
      return Section.absent(
          heldBack.get() == Exercises.HeldBack.STOPPED
              ? "Exercises wait until somebody has looked at what you told."
              : "Exercises wait today; let a clinician look at the pain if it lasts.");
    }
    List<DaySummary> days =
        facts.entries().stream()
            .filter(entry -> entry.date().isBefore(facts.date()))
            .filter(entry -> !entry.date().isBefore(facts.yesterday().minusDays(USUAL_DAYS)))
            .flatMap(entry -> Stream.ofNullable(entry.day()))
            .toList();
    return exercises
        .routine(
            profile,
            facts.date(),
            days,
            facts.entry(facts.date()).map(DayEntry::night).orElse(null))
        .map(Section::of)
        .orElse(Section.absent("None of the exercises suits what you told of your health."));
  }

  /**
   * What the wearer told of themselves, with the pain that check-ins told of the last days. What is
   * told later on the date leaves it as it is, unless exercises have to wait for it.
   */
  private StretchProfile profile(ReportFacts facts) {
    StretchProfile ofMorning = profileOfMorning(facts);
    Integer pain = facts.entry(facts.date()).map(DayEntry::day).map(DaySummary::pain).orElse(null);
    StretchProfile whole = ofMorning.with(facts.date(), List.of(), pain);
    return exercises.heldBack(whole, facts.date()).isPresent() ? whole : ofMorning;
  }

  private static StretchProfile profileOfMorning(ReportFacts facts) {
    StretchProfile told = facts.wearer().settings().stretches();
    // What is done later on must not make the morning's report another one.
    StretchProfile profile = told == null ? StretchProfile.none() : told.asOfMorning(facts.date());
    for (DayEntry entry : facts.untilMorning()) {
      NightSummary night = entry.night();
      DaySummary day = entry.day();
      if (entry.date().isBefore(facts.date().minusDays(PAIN_DAYS - 1L))) {
        continue;
      }
      profile = profile.with(entry.date(), List.of(), night == null ? null : night.morningPain());
      profile = profile.with(entry.date(), List.of(), day == null ? null : day.pain());
    }
    return profile;
  }

  /** One wearer's morning. */
  private final class Wish {
    private final ReportFacts facts;
    private final LocalDate date;
    private final StretchProfile profile;
    private final boolean saidHeavier;

    Wish(ReportFacts facts, StretchProfile profile, boolean saidHeavier) {
      this.facts = facts;
      this.date = facts.date();
      this.profile = profile;
      this.saidHeavier = saidHeavier;
    }

    List<Suggestion> of(Section<Night> night, Section<Day> day, Section<List<LoadChange>> load) {
      Optional<Exercises.HeldBack> heldBack = exercises.heldBack(profile, date);
      if (heldBack.isPresent()) {
        return List.of(gently(heldBack.get()));
      }
      List<Suggestion> all = new ArrayList<>();
      night.optional().flatMap(page -> afterNight(page.summary())).ifPresent(all::add);
      day.optional().flatMap(this::afterSitting).ifPresent(all::add);
      day.optional().flatMap(this::afterBending).ifPresent(all::add);
      afterLoad(load.optional().orElse(List.of())).ifPresent(all::add);
      if (all.isEmpty()) {
        all.add(base(day));
      }
      return all.subList(0, Math.min(MOST, all.size()));
    }

    private Suggestion gently(Exercises.HeldBack why) {
      boolean walks = exercises.suits(WALK, profile, date);
      String reason =
          why == Exercises.HeldBack.PAIN
              ? String.format(
                  Locale.ROOT, "You gave your pain %d of 10 today%s.", profile.painOn(date), at())
              : "Your pain rose on three days in a row.";
      return suggestion(
          walks ? "Walk a little, and ask for advice" : "Take it gently, and ask for advice",
          reason + " Let a clinician look at it if that lasts.",
          List.of(WALK));
    }

    private String at() {
      StrongerPain told = strongerPain(facts);
      return told == null || told.at() == null
          ? ""
          : " at " + CLOCK.format(told.at().atZone(facts.zone()));
    }

    private Optional<Suggestion> afterSitting(Day day) {
      double longest =
          total(day, Figure.LONGEST_SITTING)
              .orElse(day.longest() == null ? 0 : day.longest().minutes());
      double bouts = total(day, Figure.BOUTS_OF_30).orElse(0);
      if (longest >= LONG_SITTING) {
        return Optional.of(
            suggestion(
                "Open the hips",
                "Your longest sitting yesterday lasted %s.".formatted(minutes(longest)),
                AFTER_SITTING));
      }
      if (bouts >= MANY_BOUTS) {
        return Optional.of(
            suggestion(
                "Open the hips",
                String.format(
                    Locale.ROOT, "%.0f times yesterday you sat for half an hour or more.", bouts),
                AFTER_SITTING));
      }
      return Optional.empty();
    }

    private static OptionalDouble total(Day day, Figure figure) {
      return day.measures().optional().stream()
          .flatMap(List::stream)
          .filter(measure -> measure.figure() == figure)
          .mapToDouble(Measure::value)
          .findFirst();
    }

    private Optional<Suggestion> afterBending(Day day) {
      return day.measures().optional().stream()
          .flatMap(List::stream)
          .filter(measure -> measure.figure() == Figure.BENDS)
          .filter(bends -> bends.usual() != null && bends.value() > bends.usual().high())
          .findFirst()
          .map(
              bends ->
                  suggestion(
                      "Bend with the legs",
                      String.format(
                          Locale.ROOT,
                          "%.0f bends of 45\u00b0 or more yesterday, more than usual for you.",
                          bends.value()),
                      AFTER_BENDING));
    }

    private Optional<Suggestion> afterNight(NightSummary night) {
      double prone = Nights.minutes(night, SleepPosition.PRONE);
      Double told = Nights.arched(night);
      // Whose clinician told them to bend backwards hears nothing of an arch.
      double arched = told == null || profile.bendBackwards() ? 0 : told;
      if (Math.max(prone, arched) < LONG_PRONE) {
        return Optional.empty();
      }
      String reason =
          arched >= LONG_PRONE
              ? "Your back %s arched for %s."
                  .formatted(
                      night.archedMinutes() == null ? "may have been" : "was", minutes(arched))
              : "You %s on your front for %s."
                  .formatted(
                      night.estimatedFrom() == null ? "lay" : "probably lay", minutes(prone));
      return Optional.of(
          suggestion(
              "Ease the lower back",
              reason
                  + " If mornings feel stiff, many people try the side with a pillow between the"
                  + " knees.",
              AFTER_PRONE));
    }

    private Optional<Suggestion> afterLoad(List<LoadChange> loads) {
      Optional<LoadChange> largest =
          loads.stream()
              .filter(LoadChange::jump)
              .max(Comparator.comparingDouble(LoadChange::changePercent));
      boolean heavier = saidHeavier || loads.stream().anyMatch(LoadChange::heavier);
      if (largest.isEmpty() && !heavier) {
        return Optional.empty();
      }
      boolean afterBreak =
          largest.or(() -> loads.stream().findFirst()).stream().anyMatch(LoadChange::afterBreak);
      String reason =
          largest
              .map(
                  load ->
                      "This week has %.0f %% more %s than your weeks before%s."
                          .formatted(
                              load.changePercent(),
                              loaded(load.measure()),
                              heavier ? ", and you lifted heavier than usual" : ""))
              .orElse("You lifted heavier than usual this week.");
      return Optional.of(
          suggestion(afterBreak ? "Build up gradually" : "A lighter day", reason, AFTER_LOAD));
    }

    private static String loaded(LoadChange.Measure measure) {
      return switch (measure) {
        case STEPS -> "steps";
        case ACTIVE_MINUTES -> "movement";
        case BENDS -> "bending";
        case LIFT_VOLUME -> "lifting";
      };
    }

    private Suggestion base(Section<Day> day) {
      boolean seen = day.optional().map(page -> page.awake().isEnough()).orElse(false);
      return suggestion(
          "Keep moving",
          seen
              ? "Nothing stood out yesterday. A little strength and movement is a good base."
              : "A little strength and movement is a good base on any day.",
          BASE);
    }

    /** A different one each day of those that suit, the same for the same day. */
    private Suggestion suggestion(String title, String reason, List<String> ids) {
      List<String> suiting = ids.stream().filter(id -> exercises.suits(id, profile, date)).toList();
      Exercise found =
          suiting.isEmpty()
              ? null
              : exercises
                  .byId(suiting.get(Math.floorMod(date.toEpochDay(), suiting.size())))
                  .orElse(null);
      return new Suggestion(title, reason, found);
    }

    private static String minutes(double minutes) {
      return Durations.words(minutes);
    }
  }
}
