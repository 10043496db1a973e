package io.lumbar.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.time.Instant;

/**
 * What really was over [from, to), by the wearer's word, which outranks every sensor.
 *
 * <p>Where corrections overlap, the one stated later counts.
 */
public record Correction(
    String id,
    Instant statedAt,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean revoked,
    Instant from,
    Instant to,
    Was was)
    implements Statement {
  /** The longest span of one correction. */
  public static final Duration LONGEST = Duration.ofHours(24);

  public Correction {
    StatementId.require(id);
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("from " + from + " must be before to " + to);
    }
    if (Duration.between(from, to).compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "a correction may cover at most " + LONGEST.toHours() + " h");
    }
  }

  @Override
  public boolean forgets() {
    return was == Was.FORGET && !revoked;
  }

  /** What a correction can say: a posture, or what was mistaken for one. */
  public enum Was {
    SITTING(Posture.SITTING),
    STANDING(Posture.STANDING),
    WALKING(Posture.WALKING),
    RUNNING(Posture.RUNNING),
    STAIRS(Posture.STAIRS),
    CYCLING(Posture.CYCLING),
    LYING(Posture.LYING),
    UPRIGHT(Posture.UPRIGHT),
    INACTIVE(Posture.INACTIVE),
    TRAVELLING(Posture.TRAVELLING),
    NOT_WORN(Posture.NOT_WORN),
    UNKNOWN(Posture.UNKNOWN),
    DRIVING(Posture.TRAVELLING),
    PHONE_ON_DESK(Posture.NOT_WORN),
    /** Somebody else wore it. */
    NOT_ME(Posture.UNKNOWN),
    /** Nothing of the span is to count, for good. */
    FORGET(Posture.UNKNOWN);

    private final Posture posture;

    Was(Posture posture) {
      this.posture = posture;
    }

    /** The posture that holds over the span. */
    public Posture posture() {
      return posture;
    }

    /**
     * Whether also steps, bends and sleep positions measured in the span are somebody else's or
     * none, and must not count.
     */
    public boolean voidsMeasurements() {
      return this == NOT_WORN || this == PHONE_ON_DESK || this == NOT_ME || this == FORGET;
    }

    /** The name used in JSON and pages, for example {@code phone-on-desk}. */
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
    public static Was of(String wireName) {
      return WireName.parse(Was.class, wireName);
    }
  }
}
