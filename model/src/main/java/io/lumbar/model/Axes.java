package io.lumbar.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Which way a phone's own apps count acceleration. At rest and with its screen up a phone reads
 * gravity as +1 g along z by Android's convention, which is the one that is kept, and as -1 g by
 * that of iOS.
 */
public enum Axes {
  ANDROID,
  IOS;

  /** The name used in JSON, for example {@code ios}. */
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
  public static Axes of(String wireName) {
    return WireName.parse(Axes.class, wireName);
  }
}
