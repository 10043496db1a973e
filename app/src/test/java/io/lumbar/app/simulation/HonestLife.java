package io.lumbar.app.simulation;

import io.lumbar.model.DeviceId;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.SleepPosition;
import io.lumbar.model.Stamp;
import io.lumbar.model.StepsObservation;
import io.lumbar.model.Topic;
import io.lumbar.model.WearerId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * From an evening over the anchored day, and perhaps some more, to the next night, told without a
 * gap by a thigh sensor, by a chest sensor in bed and by a watch that counts steps. All of it is
 * true, so that what is known at an instant can be held against what an alert says.
 */
final class HonestLife {
  private static final Duration HORIZON = Duration.ofHours(4);

  /** To the east, to the west, and over the date line either way. */
  private static final ZoneId[] THERE = {
    ZoneId.of("Asia/Tokyo"),
    ZoneId.of("America/Los_Angeles"),
    ZoneId.of("Pacific/Kiritimati"),
    ZoneId.of("Pacific/Honolulu")
  };

  private static final SleepPosition[] POSITIONS = SleepPosition.values();
  private static final Posture[] AWAY = {
    Posture.STANDING, Posture.WALKING, Posture.WALKING, Posture.STANDING, Posture.CYCLING
  };

  private final Random random;
  private final WearerId wearer;
  private final Anchor anchor;
  private final int days;
  private final List<Said> said = new ArrayList<>();
  private final boolean reportsChanges;
  private final Instant flight;
  private final Instant told;
  private final ZoneId there;
  private final boolean flies;

  HonestLife(WearerId wearer, Anchor anchor, int days, Random random) {
    this.wearer = wearer;
    this.anchor = anchor;
    this.days = days;
    this.random = random;
    reportsChanges = random.nextBoolean();
    flies = random.nextInt(4) == 0;
    flight =
        anchor.date().atStartOfDay(anchor.zone()).toInstant().plusSeconds(random.nextInt(86_400));
    long second = flight.getEpochSecond();
    there = THERE[(int) (second % THERE.length)];
    // Every other traveller says so up to two days later.
    told = second / THERE.length % 2 == 0 ? flight : flight.plusSeconds(second % 172_800);
  }

  /** The flight; empty for who stays at home. */
  Optional<Flight> flight() {
    return flies ? Optional.of(new Flight(there, flight, told)) : Optional.empty();
  }

  /**
   * A change of zone.
   *
   * @param told when the registry has it; at the instant itself it was known from the beginning
   */
  record Flight(ZoneId zone, Instant at, Instant told) {
    boolean isToldLater() {
      return told.isAfter(at);
    }
  }

  List<Said> said() {
    Instant at = local(anchor.date().minusDays(1).atTime(19, 0)).plusSeconds(random.nextInt(7200));
    for (int day = 0; day < days; day++) {
      LocalDate date = anchor.date().plusDays(day);
      Instant bed = local(date.minusDays(1).atTime(22, 0)).plusSeconds(random.nextInt(9000));
      Instant up = local(date.atTime(6, 0)).plusSeconds(random.nextInt(7200));
      at = awake(at, bed);
      if (at.isBefore(up)) {
        lie(at, up);
        at = up;
      }
    }
    awake(at, local(anchor.date().plusDays(days).atTime(1, 0)));
    return said;
  }

  /** By turns seated and not, until something ends after the given end. */
  private Instant awake(Instant from, Instant end) {
    Instant at = from;
    boolean seated = random.nextBoolean();
    while (at.isBefore(end)) {
      Instant next;
      if (seated) {
        next = at.plusSeconds(60 + random.nextInt(random.nextInt(3) == 0 ? 7200 : 2700));
        tell(random.nextInt(10) == 0 ? Posture.TRAVELLING : Posture.SITTING, at, next);
      } else {
        next = at.plusSeconds(20 + random.nextInt(random.nextInt(3) == 0 ? 3000 : 900));
        Posture posture = AWAY[random.nextInt(AWAY.length)];
        tell(posture, at, next);
        if (posture == Posture.WALKING) {
          int steps = (int) Duration.between(at, next).toSeconds();
          say(
              Topic.STEPS,
              new StepsObservation(stamp("watch", Placement.WRIST, at), steps, at, next),
              next);
        }
      }
      seated = !seated;
      at = next;
    }
    return at;
  }

  private void lie(Instant from, Instant to) {
    tell(Posture.LYING, from, to);
    boolean changes = reportsChanges && random.nextBoolean();
    Instant at = from;
    while (at.isBefore(to)) {
      Instant next = at.plusSeconds(600 + random.nextInt(7200));
      next = next.isAfter(to) ? to : next;
      SleepPosition position = POSITIONS[random.nextInt(POSITIONS.length)];
      say(
          Topic.POSTURE,
          new PostureObservation(
              stamp("chest", Placement.CHEST, at),
              Posture.LYING,
              at,
              changes ? at.plus(HORIZON) : next,
              changes,
              PostureObservation.Origin.CLASSIFIED,
              PostureObservation.Grade.FINAL,
              position,
              random.nextInt(200) / 10.0,
              random.nextInt(300) / 10.0,
              changes ? Map.of() : Map.of(position, Duration.between(at, next).toMillis() / 1000.0),
              random.nextBoolean() ? 0.8 : 0.4,
              at.equals(from)),
          changes ? at : next);
      at = next;
    }
    if (changes) {
      // Off the chest by now: what it said last must not hold on.
      Stamp chest = stamp("chest", Placement.CHEST, to);
      say(
          Topic.POSTURE,
          PostureObservation.change(chest, Posture.UNKNOWN, to, Duration.ofSeconds(1)),
          to);
    }
  }

  private void tell(Posture posture, Instant from, Instant to) {
    Stamp thigh = stamp("thigh", Placement.THIGH, from);
    if (reportsChanges) {
      for (Instant at = from; at.isBefore(to); at = at.plus(HORIZON)) {
        say(Topic.POSTURE, PostureObservation.change(thigh, posture, at, HORIZON), at);
      }
      return;
    }
    Instant at = from;
    while (at.isBefore(to)) {
      Instant next = at.plusSeconds(300 + random.nextInt(5400));
      next = next.isAfter(to) ? to : next;
      say(Topic.POSTURE, PostureObservation.span(thigh, posture, at, next), next);
      at = next;
    }
  }

  private void say(Topic topic, Object value, Instant known) {
    said.add(new Said(wearer, topic, value, known));
  }

  private Stamp stamp(String device, Placement placement, Instant at) {
    ZoneId zone = flies && !at.isBefore(told) ? there : anchor.zone();
    return new Stamp(new DeviceId("d_" + device), placement, zone);
  }

  private Instant local(LocalDateTime time) {
    return time.atZone(anchor.zone()).toInstant();
  }
}
