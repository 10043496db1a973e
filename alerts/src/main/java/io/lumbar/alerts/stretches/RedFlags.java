package io.lumbar.alerts.stretches;

import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.model.StretchProfile;
import java.util.ArrayList;
import java.util.List;

/**
 * Signs that need a person and not an exercise, as versioned data; asked, never inferred from
 * sensors. Not clinically reviewed.
 */
record RedFlags(int version, String emergencyNumber, List<Level> levels) {
  private static final JsonNode FILE = Resources.yaml("health.yaml");

  /** How soon somebody should look: at once, in a day or so, at an appointment. */
  record Level(String id, String title, String text, List<Flag> flags) {}

  record Flag(String id, String text) {}

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
    return new RedFlags(FILE.path("version").intValue(), number, levels);
  }

  private static String emergencyNumber(StretchProfile profile) {
    String country = profile.country() == null ? "" : profile.country();
    return FILE.path("emergencyNumbers").path(country).asText(FILE.path("otherNumber").asText());
  }
}
