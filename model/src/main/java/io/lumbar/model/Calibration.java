package io.lumbar.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.time.Instant;

/**
 * The wearer held a known pose over [from, to), so that what a device measured then tells how it
 * sits.
 *
 * @param placement where the device sat at that time
 */
public record Calibration(
    String id,
    Instant statedAt,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean revoked,
    DeviceId device,
    Placement placement,
    Pose pose,
    Instant from,
    Instant to)
    implements Statement {
  /** Shorter poses hold no still moment long enough to learn from. */
  public static final Duration SHORTEST = Duration.ofSeconds(3);

  /** The longest pose that anybody holds on purpose. */
  public static final Duration LONGEST = Duration.ofMinutes(15);

  public Calibration {
    StatementId.require(id);
    Duration length = Duration.between(from, to);
    if (length.compareTo(SHORTEST) < 0 || length.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "a pose lasts from %d s to %d min".formatted(SHORTEST.toSeconds(), LONGEST.toMinutes()));
    }
  }

  /** The poses of a calibration; the last five in one's own bed. */
  public enum Pose {
    STANDING,
    BACK,
    LEFT,
    RIGHT,
    FRONT_FLAT,
    /** On the front, arms and head on the pillow. */
    FRONT_PROPPED;

    /** The name used in JSON and pages, for example {@code front-propped}. */
    @JsonValue
    public String wireName() {
      return WireName.of(this);
    }

    /**
     * Reads a wire name.
     *
     * @throws IllegalArgumentException with the accepted names when the text is none of them
     */
    @JsonCreator
    public static Pose of(String wireName) {
      return WireName.parse(Pose.class, wireName);
    }
  }
}
