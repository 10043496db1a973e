package io.lumbar.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** How much an alert asks for attention on a channel that knows degrees of it. */
public enum AlertPriority {
  /** Shown without sound or vibration. */
  LOW,
  NORMAL,
  HIGH;

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
  public static AlertPriority of(String wireName) {
    return WireName.parse(AlertPriority.class, wireName);
  }
}
