package io.lumbar.app;

import io.lumbar.alerts.stretches.PainGate;
import io.lumbar.alerts.stretches.Stretch;
import io.lumbar.alerts.stretches.Stretches;
import io.lumbar.alerts.stretches.Suitability;
import io.lumbar.model.StretchProfile;
import io.lumbar.reports.daily.Exercises;
import io.lumbar.reports.daily.Report.Exercise;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Predicate;

/** The stretches of the alerts, as a report tells them. */
final class CatalogueExercises implements Exercises {
  private final Stretches stretches;

  CatalogueExercises(Stretches stretches) {
    this.stretches = stretches;
  }

  @Override
  public Optional<Exercise> byId(String id) {
    return stretches
        .byId(id)
        .map(
            stretch ->
                new Exercise(
                    stretch.id(),
                    stretch.name(),
                    dose(stretch),
                    stretch.steps(),
                    stretch.cautions()));
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
                  case PAIN -> HeldBack.PAIN;
                  case RISING -> HeldBack.RISING;
                });
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
