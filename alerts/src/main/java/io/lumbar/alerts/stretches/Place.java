package io.lumbar.alerts.stretches;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/** Where a stretch can be done. */
public enum Place {
  CHAIR,
  STANDING,
  FLOOR,
  BED;

  /** The name used in the catalogue and in answers. */
  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a wire name.
   *
   * @throws IllegalArgumentException when the text is none of them
   */
  @JsonCreator
  public static Place of(String wireName) {
    return Arrays.stream(values())
        .filter(place -> place.wireName().equals(wireName))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("place '" + wireName + "' is not known"));
  }
}
