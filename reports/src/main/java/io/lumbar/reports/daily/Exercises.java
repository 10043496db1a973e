package io.lumbar.reports.daily;

import io.lumbar.model.DaySummary;
import io.lumbar.model.NightSummary;
import io.lumbar.model.StretchProfile;
import io.lumbar.model.Wearer;
import io.lumbar.reports.daily.Report.Exercise;
import io.lumbar.reports.daily.Report.Routine;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The catalogue of exercises, by id. */
@FunctionalInterface
public interface Exercises {
  /** The exercise of an id, empty when the catalogue has none. */
  Optional<Exercise> byId(String id);

  /** Whether an exercise suits a wearer on a day. */
  default boolean suits(String id, StretchProfile profile, LocalDate day) {
    return true;
  }

  /** Why a wearer had better do no exercises on a day, empty when nothing speaks against them. */
  default Optional<HeldBack> heldBack(StretchProfile profile, LocalDate day) {
    return Optional.empty();
  }

  /**
   * What is said in place of exercises that are {@link HeldBack#STOPPED}; empty where they are not.
   *
   * @param at when it is read, which says where the wearer is
   */
  default Optional<Stopped> stopped(StretchProfile profile, Wearer wearer, Instant at) {
    return Optional.empty();
  }

  /** Whom to turn to, with the number to call where that is urgent. */
  record Stopped(String title, String text) {}

  /**
   * Ten to fifteen minutes of exercises for a day, empty when none suits.
   *
   * @param days summaries up to the day before, by date
   * @param night the one that ended on the day, null when none is known
   */
  default Optional<Routine> routine(
      StretchProfile profile, LocalDate day, List<DaySummary> days, @Nullable NightSummary night) {
    return Optional.empty();
  }

  /** Why exercises are held back. */
  enum HeldBack {
    /** The wearer told of a sign that somebody should look at first. */
    STOPPED,
    /** The pain of the day is strong. */
    PAIN,
    /** The pain rose on days in a row. */
    RISING
  }
}
