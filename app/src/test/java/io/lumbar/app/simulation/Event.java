package io.lumbar.app.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** What happens to the system while the lives go on. */
sealed interface Event {
  Instant at();

  /** Something said arrives, perhaps again. */
  record Arrival(Instant at, Said said) implements Event {}

  /** The first wearer changes the settings. */
  record SettingsChange(Instant at) implements Event {}

  /** A wearer tells of a flight that has been. */
  record FlightTold(Instant at, Lives.Life life) implements Event {}

  /** The system ends; killed, it loses what it has not committed. */
  record End(Instant at, boolean killed) implements Event {}

  /** The system starts from its changelogs. */
  record Start(Instant at) implements Event {}

  /** How uploads come. */
  enum Manner {
    /** A moment later, but for some that are lost and sent again, or late by days. */
    AS_IT_HAPPENS,
    /** A few hours at a time, in any order. */
    IN_BATCHES,
    /** Days later, in any order. */
    SHUFFLED
  }

  /** All events of a run by time. */
  static List<Event> all(Lives lives, Random random) {
    List<Event> events = new ArrayList<>();
    Manner manner = Manner.values()[Math.max(0, random.nextInt(4) - 1)];
    Instant last = lives.begin();
    for (Said said : lives.said()) {
      Instant at = arrival(said, manner, random);
      events.add(new Arrival(at, said));
      if (random.nextInt(5) == 0) {
        events.add(new Arrival(at.plusSeconds(random.nextInt(100_000)), said));
      }
      last = last.isBefore(at) ? at : last;
    }
    long length = Duration.between(lives.begin(), last).toSeconds();
    if (lives.changesSettings()) {
      events.add(new SettingsChange(lives.begin().plusSeconds(random.nextLong(length))));
    }
    for (Lives.Life life : lives.lives()) {
      life.flight()
          .filter(HonestLife.Flight::isToldLater)
          .ifPresent(flight -> events.add(new FlightTold(flight.told(), life)));
    }
    for (int outages = random.nextInt(3); outages > 0; outages--) {
      Instant end = lives.begin().plusSeconds(random.nextLong(length));
      events.add(new End(end, random.nextBoolean()));
      events.add(
          new Start(end.plusSeconds(1 + random.nextInt(random.nextBoolean() ? 60 : 14_400))));
    }
    events.sort(Comparator.comparing(Event::at));
    return events;
  }

  private static Instant arrival(Said said, Manner manner, Random random) {
    int late =
        switch (manner) {
          case AS_IT_HAPPENS ->
              switch (random.nextInt(20)) {
                case 0 -> random.nextInt(3 * 86_400);
                case 1, 2 -> random.nextInt(7_200);
                default -> 1 + random.nextInt(5);
              };
          case IN_BATCHES -> 14_400 - (int) Math.floorMod(said.known().getEpochSecond(), 14_400L);
          case SHUFFLED -> random.nextInt(3 * 86_400);
        };
    return said.known().plusSeconds(late).plusMillis(random.nextInt(1_000));
  }
}
