package io.lumbar.app.demo;

import static io.lumbar.model.Posture.LYING;
import static io.lumbar.model.Posture.NOT_WORN;
import static io.lumbar.model.Posture.SITTING;
import static io.lumbar.model.Posture.STANDING;
import static io.lumbar.model.Posture.WALKING;

import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.SleepPosition;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The simulated wearers: who they are, where their sensor sits, how their days go. */
enum Persona {
  /** Sits a lot at a desk; the thigh sensor tells each posture within half a minute. */
  OLIVIA("Olivia", "an office day", Placement.THIGH, 33, 6),
  /** Works in a shop; the phone in the pocket sends raw motion in the last part. */
  FRANK("Frank", "a day on the feet", Placement.TROUSER_POCKET, 9, 14),
  /** A chest sensor that also sees how she turns at night. */
  NORA("Nora", "a restless night", Placement.CHEST, 18, 9),
  /** A phone that speaks only when something changes, and loses its network for four hours. */
  OMAR("Omar", "offline for four hours, then a late upload", Placement.TROUSER_POCKET, 28, 7),
  /** A watch that knows steps only, and goes on its charger. */
  WIM("Wim", "a watch on its charger", Placement.WRIST, 24, 8);

  private final String wearer;
  private final String story;
  private final Placement placement;
  private final int sitMinutes;
  private final int moveMinutes;

  Persona(String wearer, String story, Placement placement, int sitMinutes, int moveMinutes) {
    this.wearer = wearer;
    this.story = story;
    this.placement = placement;
    this.sitMinutes = sitMinutes;
    this.moveMinutes = moveMinutes;
  }

  String wearer() {
    return wearer;
  }

  String story() {
    return story;
  }

  Placement placement() {
    return placement;
  }

  /**
   * What the wearer did from the first local day up to the moment at which the live part begins.
   *
   * @param seed the same seed gives the same days
   */
  List<Segment> past(LocalDate firstDay, Instant liveFrom, ZoneId zone, long seed) {
    Random random = new Random(seed * 31 + ordinal());
    List<Segment> all = new ArrayList<>();
    Instant until = liveFrom;
    for (LocalDate day = firstDay;
        day.atStartOfDay(zone).toInstant().isBefore(until);
        day = day.plusDays(1)) {
      addDay(all, day, zone, random);
    }
    List<Segment> past = new ArrayList<>();
    for (Segment segment : all) {
      Segment part = segment.within(Instant.EPOCH, until);
      if (part != null) {
        past.add(part);
      }
    }
    return past;
  }

  private void addDay(List<Segment> all, LocalDate day, ZoneId zone, Random random) {
    Instant midnight = day.atStartOfDay(zone).toInstant();
    Instant wake = day.atTime(LocalTime.of(6, 40)).atZone(zone).toInstant();
    wake = wake.plusSeconds(random.nextInt(2400));
    Instant bed = day.atTime(LocalTime.of(22, 20)).atZone(zone).toInstant();
    bed = bed.plusSeconds(random.nextInt(3000));
    Instant nextMidnight = day.plusDays(1).atStartOfDay(zone).toInstant();
    addNight(all, midnight, wake, random);
    addWaking(all, wake, bed, random);
    addNight(all, bed, nextMidnight, random);
  }

  private void addWaking(List<Segment> all, Instant from, Instant to, Random random) {
    Instant at = from;
    while (at.isBefore(to)) {
      at = add(all, at, to, SITTING, minutes(random, sitMinutes));
      at = add(all, at, to, STANDING, minutes(random, Math.max(2, moveMinutes / 2)));
      at = add(all, at, to, WALKING, minutes(random, moveMinutes));
      if (random.nextInt(3) == 0) {
        at = add(all, at, to, STANDING, minutes(random, moveMinutes));
      }
    }
  }

  private void addNight(List<Segment> all, Instant from, Instant to, Random random) {
    if (this != NORA) {
      add(all, from, to, NOT_WORN, Duration.between(from, to));
      return;
    }
    SleepPosition[] positions = SleepPosition.values();
    Instant at = from;
    while (at.isBefore(to)) {
      SleepPosition position = positions[random.nextInt(positions.length)];
      Instant end = at.plus(minutes(random, 35));
      end = end.isBefore(to) ? end : to;
      all.add(new Segment(at, end, LYING, position));
      at = end;
      if (random.nextInt(6) == 0) {
        at = add(all, at, to, WALKING, Duration.ofMinutes(3));
      }
    }
  }

  /** What the wearer does in the 45 minutes that play in the demo. */
  List<Segment> live(Instant from) {
    List<Segment> all = new ArrayList<>();
    Instant end = from.plus(Duration.ofMinutes(45));
    Instant at = from;
    switch (this) {
      case OLIVIA -> {
        at = add(all, at, end, WALKING, Duration.ofMinutes(2));
        at = add(all, at, end, SITTING, Duration.ofMinutes(33));
        at = add(all, at, end, WALKING, Duration.ofMinutes(4));
        add(all, at, end, SITTING, Duration.ofMinutes(6));
      }
      case FRANK -> {
        at = add(all, at, end, WALKING, Duration.ofMinutes(4));
        at = add(all, at, end, STANDING, Duration.ofMinutes(9));
        at = add(all, at, end, SITTING, Duration.ofMinutes(12));
        at = add(all, at, end, WALKING, Duration.ofMinutes(8));
        add(all, at, end, STANDING, Duration.ofMinutes(12));
      }
      case NORA -> {
        at = add(all, at, end, STANDING, Duration.ofMinutes(12));
        at = add(all, at, end, SITTING, Duration.ofMinutes(18));
        at = add(all, at, end, WALKING, Duration.ofMinutes(5));
        add(all, at, end, SITTING, Duration.ofMinutes(10));
      }
      case OMAR -> {
        at = add(all, at, end, SITTING, Duration.ofMinutes(30));
        add(all, at, end, WALKING, Duration.ofMinutes(15));
      }
      case WIM -> {
        at = add(all, at, end, WALKING, Duration.ofMinutes(6));
        add(all, at, end, NOT_WORN, Duration.ofMinutes(39));
      }
    }
    return all;
  }

  private static Instant add(
      List<Segment> all, Instant from, Instant limit, Posture posture, Duration length) {
    Instant end = from.plus(length);
    end = end.isBefore(limit) ? end : limit;
    if (from.isBefore(end)) {
      all.add(new Segment(from, end, posture, noPosition()));
    }
    return end;
  }

  private static @Nullable SleepPosition noPosition() {
    return null;
  }

  /** Around a mean, from a third of it to nearly twice as much, in whole seconds. */
  private static Duration minutes(Random random, int mean) {
    return Duration.ofSeconds(Math.round(mean * 60 * (0.35 + 1.5 * random.nextDouble())));
  }
}
