package io.lumbar.reports.statistics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lumbar.model.Json;

/**
 * Figures as others read them: to a thousandth, which of minutes is less than what is measured. A
 * sum of millisecond spans has no more digits than that, but for those that binary fractions add.
 */
public final class Rounded {
  private static final double THOUSAND = 1_000;

  private Rounded() {}

  /** The nearest thousandth; of two as near the even one. */
  public static double of(double value) {
    return Math.rint(value * THOUSAND) / THOUSAND;
  }

  /** A record with each number that is not whole rounded, at any depth. */
  public static <T> T of(T record, Class<T> type) {
    JsonNode tree = Json.mapper().valueToTree(record);
    return Json.mapper().convertValue(tree(tree), type);
  }

  /** The same tree, in which each number that is not whole is rounded now. */
  public static <T extends JsonNode> T tree(T tree) {
    if (tree instanceof ObjectNode object) {
      object.properties().forEach(field -> field.setValue(value(field.getValue())));
    } else if (tree instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, value(array.get(i)));
      }
    }
    return tree;
  }

  private static JsonNode value(JsonNode node) {
    return node.isFloatingPointNumber() ? DoubleNode.valueOf(of(node.doubleValue())) : tree(node);
  }
}
