package io.lumbar.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** How a lying body is turned. */
public enum SleepPosition {
  SUPINE,
  PRONE,
  LEFT,
  RIGHT,
  THREE_QUARTER_PRONE;

  /** The name used in JSON, topics, tags and pages, for example {@code three-quarter-prone}. */
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
  public static SleepPosition of(String wireName) {
    return WireName.parse(SleepPosition.class, wireName);
  }
}
