package io.lumbar.app.simulation;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;

/** A day that is lived whole: most of them have not 24 hours. */
record Anchor(ZoneId zone, LocalDate date) {
  private static final Anchor[] ALL = {
    of("Europe/Berlin", "2026-03-29"),
    of("Europe/Berlin", "2026-10-25"),
    of("America/New_York", "2026-03-08"),
    of("America/New_York", "2026-11-01"),
    of("Australia/Lord_Howe", "2026-10-04"),
    of("Asia/Kolkata", "2026-06-10")
  };

  static Anchor of(long seed) {
    return ALL[(int) Math.floorMod(seed, (long) ALL.length)];
  }

  private static Anchor of(String zone, String date) {
    return new Anchor(ZoneId.of(zone), LocalDate.parse(date));
  }

  /** How long the day is on a watch that nobody sets. */
  Duration length() {
    return Duration.between(
        date.atStartOfDay(zone).toInstant(), date.plusDays(1).atStartOfDay(zone).toInstant());
  }
}
