package io.lumbar.analytics.night;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** The value at which half of the time is reached. */
final class WeightedMedian {
  private final TreeMap<Double, Long> millisByValue = new TreeMap<>();
  private long total;

  void add(double value, long millis) {
    millisByValue.merge(value, millis, Long::sum);
    total += millis;
  }

  OptionalDouble value() {
    long reached = 0;
    for (Map.Entry<Double, Long> entry : millisByValue.entrySet()) {
      reached += entry.getValue();
      if (2 * reached >= total) {
        return OptionalDouble.of(entry.getKey());
      }
    }
    return OptionalDouble.empty();
  }
}
