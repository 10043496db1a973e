package io.lumbar.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.DayOfWeek;

/** A day of the week as settings write it, {@code mon} to {@code sun}. */
public enum Weekday {
  MON,
  TUE,
  WED,
  THU,
  FRI,
  SAT,
  SUN;

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
  public static Weekday of(String wireName) {
    return WireName.parse(Weekday.class, wireName);
  }

  /** The day that the calendar calls so. */
  public static Weekday of(DayOfWeek day) {
    return values()[day.ordinal()];
  }
}
