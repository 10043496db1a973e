package io.lumbar.analytics.trunk;

import io.lumbar.analytics.trunk.TrunkAxes.Direction;

/**
 * What a sensor read, in its own axes and in g, gravity included.
 *
 * @param at epoch milliseconds
 */
public record Reading(long at, Direction value) {
  public Reading(long at, double x, double y, double z) {
    this(at, new Direction(x, y, z));
  }
}
