package io.lumbar.alerts.responses;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.http.ApiException;
import io.lumbar.model.AlertResponse.Action;
import io.lumbar.model.Json;
import io.lumbar.model.Posture;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer to an alert, checked.
 *
 * @param untilTomorrow the snooze ends when the wearer's next day begins, whatever the minutes
 * @param ends it ends the snooze that runs
 */
record ResponseRequest(
    Action action,
    @Nullable Integer minutes,
    @Nullable String was,
    boolean untilTomorrow,
    boolean ends) {
  private static final Set<String> FIELDS = Set.of("action", "minutes", "until", "was");

  /** Kept as a snooze that ends at once. */
  private static final String RESUME = "resume";

  private static final Set<String> WAS = wasNames();

  /**
   * Reads a body.
   *
   * @throws ApiException 400 that names the field, the rule and the fix
   */
  static ResponseRequest parse(String body) {
    JsonNode tree = tree(body);
    Set<String> unknown = new TreeSet<>();
    tree.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(FIELDS);
    if (!unknown.isEmpty()) {
      throw ApiException.badRequest(
          "unknown field "
              + String.join(", ", unknown)
              + "; an answer has action, minutes, until and was, so leave it out");
    }
    if (tree.path("action").asText().equals(RESUME)) {
      return resume(tree);
    }
    Action action = action(tree.path("action"));
    boolean untilTomorrow = untilTomorrow(tree, action);
    Integer minutes = untilTomorrow ? null : minutes(tree, action);
    return new ResponseRequest(action, minutes, was(tree, action), untilTomorrow, false);
  }

  private static JsonNode tree(String body) {
    try {
      JsonNode tree = Json.mapper().readTree(body);
      if (tree.isObject()) {
        return tree;
      }
    } catch (JsonProcessingException e) {
      // Answered below like any other body that is no object.
    }
    throw ApiException.badRequest(
        "the body is not a JSON object; send for example {\"action\":\"snooze\",\"minutes\":15}");
  }

  private static ResponseRequest resume(JsonNode tree) {
    if (tree.size() > 1) {
      throw ApiException.badRequest("action resume ends the snooze now; leave out all else");
    }
    return new ResponseRequest(Action.SNOOZE, null, null, false, true);
  }

  private static Action action(JsonNode field) {
    try {
      return Action.of(field.asText());
    } catch (IllegalArgumentException e) {
      throw ApiException.badRequest("action must be one of done, snooze, resume, dismiss, wrong");
    }
  }

  private static boolean untilTomorrow(JsonNode tree, Action action) {
    JsonNode field = tree.path("until");
    if (field.isMissingNode() || field.isNull()) {
      return false;
    }
    if (action != Action.SNOOZE || tree.has("minutes")) {
      throw ApiException.badRequest("until belongs to action snooze without minutes; leave it out");
    }
    if (!field.asText().equals(QuietUntil.TOMORROW)) {
      throw ApiException.badRequest("until must be \"tomorrow\", or give minutes instead");
    }
    return true;
  }

  private static @Nullable Integer minutes(JsonNode tree, Action action) {
    JsonNode field = tree.path("minutes");
    boolean absent = field.isMissingNode() || field.isNull();
    if (action != Action.SNOOZE) {
      if (!absent) {
        throw ApiException.badRequest("minutes belongs to action snooze only; leave it out");
      }
      return null;
    }
    if (absent) {
      return Snoozes.USUAL_MINUTES;
    }
    int minutes = field.isIntegralNumber() && field.canConvertToInt() ? field.intValue() : 0;
    if (minutes < Snoozes.LEAST_MINUTES || minutes > Snoozes.MOST_MINUTES) {
      throw ApiException.badRequest(
          "minutes must be a whole number from %d to %d"
              .formatted(Snoozes.LEAST_MINUTES, Snoozes.MOST_MINUTES));
    }
    return minutes;
  }

  private static @Nullable String was(JsonNode tree, Action action) {
    JsonNode field = tree.path("was");
    if (field.isMissingNode() || field.isNull()) {
      return null;
    }
    if (action != Action.WRONG) {
      throw ApiException.badRequest("was belongs to action wrong only; leave it out");
    }
    if (!field.isTextual() || !WAS.contains(field.textValue())) {
      throw ApiException.badRequest("was must be one of " + String.join(", ", WAS));
    }
    return field.textValue();
  }

  private static Set<String> wasNames() {
    Set<String> names =
        Arrays.stream(Posture.values())
            .map(Posture::wireName)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    names.add("driving");
    names.add("phone-on-desk");
    names.add("not-me");
    return names;
  }
}
