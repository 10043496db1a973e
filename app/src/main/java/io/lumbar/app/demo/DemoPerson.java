package io.lumbar.app.demo;

import io.lumbar.model.Placement;

/**
 * Somebody who does not exist.
 *
 * @param shows what to look at on this one's page
 */
public record DemoPerson(String name, Placement placement, Habit habit, String shows) {

  /** How the days of a simulated person go. */
  public enum Habit {
    /** Long spells at a desk. */
    OFFICE,
    /** Hardly a chair all day. */
    ON_THE_FEET,
    /** Turns all night, often onto the stomach. */
    RESTLESS_NIGHT,
    /** A phone without a network for four hours a day, which uploads late. */
    OFFLINE,
    /** A watch that only counts steps and spends an hour on its charger. */
    WATCH
  }
}
