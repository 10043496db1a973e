package io.lumbar.alerts.rules;

import io.lumbar.alerts.stretches.Language;
import io.lumbar.alerts.stretches.Texts;
import io.lumbar.model.AlertReaction;
import io.lumbar.model.Bout;
import io.lumbar.model.DaySummary;
import io.lumbar.model.Decision;
import io.lumbar.model.Episode;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.Posture;
import io.lumbar.model.SittingClock;
import io.lumbar.model.SittingClock.Run;
import io.lumbar.model.WearerSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * In words why there was an alert around an instant, or none: from what was decided, and where
 * nothing was, because no step was reached or nobody could tell, from what is known of that time.
 */
final class WhyAnswer {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

  /** Inactivity is told after an hour with fewer steps than these. */
  private static final int INACTIVE_MINUTES = 60;

  private static final int FEWEST_STEPS = 50;

  private static final Comparator<Decision> BY_TIME = Comparator.comparing(Decision::at);

  private final WearerSettings settings;
  private final Instant at;
  private final Texts texts;

  WhyAnswer(WearerSettings settings, Instant at) {
    this.settings = settings;
    this.at = at;
    this.texts = Texts.in(Language.of(settings.alerts().language()));
  }

  /**
   * What is known of the hours before the instant.
   *
   * @param decisions up to a little after it, by time
   * @param episodes that stand by now, of all kinds
   * @param bouts of all postures that begin by then, by start
   * @param days around it, for the steps
   */
  record Past(
      List<Decision> decisions, List<Episode> episodes, List<Bout> bouts, List<DaySummary> days) {
    boolean stands(String episode) {
      return episodes.stream().anyMatch(one -> one.id().equals(episode));
    }
  }

  /**
   * From the nearest decision about what the wearer did then, or when there is none from what is
   * known of it. A word about a sensor, and what is for the report alone, stand beside the answer
   * and never in its place.
   *
   * @param near decisions around the instant
   */
  String of(List<Decision> near, Past past) {
    Comparator<Decision> nearest =
        Comparator.comparing(decision -> Duration.between(decision.at(), at).abs());
    Optional<Decision> body = near.stream().filter(WhyAnswer::isOfTheBody).min(nearest);
    Optional<Bout> then = then(past.bouts());
    if (body.isPresent() && !isOfAnotherTime(body.get(), then, past.bouts())) {
      return decided(body.get(), past);
    }
    Optional<Decision> beside = body.or(() -> near.stream().min(nearest));
    String known = undecided(then, past);
    return beside
        .map(decision -> decided(decision, past))
        .filter(word -> !known.endsWith(word))
        .map(word -> sentences(known, word))
        .orElse(known);
  }

  private static boolean isOfTheBody(Decision decision) {
    return !decision.kind().isForReport() && !decision.kind().isAboutSensors();
  }

  /** True for a word about a sitting before the one, or the other posture, that was going on. */
  private boolean isOfAnotherTime(Decision decision, Optional<Bout> then, List<Bout> bouts) {
    if (decision.kind() != EpisodeKind.LONG_SITTING || then.isEmpty()) {
      return false;
    }
    Instant since =
        SittingClock.isSeated(then.get().posture())
            ? run(known(bouts)).first().from()
            : then.get().from();
    return decision.at().isBefore(since);
  }

  /** What was decided once stays so; what is known by now may be something else. */
  private String decided(Decision decision, Past past) {
    return sentences(
        clock(decision.at(), decision.zone()) + ": " + decision.detail(),
        past.stands(decision.episode()) ? "" : texts.line("why", "changed"));
  }

  private List<Bout> known(List<Bout> bouts) {
    return bouts.stream()
        .filter(bout -> !bout.from().isAfter(at))
        .map(WhyAnswer::asLongAsItHolds)
        .toList();
  }

  /** A posture that was told once goes on until the next, as far as its horizon. */
  private static Bout asLongAsItHolds(Bout bout) {
    return bout.open() && bout.holdsUntil().isAfter(bout.to())
        ? new Bout(
            bout.id(),
            bout.wearer(),
            bout.posture(),
            bout.from(),
            bout.holdsUntil(),
            bout.holdsUntil(),
            bout.zone(),
            bout.placement(),
            true,
            bout.revision(),
            bout.retracted(),
            bout.positionSeconds())
        : bout;
  }

  private Optional<Bout> then(List<Bout> bouts) {
    return known(bouts).stream().filter(bout -> bout.to().isAfter(at)).reduce((one, last) -> last);
  }

  private static Run run(List<Bout> known) {
    List<Run> runs = SittingClock.runs(known);
    return runs.get(runs.size() - 1);
  }

  private String undecided(Optional<Bout> then, Past past) {
    if (then.isEmpty()) {
      return ofSteps(past).orElseGet(() -> texts.line("why", "unknown"));
    }
    Posture posture = then.get().posture();
    return switch (posture) {
      case SITTING, TRAVELLING -> seated(past);
      case NOT_WORN -> texts.line("why", "notWorn");
      case LYING -> texts.line("why", "lying");
      case UNKNOWN, INACTIVE -> ofSteps(past).orElseGet(() -> texts.line("why", "unknownPosture"));
      case STANDING, WALKING, RUNNING, STAIRS, CYCLING, UPRIGHT ->
          texts
              .line("why", "notSitting")
              .replace("{posture}", texts.line("postures", posture.wireName()));
    };
  }

  private String seated(Past past) {
    Run run = run(known(past.bouts()));
    Bout first = run.first();
    long beyond = Math.max(0, Duration.between(at, run.lastSeated().to()).toMinutes());
    long minutes = Math.max(0, run.seated().toMinutes() - beyond);
    String sat =
        texts
            .line("why", "sat")
            .replace("{minutes}", Long.toString(minutes))
            .replace("{since}", clock(first.from(), first.zone()))
            .replace("{first}", Integer.toString(settings.longSittingMinutes()));
    return minutes < settings.longSittingMinutes()
        ? sat
        : sentences(sat, last(past, EpisodeKind.LONG_SITTING, first.from()));
  }

  /** The last word about something that had gone on for long enough. */
  private String last(Past past, EpisodeKind kind, Instant since) {
    return past.decisions().stream()
        .filter(one -> one.kind() == kind)
        .filter(one -> one.at().isAfter(since) && !one.at().isAfter(at))
        .max(BY_TIME)
        .map(last -> decided(last, past))
        .orElseGet(() -> texts.line("why", "late"));
  }

  /** Of who is known by steps alone; empty where not even they are. */
  private Optional<String> ofSteps(Past past) {
    Optional<Episode> still =
        past.episodes().stream()
            .filter(one -> one.kind() == EpisodeKind.INACTIVE)
            .filter(one -> !one.from().isAfter(at) && one.to().isAfter(at))
            .findFirst();
    if (still.isPresent()) {
      Instant since = still.get().from();
      long minutes = Duration.between(since, at).toMinutes();
      String moved =
          texts
              .line("why", "still")
              .replace("{minutes}", Long.toString(minutes))
              .replace("{since}", clock(since, still.get().zone()))
              .replace("{first}", Integer.toString(INACTIVE_MINUTES));
      return Optional.of(
          minutes < INACTIVE_MINUTES
              ? moved
              : sentences(moved, last(past, EpisodeKind.INACTIVE, since)));
    }
    Integer steps =
        AlertReaction.stepsBetween(at.minus(Duration.ofMinutes(INACTIVE_MINUTES)), at, past.days());
    if (steps != null) {
      return Optional.of(
          texts
              .line("why", "steps")
              .replace("{steps}", Integer.toString(steps))
              .replace("{first}", Integer.toString(INACTIVE_MINUTES))
              .replace("{fewest}", Integer.toString(FEWEST_STEPS)));
    }
    boolean someSteps =
        past.days().stream()
            .anyMatch(
                day -> day.steps() > 0 && !at.isBefore(day.begin()) && at.isBefore(day.end()));
    return someSteps ? Optional.of(texts.line("why", "stepsOfDay")) : Optional.empty();
  }

  private static String clock(Instant instant, ZoneId zone) {
    return CLOCK.format(instant.atZone(zone));
  }

  private static String sentences(String... all) {
    return Stream.of(all).filter(one -> !one.isEmpty()).collect(Collectors.joining(" "));
  }
}
