package io.lumbar.alerts.stretches;

import io.lumbar.model.WearerId;
import java.time.LocalDate;

/**
 * What is known of a wearer's day and last night, for choosing exercises; 0 or false where nothing
 * is known.
 *
 * @param longestSittingMinutes the longest bout of sitting
 * @param boutsOf30 bouts of half an hour or more
 * @param archedMinutes of the last night
 * @param proneMinutes of the last night
 * @param muchBending more deep bends than on nine of ten of the wearer's own days, or a long hold
 * @param loadJump clearly more weight or steps than usual
 */
public record DayFacts(
    double longestSittingMinutes,
    int boutsOf30,
    double archedMinutes,
    double proneMinutes,
    boolean muchBending,
    boolean loadJump) {

  /** Nothing is known. */
  public static DayFacts none() {
    return new DayFacts(0, 0, 0, 0, false, false);
  }

  /** Finds what is known, wherever the history is kept. */
  @FunctionalInterface
  public interface Source {
    DayFacts of(WearerId wearer, LocalDate day);
  }
}
