package io.lumbar.app.demo;

import io.lumbar.model.Placement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * Days of simulated people up to an instant, and the 45 minutes behind it. The same seed, zone and
 * instant give the same uploads.
 */
public final class Simulation {
  /** How long the live part is. */
  public static final Duration LIVE = Duration.ofMinutes(45);

  private Simulation() {}

  /**
   * Somebody who does not exist.
   *
   * @param story what there is to see
   * @param past uploads of the days before, all due when the live part begins
   * @param live uploads of the live part, in order of time
   */
  public record Person(
      String name, String story, Placement placement, List<Upload> past, List<Upload> live) {}

  /** All people, with {@code days} whole local days before the day of {@code liveFrom}. */
  public static List<Person> people(long seed, ZoneId zone, Instant liveFrom, int days) {
    LocalDate first = liveFrom.atZone(zone).toLocalDate().minusDays(days);
    List<Person> people = new ArrayList<>();
    for (Persona persona : Persona.values()) {
      SimulatedDevice device = new SimulatedDevice(persona, seed);
      List<Segment> past = persona.past(first, liveFrom, zone, seed);
      List<Segment> live = persona.live(liveFrom);
      people.add(
          new Person(
              persona.wearer(),
              persona.story(),
              persona.placement(),
              device.past(past, liveFrom),
              device.live(live, past, liveFrom)));
    }
    return people;
  }
}
