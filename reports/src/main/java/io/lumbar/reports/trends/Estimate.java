package io.lumbar.reports.trends;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How many of some values are an estimate. */
public enum Estimate {
  NONE,
  PARTLY,
  ALL;

  /** Of so many values so many are estimated. */
  public static Estimate of(long estimated, long values) {
    return estimated == 0 ? NONE : estimated < values ? PARTLY : ALL;
  }

  /** The name used in answers, for example {@code partly}. */
  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
