package io.lumbar.alerts.stretches;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A short exercise in plain words.
 *
 * @param place where it is done
 * @param kind what sort it is, which decides its place in a routine
 * @param traits what it asks of a body
 * @param figure id of its picture; empty for none
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
    Kind kind,
    Set<Trait> traits,
    String figure,
    List<String> steps,
    int holdSeconds,
    int repetitions,
    int sides,
    double minutes,
    List<String> cautions,
    String stopIf,
    String evidence) {

  public Stretch {
    if (causes.isEmpty() || steps.isEmpty()) {
      throw new IllegalArgumentException("stretch " + id + " needs a cause and a step");
    }
    if (holdSeconds < 0 || repetitions < 1 || sides < 1 || sides > 2 || !(minutes > 0)) {
      throw new IllegalArgumentException("stretch " + id + " has an impossible dose");
    }
    if (holdSeconds * repetitions * sides > minutes * 60) {
      throw new IllegalArgumentException(
          "stretch %s: %d s held %d times on %d sides takes more than %s minutes"
              .formatted(id, holdSeconds, repetitions, sides, minutes));
    }
    causes = Collections.unmodifiableSet(EnumSet.copyOf(causes));
    traits = traits.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(traits));
    steps = List.copyOf(steps);
    cautions = List.copyOf(cautions);
    requireTrait(id, traits, place == Place.STANDING, Trait.STAND_UP);
    requireTrait(id, traits, place == Place.FLOOR, Trait.FLOOR);
  }

  private static void requireTrait(String id, Set<Trait> traits, boolean needed, Trait trait) {
    if (needed && !traits.contains(trait)) {
      throw new IllegalArgumentException(
          "stretch %s: its place asks for the trait %s".formatted(id, trait.wireName()));
    }
  }
}
