package io.lumbar.alerts.stretches;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

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
   */
  public record Item(Stretch stretch, Cause because) {}

  /** Exercises in the given order. */
  static Routine of(List<Stretch> chosen, Map<Cause, Integer> causes) {
    return new Routine(
        chosen.stream().map(stretch -> new Item(stretch, because(stretch, causes))).toList(),
        chosen.stream().mapToDouble(Stretch::minutes).sum());
  }

  private static Cause because(Stretch stretch, Map<Cause, Integer> causes) {
    return stretch.causes().stream()
        .max(Comparator.comparingInt(cause -> causes.getOrDefault(cause, 0)))
        .orElseThrow();
  }
}
