package io.lumbar.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Where a sensor sits, and with it how much it can know about posture.
 *
 * <p>Where several devices of one wearer speak about the same instant, the one of the highest
 * {@link #rank} is believed; nothing is ever added up across devices.
 */
public enum Placement {
  THIGH(60),
  CHEST(50),
  LOWER_BACK(50),
  WAIST(45),
  TROUSER_POCKET(40),
  WRIST(30),
  /** Not worn on the body: a chair, a desk, a house. */
  ESTIMATED(10);

  private final int rank;

  Placement(int rank) {
    this.rank = rank;
  }

  /** Precedence when sources disagree; larger wins. */
  public int rank() {
    return rank;
  }

  /**
   * Whether a sensor here can know how a lying trunk is turned. A wrist or a finger turns without
   * the trunk, and what is not worn (a mattress, a nightstand) does not feel the body at all.
   */
  public boolean feelsSleepPosition() {
    return switch (this) {
      case THIGH, CHEST, LOWER_BACK, WAIST, TROUSER_POCKET -> true;
      case WRIST, ESTIMATED -> false;
    };
  }

  /** The name used in JSON, topics, tags and pages, for example {@code trouser-pocket}. */
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
  public static Placement of(String wireName) {
    return WireName.parse(Placement.class, wireName);
  }
}
