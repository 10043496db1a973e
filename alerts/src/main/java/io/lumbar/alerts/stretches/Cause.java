package io.lumbar.alerts.stretches;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/** What a stretch is offered for. */
public enum Cause {
  LONG_SITTING,
  INACTIVE,
  HIPS,
  BENDING,
  LIFTING,
  MORNING,
  ARCHED_SLEEP,
  CORE;

  /** The name used in the catalogue and in answers, for example {@code long-sitting}. */
  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Reads a wire name.
   *
   * @throws IllegalArgumentException when the text is none of them
   */
  @JsonCreator
  public static Cause of(String wireName) {
    return Arrays.stream(values())
        .filter(cause -> cause.wireName().equals(wireName))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("cause '" + wireName + "' is not known"));
  }
}
