package io.lumbar.alerts.stretches;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Set;

/** Where a stretch can be done. */
public enum Place {
  CHAIR,
  STANDING,
  FLOOR,
  BED;

  /** Where nobody needs a mat: what alerts name, and routines in working hours. */
  public static final Set<Place> AT_WORK = Set.of(CHAIR, STANDING);

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
