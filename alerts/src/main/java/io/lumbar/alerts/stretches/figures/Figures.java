package io.lumbar.alerts.stretches.figures;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The pictures of the exercises, drawn once when they are read. Immutable. */
public final class Figures {
  private static final ObjectMapper YAML =
      YAMLMapper.builder().enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS).build();

  private final Map<String, Figure> figures = new LinkedHashMap<>();
  private final Map<String, String> drawn = new LinkedHashMap<>();

  private Figures(JsonNode file) {
    JsonNode defaults = file.path("defaults");
    file.path("figures")
        .properties()
        .forEach(
            entry -> {
              Figure figure = figure(entry.getKey(), defaults, entry.getValue());
              figures.put(entry.getKey(), figure);
              drawn.put(entry.getKey(), new FigureSvg(figure).write());
            });
  }

  /**
   * Reads poses and draws them.
   *
   * @throws IllegalArgumentException that names the figure and what is wrong with it
   */
  static Figures read(InputStream in) {
    try {
      return new Figures(YAML.readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException("the figures cannot be read", e);
    }
  }

  /** The pictures that come with Lumbar. */
  public static Figures bundled() {
    return Bundled.FIGURES;
  }

  /** Drawn when first asked for, once in a process. */
  private static final class Bundled {
    private static final Figures FIGURES = load();

    private static Figures load() {
      try (InputStream in =
          Objects.requireNonNull(Figures.class.getResourceAsStream("figures.yaml"))) {
        return read(in);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** The SVG text of an exercise, empty when it has no picture. */
  public Optional<String> svg(String id) {
    return Optional.ofNullable(drawn.get(id));
  }

  /** The exercises that have a picture. */
  public Set<String> ids() {
    return drawn.keySet();
  }

  Figure figure(String id) {
    return Objects.requireNonNull(figures.get(id), id);
  }

  private static Figure figure(String id, JsonNode defaults, JsonNode data) {
    ObjectNode whole = merged(defaults.path("figure"), data);
    whole.set("props", props(defaults.path("props"), data.path("props")));
    ArrayNode poses = whole.putArray("poses");
    JsonNode before = defaults.path("pose");
    for (JsonNode pose : data.path("poses")) {
      before = merged(before, pose);
      poses.add(before);
    }
    try {
      return YAML.treeToValue(whole, Figure.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("figure " + id + ": " + e.getOriginalMessage(), e);
    }
  }

  /** A name stands for furniture that several pictures share. */
  private static ArrayNode props(JsonNode shared, JsonNode data) {
    ArrayNode props = YAML.createArrayNode();
    for (JsonNode prop : data) {
      if (prop.isTextual()) {
        shared.path(prop.textValue()).forEach(props::add);
      } else {
        props.add(prop);
      }
    }
    return props;
  }

  /** A pose says only what differs from the one before. */
  private static ObjectNode merged(JsonNode base, JsonNode change) {
    ObjectNode result = base.deepCopy();
    change
        .properties()
        .forEach(
            field -> {
              JsonNode old = result.get(field.getKey());
              boolean deep = old != null && old.isObject() && field.getValue().isObject();
              result.set(field.getKey(), deep ? merged(old, field.getValue()) : field.getValue());
            });
    return result;
  }
}
