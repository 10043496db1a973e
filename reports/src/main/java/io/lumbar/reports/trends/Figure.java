package io.lumbar.reports.trends;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.lumbar.model.DaySummary;
import io.lumbar.model.DaySummary.Bending;
import io.lumbar.model.LoadChange;
import io.lumbar.model.NightSummary;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.SleepPosition;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A number of a day or a night that can be followed over time. */
public enum Figure {
  SITTING("Sitting", Unit.MINUTES, byDay(d -> d.sitting().minutes())),
  LONGEST_SITTING("Longest sitting", Unit.MINUTES, byDay(d -> d.sitting().longestMinutes())),
  BOUTS_OF_30("Sittings \u2265 30 min", Unit.COUNT, byDay(d -> d.sitting().boutsOf30())),
  BREAKS("Times you got up", Unit.COUNT, byDay(d -> d.sitting().breaks())),
  STEPS("Steps", Unit.COUNT, byDay(DaySummary::countedSteps)),
  ON_THE_MOVE(
      "On the move",
      Unit.MINUTES,
      entry ->
          !entry.awake().isEnough()
              ? null
              : entry.minutes(Posture.WALKING, Posture.STAIRS, Posture.RUNNING, Posture.CYCLING)),
  STANDING(
      "Standing",
      Unit.MINUTES,
      entry -> entry.awake().isEnough() ? entry.minutes(Posture.STANDING, Posture.UPRIGHT) : null),
  BENDS("Bends of 45\u00b0 or more", Unit.COUNT, byBending(Bending::of45)),
  BENDS_60("Bends of 60\u00b0 or more", Unit.COUNT, byBending(Bending::of60)),
  SUSTAINED_BENDS("Bends held for long", Unit.COUNT, byBending(Bending::sustained)),
  SEATED_SHIFTS("Shifts on the seat", Unit.COUNT, byDay(DaySummary::seatedShifts)),
  /** Logged, kilograms times repetitions: the mean of the seven days up to the date. */
  LIFT_VOLUME("Lifted a day, over the week", Unit.KILOGRAMS, entry -> liftVolume(entry.day())),
  IN_BED("In bed", Unit.MINUTES, byNight(Nights::inBed, NightSummary::inBedMinutes)),
  PRONE("On the front", Unit.MINUTES, byPosition(SleepPosition.PRONE)),
  SUPINE("On the back", Unit.MINUTES, byPosition(SleepPosition.SUPINE)),
  LEFT("On the left side", Unit.MINUTES, byPosition(SleepPosition.LEFT)),
  RIGHT("On the right side", Unit.MINUTES, byPosition(SleepPosition.RIGHT)),
  HALF_PRONE("Half on the front", Unit.MINUTES, byPosition(SleepPosition.THREE_QUARTER_PRONE)),
  LONGEST_PRONE(
      "Longest on the front",
      Unit.MINUTES,
      byNight(Nights::positions, NightSummary::longestProneMinutes)),
  SHIFTS("Turns", Unit.PER_HOUR, byNight(Nights::positions, NightSummary::shiftsPerHour)),
  ARCHED("Back arched", Unit.MINUTES, byNight(Nights::positions, Nights::arched)),
  OUT_OF_BED("Out of bed", Unit.COUNT, byNight(Nights::inBed, NightSummary::outOfBed)),
  PAIN("Pain", Unit.SCALE, byWord(DayEntry::morningPain, DaySummary::pain)),
  STIFFNESS(
      "Morning stiffness", Unit.SCALE, byWord(DayEntry::morningStiffness, DaySummary::stiffness));

  private final String label;
  private final Unit unit;

  @SuppressWarnings("ImmutableEnumChecker") // functions without state
  private final Function<DayEntry, @Nullable Number> reading;

  Figure(String label, Unit unit, Function<DayEntry, @Nullable Number> reading) {
    this.label = label;
    this.unit = unit;
    this.reading = reading;
  }

  /** What people read. */
  public String label() {
    return label;
  }

  public Unit unit() {
    return unit;
  }

  /** Whether it belongs to a night rather than a day. */
  public boolean isNightly() {
    return ordinal() >= IN_BED.ordinal();
  }

  /** The name used in paths and answers, for example {@code longest-sitting}. */
  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Reads a wire name.
   *
   * @throws IllegalArgumentException with the accepted names when the text is none of them
   */
  @JsonCreator
  public static Figure of(String wireName) {
    return Arrays.stream(values())
        .filter(figure -> figure.wireName().equals(wireName))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'"
                        + wireName
                        + "' is not one of "
                        + Arrays.stream(values())
                            .map(Figure::wireName)
                            .collect(Collectors.joining(", "))));
  }

  /** The value of a date, empty when it was not measured or too little was seen for a total. */
  public OptionalDouble of(DayEntry entry) {
    Number value = reading.apply(entry);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value.doubleValue());
  }

  /**
   * Of pain and stiffness what was told in the morning, by the night or else by the clock, and
   * nothing that was told later on that day; of other figures {@link #of(DayEntry)}.
   */
  public OptionalDouble ofMorning(DayEntry entry) {
    if (unit != Unit.SCALE) {
      return of(entry);
    }
    Integer word = this == PAIN ? entry.morningPain() : entry.morningStiffness();
    return word == null ? OptionalDouble.empty() : OptionalDouble.of(word);
  }

  /**
   * How much was seen of the day or night that the figure belongs to, by what can tell it: of bends
   * by a sensor on the trunk, of positions where these are known; empty for own words.
   */
  public Optional<Coverage> coverage(DayEntry entry) {
    if (unit == Unit.SCALE || unit == Unit.KILOGRAMS) {
      return Optional.empty();
    }
    if (isOfBending()) {
      return Optional.ofNullable(entry.bending()).map(entry::trunk);
    }
    return isNightly()
        ? Optional.ofNullable(entry.night())
            .map(night -> isOfPositions() ? Nights.positions(night) : Nights.inBed(night))
        : Optional.ofNullable(entry.day()).map(day -> entry.awake());
  }

  /**
   * What the value of a date may be at most, had the wearer nothing of it forgotten: minutes by as
   * many as are forgotten, counts and longest stretches by any number. Own words and what is told
   * per hour stay.
   */
  public double most(DayEntry entry, double value) {
    double forgotten = forgottenMinutes(entry);
    if (forgotten == 0 || unit == Unit.SCALE || unit == Unit.KILOGRAMS || unit == Unit.PER_HOUR) {
      return value;
    }
    boolean adds = unit == Unit.MINUTES && this != LONGEST_SITTING && this != LONGEST_PRONE;
    return adds ? value + forgotten : Double.POSITIVE_INFINITY;
  }

  /**
   * Whether the value of a date is a measure for others: not where the wearer had some time of its
   * day or night forgotten, of which the figure may have had more. Own words and what is told per
   * hour always are.
   */
  public boolean isWhole(DayEntry entry) {
    return most(entry, 0) == 0;
  }

  private double forgottenMinutes(DayEntry entry) {
    DaySummary day = entry.day();
    NightSummary night = entry.night();
    return isNightly()
        ? night == null ? 0 : night.forgottenMinutes()
        : day == null ? 0 : day.forgottenMinutes();
  }

  /**
   * The placement whose estimate the value of a date is: of positions and turns where no sensor on
   * the trunk told most of the lying. Empty of all else, and where nothing was measured.
   */
  public Optional<Placement> estimatedFrom(DayEntry entry) {
    boolean isEstimated = compareTo(PRONE) >= 0 && compareTo(SHIFTS) <= 0;
    return isEstimated
        ? Optional.ofNullable(entry.night()).map(NightSummary::estimatedFrom)
        : Optional.empty();
  }

  /** How many of the values that some dates have are an estimate. */
  public Estimate estimate(List<DayEntry> entries) {
    List<DayEntry> valued = entries.stream().filter(entry -> of(entry).isPresent()).toList();
    return Estimate.of(
        valued.stream().filter(entry -> estimatedFrom(entry).isPresent()).count(), valued.size());
  }

  private boolean isOfBending() {
    return this == BENDS || this == BENDS_60 || this == SUSTAINED_BENDS;
  }

  private boolean isOfPositions() {
    return this != IN_BED && this != OUT_OF_BED;
  }

  private static @Nullable Double liftVolume(@Nullable DaySummary day) {
    return day == null
        ? null
        : day.load().stream()
            .filter(load -> load.measure() == LoadChange.Measure.LIFT_VOLUME)
            .map(LoadChange::perDay)
            .findFirst()
            .orElse(null);
  }

  private static Function<DayEntry, @Nullable Number> byDay(
      Function<DaySummary, @Nullable Number> read) {
    return entry -> {
      DaySummary day = entry.day();
      return day == null || !entry.awake().isEnough() ? null : read.apply(day);
    };
  }

  /** Only where the sensor on the trunk, and not just any other, saw enough of the day. */
  private static Function<DayEntry, @Nullable Number> byBending(
      Function<Bending, @Nullable Number> read) {
    return entry -> {
      Bending bending = entry.bending();
      return bending == null || !entry.trunk(bending).isEnough() ? null : read.apply(bending);
    };
  }

  private static Function<DayEntry, @Nullable Number> byNight(
      Function<NightSummary, Coverage> coverage, Function<NightSummary, @Nullable Number> read) {
    return entry -> {
      NightSummary night = entry.night();
      return night == null || !coverage.apply(night).isEnough() ? null : read.apply(night);
    };
  }

  private static Function<DayEntry, @Nullable Number> byPosition(SleepPosition position) {
    return byNight(Nights::positions, night -> Nights.minutes(night, position));
  }

  /** The word of the morning, or else the highest of the day. */
  private static Function<DayEntry, @Nullable Number> byWord(
      Function<DayEntry, @Nullable Integer> morning, Function<DaySummary, @Nullable Integer> day) {
    return entry -> {
      Integer word = morning.apply(entry);
      return word == null && entry.day() != null ? day.apply(entry.day()) : word;
    };
  }
}
