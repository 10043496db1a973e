package io.lumbar.reports.daily;

import io.lumbar.model.StretchProfile;
import io.lumbar.reports.daily.Report.Exercise;
import java.time.LocalDate;
import java.util.Optional;

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

  /** Why exercises are held back. */
  enum HeldBack {
    /** The pain of the day is strong. */
    PAIN,
    /** The pain rose on days in a row. */
    RISING
  }
}
