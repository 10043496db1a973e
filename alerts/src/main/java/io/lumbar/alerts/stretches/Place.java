package io.lumbar.alerts.stretches;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Where a stretch can be done. */
public enum Place {
  CHAIR,
  STANDING,
  FLOOR,
  BED;

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
  public static Place of(String wireName) {
    return WireNames.find(Place.class, wireName);
  }
}
