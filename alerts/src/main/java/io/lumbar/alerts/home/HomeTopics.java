package io.lumbar.alerts.home;

import io.lumbar.model.WearerId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The topics of a wearer at the broker. They lie beside {@code lumbar/}, under which devices
 * upload.
 */
record HomeTopics(WearerId wearer) {
  /** Says {@code online} while any process of Lumbar is connected. */
  static final String STATUS = "lumbar-wearers/bridge/status";

  /** All wearers' commands. */
  static final String COMMANDS = "lumbar-wearers/+/command";

  /** Where Home Assistant says that it has started. */
  static final String HOME_ASSISTANT = "homeassistant/status";

  private static final Pattern COMMAND = Pattern.compile("lumbar-wearers/([^/]+)/command");

  /** Whom a command is for, empty for a topic of another shape. */
  static Optional<WearerId> commanded(String topic) {
    Matcher matcher = COMMAND.matcher(topic);
    return matcher.matches() ? Optional.of(new WearerId(matcher.group(1))) : Optional.empty();
  }

  String state() {
    return "lumbar-wearers/" + wearer + "/state";
  }

  String event() {
    return "lumbar-wearers/" + wearer + "/event";
  }

  String command() {
    return "lumbar-wearers/" + wearer + "/command";
  }

  /** What became of a command. */
  String answer() {
    return "lumbar-wearers/" + wearer + "/answer";
  }

  /** Where Home Assistant looks for new devices. */
  String discovery() {
    return "homeassistant/device/" + id() + "/config";
  }

  /** Letters, digits, - and _ alone, as Home Assistant has it. */
  String id() {
    return "lumbar_" + wearer.value().replaceAll("[^A-Za-z0-9_-]", "_");
  }
}
