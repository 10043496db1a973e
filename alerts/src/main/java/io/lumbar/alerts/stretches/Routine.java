package io.lumbar.alerts.stretches;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Exercises one after the other.
 *
 * @param minutes of all of them together
 */
public record Routine(List<Item> items, double minutes) {

  public Routine {
    items = List.copyOf(items);
  }

  /**
   * One of them.
   *
   * @param because the cause that spoke most for it
   * @param again whether it comes for another time, in a further round
   */
  public record Item(
      Stretch stretch,
      Cause because,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean again) {}

  /** Exercises in the given order; what comes for another time is marked so. */
  static Routine of(List<Stretch> chosen, Map<Cause, Integer> causes) {
    Set<Stretch> seen = new HashSet<>();
    return new Routine(
        chosen.stream()
            .map(stretch -> new Item(stretch, because(stretch, causes), !seen.add(stretch)))
            .toList(),
        chosen.stream().mapToDouble(Stretch::minutes).sum());
  }

  private static Cause because(Stretch stretch, Map<Cause, Integer> causes) {
    return stretch.causes().stream()
        .max(Comparator.comparingInt(cause -> causes.getOrDefault(cause, 0)))
        .orElseThrow();
  }
}
