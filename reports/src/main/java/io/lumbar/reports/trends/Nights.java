package io.lumbar.reports.trends;

import io.lumbar.model.NightSummary;
import io.lumbar.model.SleepPosition;
import org.jspecify.annotations.Nullable;

/** What follows from a night's summary. */
public final class Nights {
  private Nights() {}

  /** Minutes of which any posture is known, of those in bed. */
  public static Coverage inBed(NightSummary night) {
    double seen = Math.min(night.coverageMinutes(), night.inBedMinutes());
    return new Coverage(seen, night.inBedMinutes());
  }

  /** Minutes of which the position is known, of those in bed. */
  public static Coverage positions(NightSummary night) {
    double seen = night.positionMinutes().values().stream().mapToDouble(Double::doubleValue).sum();
    return new Coverage(seen, Math.max(seen, night.inBedMinutes()));
  }

  /** Minutes in a position, 0 when it did not occur. */
  public static double minutes(NightSummary night, SleepPosition position) {
    return night.positionMinutes().getOrDefault(position, 0.0);
  }

  /** Minutes with the back arched, measured or else possible; null where no sensor could tell. */
  public static @Nullable Double arched(NightSummary night) {
    return night.archedMinutes() != null ? night.archedMinutes() : night.possiblyArchedMinutes();
  }
}
