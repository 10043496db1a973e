package io.lumbar.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What the body does at an instant. */
public enum Posture {
  SITTING,
  STANDING,
  WALKING,
  RUNNING,
  STAIRS,
  CYCLING,
  LYING,
  /** On the feet, but standing and walking were not told apart. */
  UPRIGHT,
  /** Few or no steps, and the posture is not known. */
  INACTIVE,
  /** Seated in a vehicle. */
  TRAVELLING,
  NOT_WORN,
  UNKNOWN;

  /** True when the wearer is on the feet or pedals: what counts as a break from sitting. */
  public boolean isUpright() {
    return switch (this) {
      case STANDING, WALKING, RUNNING, STAIRS, CYCLING, UPRIGHT -> true;
      case SITTING, LYING, INACTIVE, TRAVELLING, NOT_WORN, UNKNOWN -> false;
    };
  }

  /** True when the value says what the body does; not-worn and unknown leave that open. */
  public boolean isKnown() {
    return this != NOT_WORN && this != UNKNOWN;
  }

  /** The name used in JSON, topics, tags and pages, for example {@code not-worn}. */
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
  public static Posture of(String wireName) {
    return WireName.parse(Posture.class, wireName);
  }
}
