package io.lumbar.alerts.home;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lumbar.alerts.stretches.Language;
import io.lumbar.alerts.stretches.Texts;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.Json;
import io.lumbar.model.Posture;
import io.lumbar.model.Wearer;

/**
 * Tells Home Assistant what there is of a wearer, by its device discovery
 * (https://www.home-assistant.io/integrations/mqtt/#device-discovery-payload). Pure.
 */
final class HomeDiscovery {
  /** Without word for this long Home Assistant takes the posture for unknown. */
  static final int EXPIRE_SECONDS = 300;

  static final int SNOOZE_MINUTES = 15;

  private HomeDiscovery() {}

  /** The payload of the discovery topic, with names in the wearer's language. */
  static byte[] of(Wearer wearer) {
    HomeTopics topics = new HomeTopics(wearer.id());
    Texts texts = Texts.in(Language.of(wearer.settings().alerts().language()));
    ObjectNode root = Json.mapper().createObjectNode();
    root.putObject("dev")
        .put("ids", topics.id())
        .put("name", "Lumbar " + wearer.name())
        .put("mf", "Lumbar")
        .put("mdl", "wearer");
    root.putObject("o").put("name", "Lumbar");
    root.put("availability_topic", HomeTopics.STATUS);
    root.put("state_topic", topics.state());
    root.put("qos", 1);
    ObjectNode parts = root.putObject("cmps");
    part(parts, topics, "sitting", "binary_sensor", texts.line("home", "sitting"))
        .put("value_template", "{{ 'ON' if value_json.posture == 'sitting' else 'OFF' }}")
        .put("expire_after", EXPIRE_SECONDS);
    ObjectNode posture =
        part(parts, topics, "posture", "sensor", texts.line("home", "posture"))
            .put("device_class", "enum")
            .put("value_template", "{{ value_json.posture }}")
            .put("expire_after", EXPIRE_SECONDS);
    ArrayNode options = posture.putArray("options");
    for (Posture each : Posture.values()) {
      options.add(HomeState.name(each));
    }
    part(parts, topics, "bout", "sensor", texts.line("home", "bout"))
        .put("device_class", "duration")
        .put("unit_of_measurement", "min")
        .put(
            "value_template", "{{ value_json.bout_min if value_json.posture == 'sitting' else 0 }}")
        .put("expire_after", EXPIRE_SECONDS);
    part(parts, topics, "minutes", "sensor", texts.line("home", "minutes"))
        .put("device_class", "duration")
        .put("unit_of_measurement", "min")
        .put("value_template", "{{ value_json.bout_min }}")
        .put("expire_after", EXPIRE_SECONDS);
    ArrayNode types =
        part(parts, topics, "alert", "event", texts.line("home", "alert"))
            .put("state_topic", topics.event())
            .putArray("event_types");
    for (EpisodeKind kind : EpisodeKind.values()) {
      types.add(eventType(kind));
    }
    types.add(HomeChannel.TEST);
    types.add(HomeChannel.REPORT);
    ArrayNode answers =
        part(parts, topics, "answer", "event", texts.line("home", "answer"))
            .put("state_topic", topics.answer())
            .putArray("event_types");
    HomeAnswer.TYPES.forEach(answers::add);
    part(parts, topics, "snooze", "button", texts.line("messages", "snooze15"))
        .put("command_topic", topics.command())
        .put("payload_press", "{\"snooze_minutes\":%d}".formatted(SNOOZE_MINUTES));
    part(parts, topics, "resume", "button", texts.line("messages", "endSnooze"))
        .put("command_topic", topics.command())
        .put("payload_press", "{\"snooze_minutes\":0}");
    return Json.bytes(root);
  }

  static String eventType(EpisodeKind kind) {
    return kind.wireName().replace('-', '_');
  }

  private static ObjectNode part(
      ObjectNode parts, HomeTopics topics, String id, String platform, String name) {
    return parts
        .putObject(id)
        .put("p", platform)
        .put("name", name)
        .put("unique_id", topics.id() + "_" + id);
  }
}
