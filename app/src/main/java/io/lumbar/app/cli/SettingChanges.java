package io.lumbar.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.lumbar.model.Json;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * Changes of settings as they are typed, such as {@code longSittingMinutes=45} or {@code
 * alerts.language=de}, as the object that a patch of the settings takes.
 */
final class SettingChanges {
  /** Without it {@code 22:00} would be read as the number 22. */
  private static final ObjectReader WHOLE =
      Json.mapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** A patch takes it as a whole, so that a part alone would take the others away. */
  private static final String REPORTS = "reports";

  private SettingChanges() {}

  /**
   * The object that holds all of them; of a setting that is given twice the last counts. Numbers,
   * true, false, null, lists and objects are as JSON has them, any other value is a text, and an
   * empty one is null.
   *
   * @throws ParameterException that names the change, the rule and the fix
   */
  static ObjectNode of(CommandSpec spec, List<String> typed) {
    ObjectNode settings = Json.mapper().createObjectNode();
    for (String change : typed) {
      set(spec, settings, change);
    }
    return settings;
  }

  private static void set(CommandSpec spec, ObjectNode settings, String change) {
    int equals = change.indexOf('=');
    String[] names = change.substring(0, Math.max(0, equals)).split("\\.", -1);
    if (List.of(names).contains("")) {
      throw wrong(
          spec,
          "'"
              + change
              + "': a change is SETTING=VALUE, such as longSittingMinutes=45 or"
              + " alerts.cooldownMinutes=60");
    }
    if (names[0].equals(REPORTS) && names.length > 1) {
      throw wrong(
          spec,
          String.join(".", names)
              + ": reports are set as a whole; give all of it, such as"
              + " 'reports={\"email\":\"anna@example.org\",\"editions\":[\"weekly\"]}'");
    }
    ObjectNode at = settings;
    for (int level = 0; level < names.length - 1; level++) {
      JsonNode within = at.get(names[level]);
      if (within != null && !within.isObject()) {
        throw wrong(
            spec,
            String.join(".", names)
                + ": "
                + names[level]
                + " is given a value of its own as well; give one of both");
      }
      at = within == null ? at.putObject(names[level]) : (ObjectNode) within;
    }
    at.set(
        names[names.length - 1],
        value(spec, change.substring(0, equals), change.substring(equals + 1)));
  }

  private static JsonNode value(CommandSpec spec, String setting, String text) {
    if (text.isBlank()) {
      return NullNode.getInstance();
    }
    try {
      return WHOLE.readTree(text);
    } catch (JsonProcessingException e) {
      if (text.startsWith("{") || text.startsWith("[")) {
        throw wrong(
            spec,
            setting
                + ": a list or an object is written as JSON, and a shell takes its quotes away"
                + " unless the whole stands in single ones, such as"
                + " 'alerts.workingHours=[{\"from\":\"09:00\",\"to\":\"17:00\"}]'");
      }
      return TextNode.valueOf(text);
    }
  }

  private static ParameterException wrong(CommandSpec spec, String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
