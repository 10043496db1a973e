package io.lumbar.alerts.stretches;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Takes turns without a memory of its own: what was used lately is passed in. */
public final class Rotation {
  private Rotation() {}

  /**
   * An item by seed, leaving out what was used lately; when all were, the one used longest ago.
   *
   * @param recent names of items, the newest last
   */
  public static <T> Optional<T> pick(
      List<T> items, Function<T, String> name, int seed, List<String> recent) {
    List<T> fresh = items.stream().filter(item -> !recent.contains(name.apply(item))).toList();
    if (fresh.isEmpty()) {
      return items.stream()
          .min(Comparator.comparingInt(item -> recent.lastIndexOf(name.apply(item))));
    }
    return Optional.of(fresh.get(Math.floorMod(seed, fresh.size())));
  }
}
