package io.lumbar.alerts.stretches;

import io.lumbar.model.WearerId;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
 * @param pains the highest pain of the back that check-ins told of each of the last days
 */
public record DayFacts(
    double longestSittingMinutes,
    int boutsOf30,
    double archedMinutes,
    double proneMinutes,
    boolean muchBending,
    boolean loadJump,
    Map<LocalDate, Integer> pains) {

  public DayFacts {
    pains = Map.copyOf(pains);
  }

  /** Without check-ins. */
  public DayFacts(
      double longestSittingMinutes,
      int boutsOf30,
      double archedMinutes,
      double proneMinutes,
      boolean muchBending,
      boolean loadJump) {
    this(
        longestSittingMinutes,
        boutsOf30,
        archedMinutes,
        proneMinutes,
        muchBending,
        loadJump,
        Map.of());
  }

  /** Nothing is known. */
  public static DayFacts none() {
    return new DayFacts(0, 0, 0, 0, false, false);
  }

  /** The same with other pains of some days; of a day with null none is known. */
  public DayFacts withTold(Map<LocalDate, @Nullable Integer> told) {
    return new DayFacts(
        longestSittingMinutes,
        boutsOf30,
        archedMinutes,
        proneMinutes,
        muchBending,
        loadJump,
        merged(pains, told));
  }

  /** The pains of some days, of which others know better; null there means that there is none. */
  public static Map<LocalDate, Integer> merged(
      Map<LocalDate, Integer> pains, Map<LocalDate, @Nullable Integer> told) {
    Map<LocalDate, Integer> merged = new HashMap<>(pains);
    told.forEach(
        (day, pain) -> {
          if (pain == null) {
            merged.remove(day);
          } else {
            merged.put(day, pain);
          }
        });
    return merged;
  }

  /** Finds what is known, wherever the history is kept. */
  @FunctionalInterface
  public interface Source {
    DayFacts of(WearerId wearer, LocalDate day);
  }
}
