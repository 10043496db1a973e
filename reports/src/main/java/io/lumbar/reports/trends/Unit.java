package io.lumbar.reports.trends;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a figure is counted in. */
public enum Unit {
  MINUTES,
  COUNT,
  PER_HOUR,
  /** Of the wearer's own word. */
  KILOGRAMS,
  /** The wearer's own word from 0 to 10. */
  SCALE;

  /** The name used in answers, for example {@code per-hour}. */
  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
