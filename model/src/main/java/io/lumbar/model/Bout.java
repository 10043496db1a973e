package io.lumbar.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;

/**
 * An unbroken spell of one posture, resolved from all devices of a wearer; what people call a bout
 * is one whose posture is sitting.
 *
 * <p>The last record of an id is the whole truth about it: {@code revision} grows, and what no
 * longer exists comes again with {@code retracted}. Bouts of a wearer never overlap.
 *
 * @param to the end, or while {@code open} the newest instant for which there is evidence
 * @param holdsUntil while open, the horizon up to which the posture holds without further word;
 *     equal to {@code to} when there is none
 * @param placement the source that was believed at the start
 * @param provisional true while what follows within a minute or so may still change how it was
 *     labelled, and once that is over it comes again without; false for what devices report
 *     themselves
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Bout(
    String id,
    WearerId wearer,
    Posture posture,
    Instant from,
    Instant to,
    Instant holdsUntil,
    ZoneId zone,
    Placement placement,
    boolean open,
    int revision,
    boolean retracted,
    Map<SleepPosition, Double> positionSeconds,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean provisional) {

  public Bout {
    positionSeconds = positionSeconds == null ? Map.of() : Map.copyOf(positionSeconds);
    if (to.isBefore(from)) {
      throw new IllegalArgumentException("bout " + id + " ends before it starts");
    }
  }

  /** A bout that nothing to come changes but late data. */
  public Bout(
      String id,
      WearerId wearer,
      Posture posture,
      Instant from,
      Instant to,
      Instant holdsUntil,
      ZoneId zone,
      Placement placement,
      boolean open,
      int revision,
      boolean retracted,
      Map<SleepPosition, Double> positionSeconds) {
    this(
        id,
        wearer,
        posture,
        from,
        to,
        holdsUntil,
        zone,
        placement,
        open,
        revision,
        retracted,
        positionSeconds,
        false);
  }

  @JsonProperty("v")
  public int version() {
    return 1;
  }

  /** Length in seconds, exact to the millisecond. */
  public double seconds() {
    return (to.toEpochMilli() - from.toEpochMilli()) / 1000.0;
  }
}
