package io.lumbar.alerts.stretches;

import io.lumbar.alerts.stretches.RoutineBuilder.Wish;
import io.lumbar.model.StretchProfile;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Map;

/** The routine of a day in English, for whoever tells of it elsewhere, as a report does. */
public final class MorningRoutine {
  private static final Stretches CATALOGUE = Stretches.catalogue(Language.EN);

  private MorningRoutine() {}

  /**
   * Exercises of 10 to 14 minutes at any place, in rounds where little suits; fewer where next to
   * nothing does. The same for the same input.
   *
   * @param facts what to go by
   */
  public static Routine of(StretchProfile profile, LocalDate day, DayFacts facts) {
    Map<Cause, Integer> causes =
        CauseScores.of(facts, profile.painOn(day), !profile.bendBackwards());
    Stretches all = CATALOGUE.with(profile.own(), Texts.in(Language.EN));
    return new RoutineBuilder(all, Suitability.table())
        .build(
            new Wish(profile, day, facts, EnumSet.allOf(Place.class), RoutineRoutes.USUAL_MINUTES),
            causes);
  }
}
