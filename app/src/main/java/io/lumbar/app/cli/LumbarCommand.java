package io.lumbar.app.cli;

import io.lumbar.app.Wiring;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "lumbar",
    description = "Watches how you sit, move and sleep, and says in time what helps your back.",
    mixinStandardHelpOptions = true,
    version = "Lumbar 0.1.0",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nTo begin:%n",
    footer = {
      "  ./lumbar demo                 see it work with simulated people",
      "  ./lumbar up                   run it; the page is http://localhost:8080",
      "  ./lumbar COMMAND --help       more about one command"
    },
    subcommands = {
      UpCommand.class,
      DemoCommand.class,
      WearerCommand.class,
      DeviceCommand.class,
      ImportCommand.class,
      SimulateCommand.class,
      SimulateRecordingCommand.class,
      RulesCommand.class,
      ReportCommand.class,
      ExportCommand.class,
      EraseCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      DoctorCommand.class,
      ValidateCommand.class,
      BenchCommand.class,
      RoleCommand.Ingest.class,
      RoleCommand.Analytics.class,
      RoleCommand.Alerts.class,
      RoleCommand.History.class,
      RoleCommand.Web.class,
      WarmUpCommand.class
    })
final class LumbarCommand implements Runnable {
  private final Surroundings surroundings;
  private final Wiring wiring;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli
  private CommandSpec spec;

  LumbarCommand(Surroundings surroundings, Wiring wiring) {
    this.surroundings = surroundings;
    this.wiring = wiring;
  }

  Surroundings surroundings() {
    return surroundings;
  }

  Wiring wiring() {
    return wiring;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say what to do, for example: ./lumbar up");
  }
}
