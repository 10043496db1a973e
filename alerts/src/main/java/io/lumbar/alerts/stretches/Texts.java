package io.lumbar.alerts.stretches;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** All words of one language, from its message file. Immutable. */
public final class Texts {
  private static final Map<Language, Texts> ALL = new EnumMap<>(Language.class);

  static {
    for (Language language : Language.values()) {
      ALL.put(language, new Texts(Resources.yaml("texts-" + language.tag() + ".yaml")));
    }
  }

  private final JsonNode file;

  private Texts(JsonNode file) {
    this.file = file;
  }

  /** The words of a stretch. */
  record Words(
      String name, List<String> steps, List<String> cautions, String stopIf, String evidence) {}

  /** The words of a language. */
  public static Texts in(Language language) {
    Texts texts = ALL.get(language);
    if (texts == null) {
      throw new IllegalStateException("no words in " + language);
    }
    return texts;
  }

  /**
   * The words of a stretch.
   *
   * @throws IllegalArgumentException when the message file has none
   */
  Words stretch(String id) {
    try {
      return Resources.mapper().treeToValue(required("stretches", id), Words.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "the words of stretch " + id + " cannot be read: " + e.getOriginalMessage(), e);
    }
  }

  /** A sentence by its section and key, such as {@code advice} and {@code surgery}. */
  public String line(String section, String key) {
    return required(section, key).asText();
  }

  /** A sentence of a section within a section. */
  String line(String section, String part, String key) {
    JsonNode text = required(section, part).path(key);
    if (text.isMissingNode()) {
      throw new IllegalArgumentException("no words for " + section + "." + part + "." + key);
    }
    return text.asText();
  }

  /** Whether a section has words for a key. */
  boolean has(String section, String key) {
    return file.path(section).has(key);
  }

  /** A whole section, for a page, and for what other parts say. */
  public JsonNode section(String section) {
    return file.path(section);
  }

  /** Every sentence of the file, for tests of words. */
  public List<String> everything() {
    List<String> all = new ArrayList<>();
    collect(file, all);
    return all;
  }

  private static void collect(JsonNode node, List<String> all) {
    if (node.isValueNode()) {
      all.add(node.asText());
    }
    node.forEach(child -> collect(child, all));
  }

  private JsonNode required(String section, String key) {
    JsonNode found = file.path(section).path(key);
    if (found.isMissingNode()) {
      throw new IllegalArgumentException("no words for " + section + "." + key);
    }
    return found;
  }
}
