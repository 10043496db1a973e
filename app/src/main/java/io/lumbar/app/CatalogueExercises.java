package io.lumbar.app;

import io.lumbar.alerts.stretches.HelpFirst;
import io.lumbar.alerts.stretches.MorningRoutine;
import io.lumbar.alerts.stretches.PainGate;
import io.lumbar.alerts.stretches.Routine;
import io.lumbar.alerts.stretches.Stretch;
import io.lumbar.alerts.stretches.Stretches;
import io.lumbar.alerts.stretches.Suitability;
import io.lumbar.model.DaySummary;
import io.lumbar.model.NightSummary;
import io.lumbar.model.StretchProfile;
import io.lumbar.model.Wearer;
import io.lumbar.reports.daily.Exercises;
import io.lumbar.reports.daily.Report;
import io.lumbar.reports.daily.Report.Exercise;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The stretches of the alerts, as a report tells them. */
public final class CatalogueExercises implements Exercises {
  private final Stretches stretches;
  private final Optional<URI> page;

  /**
   * Tells of a catalogue.
   *
   * @param page the start of links to the pages, where it is known
   */
  public CatalogueExercises(Stretches stretches, Optional<URI> page) {
    this.stretches = stretches;
    this.page = page;
  }

  @Override
  public Optional<Exercise> byId(String id) {
    return stretches.byId(id).map(CatalogueExercises::exercise);
  }

  private static Exercise exercise(Stretch stretch) {
    return new Exercise(
        stretch.id(), stretch.name(), dose(stretch), stretch.steps(), stretch.cautions());
  }

  @Override
  public boolean suits(String id, StretchProfile profile, LocalDate day) {
    Predicate<Stretch> suits = Suitability.table().suits(profile, day);
    return stretches.byId(id).filter(suits).isPresent();
  }

  @Override
  public Optional<HeldBack> heldBack(StretchProfile profile, LocalDate day) {
    return PainGate.bundled()
        .check(profile, day, null)
        .map(
            closed ->
                switch (closed) {
                  case STOPPED -> HeldBack.STOPPED;
                  case PAIN -> HeldBack.PAIN;
                  case RISING -> HeldBack.RISING;
                });
  }

  @Override
  public Optional<Stopped> stopped(StretchProfile profile, Wearer wearer, Instant at) {
    return HelpFirst.of(profile, wearer, at).map(help -> new Stopped(help.title(), help.text()));
  }

  @Override
  public Optional<Report.Routine> routine(
      StretchProfile profile, LocalDate day, List<DaySummary> days, @Nullable NightSummary night) {
    Routine routine =
        MorningRoutine.of(profile, day, DayFactsReader.of(day.minusDays(1), days, night));
    List<Exercise> exercises =
        routine.items().stream()
            .map(
                item -> {
                  Exercise exercise = exercise(item.stretch());
                  return item.again() ? exercise.onceMore() : exercise;
                })
            .toList();
    return exercises.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Report.Routine(
                routine.minutes(),
                exercises,
                page.map(start -> guide(start, exercises)).orElse(null)));
  }

  /** The player with just these. */
  private static URI guide(URI start, List<Exercise> exercises) {
    return Connections.under(
        start,
        "/stretches/routine?exercises="
            + exercises.stream().map(Exercise::id).collect(Collectors.joining(",")));
  }

  private static String dose(Stretch stretch) {
    StringBuilder dose = new StringBuilder();
    if (stretch.holdSeconds() > 0) {
      dose.append("hold ").append(stretch.holdSeconds()).append(" s, ");
    }
    dose.append(stretch.repetitions() == 1 ? "once" : stretch.repetitions() + " times");
    if (stretch.sides() == 2) {
      dose.append(" each side");
    }
    long minutes = Math.max(1, Math.round(stretch.minutes()));
    return dose.append(", about ").append(minutes).append(" min").toString();
  }
}
