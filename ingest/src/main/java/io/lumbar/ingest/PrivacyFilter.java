package io.lumbar.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What must not be kept, not even of what is refused: where somebody is, what was heard or seen,
 * and which networks and devices were around.
 */
final class PrivacyFilter {
  private static final Set<String> PRIVATE =
      Set.of(
          "location",
          "latitude",
          "longitude",
          "lat",
          "lon",
          "lng",
          "altitude",
          "gps",
          "address",
          "ssid",
          "bssid",
          "network",
          "wifi",
          "ip",
          "mac",
          "bluetooth",
          "microphone",
          "audio",
          "camera",
          "image",
          "photo",
          "email",
          "token");
  private static final Set<String> SENSORS =
      Set.of("location", "microphone", "camera", "network", "bluetooth");

  private PrivacyFilter() {}

  /** True for a sensor whose readings are dropped before anything else looks at them. */
  static boolean isPrivateSensor(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return SENSORS.stream().anyMatch(lower::startsWith);
  }

  /** Removes private fields, at any depth, in place. */
  static JsonNode clean(JsonNode node) {
    if (node instanceof ObjectNode object) {
      if (isPrivateSensor(object.path("name").asText(""))) {
        object.removeAll();
      }
      List<String> fields = object.properties().stream().map(Map.Entry::getKey).toList();
      object.remove(fields.stream().filter(PrivacyFilter::isPrivateField).toList());
      object.forEach(PrivacyFilter::clean);
    } else if (node instanceof ArrayNode array) {
      array.forEach(PrivacyFilter::clean);
    }
    return node;
  }

  private static boolean isPrivateField(String field) {
    return PRIVATE.contains(field.toLowerCase(Locale.ROOT));
  }
}
