package io.lumbar.alerts.stretches;

import java.util.List;
import java.util.Set;

/**
 * A short exercise in plain words.
 *
 * @param steps what to do, one sentence after the other
 * @param holdSeconds how long a position is held; 0 for a movement without a hold
 * @param repetitions how often, on each side
 * @param sides 1, or 2 when left and right are done in turn
 * @param minutes about how long all of it takes
 * @param cautions who should ask or choose something else first; may be empty
 * @param stopIf what ends it at once
 * @param evidence how well it is known to help, stated modestly
 */
public record Stretch(
    String id,
    String name,
    Set<Cause> causes,
    Place place,
    List<String> steps,
    int holdSeconds,
    int repetitions,
    int sides,
    double minutes,
    List<String> cautions,
    String stopIf,
    String evidence) {

  public Stretch {
    causes = Set.copyOf(causes);
    steps = List.copyOf(steps);
    cautions = List.copyOf(cautions);
    if (causes.isEmpty() || steps.isEmpty()) {
      throw new IllegalArgumentException("stretch " + id + " needs a cause and a step");
    }
    if (holdSeconds < 0 || repetitions < 1 || sides < 1 || sides > 2 || !(minutes > 0)) {
      throw new IllegalArgumentException("stretch " + id + " has an impossible dose");
    }
  }
}
