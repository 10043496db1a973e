package io.lumbar.app.cli;

import io.lumbar.app.Role;
import io.lumbar.app.fault.UserMistake;
import io.lumbar.app.settings.Key;
import io.lumbar.app.settings.Settings;
import java.util.ArrayList;
import java.util.List;

/** What a role cannot do without: nothing is embedded in one part of a cluster. */
final class RoleNeeds {
  private RoleNeeds() {}

  static void check(Role role, Settings settings) {
    List<String> missing = new ArrayList<>();
    if (settings.kafka().bootstrapServers().isEmpty()) {
      missing.add(sentence(role, Key.KAFKA_BOOTSTRAP_SERVERS, "the cluster's Kafka"));
    }
    if (role.usesHistory() && settings.influx().isEmpty()) {
      missing.add(sentence(role, Key.INFLUX_URL, "the history that all instances share"));
    }
    if (role == Role.WEB && settings.cookieKey().isEmpty()) {
      missing.add(sentence(role, Key.COOKIE_KEY, "the same key on every web instance"));
    }
    if (role == Role.WEB && settings.adminToken().isEmpty()) {
      missing.add(sentence(role, Key.ADMIN_TOKEN, "what manages wearers and devices"));
    }
    if (!missing.isEmpty()) {
      throw new UserMistake(String.join("\n", missing));
    }
  }

  private static String sentence(Role role, Key key, String what) {
    return "%s needs %s (%s): %s".formatted(role.commandName(), key.variable(), key.path(), what);
  }
}
