package io.lumbar.alerts.stretches;

import java.util.List;

/**
 * Exercises one after the other.
 *
 * @param minutes of all of them together
 */
record Routine(List<Item> items, double minutes) {

  /**
   * One of them.
   *
   * @param because the cause that spoke most for it
   */
  record Item(Stretch stretch, Cause because) {}
}
