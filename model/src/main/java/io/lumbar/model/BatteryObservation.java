package io.lumbar.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state of a device's battery. While it charges, nothing that the device says about posture
 * counts.
 *
 * @param level share of a full charge, 0 to 1, or null when unknown
 */
public record BatteryObservation(Stamp stamp, @Nullable Double level, boolean charging, Instant at)
    implements Observation {

  public BatteryObservation {
    if (level != null && !(level >= 0 && level <= 1)) {
      throw new IllegalArgumentException("level " + level + " must be between 0 and 1");
    }
  }
}
