package io.lumbar.alerts.stretches;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What an exercise asks of a body; decides for whom it is left out. */
public enum Trait {
  STAND_UP,
  FLOOR,
  KNEEL,
  ON_BACK,
  ON_FRONT,
  BEND_BACK,

  /** Arches the back a little on the way, there and back. */
  ARCH_BACK,
  ROUND_BACK,
  TWIST,
  SIDE_BEND,

  /** Flattens the small of the back on purpose. */
  TILT_PELVIS,
  DEEP_HIP,
  CROSS_HIP,
  STRAIN_BELLY;

  /** The name used in the catalogue and in answers. */
  @JsonValue
  public String wireName() {
    return WireNames.of(this);
  }

  /**
   * Reads a wire name.
   *
   * @throws IllegalArgumentException when the text is none of them
   */
  @JsonCreator
  public static Trait of(String wireName) {
    return WireNames.find(Trait.class, wireName);
  }
}
