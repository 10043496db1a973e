package io.lumbar.alerts.stretches;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.model.RedFlagAnswer;
import io.lumbar.model.StretchProfile;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Signs that need a person and not an exercise, as versioned data; asked, never inferred from
 * sensors. Not clinically reviewed.
 *
 * @param answer the newest answer of the wearer; null when there is none
 * @param stop what is said in place of exercises; null while nothing speaks against them
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RedFlags(
    int version,
    String emergencyNumber,
    List<Level> levels,
    @Nullable RedFlagAnswer answer,
    @Nullable Stop stop) {
  private static final JsonNode FILE = Resources.yaml("health.yaml");

  /** How soon somebody should look: at once, in a day or so, at an appointment. */
  record Level(String id, String title, String text, List<Flag> flags) {}

  record Flag(String id, String text) {}

  /**
   * Why there are no exercises, and what to do.
   *
   * @param since the day on which the wearer told of it
   */
  record Stop(String level, LocalDate since, String title, String text, String emergencyNumber) {}

  /** What stands in place of exercises, until the wearer answers anew. */
  static Optional<Stop> stop(Language language, StretchProfile profile) {
    RedFlagAnswer answer = profile.redFlags();
    if (answer == null || !answer.isStop()) {
      return Optional.empty();
    }
    Texts texts = Texts.in(language);
    String level = answer.level().wireName();
    String number = emergencyNumber(profile);
    return Optional.of(
        new Stop(
            level,
            answer.on(),
            texts.line("redFlags", level, "title"),
            texts.line("redFlags", level, "text").replace("{number}", number),
            number));
  }

  /** How soon somebody should look at a sign; empty for what is none. */
  static Optional<RedFlagAnswer.Level> level(String flag) {
    return FILE.path("redFlags").properties().stream()
        .filter(level -> level.getValue().valueStream().anyMatch(id -> id.asText().equals(flag)))
        .map(level -> RedFlagAnswer.Level.of(level.getKey()))
        .findFirst();
  }

  /** The questions in a language, with the emergency number of the wearer's country. */
  static RedFlags in(Language language, StretchProfile profile) {
    Texts texts = Texts.in(language);
    String number = emergencyNumber(profile);
    List<Level> levels = new ArrayList<>();
    FILE.path("redFlags")
        .properties()
        .forEach(
            level -> {
              String id = level.getKey();
              List<Flag> flags = new ArrayList<>();
              level
                  .getValue()
                  .forEach(
                      flag ->
                          flags.add(
                              new Flag(flag.asText(), texts.line("redFlags", id, flag.asText()))));
              levels.add(
                  new Level(
                      id,
                      texts.line("redFlags", id, "title"),
                      texts.line("redFlags", id, "text").replace("{number}", number),
                      flags));
            });
    return new RedFlags(
        FILE.path("version").intValue(),
        number,
        levels,
        profile.redFlags(),
        stop(language, profile).orElse(null));
  }

  private static String emergencyNumber(StretchProfile profile) {
    String country = profile.country() == null ? "" : profile.country();
    return FILE.path("emergencyNumbers").path(country).asText(FILE.path("otherNumber").asText());
  }
}
