package io.lumbar.alerts.stretches;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What sort of exercise it is; a routine goes through them in this order. */
public enum Kind {
  WARM_UP,
  MOBILITY,
  STRETCH,
  STRENGTH,
  PRACTICE,
  SET_UP;

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
  public static Kind of(String wireName) {
    return WireNames.find(Kind.class, wireName);
  }
}
