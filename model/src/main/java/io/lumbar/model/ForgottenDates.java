package io.lumbar.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * Says that of a span that was to be forgotten these dates cannot be summed anew, because what they
 * were made of is no longer kept; so that their sums go whole.
 *
 * <p>Stands in the topic of days for days and in that of nights for nights, behind all that was
 * published of the dates before; what follows it of a date is new and stays. Said twice, it is one
 * word.
 *
 * @param from beginning of the span
 * @param to exclusive end of the span
 * @param dates local dates around the span, of which those go that {@link #takes}
 */
public record ForgottenDates(WearerId wearer, Instant from, Instant to, List<LocalDate> dates) {
  private static final String KIND = "forgotten";

  /** What is told from an hour before waking up to half a day after may stand in the night. */
  private static final Duration MORNING_BEFORE = Duration.ofHours(1);

  private static final Duration MORNING_AFTER = Duration.ofHours(12);

  public ForgottenDates {
    dates = List.copyOf(dates);
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("from " + from + " must be before to " + to);
    }
  }

  /** The key of its record, one for each span. */
  public String key() {
    return WearerPartitioner.key(
        wearer, KIND + "-" + from.toEpochMilli() + "-" + to.toEpochMilli());
  }

  /** Whether a record of this key is such a word, and no day or night. */
  public static boolean isKey(String key) {
    return key.startsWith("|" + KIND + "-", Math.max(0, key.indexOf('|')));
  }

  /** Whether a day is one of these, by its own span. */
  public boolean takes(DaySummary day) {
    return dates.contains(day.date()) && overlaps(day.begin(), day.end());
  }

  /** Whether a night is one of these, by its time in bed, or by what may have been told then. */
  public boolean takes(NightSummary night) {
    boolean told = night.morningPain() != null || night.morningStiffness() != null;
    return dates.contains(night.date())
        && (overlaps(night.inBedFrom(), night.inBedTo())
            || (told
                && overlaps(
                    night.inBedTo().minus(MORNING_BEFORE), night.inBedTo().plus(MORNING_AFTER))));
  }

  private boolean overlaps(Instant start, Instant end) {
    return start.isBefore(to) && end.isAfter(from);
  }

  @JsonProperty("kind")
  public String kind() {
    return KIND;
  }

  @JsonProperty("v")
  public int version() {
    return 1;
  }
}
