package io.lumbar.alerts.stretches;

import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.model.HealthCondition;
import io.lumbar.model.StretchProfile;
import java.time.LocalDate;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What is left out for whom: a table of traits per condition, in {@code health.yaml}. Not
 * clinically reviewed; the file says what a clinician should check.
 */
public final class Suitability {
  private static final Suitability TABLE = new Suitability(Resources.yaml("health.yaml"));

  private static final Stretch WALK = Stretches.catalogue().byId("walk").orElseThrow();

  private final Map<HealthCondition, Set<Trait>> leftOut = new EnumMap<>(HealthCondition.class);
  private final Map<String, Set<Trait>> phrases = new HashMap<>();

  Suitability(JsonNode file) {
    for (HealthCondition condition : HealthCondition.values()) {
      JsonNode row = file.path("conditions").path(condition.wireName());
      if (!row.isArray() || row.isEmpty()) {
        throw new IllegalArgumentException(
            "health.yaml: conditions." + condition.wireName() + " needs at least one trait");
      }
      leftOut.put(condition, traits(row));
    }
    file.path("phrases")
        .properties()
        .forEach(phrase -> phrases.put(phrase.getKey(), traits(phrase.getValue())));
  }

  private static Set<Trait> traits(JsonNode row) {
    Set<Trait> traits = EnumSet.noneOf(Trait.class);
    row.forEach(trait -> traits.add(Trait.of(trait.asText())));
    return Collections.unmodifiableSet(traits);
  }

  /** The table that comes with Lumbar. */
  public static Suitability table() {
    return TABLE;
  }

  /** The traits that a condition leaves out. */
  Set<Trait> leftOut(HealthCondition condition) {
    return Objects.requireNonNull(leftOut.get(condition));
  }

  /** Whether a body with these conditions may do an exercise. */
  boolean allows(Set<HealthCondition> conditions, Stretch stretch) {
    return allows(conditions, stretch.traits());
  }

  private boolean allows(Set<HealthCondition> conditions, Set<Trait> traits) {
    return conditions.stream()
        .allMatch(condition -> Collections.disjoint(leftOut(condition), traits));
  }

  /** What suits a wearer on a day: by the table, and nothing that was marked as hurting. */
  public Predicate<Stretch> suits(StretchProfile profile, LocalDate day) {
    Set<HealthCondition> conditions = profile.conditionsOn(day);
    return stretch -> !profile.hurts().contains(stretch.id()) && allows(conditions, stretch);
  }

  /**
   * Whether a wearer may be told to walk: nothing they ticked leaves it out, and it was not marked
   * as hurting.
   */
  boolean walks(StretchProfile profile) {
    return allows(profile.conditions(), WALK.traits()) && !profile.hurts().contains(WALK.id());
  }

  /** Which phrases, by their ids, ask a wearer on a day for nothing that the table leaves out. */
  public Predicate<String> suitsPhrase(StretchProfile profile, LocalDate day) {
    Set<HealthCondition> conditions = profile.conditionsOn(day);
    return id -> allows(conditions, phrases.getOrDefault(id, Set.of()));
  }

  /** The phrases that ask for something of a body. */
  Set<String> phrases() {
    return Collections.unmodifiableSet(phrases.keySet());
  }
}
