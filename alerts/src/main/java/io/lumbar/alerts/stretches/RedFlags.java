package io.lumbar.alerts.stretches;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.model.RedFlagAnswer;
import io.lumbar.model.StretchProfile;
import io.lumbar.model.Wearer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
  private static final String NUMBER = "{number}";

  /** How soon somebody should look: at once, in a day or so, at an appointment. */
  record Level(String id, String title, String text, List<Flag> flags) {}

  record Flag(String id, String text) {}

  /**
   * Why there are no exercises, and what to do.
   *
   * @param since the day on which the wearer told of it
   */
  record Stop(String level, LocalDate since, String title, String text, String emergencyNumber) {}

  /**
   * Where a wearer may call from.
   *
   * @param journey whether they told of another zone before: then the place comes before the
   *     country of the profile, which is that of their home
   */
  record Where(ZoneId zone, boolean journey) {

    /** Where a wearer is at an instant. */
    static Where of(Wearer wearer, Instant now) {
      return new Where(wearer.zoneAt(now), wearer.zones().size() > 1);
    }
  }

  /** What stands in place of exercises, until the wearer answers anew. */
  static Optional<Stop> stop(Language language, StretchProfile profile, Where where) {
    RedFlagAnswer answer = profile.redFlags();
    if (answer == null || !answer.isStop()) {
      return Optional.empty();
    }
    Texts texts = Texts.in(language);
    String level = answer.level().wireName();
    Emergency emergency = emergency(profile, where);
    return Optional.of(
        new Stop(
            level,
            answer.on(),
            texts.line("redFlags", level, "title"),
            emergency.fill(text(texts, level, profile), texts),
            emergency.number()));
  }

  /** How soon somebody should look at a sign; empty for what is none. */
  static Optional<RedFlagAnswer.Level> level(String flag) {
    return FILE.path("redFlags").properties().stream()
        .filter(level -> level.getValue().valueStream().anyMatch(id -> id.asText().equals(flag)))
        .map(level -> RedFlagAnswer.Level.of(level.getKey()))
        .findFirst();
  }

  /**
   * The questions in a language, with the emergency number of the wearer's country, or else of the
   * country of the zone; on a journey the other way round.
   */
  static RedFlags in(Language language, StretchProfile profile, Where where) {
    Texts texts = Texts.in(language);
    Emergency emergency = emergency(profile, where);
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
                      emergency.fill(text(texts, id, profile), texts),
                      flags));
            });
    return new RedFlags(
        FILE.path("version").intValue(),
        emergency.number(),
        levels,
        profile.redFlags(),
        stop(language, profile, where).orElse(null));
  }

  /** What to do about a level; who cannot walk is not told to. */
  private static String text(Texts texts, String level, StretchProfile profile) {
    boolean seated =
        !Suitability.table().walks(profile)
            && texts.section("redFlags").path(level).has("textSeated");
    return texts.line("redFlags", level, seated ? "textSeated" : "text");
  }

  /**
   * Whom to call.
   *
   * @param sure whether the number is known to work where the wearer is
   */
  private record Emergency(String number, boolean sure) {

    /** A sentence with the number, and what else to do where nobody knows that it works. */
    String fill(String text, Texts texts) {
      String filled = text.replace(NUMBER, number);
      return sure || !text.contains(NUMBER)
          ? filled
          : filled + " " + texts.line("redFlags", "elsewhere");
    }
  }

  private static Emergency emergency(StretchProfile profile, Where where) {
    String here = countryOf(where.zone());
    String home = profile.country();
    // On a journey to a place that the table does not know, the number of home would be a guess.
    String country = home == null || where.journey() ? here : home;
    JsonNode number = FILE.path("emergencyNumbers").path(country);
    return new Emergency(number.asText(FILE.path("otherNumber").asText()), !number.isMissingNode());
  }

  /** Empty where the table does not know. A name that ends with a slash stands for all below it. */
  private static String countryOf(ZoneId zone) {
    return FILE.path("zones").properties().stream()
        .filter(
            country ->
                country
                    .getValue()
                    .valueStream()
                    .map(JsonNode::asText)
                    .anyMatch(
                        name ->
                            name.endsWith("/")
                                ? zone.getId().startsWith(name)
                                : zone.getId().equals(name)))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("");
  }
}
