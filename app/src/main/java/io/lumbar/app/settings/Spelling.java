package io.lumbar.app.settings;

import java.util.Collection;
import java.util.Optional;

/** Finds what somebody probably meant. */
final class Spelling {
  private Spelling() {}

  /** The known name with the fewest changed letters, when these are few enough to be a slip. */
  static Optional<String> nearest(String name, Collection<String> known) {
    int best = Math.max(2, name.length() / 4) + 1;
    Optional<String> nearest = Optional.empty();
    for (String candidate : known) {
      int distance = distance(name, candidate);
      if (distance < best) {
        best = distance;
        nearest = Optional.of(candidate);
      }
    }
    return nearest;
  }

  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
