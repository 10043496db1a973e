package io.lumbar.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.LocalDate;
import java.util.Arrays;

/**
 * What a wearer answered when asked for signs that need a person and not an exercise. Only how soon
 * somebody should look is kept, not which sign it was. It holds until the wearer answers anew; the
 * newest answer counts.
 *
 * @param on local day of the answer; of a sign that stops exercises, the day on which it was first
 *     told
 */
public record RedFlagAnswer(
    @JsonProperty(required = true) Level level, @JsonProperty(required = true) LocalDate on) {

  /** How soon somebody should look, the soonest last. */
  public enum Level {
    /** Asked, and left open. */
    SKIPPED,
    NONE,
    SEE_SOMEONE,
    URGENT,
    EMERGENCY;

    /** The name used in records and answers, for example {@code see-someone}. */
    @JsonValue
    public String wireName() {
      return WireName.of(this);
    }

    /**
     * Reads a wire name.
     *
     * @throws IllegalArgumentException when the text is none of them
     */
    @JsonCreator
    public static Level of(String wireName) {
      return Arrays.stream(values())
          .filter(level -> level.wireName().equals(wireName))
          .findFirst()
          .orElseThrow(
              () -> new IllegalArgumentException("no level of red flags is named " + wireName));
    }
  }

  /** Whether exercises wait until somebody has looked. */
  @JsonIgnore
  public boolean isStop() {
    return level.compareTo(Level.URGENT) >= 0;
  }

  /**
   * The answer after another one: what stops exercises keeps the day on which it was told first,
   * and neither a question that is left open nor a lesser sign takes it back; none of them does,
   * and a graver sign takes its place.
   */
  public RedFlagAnswer after(RedFlagAnswer before) {
    if (before.isStop()) {
      return level == Level.NONE || level.compareTo(before.level()) > 0 ? this : before;
    }
    return before.level() == Level.SEE_SOMEONE && level == Level.SKIPPED
        ? new RedFlagAnswer(Level.SEE_SOMEONE, on)
        : this;
  }
}
