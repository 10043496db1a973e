package io.lumbar.alerts.stretches;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What a stretch is offered for. */
public enum Cause {
  LONG_SITTING,
  INACTIVE,
  HIPS,
  BUTTOCK,
  BENDING,
  LIFTING,
  LOAD_JUMP,
  MORNING,
  ARCHED_SLEEP,
  PRONE_SLEEP,
  CORE,
  STRENGTH_HIP,
  STRENGTH_CORE,
  STRENGTH_PELVIC;

  /** The name used in the catalogue and in answers, for example {@code long-sitting}. */
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
  public static Cause of(String wireName) {
    return WireNames.find(Cause.class, wireName);
  }
}
