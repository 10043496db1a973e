package io.lumbar.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a wearer did after an alert, as measured, whatever they answered. Pure: the same bouts and
 * days give the same reaction, so that data that comes later only corrects it.
 *
 * <p>Up means at least 60 s on the feet that began within five minutes of the alert.
 *
 * @param latencySeconds from the alert to getting up; only with {@link Outcome#UP}
 * @param breakSeconds how long the wearer then stayed on the feet; only with {@link Outcome#UP}
 * @param walkingSeconds walked, run or climbed within 30 minutes of the alert; null while these are
 *     not over, and where less than 20 of them are known
 * @param steps taken within 30 minutes of the alert, the outcome of HeartSteps (Klasnja 2019, doi
 *     10.1093/abm/kay067); null while these are not over, and where less than 20 of them are known
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AlertReaction(
    Outcome outcome,
    @Nullable Integer latencySeconds,
    @Nullable Integer breakSeconds,
    @Nullable Integer walkingSeconds,
    @Nullable Integer steps) {

  /** Getting up within this time answers an alert. */
  public static final Duration PROMPT = Duration.ofMinutes(5);

  /** For this long after an alert its reaction can change although no late data comes. */
  public static final Duration WATCHED = Duration.ofMinutes(30);

  /** Parts of a break that are no further apart are one. */
  private static final Duration JOINED = Duration.ofSeconds(10);

  private static final long CELL_MILLIS = StepTrack.CELL.toMillis();

  private static final Duration KNOWN_OF_PROMPT = Duration.ofMinutes(4);
  private static final Duration KNOWN_OF_WATCHED = Duration.ofMinutes(20);

  /** Whether the wearer got up. */
  public enum Outcome {
    UP,
    STAYED,
    /** On the feet before the alert came, which says nothing about the alert. */
    ALREADY_UP,
    /** Not worn, or not known for more than a minute of the five. */
    NO_DATA,
    /** The five minutes are not over. */
    PENDING;

    @JsonValue
    public String wireName() {
      return WireName.of(this);
    }
  }

  private record Spell(Instant from, Instant to) {
    Duration within(Instant start, Instant end) {
      Instant first = from.isAfter(start) ? from : start;
      Instant last = to.isBefore(end) ? to : end;
      return last.isAfter(first) ? Duration.between(first, last) : Duration.ZERO;
    }
  }

  /**
   * The reaction to an alert.
   *
   * @param at when the alert was sent, or held back
   * @param bouts of all postures around it, in any order; those elsewhere change nothing
   * @param days around it, likewise, for their steps
   */
  public static AlertReaction of(Instant at, List<Bout> bouts, List<DaySummary> days, Instant now) {
    List<Bout> known =
        bouts.stream()
            .filter(bout -> !bout.retracted() && bout.posture().isKnown())
            .filter(bout -> bout.posture() != Posture.INACTIVE)
            .sorted(Comparator.comparing(Bout::from))
            .toList();
    Integer walking = walking(at, known, now);
    Integer steps = stepsAfter(at, days, now);
    List<Spell> breaks = breaks(known, now);
    Instant last = at.plus(PROMPT);
    if (breaks.stream().anyMatch(one -> one.from().isBefore(at) && one.to().isAfter(at))) {
      return new AlertReaction(Outcome.ALREADY_UP, null, null, walking, steps);
    }
    Optional<Spell> up =
        breaks.stream()
            .filter(one -> !one.from().isBefore(at) && !one.from().isAfter(last))
            .findFirst();
    if (up.isPresent()) {
      return new AlertReaction(
          Outcome.UP,
          seconds(Duration.between(at, up.get().from())),
          seconds(Duration.between(up.get().from(), up.get().to())),
          walking,
          steps);
    }
    if (now.isBefore(last.plus(SittingClock.BREAK))) {
      return new AlertReaction(Outcome.PENDING, null, null, walking, steps);
    }
    boolean seen = sum(known, at, last, now).compareTo(KNOWN_OF_PROMPT) >= 0;
    return new AlertReaction(seen ? Outcome.STAYED : Outcome.NO_DATA, null, null, walking, steps);
  }

  /** Spells on the feet that are long enough to count. */
  private static List<Spell> breaks(List<Bout> known, Instant now) {
    List<Spell> spells = new ArrayList<>();
    for (Bout bout : known) {
      if (bout.posture().isUpright()) {
        Spell last = spells.isEmpty() ? null : spells.get(spells.size() - 1);
        if (last != null && !bout.from().isAfter(last.to().plus(JOINED))) {
          spells.set(spells.size() - 1, new Spell(last.from(), end(bout, now)));
        } else {
          spells.add(new Spell(bout.from(), end(bout, now)));
        }
      }
    }
    return spells.stream()
        .filter(one -> Duration.between(one.from(), one.to()).compareTo(SittingClock.BREAK) >= 0)
        .toList();
  }

  private static @Nullable Integer walking(Instant at, List<Bout> known, Instant now) {
    Instant end = at.plus(WATCHED);
    if (now.isBefore(end) || sum(known, at, end, now).compareTo(KNOWN_OF_WATCHED) < 0) {
      return null;
    }
    List<Bout> moving =
        known.stream()
            .filter(
                bout ->
                    switch (bout.posture()) {
                      case WALKING, RUNNING, STAIRS -> true;
                      default -> false;
                    })
            .toList();
    return seconds(sum(moving, at, end, now));
  }

  /**
   * The steps of 30 minutes, as {@link #steps} has them. The cell in which the alert came counts
   * whole, since the wearer sat before it; the last one with the share that lies within.
   */
  public static @Nullable Integer stepsAfter(Instant at, List<DaySummary> days, Instant now) {
    Instant end = at.plus(WATCHED);
    if (now.isBefore(end)) {
      return null;
    }
    double steps = 0;
    Duration known = Duration.ZERO;
    Instant next = Instant.MIN;
    for (StepTrack.Cell cell : cells(days)) {
      Duration within = new Spell(cell.from(), cell.to()).within(at, end);
      // Two days that an earlier version summed up around a flight may have hours in common.
      if (!within.isZero() && !cell.from().isBefore(next)) {
        boolean isFirst = !cell.from().isAfter(at);
        steps += isFirst ? cell.steps() : cell.steps() * (double) within.toMillis() / CELL_MILLIS;
        known = known.plus(within);
        next = cell.to();
      }
    }
    return known.compareTo(KNOWN_OF_WATCHED) < 0 ? null : (int) Math.round(steps);
  }

  /**
   * The steps between two instants, by five minutes, with the share of the first and the last that
   * lies within.
   *
   * @param days around them, in any order
   * @return null where not all of the time is told at least every ten minutes
   */
  public static @Nullable Integer stepsBetween(Instant from, Instant to, List<DaySummary> days) {
    double steps = 0;
    Instant known = from;
    for (StepTrack.Cell cell : cells(days)) {
      Duration within = new Spell(cell.from(), cell.to()).within(from, to);
      if (!within.isZero() && !cell.from().isAfter(known) && cell.to().isAfter(known)) {
        steps += cell.steps() * (double) within.toMillis() / CELL_MILLIS;
        known = cell.to();
      }
    }
    return known.isBefore(to) ? null : (int) Math.round(steps);
  }

  private static List<StepTrack.Cell> cells(List<DaySummary> days) {
    return days.stream()
        .sorted(Comparator.comparing(DaySummary::date))
        .flatMap(
            day ->
                Stream.ofNullable(day.stepTrack())
                    .flatMap(track -> track.known(day.begin()).stream()))
        .toList();
  }

  private static Duration sum(List<Bout> bouts, Instant from, Instant to, Instant now) {
    return bouts.stream()
        .map(bout -> new Spell(bout.from(), end(bout, now)).within(from, to))
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** A posture that was sent as a change goes on until the next, up to its horizon. */
  private static Instant end(Bout bout, Instant now) {
    Instant held = bout.holdsUntil().isBefore(now) ? bout.holdsUntil() : now;
    return bout.open() && held.isAfter(bout.to()) ? held : bout.to();
  }

  private static int seconds(Duration duration) {
    return (int) duration.toSeconds();
  }
}
