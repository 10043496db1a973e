package io.lumbar.reports.interchange;

import io.lumbar.model.Bout;
import io.lumbar.model.DaySummary;
import io.lumbar.model.NightSummary;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Bouts in the columns of an activPAL events file: local serial days, seconds, an activity code,
 * strides so far (two steps each). Rows are contiguous; what was not seen is non-wear.
 *
 * <p>Steps are known by the hour, so each stepping row has the share of its hour's steps that its
 * length has of the hour's stepping. The score and the sums of raw counts are not known and 0.
 */
final class EventsCsv {
  private static final String HEADER =
      "\"Time\",\"DataCount (samples)\",\"Interval (s)\",\"ActivityCode (0=sedentary 1=standing"
          + " 2=stepping 2.1=cycling 3.1=primary lying 3.2=secondary lying 4=non-wear"
          + " 5=travelling)\",\"CumulativeStepCount\",\"Activity Score"
          + " (MET.h)\",\"Sum(Abs(DiffX)\",\"Sum(Abs(DiffY)\",\"Sum(Abs(DiffZ)\"\r\n";

  /** Day 0 of spreadsheets. */
  private static final LocalDateTime SERIAL_START = LocalDate.of(1899, 12, 30).atStartOfDay();

  private static final double MILLIS_A_DAY = 86_400_000;

  private final Measured measured;

  /** By the hour on the clock, of which one may come twice and then has one number of steps. */
  private final Map<LocalDateTime, Double> steppingMillis = new HashMap<>();

  private final StringBuilder rows = new StringBuilder(HEADER);
  private Instant end = Instant.MIN;
  private double strides;

  private EventsCsv(Measured measured) {
    this.measured = measured;
  }

  static byte[] of(Measured measured) {
    EventsCsv csv = new EventsCsv(measured);
    for (Bout bout : measured.bouts()) {
      if (OpenMhealth.isMoving(bout.posture())) {
        csv.eachHour(bout, (hour, millis) -> csv.steppingMillis.merge(hour, millis, Double::sum));
      }
    }
    measured.bouts().forEach(csv::add);
    return csv.rows.toString().getBytes(StandardCharsets.UTF_8);
  }

  private interface Part {
    void of(LocalDateTime hour, double millis);
  }

  private void add(Bout bout) {
    Instant from = bout.from().isBefore(end) ? end : bout.from();
    if (!from.isBefore(bout.to())) {
      return;
    }
    if (end.isAfter(Instant.MIN) && end.isBefore(from)) {
      row(bout, end, from, "4");
    }
    if (OpenMhealth.isMoving(bout.posture())) {
      eachHour(
          bout,
          (hour, millis) ->
              strides += steps(hour) / 2.0 * millis / steppingMillis.getOrDefault(hour, 1.0));
    }
    row(bout, from, bout.to(), code(bout));
    end = bout.to();
  }

  private void row(Bout bout, Instant from, Instant to, String code) {
    LocalDateTime local = from.atZone(bout.zone()).toLocalDateTime();
    double serial = ChronoUnit.MILLIS.between(SERIAL_START, local) / MILLIS_A_DAY;
    rows.append(decimals(serial, 10)).append(",0,");
    rows.append(decimals(Duration.between(from, to).toMillis() / 1000.0, 1)).append(',');
    rows.append(code).append(',');
    rows.append(String.format(Locale.ROOT, "%d", Math.round(strides))).append(",0,0,0,0\r\n");
  }

  private static String decimals(double value, int most) {
    return BigDecimal.valueOf(value)
        .setScale(most, RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }

  private String code(Bout bout) {
    return switch (bout.posture()) {
      case SITTING, INACTIVE -> "0";
      case STANDING, UPRIGHT -> "1";
      case WALKING, RUNNING, STAIRS -> "2";
      case CYCLING -> "2.1";
      case LYING -> isInBed(bout) ? "3.1" : "3.2";
      case TRAVELLING -> "5";
      case NOT_WORN, UNKNOWN -> "4";
    };
  }

  private boolean isInBed(Bout bout) {
    for (NightSummary night : measured.nights()) {
      if (night.inBedFrom().isBefore(bout.to()) && night.inBedTo().isAfter(bout.from())) {
        return true;
      }
    }
    return false;
  }

  private double steps(LocalDateTime hour) {
    for (DaySummary day : measured.days()) {
      if (day.date().equals(hour.toLocalDate()) && day.stepsByHour().size() > hour.getHour()) {
        return day.stepsByHour().get(hour.getHour());
      }
    }
    return 0;
  }

  private void eachHour(Bout bout, Part part) {
    ZonedDateTime hour = bout.from().atZone(bout.zone()).truncatedTo(ChronoUnit.HOURS);
    for (; hour.toInstant().isBefore(bout.to()); hour = hour.plusHours(1)) {
      Instant from = hour.toInstant().isBefore(bout.from()) ? bout.from() : hour.toInstant();
      Instant next = hour.plusHours(1).toInstant();
      Instant to = next.isAfter(bout.to()) ? bout.to() : next;
      part.of(hour.toLocalDateTime(), (double) Math.max(1, Duration.between(from, to).toMillis()));
    }
  }
}
