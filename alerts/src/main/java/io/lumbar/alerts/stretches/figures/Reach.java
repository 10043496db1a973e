package io.lumbar.alerts.stretches.figures;

import org.jspecify.annotations.Nullable;

/**
 * Where a wrist or ankle is; elbow and knee follow from it.
 *
 * @param to the point, or the offset from {@code on}
 * @param on a joint that is held on to, or null for a point in space
 * @param bend the direction in which elbow or knee points
 * @param end the direction of fingers or toes
 */
record Reach(Vec to, @Nullable Joint on, Vec bend, Vec end) {

  Reach towards(Reach other, double share) {
    return new Reach(
        to.towards(other.to, share),
        on,
        bend.towards(other.bend, share),
        end.towards(other.end, share));
  }
}
