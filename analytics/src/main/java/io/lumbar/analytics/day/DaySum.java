package io.lumbar.analytics.day;

import io.lumbar.analytics.day.SittingPattern.Length;
import io.lumbar.analytics.steps.StepSums.DaySteps;
import io.lumbar.analytics.stream.Span;
import io.lumbar.model.Bout;
import io.lumbar.model.CheckIn;
import io.lumbar.model.DaySummary;
import io.lumbar.model.DaySummary.Bending;
import io.lumbar.model.DayTag;
import io.lumbar.model.Posture;
import io.lumbar.model.TimeSpan;
import io.lumbar.model.WearerDates;
import io.lumbar.model.WearerId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sums up what is known of one local day. Pure. */
final class DaySum {
  /** The shortest time on the feet that counts as having stood up, in milliseconds. */
  private static final long SHORTEST_STAND = 10_000;

  /** The least time seen awake with which a day stands for itself, usual in accelerometry. */
  private static final double VALID_MINUTES = 600;

  /** With less time in bed than the rest of a day the night was not seen. */
  private static final long LONGEST_AWAKE = 20 * 3_600_000L;

  private static final long DAY = 24 * 3_600_000L;

  /** Hours on the clock. What is told before is of the evening, by one who goes to bed late. */
  private static final int MORNING_FROM = 4;

  private static final int MORNING_TO = 12;

  private final Facts facts;
  private final Map<Posture, Long> millis = new EnumMap<>(Posture.class);
  private final List<Length> sittings = new ArrayList<>();
  private int of20;
  private int of30;
  private int of60;
  private int breaks;
  private int stands;
  private int uprightSpells;
  private long sat;
  private long longest;
  private long knownAwake;

  private DaySum(Facts facts) {
    this.facts = facts;
    List<Bout> inside =
        facts.bouts.stream()
            .filter(bout -> from(bout) < facts.span.to() && to(bout) > facts.span.from())
            .toList();
    for (int i = 0; i < inside.size(); i++) {
      add(
          i == 0 ? null : inside.get(i - 1),
          inside.get(i),
          i + 1 < inside.size() ? inside.get(i + 1) : null);
    }
  }

  /**
   * What is known of a day.
   *
   * @param span the day's first and last instant
   * @param bouts those that touch the day, by start, not overlapping
   * @param inBed times in bed that touch the day, by start, not overlapping
   * @param forgotten what the wearer had forgotten of the day, by start, not overlapping
   * @param waking hours of the day in which the wearer is awake by the settings, by start
   * @param told check-ins of the day
   * @param seatedShifts shifts on a seat; null where no sensor could tell
   */
  record Facts(
      WearerId wearer,
      LocalDate date,
      WearerDates dates,
      Span span,
      List<Bout> bouts,
      DaySteps steps,
      List<Span> inBed,
      List<Span> forgotten,
      List<Span> waking,
      List<DayTag.Tag> tags,
      List<CheckIn> told,
      @Nullable Bending bending,
      @Nullable Integer seatedShifts) {}

  /** The summary of a day, without its load. */
  static DaySummary of(Facts facts, int revision) {
    return new DaySum(facts).summary(revision);
  }

  static boolean isEmpty(DaySummary day) {
    return day.postureMinutes().isEmpty()
        && day.steps() == 0
        && day.bending() == null
        && day.lifting() == null
        && day.tags().isEmpty()
        && day.pain() == null
        && day.stiffness() == null;
  }

  private void add(@Nullable Bout before, Bout bout, @Nullable Bout after) {
    Span span =
        new Span(Math.max(facts.span.from(), from(bout)), Math.min(facts.span.to(), to(bout)));
    List<Span> awake = without(span, facts.inBed);
    Posture posture = bout.posture();
    millis.merge(posture, length(span), Long::sum);
    knownAwake += posture.isKnown() ? length(awake) : 0;
    boolean follows = before != null && before.to().equals(bout.from());
    if (posture == Posture.SITTING) {
      boolean ended = endsInDay(bout, after);
      // What the bed cuts off was not seen to end either.
      awake.forEach(part -> addSitting(length(part), ended && part.to() == span.to()));
    } else if (posture.isUpright()) {
      boolean rose = follows && before != null && before.posture() == Posture.SITTING;
      boolean isAwake = !awake.isEmpty();
      breaks += rose && isAwake ? 1 : 0;
      stands += rose && to(bout) - from(bout) >= SHORTEST_STAND ? 1 : 0;
      boolean goesOn = follows && before != null && before.posture().isUpright();
      uprightSpells += isAwake && !goesOn ? 1 : 0;
    }
  }

  private void addSitting(long inside, boolean ended) {
    sittings.add(new Length(inside / 60_000.0, ended));
    sat += inside;
    longest = Math.max(longest, inside);
    of20 += inside >= 20 * 60_000L ? 1 : 0;
    of30 += inside >= 30 * 60_000L ? 1 : 0;
    of60 += inside >= 60 * 60_000L ? 1 : 0;
  }

  /** Whether it was seen to end: into something known, before midnight. */
  private boolean endsInDay(Bout bout, @Nullable Bout after) {
    return after != null
        && after.from().equals(bout.to())
        && after.posture().isKnown()
        && to(bout) < facts.span.to();
  }

  /** The parts of a span outside of some others, which stand by start; none is empty. */
  private static List<Span> without(Span span, List<Span> others) {
    List<Span> parts = new ArrayList<>();
    long from = span.from();
    for (Span other : others) {
      if (other.from() >= span.to()) {
        break;
      }
      if (other.from() > from) {
        parts.add(new Span(from, other.from()));
      }
      from = Math.max(from, other.to());
    }
    if (from < span.to()) {
      parts.add(new Span(from, span.to()));
    }
    return parts;
  }

  private static long length(List<Span> spans) {
    return spans.stream().mapToLong(DaySum::length).sum();
  }

  private static long length(Span span) {
    return span.to() - span.from();
  }

  private DaySummary summary(int revision) {
    Map<Posture, Double> minutes = new EnumMap<>(Posture.class);
    millis.forEach((posture, length) -> minutes.put(posture, length / 60_000.0));
    double known = known();
    return new DaySummary(
        facts.wearer,
        facts.date,
        facts.dates.zoneOf(facts.date),
        revision,
        minutes,
        sitting(),
        facts.steps.total(),
        known,
        wear(known, awake()),
        facts.steps.byHour(),
        stands,
        facts.seatedShifts,
        List.of(),
        facts.tags.stream().map(DayTag.Tag::wireName).toList(),
        highest(CheckIn::pain),
        highest(CheckIn::stiffness),
        facts.bending,
        facts.steps.walking(),
        facts.steps.track(),
        lifting(),
        ofMorning(CheckIn::pain),
        ofMorning(CheckIn::stiffness),
        facts.forgotten.stream()
            .map(
                gone ->
                    new TimeSpan(
                        Instant.ofEpochMilli(gone.from()), Instant.ofEpochMilli(gone.to())))
            .toList(),
        span(),
        painAt());
  }

  private @Nullable TimeSpan span() {
    return facts.dates.isCalendarDay(facts.date) || facts.span.from() == facts.span.to()
        ? null
        : new TimeSpan(
            Instant.ofEpochMilli(facts.span.from()), Instant.ofEpochMilli(facts.span.to()));
  }

  private DaySummary.@Nullable Lifting lifting() {
    double volume = 0;
    double heaviest = 0;
    boolean heavier = false;
    for (CheckIn one : facts.told) {
      Double kg = one.liftedKg();
      Integer repetitions = one.repetitions();
      if (kg != null && repetitions != null) {
        volume += kg * repetitions;
        heaviest = Math.max(heaviest, kg);
      }
      heavier |= one.heavierThanUsual();
    }
    return volume == 0 && !heavier ? null : new DaySummary.Lifting(volume, heaviest, heavier);
  }

  private DaySummary.Sitting sitting() {
    return new DaySummary.Sitting(
        sittings.size(),
        sat / 60_000.0,
        longest / 60_000.0,
        of20,
        of30,
        of60,
        breaks,
        sittings.isEmpty()
            ? null
            : SittingPattern.of(sittings, breaks, uprightSpells, SittingPattern.SHORTEST_MINUTES));
  }

  private double known() {
    double known = 0;
    for (Map.Entry<Posture, Long> entry : millis.entrySet()) {
      known += entry.getKey().isKnown() ? entry.getValue() / 60_000.0 : 0;
    }
    return known;
  }

  private DaySummary.Wear wear(double known, long awakeMillis) {
    double awake = awakeMillis / 60_000.0;
    double seen = knownAwake / 60_000.0;
    return new DaySummary.Wear(known, awake, awake == 0 ? 0 : seen / awake, seen >= VALID_MINUTES);
  }

  /** As versions had it that took all of a day outside of time in bed for awake. */
  static DaySummary.Wear formerWear(Facts facts) {
    DaySum day = new DaySum(facts);
    return day.wear(day.known(), length(without(facts.span, facts.inBed)));
  }

  /** Where no night is known, the wearer's word on the hours awake stands in for it. */
  private long awake() {
    List<Span> apart =
        Stream.concat(facts.inBed.stream(), facts.forgotten.stream())
            .sorted(Comparator.comparingLong(Span::from))
            .toList();
    return length(without(facts.span, facts.inBed)) < longestAwake()
        ? length(without(facts.span, apart))
        : Math.max(
            knownAwake,
            facts.waking.stream().mapToLong(hours -> length(without(hours, apart))).sum());
  }

  /** Of a day with a flight its share of a whole one. */
  private long longestAwake() {
    return facts.dates.isCalendarDay(facts.date)
        ? LONGEST_AWAKE
        : length(facts.span) * LONGEST_AWAKE / DAY;
  }

  private @Nullable Integer highest(Function<CheckIn, @Nullable Integer> score) {
    return facts.told.stream()
        .map(score)
        .filter(Objects::nonNull)
        .max(Integer::compare)
        .orElse(null);
  }

  /** Of the highest, and of several such of the first. */
  private @Nullable Instant painAt() {
    Integer highest = highest(CheckIn::pain);
    return facts.told.stream()
        .filter(one -> one.pain() != null && one.pain().equals(highest))
        .map(CheckIn::at)
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  /** The first of the morning, whatever came first to us. */
  private @Nullable Integer ofMorning(Function<CheckIn, @Nullable Integer> score) {
    return facts.told.stream()
        .filter(one -> isOfMorning(one.at().atZone(facts.dates.zoneAt(one.at())).getHour()))
        .sorted(Comparator.comparing(CheckIn::at).thenComparing(CheckIn::id))
        .map(score)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static boolean isOfMorning(int hour) {
    return hour >= MORNING_FROM && hour < MORNING_TO;
  }

  private static long from(Bout bout) {
    return bout.from().toEpochMilli();
  }

  private static long to(Bout bout) {
    return bout.to().toEpochMilli();
  }
}
