package io.lumbar.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where a wearer's reports go besides the page.
 *
 * @param email one address
 * @param editions which of them are mailed; each morning's when nothing is said
 */
public record ReportSettings(String email, Set<Edition> editions) {
  private static final Pattern ADDRESS =
      Pattern.compile("[^\\s@<>,;\"]{1,64}@[^\\s@<>,;\"]{1,190}");

  public ReportSettings {
    if (email == null || !ADDRESS.matcher(email).matches()) {
      throw new IllegalArgumentException(
          "reports.email: must be one address like anna@example.org");
    }
    editions =
        editions == null || editions.isEmpty()
            ? Set.of(Edition.DAILY)
            : Set.copyOf(EnumSet.copyOf(editions));
  }

  /** How much a report covers. */
  public enum Edition {
    DAILY,
    WEEKLY,
    MONTHLY;

    /** The name used in JSON. */
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
    public static Edition of(String wireName) {
      return WireName.parse(Edition.class, wireName);
    }
  }
}
