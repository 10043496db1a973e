package io.lumbar.ingest.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One JSON value of an upload and where it stands. A field that is absent and one that is null are
 * the same. Every reading throws {@link Fault} with the field's path when the field breaks a rule.
 */
public record Item(JsonNode node, String path) {
  private static final double MOST_WHOLE = 9e15;

  /** Whether a field is there. */
  public boolean has(String field) {
    return node.hasNonNull(field);
  }

  /** A field that must be there. */
  public Item child(String field) {
    Item found = find(field);
    if (found == null) {
      throw fault(field, "missing");
    }
    return found;
  }

  /** A field, or null. */
  public @Nullable Item find(String field) {
    JsonNode value = node.get(field);
    return value == null || value.isNull() ? null : new Item(value, at(field));
  }

  /** An object that must be there. */
  public Item object(String field) {
    Item found = child(field);
    if (!found.node().isObject()) {
      throw fault(field, "must be an object");
    }
    return found;
  }

  /** The elements of a list; none when it is not there. */
  public List<Item> items(String field) {
    Item list = find(field);
    if (list == null) {
      return List.of();
    }
    if (!list.node().isArray()) {
      throw fault(field, "must be a list");
    }
    List<Item> items = new ArrayList<>(list.node().size());
    for (JsonNode each : list.node()) {
      items.add(new Item(each, list.path() + "[" + items.size() + "]"));
    }
    return items;
  }

  /** A text that must be there. */
  public String text(String field) {
    Item found = child(field);
    if (!found.node().isTextual()) {
      throw fault(field, "must be a text");
    }
    return found.node().textValue();
  }

  /** A text, or null when it is not there. */
  public @Nullable String textOrNull(String field) {
    return has(field) ? text(field) : null;
  }

  /** A text that must be one of a few. */
  public String oneOf(String field, Set<String> values) {
    String text = text(field);
    if (!values.contains(text)) {
      throw fault(field, "must be one of " + String.join(", ", values.stream().sorted().toList()));
    }
    return text;
  }

  /** A finite number that must be there. */
  public double number(String field) {
    JsonNode value = child(field).node();
    if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
      throw fault(field, "must be a number");
    }
    return value.doubleValue();
  }

  /** A finite number, or null when it is not there. */
  public @Nullable Double numberOrNull(String field) {
    return has(field) ? Double.valueOf(number(field)) : null;
  }

  /** A whole number that must be there; 12.0 is one. */
  public long whole(String field) {
    double value = number(field);
    if (value != Math.rint(value) || Math.abs(value) > MOST_WHOLE) {
      throw fault(field, "must be a whole number");
    }
    return (long) value;
  }

  /** An ISO-8601 instant with an offset. */
  public Instant instant(String field) {
    String text = text(field);
    try {
      return Instants.parse(text);
    } catch (DateTimeException e) {
      throw fault(field, String.valueOf(e.getMessage()));
    }
  }

  /** Seconds since 1970. */
  public Instant epochSeconds(String field) {
    return Instant.ofEpochSecond(whole(field));
  }

  /** A fault of one of the fields. */
  public Fault fault(String field, String reason) {
    return new Fault(at(field), reason);
  }

  /** A fault of the whole. */
  public Fault fault(String reason) {
    return new Fault(path, reason);
  }

  private String at(String field) {
    return path.isEmpty() ? field : path + "." + field;
  }
}
