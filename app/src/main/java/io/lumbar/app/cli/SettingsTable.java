package io.lumbar.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.model.AlertSettings;
import io.lumbar.model.DetectionSettings;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.Json;
import io.lumbar.model.WearerSettings;
import java.io.PrintWriter;
import java.lang.reflect.RecordComponent;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every setting of a wearer, one a line: its name as a change takes it, the value that holds, and
 * whether that is the default or the wearer's own.
 */
final class SettingsTable {
  /** Settings that hold others. */
  private static final Set<Class<?>> NESTED =
      Set.<Class<?>>of(AlertSettings.class, DetectionSettings.class);

  /** Has a way of its own, and no answer about settings has it. */
  private static final String HEALTH = "stretches";

  private static final String BUDGETS = "alerts.dailyBudget";
  private static final String BUSY = "alerts.busy";
  private static final String NONE = "-";
  private static final String NO_LIMIT = "no limit";

  private final PrintWriter out;

  SettingsTable(PrintWriter out) {
    this.out = out;
  }

  /** Prints the settings as an answer has them; what it leaves out has no value. */
  void print(JsonNode settings) {
    JsonNode defaults = Json.mapper().valueToTree(WearerSettings.defaults());
    print("", WearerSettings.class, settings, defaults);
  }

  private void print(String within, Class<?> type, JsonNode settings, JsonNode defaults) {
    for (RecordComponent each : type.getRecordComponents()) {
      String field = each.getName();
      String name = within + field;
      JsonNode value = settings.path(field);
      JsonNode byDefault = defaults.path(field);
      if (name.equals(BUDGETS)) {
        printBudgets(value);
      } else if (NESTED.contains(each.getType())) {
        print(name + ".", each.getType(), value, byDefault);
      } else if (!name.equals(HEALTH)) {
        print(name, shown(name, value), shown(name, byDefault));
      }
    }
  }

  /** Kinds that are not named have limits too. */
  private void printBudgets(JsonNode named) {
    for (EpisodeKind kind : EpisodeKind.values()) {
      Integer byDefault = AlertSettings.defaults().budgetOf(kind);
      JsonNode own = named.path(kind.wireName());
      boolean unlimited = AlertSettings.defaults().dailyBudget().containsKey(kind);
      print(
          BUDGETS + "." + kind.wireName(),
          own.isInt() ? own.asText() : unlimited ? NO_LIMIT : limit(byDefault),
          limit(byDefault));
    }
  }

  private void print(String name, String value, String byDefault) {
    String whose = value.equals(byDefault) ? "default" : "own (default " + byDefault + ")";
    out.printf("%-36s %-22s %s%n", name, value, whose);
  }

  private static String limit(@Nullable Integer most) {
    return most == null ? NO_LIMIT : most.toString();
  }

  private static String shown(String name, JsonNode value) {
    if (value.isMissingNode() || value.isNull() || (value.isContainerNode() && value.isEmpty())) {
      return NONE;
    }
    if (name.equals(BUSY)) {
      return value.size() + (value.size() == 1 ? " time" : " times");
    }
    return value.isContainerNode() ? value.toString() : value.asText();
  }
}
