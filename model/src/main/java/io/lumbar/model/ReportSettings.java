package io.lumbar.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a wearer's reports go besides the page.
 *
 * @param email one address, which gets them whole; null for none
 * @param channels names of the wearer's alert channels, which get a link each
 * @param editions which of them are sent; each morning's when nothing is said
 */
public record ReportSettings(
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String email,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> channels,
    Set<Edition> editions) {
  private static final Pattern ADDRESS =
      Pattern.compile("[^\\s@<>,;\"]{1,64}@[^\\s@<>,;\"]{1,190}");

  public ReportSettings {
    channels = channels == null ? List.of() : List.copyOf(channels);
    if (email == null && channels.isEmpty()) {
      throw new IllegalArgumentException(
          "reports: give an email, channels or both, or null to end sending");
    }
    if (email != null && !ADDRESS.matcher(email).matches()) {
      throw new IllegalArgumentException(
          "reports.email: must be one address like anna@example.org");
    }
    if (new HashSet<>(channels).size() < channels.size()) {
      throw new IllegalArgumentException("reports.channels: name each channel once");
    }
    editions =
        editions == null || editions.isEmpty()
            ? Set.of(Edition.DAILY)
            : Set.copyOf(EnumSet.copyOf(editions));
  }

  /** Mailed only. */
  public ReportSettings(String email, Set<Edition> editions) {
    this(email, List.of(), editions);
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
