package io.lumbar.reports.daily;

import io.lumbar.reports.daily.Report.Exercise;
import java.util.Optional;

/** The catalogue of exercises, by id. */
@FunctionalInterface
public interface Exercises {
  /** The exercise of an id, empty when the catalogue has none. */
  Optional<Exercise> byId(String id);
}
