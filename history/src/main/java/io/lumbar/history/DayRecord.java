package io.lumbar.history;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lumbar.model.DaySummary;
import io.lumbar.model.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A day as JSON for whoever reads what is stored or exported: no zero stands for what nobody
 * counted, nor for what was forgotten. Reads back as the same day.
 */
public final class DayRecord {
  private static final String STEPS = "steps";

  /** What a day of which nothing is left has no figures of. */
  private static final List<String> SUMS = List.of("sitting", "sitToStands", "coverageMinutes");

  private DayRecord() {}

  /** The day, without steps where nothing counted any and without sums where all is forgotten. */
  public static ObjectNode tree(DaySummary day) {
    ObjectNode tree = Json.mapper().valueToTree(day);
    if (day.countedSteps() == null) {
      tree.remove(STEPS);
    }
    if (day.holdsOnlyForgotten()) {
      tree.remove(SUMS);
    }
    return tree;
  }

  /** The same as text. */
  public static String json(DaySummary day) {
    Object whole = day.countedSteps() == null ? tree(day) : day;
    return new String(Json.bytes(whole), StandardCharsets.UTF_8);
  }
}
