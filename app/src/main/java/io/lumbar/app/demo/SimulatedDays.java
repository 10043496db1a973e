package io.lumbar.app.demo;

import io.lumbar.model.Placement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * The days of simulated people as native observations, one a spell or a minute. The same person and
 * date always give the same day.
 */
public final class SimulatedDays {
  private static final LocalTime WAKE = LocalTime.of(7, 0);
  private static final LocalTime SLEEP = LocalTime.of(23, 0);

  private final ZoneId zone;
  private final long seed;

  public SimulatedDays(ZoneId zone, long seed) {
    this.zone = zone;
    this.seed = seed;
  }

  /** The people. */
  public static List<DemoPerson> people() {
    return List.of(
        new DemoPerson(
            "Olga",
            Placement.THIGH,
            DemoPerson.Habit.OFFICE,
            "an office day: long sitting, and the alert that breaks it"),
        new DemoPerson(
            "Fred",
            Placement.TROUSER_POCKET,
            DemoPerson.Habit.ON_THE_FEET,
            "a day on the feet: no alert at all"),
        new DemoPerson(
            "Nina",
            Placement.CHEST,
            DemoPerson.Habit.RESTLESS_NIGHT,
            "a restless night, turn by turn"),
        new DemoPerson(
            "Leo",
            Placement.THIGH,
            DemoPerson.Habit.OFFLINE,
            "a phone offline for four hours: the day is complete, and no stale alert came"),
        new DemoPerson(
            "Walt",
            Placement.WRIST,
            DemoPerson.Habit.WATCH,
            "a watch that knows steps alone, and an hour on its charger"));
  }

  /** What a person's device says about a span of time, in order; both ends on a whole minute. */
  public List<Map<String, Object>> observations(DemoPerson person, Instant from, Instant to) {
    List<Map<String, Object>> observations = new ArrayList<>();
    LocalDate last = LocalDate.ofInstant(to, zone);
    for (LocalDate date = LocalDate.ofInstant(from, zone);
        !date.isAfter(last);
        date = date.plusDays(1)) {
      for (Spell spell : day(person, date)) {
        Spell part = spell.within(from, to);
        if (part.from().isBefore(part.to())) {
          describe(person, part, observations);
        }
      }
    }
    return observations;
  }

  /**
   * Some of the last minutes before {@code end}, such that something happens while they are played:
   * the desk worker sits until three minutes before the end.
   */
  public List<Map<String, Object>> finale(
      DemoPerson person, Instant from, Instant to, Instant end) {
    List<Map<String, Object>> observations = new ArrayList<>();
    for (Instant at = from; at.isBefore(to); at = at.plus(1, ChronoUnit.MINUTES)) {
      long minute = ChronoUnit.MINUTES.between(at, end);
      Activity activity =
          switch (person.habit()) {
            case OFFICE -> minute > 3 ? Activity.SITTING : Activity.WALKING;
            case ON_THE_FEET -> minute % 7 < 4 ? Activity.STANDING : Activity.WALKING;
            case RESTLESS_NIGHT -> minute % 9 < 7 ? Activity.SITTING : Activity.STANDING;
            case OFFLINE -> minute % 20 < 15 ? Activity.SITTING : Activity.WALKING;
            case WATCH -> Activity.STEPS;
          };
      describe(person, new Spell(at, at.plus(1, ChronoUnit.MINUTES), activity), observations);
    }
    return observations;
  }

  private enum Activity {
    SITTING,
    STANDING,
    WALKING,
    SUPINE,
    PRONE,
    LEFT,
    RIGHT,
    STEPS,
    CHARGING
  }

  private record Spell(Instant from, Instant to, Activity activity) {
    Spell within(Instant begin, Instant end) {
      return new Spell(from.isBefore(begin) ? begin : from, to.isAfter(end) ? end : to, activity);
    }
  }

  private List<Spell> day(DemoPerson person, LocalDate date) {
    Random random = new Random(seed ^ (person.name().hashCode() * 31L + date.toEpochDay()));
    List<Spell> spells = new ArrayList<>();
    Instant midnight = date.atStartOfDay(zone).toInstant();
    Instant wake = date.atTime(WAKE).atZone(zone).toInstant();
    Instant sleep = date.atTime(SLEEP).atZone(zone).toInstant();
    Instant end = date.plusDays(1).atStartOfDay(zone).toInstant();
    night(person, random, midnight, wake, spells);
    if (person.habit() == DemoPerson.Habit.WATCH) {
      Instant charger = wake.plus(Duration.ofHours(13));
      Instant back = charger.plus(Duration.ofHours(1));
      spells.add(new Spell(wake, charger, Activity.STEPS));
      spells.add(new Spell(charger, back, Activity.CHARGING));
      spells.add(new Spell(back, sleep, Activity.STEPS));
    } else {
      awake(person, random, wake, sleep, spells);
    }
    night(person, random, sleep, end, spells);
    return spells;
  }

  private static void awake(
      DemoPerson person, Random random, Instant from, Instant to, List<Spell> spells) {
    boolean standing = person.habit() == DemoPerson.Habit.ON_THE_FEET;
    Instant at = from;
    while (at.isBefore(to)) {
      int sit = standing ? 3 + random.nextInt(10) : 10 + random.nextInt(55);
      int stand = standing ? 15 + random.nextInt(25) : 2 + random.nextInt(6);
      int walk = standing ? 5 + random.nextInt(15) : 3 + random.nextInt(8);
      at = add(spells, at, to, sit, Activity.SITTING);
      at = add(spells, at, to, stand, Activity.STANDING);
      at = add(spells, at, to, walk, Activity.WALKING);
    }
  }

  private static void night(
      DemoPerson person, Random random, Instant from, Instant to, List<Spell> spells) {
    if (person.habit() == DemoPerson.Habit.WATCH) {
      return;
    }
    boolean restless = person.habit() == DemoPerson.Habit.RESTLESS_NIGHT;
    Activity[] turns =
        restless
            ? new Activity[] {Activity.PRONE, Activity.LEFT, Activity.PRONE, Activity.RIGHT}
            : new Activity[] {Activity.SUPINE, Activity.LEFT, Activity.RIGHT};
    Instant at = from;
    int turn = random.nextInt(turns.length);
    while (at.isBefore(to)) {
      int minutes = restless ? 8 + random.nextInt(20) : 50 + random.nextInt(60);
      at = add(spells, at, to, minutes, turns[turn++ % turns.length]);
    }
  }

  private static Instant add(
      List<Spell> spells, Instant at, Instant to, int minutes, Activity activity) {
    Instant end = at.plus(minutes, ChronoUnit.MINUTES);
    Instant until = end.isAfter(to) ? to : end;
    if (at.isBefore(until)) {
      spells.add(new Spell(at, until, activity));
    }
    return until;
  }

  private void describe(DemoPerson person, Spell spell, List<Map<String, Object>> observations) {
    switch (spell.activity()) {
      case SITTING -> posture(spell, "sitting", observations);
      case STANDING -> posture(spell, "standing", observations);
      case WALKING -> posture(spell, "walking", observations);
      case SUPINE, PRONE, LEFT, RIGHT -> lying(person, spell, observations);
      case STEPS -> steps(person, spell, observations);
      case CHARGING -> charging(spell, observations);
      default -> throw new IllegalStateException("no such activity");
    }
  }

  private void posture(Spell spell, String posture, List<Map<String, Object>> observations) {
    Map<String, Object> observation = span("posture", spell.from(), spell.to());
    observation.put("posture", posture);
    observations.add(observation);
  }

  private void lying(DemoPerson person, Spell spell, List<Map<String, Object>> observations) {
    Map<String, Object> observation = span("posture", spell.from(), spell.to());
    observation.put("posture", "lying");
    // A thigh cannot tell how the trunk lies.
    if (person.placement() == Placement.CHEST) {
      observation.put("position", spell.activity().name().toLowerCase(Locale.ROOT));
      if (spell.activity() == Activity.PRONE) {
        observation.put("headUpDegrees", 25);
        observation.put("archDegrees", 14);
      }
    }
    observations.add(observation);
  }

  private void steps(DemoPerson person, Spell spell, List<Map<String, Object>> observations) {
    for (Instant at = spell.from(); at.isBefore(spell.to()); at = at.plus(5, ChronoUnit.MINUTES)) {
      Instant end = at.plus(5, ChronoUnit.MINUTES);
      Random random = new Random(seed ^ (person.name().hashCode() * 31L + at.getEpochSecond()));
      boolean idle = at.atZone(zone).getHour() % 4 == 1;
      Map<String, Object> observation =
          span("steps", at, end.isAfter(spell.to()) ? spell.to() : end);
      observation.put("steps", idle ? 0 : random.nextInt(120));
      observations.add(observation);
    }
  }

  private void charging(Spell spell, List<Map<String, Object>> observations) {
    observations.add(moment("worn", spell.from(), "worn", false));
    Map<String, Object> battery = moment("battery", spell.from(), "level", 0.4);
    battery.put("charging", true);
    observations.add(battery);
    observations.add(moment("worn", spell.to(), "worn", true));
  }

  private Map<String, Object> span(String kind, Instant from, Instant to) {
    Map<String, Object> observation = new LinkedHashMap<>();
    observation.put("kind", kind);
    observation.put("from", from.atZone(zone).toOffsetDateTime().toString());
    observation.put("to", to.atZone(zone).toOffsetDateTime().toString());
    return observation;
  }

  private Map<String, Object> moment(String kind, Instant at, String key, Object value) {
    Map<String, Object> observation = new LinkedHashMap<>();
    observation.put("kind", kind);
    observation.put("at", at.atZone(zone).toOffsetDateTime().toString());
    observation.put(key, value);
    return observation;
  }
}
