package io.lumbar.app.cli;

import io.lumbar.app.data.DataFolder;
import io.lumbar.app.data.Instance;
import io.lumbar.app.settings.Key;
import io.lumbar.app.settings.Settings;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "doctor",
    description = "Check what Lumbar needs, and whether phones can reach it.",
    mixinStandardHelpOptions = true,
    footer = {"", "One line for each check; exit code 1 when something is broken."})
@SuppressWarnings("NullAway.Init") // picocli
final class DoctorCommand implements Callable<Integer> {
  @ParentCommand private LumbarCommand lumbar;
  @Spec private CommandSpec spec;
  @Mixin private DataOption data;

  @Override
  public Integer call() {
    Map<Key, String> flags = new EnumMap<>(Key.class);
    data.addTo(flags);
    Settings settings = lumbar.surroundings().settings(flags);
    Optional<Instance> running = DataFolder.runningIn(settings.data());
    List<Finding> findings =
        new Checkup(settings, running, lumbar.surroundings().clock()).findings();
    PrintWriter out = spec.commandLine().getOut();
    for (Finding finding : findings) {
      out.println(finding.line());
    }
    out.flush();
    return findings.stream().anyMatch(f -> f.state() == Finding.State.BROKEN) ? 1 : 0;
  }
}
