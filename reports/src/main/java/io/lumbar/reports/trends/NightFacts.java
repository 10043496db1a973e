package io.lumbar.reports.trends;

import io.lumbar.model.SleepPosition;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is told of one night, the main sleep that ended on a local date.
 *
 * @param inBedMinutes from going to bed to getting up for good, without times out of bed
 * @param positionMinutes minutes per position, of what was seen
 * @param longestProneMinutes the longest unbroken prone block, null when only sums are known
 * @param shifts changes of position, null when only sums are known
 * @param arch how the back's arch was known
 * @param archedMinutes prone with the back arched; 0 when {@code arch} is {@link Arch#UNKNOWN}
 * @param outOfBed how often the wearer got up in between
 * @param pain the next morning's word, 0 to 10, or null
 * @param stiffness likewise
 * @param pieces positions in order of time, empty when only sums are known
 */
public record NightFacts(
    LocalDate date,
    Instant from,
    Instant to,
    double inBedMinutes,
    Map<SleepPosition, Double> positionMinutes,
    @Nullable Double longestProneMinutes,
    @Nullable Integer shifts,
    Arch arch,
    double archedMinutes,
    int outOfBed,
    @Nullable Integer pain,
    @Nullable Integer stiffness,
    List<Piece> pieces) {

  /** What the sensors could tell of an arched back. */
  public enum Arch {
    UNKNOWN,
    /** One sensor on the trunk: the angle may be the pelvis or the chest alone. */
    POSSIBLE,
    /** Two sensors on the trunk. */
    MEASURED
  }

  /** A position over [from, to); null while out of bed. */
  public record Piece(Instant from, Instant to, @Nullable SleepPosition position) {}

  public NightFacts {
    positionMinutes = Map.copyOf(positionMinutes);
    pieces = List.copyOf(pieces);
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("a night ends after it begins");
    }
  }

  /** Minutes of which the position is known, of those in bed. */
  public Coverage coverage() {
    double seen = positionMinutes.values().stream().mapToDouble(Double::doubleValue).sum();
    return new Coverage(seen, Math.max(seen, inBedMinutes));
  }

  /** Minutes in a position, 0 when it did not occur. */
  public double minutes(SleepPosition position) {
    return positionMinutes.getOrDefault(position, 0.0);
  }
}
