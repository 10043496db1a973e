package io.lumbar.reports.interchange;

import static java.util.Objects.requireNonNull;

import io.lumbar.model.DaySummary;
import io.lumbar.model.NightSummary;
import io.lumbar.model.Posture;
import io.lumbar.model.SittingMetrics;
import io.lumbar.model.SleepPosition;
import io.lumbar.reports.trends.Nights;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A row a day under the names of GGIR's day reports, where they mean the same: who, which day, the
 * sleep period that ended on it, minutes awake by class, and how much of these was not worn.
 * Columns of our own begin with {@code lumbar_}.
 *
 * <p>The sleep period is from the guess of when sleep began to getting up; where nothing guessed
 * it, its columns are empty, because time in bed is no sleep and has columns of its own. A day that
 * the wearer had forgotten has its date and no sums. One that is not over when the file is made has
 * no row: what is to come of it would count as not worn.
 *
 * <p>{@code lumbar_out_of_bed} is how often the wearer was on the feet between going to bed and
 * getting up, which is no number of awakenings: of those in bed nothing is known. {@code
 * lumbar_positions_estimated_from} is the placement whose estimate {@code lumbar_prone_min} is,
 * where no sensor on the trunk told most of the lying.
 *
 * <p>GGIR's classes come from movement alone, ours from posture: {@code IN} is sitting, lying awake
 * and inactive; {@code LIG} on the feet without walking; {@code MVPA} is left out.
 */
final class DaysCsv {
  private static final String HEADER =
      "ID,weekday,calendar_date,sleeponset_ts,wakeup_ts,dur_spt_min,dur_day_min,nonwear_perc_day,"
          + "dur_day_total_IN_min,dur_day_total_LIG_min,lumbar_walking_min,lumbar_sitting_min,"
          + "lumbar_sitting_bouts,lumbar_sitting_bouts_30,lumbar_longest_sitting_min,lumbar_breaks,"
          + "lumbar_steps,lumbar_prone_min,lumbar_in_bed_from_ts,lumbar_in_bed_to_ts,"
          + "lumbar_in_bed_min,FRAG_NFragPM_IN_day,FRAG_alpha_IN_day,FRAG_Gini_IN_day,"
          + "lumbar_out_of_bed,lumbar_positions_estimated_from\r\n";

  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  private final StringBuilder rows = new StringBuilder(HEADER);

  private final Subject subject;

  private DaysCsv(Subject subject) {
    this.subject = subject;
  }

  static byte[] of(Measured measured) {
    DaysCsv csv = new DaysCsv(measured.subject());
    Map<LocalDate, NightSummary> nights = new HashMap<>();
    measured.nights().forEach(night -> nights.put(night.date(), night));
    for (DaySummary day : measured.days()) {
      if (!day.end().isAfter(measured.madeAt())) {
        csv.row(day, nights.get(day.date()));
      }
    }
    return csv.rows.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void row(DaySummary day, @Nullable NightSummary night) {
    ZoneId zone = day.zone();
    DaySummary.Wear wear = requireNonNull(day.wear(), "days come with their minutes awake");
    double awake = wear.awakeMinutes();
    double seen = wear.coverage();
    // Who sits up in bed is rare: what else was seen in bed was lying.
    double inBed = Math.max(0, day.coverageMinutes() - seen * awake);
    double lyingAwake = Math.max(0, sum(day, Posture.LYING) - inBed);
    UnaryOperator<String> counted = text -> day.holdsOnlyForgotten() ? "" : text;
    Instant asleep = night == null ? null : night.asleepFrom();
    SittingMetrics metrics = day.sitting().metrics();
    cells(
        subject.name(),
        day.date().getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH),
        day.date().toString(),
        asleep == null ? "" : clock(asleep, zone),
        night == null || asleep == null ? "" : clock(night.inBedTo(), zone),
        night == null || asleep == null
            ? ""
            : text(Duration.between(asleep, night.inBedTo()).toMillis() / 60_000.0),
        text(awake),
        awake == 0 ? "" : text(100 * (1 - Math.min(1, seen))),
        counted.apply(
            text(sum(day, Posture.SITTING, Posture.INACTIVE, Posture.TRAVELLING) + lyingAwake)),
        counted.apply(text(sum(day, Posture.STANDING, Posture.UPRIGHT))),
        counted.apply(text(sum(day, Posture.WALKING, Posture.RUNNING, Posture.STAIRS))),
        counted.apply(text(day.sitting().minutes())),
        counted.apply(Integer.toString(day.sitting().bouts())),
        counted.apply(Integer.toString(day.sitting().boutsOf30())),
        counted.apply(text(day.sitting().longestMinutes())),
        counted.apply(Integer.toString(day.sitting().breaks())),
        Objects.toString(day.countedSteps(), ""),
        night == null ? "" : text(Nights.minutes(night, SleepPosition.PRONE)),
        night == null ? "" : clock(night.inBedFrom(), zone),
        night == null ? "" : clock(night.inBedTo(), zone),
        night == null ? "" : text(night.inBedMinutes()),
        metrics == null ? "" : text(metrics.fragmentation()),
        metrics == null ? "" : text(metrics.alpha()),
        metrics == null ? "" : text(metrics.gini()),
        night == null ? "" : Integer.toString(night.outOfBed()),
        night == null || night.estimatedFrom() == null || night.positionMinutes().isEmpty()
            ? ""
            : night.estimatedFrom().wireName());
  }

  private void cells(String... cells) {
    rows.append(String.join(",", cells)).append("\r\n");
  }

  private static double sum(DaySummary day, Posture... postures) {
    double sum = 0;
    for (Posture posture : postures) {
      sum += day.postureMinutes().getOrDefault(posture, 0.0);
    }
    return sum;
  }

  private static String clock(Instant instant, ZoneId zone) {
    return CLOCK.format(instant.atZone(zone));
  }

  private static String text(@Nullable Double value) {
    return value == null
        ? ""
        : BigDecimal.valueOf(value)
            .setScale(2, RoundingMode.HALF_UP)
            .stripTrailingZeros()
            .toPlainString();
  }
}
