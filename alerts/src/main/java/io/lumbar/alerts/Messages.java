package io.lumbar.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.alerts.stretches.Language;
import io.lumbar.alerts.stretches.Stretch;
import io.lumbar.alerts.stretches.Stretches;
import io.lumbar.alerts.stretches.Texts;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.Placement;
import io.lumbar.model.WearerSettings;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What alerts and decisions say in one language, from its message file. Immutable. */
final class Messages {
  private static final Map<Language, Messages> ALL = new EnumMap<>(Language.class);

  static {
    for (Language language : Language.values()) {
      ALL.put(language, new Messages(language));
    }
  }

  private static final int NEEDS_CHARGING = 1;

  private final Language language;
  private final JsonNode file;

  private Messages(Language language) {
    this.language = language;
    this.file = Texts.in(language).section("alerts");
  }

  /**
   * A title and a text with the gaps {@code {minutes}}, {@code {since}}, {@code {sensor}} and
   * {@code {action}}; of a bend {@code {degrees}} in place of minutes.
   */
  record Phrase(String id, String title, String text) {}

  static Messages in(Language language) {
    Messages messages = ALL.get(language);
    if (messages == null) {
      throw new IllegalStateException("no words in " + language);
    }
    return messages;
  }

  Texts texts() {
    return Texts.in(language);
  }

  /** In the language that a wearer chose. */
  static Messages of(WearerSettings settings) {
    return in(Language.of(settings.alerts().language()));
  }

  /** What is said about a kind, in turns; each language has the same ids. */
  List<Phrase> phrases(EpisodeKind kind) {
    String section =
        switch (kind) {
          case INACTIVE -> "inactive";
          case ARCHED_SLEEP, PRONE_SLEEP -> "night";
          case DEEP_BEND -> "bend";
          default -> "sitting";
        };
    List<Phrase> phrases = new ArrayList<>();
    for (JsonNode each : file.path(section)) {
      phrases.add(
          new Phrase(
              each.path("id").asText(), each.path("title").asText(), each.path("text").asText()));
    }
    return phrases;
  }

  /** What is said about sensors; the level of a need tells which it is. */
  Phrase aboutSensors(EpisodeKind kind, int level) {
    String id =
        kind == EpisodeKind.DATA_SILENCE
            ? "silence"
            : level == NEEDS_CHARGING ? "charging" : "position";
    return new Phrase(id, text("sensorTitles", id), text("sensorTexts", id));
  }

  /** A sensor by where it is worn. */
  String device(Placement source) {
    return text("device", source.wireName());
  }

  /** A source, and how well it tells sitting. */
  String sensor(Placement source) {
    return text("sensor", source.wireName());
  }

  /** One action of under two minutes. */
  String action(Stretch stretch) {
    String name = Stretches.catalogue(language).byId(stretch.id()).orElse(stretch).name();
    return word(stretch.minutes() <= 1 ? "aboutAMinute" : "underTwoMinutes")
        .replace("{name}", name);
  }

  String word(String key) {
    return text("words", key);
  }

  /** Why, as the end of a sentence. */
  String because(Reason reason) {
    return text("because", reason.wireName());
  }

  /** A word or a reason of what would have been, where it is said in another way than what was. */
  Optional<String> tried(String key) {
    return Optional.ofNullable(file.path("tried").path(key).textValue());
  }

  private String text(String section, String key) {
    JsonNode found = file.path(section).path(key);
    if (!found.isTextual()) {
      throw new IllegalArgumentException("no words for alerts." + section + "." + key);
    }
    return found.textValue();
  }
}
