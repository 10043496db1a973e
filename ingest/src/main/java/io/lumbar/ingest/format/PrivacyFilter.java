package io.lumbar.ingest.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What must not be kept, not even of what is refused: where somebody is, what was heard or seen,
 * and which networks and devices were around.
 *
 * <p>Of a refused element only those fields are shown that some format reads. A list of what is
 * private would always lack the next app's name for it. The state of a house's sensor is not shown
 * either: that of a person's tracker is the name of a place.
 */
public final class PrivacyFilter {
  private static final Set<String> SENSORS =
      Set.of("location", "microphone", "camera", "network", "bluetooth");
  private static final Set<String> NATIVE =
      Set.of(
          "kind",
          "posture",
          "from",
          "to",
          "at",
          "validFor",
          "position",
          "headUpDegrees",
          "archDegrees",
          "archSensors",
          "positionSeconds",
          "supine",
          "prone",
          "left",
          "right",
          "steps",
          "worn",
          "level",
          "charging",
          "start",
          "rate",
          "offsetsMs",
          "unit",
          "x",
          "y",
          "z");
  private static final Set<String> OF_FORMATS =
      Set.of(
          "time",
          "values",
          "batteryLevel",
          "batteryState",
          "activity",
          "confidence",
          "qty",
          "date",
          "value",
          "startDate",
          "endDate",
          "sleepStart",
          "sleepEnd",
          "asleep",
          "core",
          "deep",
          "rem",
          "count",
          "start_time",
          "end_time",
          "session_end_time",
          "duration_seconds",
          "stages",
          "stage",
          "_type",
          "tst",
          "batt",
          "bs",
          "motionactivities",
          "timestamp",
          "battery",
          "is_charging",
          "type",
          "heightCm",
          "header",
          "schema_id",
          "namespace",
          "version",
          "creation_date_time",
          "source_creation_date_time",
          "modality",
          "body",
          "step_count",
          "effective_time_frame",
          "time_interval",
          "start_date_time",
          "end_date_time",
          "date_time",
          "duration",
          "part_of_day",
          "activity_name",
          "distance",
          "base_movement_quantity",
          "acceleration_x",
          "acceleration_y",
          "acceleration_z",
          "descriptive_statistic");

  /** From the first quote to the last, since what was sent may have quotes of its own. */
  private static final Pattern QUOTED = Pattern.compile("'.*'", Pattern.DOTALL);

  private PrivacyFilter() {}

  /** A reason for a refusal without what it quotes of the upload, which may name a place. */
  public static String withoutQuotes(String reason) {
    return QUOTED.matcher(reason).replaceAll("'...'");
  }

  /** True for a sensor whose readings are dropped before anything else looks at them. */
  public static boolean isPrivateSensor(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return SENSORS.stream().anyMatch(lower::startsWith);
  }

  /** Removes every field that no format reads, at any depth, in place. */
  public static JsonNode clean(JsonNode node) {
    if (node instanceof ObjectNode object) {
      if (isPrivateSensor(object.path("name").asText(""))) {
        object.removeAll();
      }
      List<String> fields = object.properties().stream().map(Map.Entry::getKey).toList();
      object.remove(
          fields.stream()
              .filter(field -> !NATIVE.contains(field) && !OF_FORMATS.contains(field))
              .toList());
      object.forEach(PrivacyFilter::clean);
    } else if (node instanceof ArrayNode array) {
      array.forEach(PrivacyFilter::clean);
    }
    return node;
  }
}
