package io.lumbar.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What exercises suit a wearer, and what was done lately. Health values: readable by the wearer and
 * the owner alone, never by an admin.
 *
 * @param bendBackwards a clinician told the wearer to bend backwards: an arch is no reason for
 *     feedback then
 * @param babyDue when a pregnant wearer's child is due; without it the careful list holds
 * @param country of the emergency number, two capital letters (ISO 3166-1)
 * @param liked ids of exercises that may come again on any day
 * @param hurts ids of exercises that are not offered any more
 * @param own exercises that the wearer wrote down; at most 20
 * @param redFlags the newest answer about signs that need a person; null when never asked
 * @param diary what was done and felt, by local day, of the last fourteen days with an entry
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StretchProfile(
    Set<HealthCondition> conditions,
    boolean bendBackwards,
    @Nullable LocalDate babyDue,
    @Nullable String country,
    Set<String> liked,
    Set<String> hurts,
    List<OwnStretch> own,
    @Nullable RedFlagAnswer redFlags,
    SortedMap<LocalDate, DiaryDay> diary) {
  private static final int DAYS_KEPT = 14;
  private static final int MOST_OWN = 20;
  private static final int WEEKS_FROM_28_TO_TERM = 12;
  private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");

  /**
   * One day's exercises.
   *
   * @param done ids in the order in which they were done
   * @param pain the highest pain of the lower back that was told on that day, 0 to 10
   * @param routines the pain before and after each routine of the day, in the order in which they
   *     ended; the last eight, and none in what was written before they were kept
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record DiaryDay(
      List<String> done,
      @Nullable Integer pain,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Routine> routines) {
    private static final int MOST_ROUTINES = 8;

    public DiaryDay {
      done = done == null ? List.of() : List.copyOf(done);
      routines = routines == null ? List.of() : List.copyOf(routines);
      routines = routines.subList(Math.max(0, routines.size() - MOST_ROUTINES), routines.size());
      if (pain != null && (pain < 0 || pain > 10)) {
        throw new IllegalArgumentException("pain is a whole number from 0 to 10");
      }
    }

    /** Without a routine. */
    public DiaryDay(List<String> done, @Nullable Integer pain) {
      this(done, pain, List.of());
    }
  }

  /**
   * The pain of the lower back around one routine, 0 to 10; null for what was not said.
   *
   * @param before as it began
   * @param after as it ended
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Routine(@Nullable Integer before, @Nullable Integer after) {
    public Routine {
      for (Integer pain : new Integer[] {before, after}) {
        if (pain != null && (pain < 0 || pain > 10)) {
          throw new IllegalArgumentException("pain is a whole number from 0 to 10");
        }
      }
    }
  }

  public StretchProfile {
    conditions = conditions == null || conditions.isEmpty() ? Set.of() : sorted(conditions);
    liked = liked == null ? Set.of() : Collections.unmodifiableSet(new TreeSet<>(liked));
    hurts = hurts == null ? Set.of() : Collections.unmodifiableSet(new TreeSet<>(hurts));
    diary =
        diary == null
            ? Collections.emptySortedMap()
            : Collections.unmodifiableSortedMap(new TreeMap<>(diary));
    own = own == null ? List.of() : List.copyOf(own);
    if (own.size() > MOST_OWN || own.stream().map(OwnStretch::id).distinct().count() < own.size()) {
      throw new IllegalArgumentException(
          "own: at most " + MOST_OWN + " exercises, each with an id of its own");
    }
    if (country != null && !COUNTRY.matcher(country).matches()) {
      throw new IllegalArgumentException("country: two capital letters, such as DE or GB");
    }
  }

  /** Without exercises of the wearer's own. */
  public StretchProfile(
      Set<HealthCondition> conditions,
      boolean bendBackwards,
      @Nullable LocalDate babyDue,
      @Nullable String country,
      Set<String> liked,
      Set<String> hurts,
      SortedMap<LocalDate, DiaryDay> diary) {
    this(conditions, bendBackwards, babyDue, country, liked, hurts, List.of(), null, diary);
  }

  /** Nothing is known. */
  public static StretchProfile none() {
    return new StretchProfile(
        Set.of(), false, null, null, Set.of(), Set.of(), Collections.emptySortedMap());
  }

  /**
   * What holds on a day: a pregnancy is late from twelve weeks before the due date (or when no date
   * is known), and a birth lately after it.
   */
  public Set<HealthCondition> conditionsOn(LocalDate day) {
    if (!conditions.contains(HealthCondition.PREGNANT)) {
      return conditions;
    }
    Set<HealthCondition> holding = EnumSet.copyOf(conditions);
    if (babyDue != null && day.isAfter(babyDue)) {
      holding.remove(HealthCondition.PREGNANT);
      holding.add(HealthCondition.AFTER_BIRTH);
    } else if (babyDue == null || !day.isBefore(babyDue.minusWeeks(WEEKS_FROM_28_TO_TERM))) {
      holding.add(HealthCondition.PREGNANT_LATE);
    }
    return Collections.unmodifiableSet(holding);
  }

  /**
   * With more in the diary of a day: exercises are added once each, and of pain the highest counts.
   */
  public StretchProfile with(LocalDate day, List<String> done, @Nullable Integer pain) {
    if (done.isEmpty() && pain == null) {
      return this;
    }
    DiaryDay before = diary.getOrDefault(day, new DiaryDay(List.of(), null));
    Set<String> all = new LinkedHashSet<>(before.done());
    all.addAll(done);
    Integer highest = before.pain();
    if (pain != null && (highest == null || pain > highest)) {
      highest = pain;
    }
    TreeMap<LocalDate, DiaryDay> days = new TreeMap<>(diary);
    days.put(day, new DiaryDay(List.copyOf(all), highest, before.routines()));
    while (days.size() > DAYS_KEPT) {
      days.pollFirstEntry();
    }
    return withDiary(days);
  }

  /**
   * With a routine that ended on a day: its pain before stays beside that after, and the higher
   * counts for the day. Each call is a routine of its own; one without any pain changes nothing.
   */
  public StretchProfile withRoutine(LocalDate day, Routine routine) {
    StretchProfile told =
        with(day, List.of(), routine.before()).with(day, List.of(), routine.after());
    TreeMap<LocalDate, DiaryDay> days = new TreeMap<>(told.diary);
    days.computeIfPresent(
        day,
        (date, entry) -> {
          List<Routine> routines = new ArrayList<>(entry.routines());
          routines.add(routine);
          return new DiaryDay(entry.done(), entry.pain(), routines);
        });
    return told.withDiary(days);
  }

  /** With pain that was told elsewhere, as by check-ins; of each day the highest counts. */
  public StretchProfile withPains(Map<LocalDate, Integer> pains) {
    StretchProfile all = this;
    for (Map.Entry<LocalDate, Integer> pain : new TreeMap<>(pains).entrySet()) {
      all = all.with(pain.getKey(), List.of(), pain.getValue());
    }
    return all;
  }

  /**
   * As it was known in the morning of a day: without the exercises of that day and of later ones,
   * and without signs that were told on later ones. What hurt stays.
   */
  public StretchProfile asOfMorning(LocalDate day) {
    TreeMap<LocalDate, DiaryDay> days = new TreeMap<>(diary);
    days.tailMap(day).replaceAll((date, entry) -> new DiaryDay(List.of(), entry.pain()));
    boolean later = redFlags != null && redFlags.on().isAfter(day);
    return new StretchProfile(
        conditions,
        bendBackwards,
        babyDue,
        country,
        liked,
        hurts,
        own,
        later ? null : redFlags,
        days);
  }

  /** With a newer answer about signs that need a person. */
  public StretchProfile answered(RedFlagAnswer answer) {
    return new StretchProfile(
        conditions,
        bendBackwards,
        babyDue,
        country,
        liked,
        hurts,
        own,
        redFlags == null ? answer : answer.after(redFlags),
        diary);
  }

  /** Whether exercises wait until somebody has looked at a sign that the wearer told of. */
  @JsonIgnore
  public boolean isStopped() {
    return redFlags != null && redFlags.isStop();
  }

  private StretchProfile withDiary(SortedMap<LocalDate, DiaryDay> days) {
    return new StretchProfile(
        conditions, bendBackwards, babyDue, country, liked, hurts, own, redFlags, days);
  }

  /** What was done on a day, in order. */
  public List<String> doneOn(LocalDate day) {
    DiaryDay entry = diary.get(day);
    return entry == null ? List.of() : entry.done();
  }

  /** The pain that was told on a day; null when none was. */
  public @Nullable Integer painOn(LocalDate day) {
    DiaryDay entry = diary.get(day);
    return entry == null ? null : entry.pain();
  }

  /** The ids that were done before a day's end, the newest last. */
  public List<String> lately(LocalDate until) {
    return diary.headMap(until.plusDays(1)).entrySet().stream()
        .map(Map.Entry::getValue)
        .flatMap(entry -> entry.done().stream())
        .toList();
  }

  private static Set<HealthCondition> sorted(Set<HealthCondition> conditions) {
    return Collections.unmodifiableSet(EnumSet.copyOf(conditions));
  }
}
