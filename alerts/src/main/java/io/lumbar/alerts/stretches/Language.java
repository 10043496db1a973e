package io.lumbar.alerts.stretches;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The languages that there are words for. */
public enum Language {
  EN,
  DE;

  /** The tag of HTML and HTTP, for example {@code de}. */
  public String tag() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The first language of a list such as {@code de-AT,de;q=0.9,en;q=0.8} that there are words for;
   * English when there is none.
   */
  public static Language of(@Nullable String accepted) {
    if (accepted == null) {
      return EN;
    }
    return Arrays.stream(accepted.toLowerCase(Locale.ROOT).split(",", 20))
        .map(tag -> tag.trim().split("[-;_]", 2)[0])
        .flatMap(tag -> Arrays.stream(values()).filter(language -> language.tag().equals(tag)))
        .findFirst()
        .orElse(EN);
  }
}
