package io.lumbar.ingest.recording;

import io.lumbar.model.Placement;
import org.jspecify.annotations.Nullable;

/**
 * Where a file comes from.
 *
 * @param device what to call the device that made it; the same for every file of that device
 * @param times how its times are to be understood
 * @param unit the unit of its samples
 * @param placement where the device was worn, as far as the file tells, or null
 */
public record Origin(String device, Times times, Unit unit, @Nullable Placement placement) {

  /** What a file's times count from. */
  public enum Times {
    /** From 1970, in UTC. */
    ABSOLUTE,
    /** A wall clock without a zone. */
    LOCAL,
    /** A wall clock whose dates may have the day or the month first. */
    IN_UNTOLD_ORDER,
    /** From the start of the recording, which the file does not tell. */
    RELATIVE
  }

  /** What a file's values are in. */
  public enum Unit {
    /** In g, in the device's own form, which nobody writes in another unit. */
    G,
    /** In g by the format's rules; the values must agree. */
    G_BY_RULE,
    /** In g or m/s2; the values tell. */
    TOLD_BY_SIZE
  }
}
