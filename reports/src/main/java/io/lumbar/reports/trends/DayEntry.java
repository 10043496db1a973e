package io.lumbar.reports.trends;

import io.lumbar.model.CountedDays;
import io.lumbar.model.DaySummary;
import io.lumbar.model.DaySummary.Bending;
import io.lumbar.model.NightSummary;
import io.lumbar.model.Posture;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A local date with what was measured: its day, and the night that ended on it.
 *
 * @param awake how much of the waking hours was seen
 * @param day null when nothing was measured by day
 * @param night null when no night was measured
 * @param keptOut whether the wearer marked it as no ordinary day, so that it is shown but counts in
 *     no median
 */
public record DayEntry(
    LocalDate date,
    Coverage awake,
    @Nullable DaySummary day,
    @Nullable NightSummary night,
    boolean keptOut) {

  /**
   * The night and the words of the morning, without what the day brought later. There is no day
   * left where no such word was told.
   */
  public DayEntry untilMorning() {
    return new DayEntry(
        date, new Coverage(0, awake.ofMinutes()), wordsOfMorning(day), night, keptOut);
  }

  private static @Nullable DaySummary wordsOfMorning(@Nullable DaySummary day) {
    if (day == null || (day.morningPain() == null && day.morningStiffness() == null)) {
      return null;
    }
    return new DaySummary(
            day.wearer(),
            day.date(),
            day.zone(),
            day.revision(),
            Map.of(),
            new DaySummary.Sitting(0, 0, 0, 0, 0, 0, 0),
            0,
            0,
            null,
            List.of(),
            0,
            null,
            List.of(),
            List.of(),
            day.morningPain(),
            day.morningStiffness())
        .withMorning(day.morningPain(), day.morningStiffness());
  }

  /**
   * Pain of the morning: that told after the night, or where none was told with it, before noon.
   * The word of before noon also stands where the longest rest of the date began after it.
   */
  public @Nullable Integer morningPain() {
    return ofMorning(
        night == null ? null : night.morningPain(), day == null ? null : day.morningPain());
  }

  /** Stiffness likewise. */
  public @Nullable Integer morningStiffness() {
    return ofMorning(
        night == null ? null : night.morningStiffness(),
        day == null ? null : day.morningStiffness());
  }

  private @Nullable Integer ofMorning(@Nullable Integer byNight, @Nullable Integer beforeNoon) {
    boolean restedAfterNoon =
        night != null
            && !night
                .inBedFrom()
                .atZone(night.zone())
                .toLocalDateTime()
                .isBefore(date.atTime(LocalTime.NOON));
    return byNight == null || (restedAfterNoon && beforeNoon != null) ? beforeNoon : byNight;
  }

  /** The day's bends; null where no sensor could tell. */
  @Nullable Bending bending() {
    return day == null ? null : day.bending();
  }

  /** How much of the waking hours a sensor on the trunk saw, by which bends are counted. */
  Coverage trunk(Bending bending) {
    return new Coverage(CountedDays.trunkMinutes(bending, awake.ofMinutes()), awake.ofMinutes());
  }

  /** Minutes in some postures, of what was seen. */
  double minutes(Posture... postures) {
    double sum = 0;
    if (day != null) {
      for (Posture posture : postures) {
        sum += day.postureMinutes().getOrDefault(posture, 0.0);
      }
    }
    return sum;
  }
}
