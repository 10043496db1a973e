package io.lumbar.app.cli;

import io.lumbar.app.Role;
import io.lumbar.app.Up;
import io.lumbar.app.settings.Key;
import io.lumbar.app.settings.Settings;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "up",
    description = "Run everything in one process, with Kafka and the history inside.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  ./lumbar up                     for this machine only",
      "  ./lumbar up --lan               for phones in the same network too",
      "  ./lumbar up --port 9000 --data /srv/lumbar"
    })
@SuppressWarnings("NullAway.Init") // picocli
final class UpCommand implements Callable<Integer> {
  @ParentCommand private LumbarCommand lumbar;
  @Spec private CommandSpec spec;
  @Mixin private DataOption data;

  @Option(
      names = "--port",
      paramLabel = "N",
      converter = PortNumber.class,
      description = "Port of the dashboard and of uploads; 0 takes any free one (8080).")
  private @Nullable String port;

  @Option(
      names = "--lan",
      description =
          "Listen on the whole network and put this machine's address into links and QR codes.")
  private boolean lan;

  @Override
  public Integer call() {
    Map<Key, String> flags = new EnumMap<>(Key.class);
    data.addTo(flags);
    if (port != null) {
      flags.put(Key.HTTP_PORT, port);
    }
    if (lan) {
      flags.put(Key.HTTP_HOST, "0.0.0.0");
    }
    Settings settings = lumbar.surroundings().settings(flags);
    Up up =
        Up.start(
            settings, EnumSet.allOf(Role.class), lumbar.surroundings().clock(), lumbar.wiring());
    return Serving.untilStopped(up, spec.commandLine());
  }
}
