package io.lumbar.app.cli;

import io.lumbar.app.Role;
import io.lumbar.app.Up;
import io.lumbar.app.settings.Key;
import io.lumbar.app.settings.Settings;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** One part as a process of its own, on a cluster; all it needs comes from settings. */
@SuppressWarnings("NullAway.Init") // picocli
abstract class RoleCommand implements Callable<Integer> {
  private final Role role;

  @ParentCommand private LumbarCommand lumbar;
  @Spec private CommandSpec spec;
  @Mixin private DataOption data;

  RoleCommand(Role role) {
    this.role = role;
  }

  @Override
  public Integer call() {
    Map<Key, String> flags = new EnumMap<>(Key.class);
    data.addTo(flags);
    Settings settings = lumbar.surroundings().settings(flags);
    RoleNeeds.check(role, settings);
    Up up = Up.start(settings, EnumSet.of(role), lumbar.surroundings().clock(), lumbar.wiring());
    return Serving.untilStopped(up, spec.commandLine());
  }

  @Command(
      name = "ingest",
      description = "Cluster: take uploads and write them to Kafka.",
      mixinStandardHelpOptions = true)
  static final class Ingest extends RoleCommand {
    Ingest() {
      super(Role.INGEST);
    }
  }

  @Command(
      name = "analytics",
      description = "Cluster: find bouts, episodes and days.",
      mixinStandardHelpOptions = true)
  static final class Analytics extends RoleCommand {
    Analytics() {
      super(Role.ANALYTICS);
    }
  }

  @Command(
      name = "alerts",
      description = "Cluster: decide and send alerts.",
      mixinStandardHelpOptions = true)
  static final class Alerts extends RoleCommand {
    Alerts() {
      super(Role.ALERTS);
    }
  }

  @Command(
      name = "history",
      description = "Cluster: write the history into InfluxDB.",
      mixinStandardHelpOptions = true)
  static final class History extends RoleCommand {
    History() {
      super(Role.HISTORY);
    }
  }

  @Command(
      name = "web",
      description = "Cluster: serve the pages and the reading API.",
      mixinStandardHelpOptions = true)
  static final class Web extends RoleCommand {
    Web() {
      super(Role.WEB);
    }
  }
}
