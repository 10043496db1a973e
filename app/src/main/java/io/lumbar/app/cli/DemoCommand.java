package io.lumbar.app.cli;

import io.lumbar.app.Role;
import io.lumbar.app.Up;
import io.lumbar.app.clock.ScaledClock;
import io.lumbar.app.demo.Simulation;
import io.lumbar.app.settings.Key;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "demo",
    description = "See it work: five simulated people, six days, and the last 45 minutes live.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Keeps its data in a scratch folder, which is deleted at the end, unless --data is given."
    })
@SuppressWarnings("NullAway.Init") // picocli
final class DemoCommand implements Callable<Integer> {
  @ParentCommand private LumbarCommand lumbar;
  @Spec private CommandSpec spec;

  @Option(names = "--exit", description = "End when the demo has been played.")
  private boolean exit;

  @Option(names = "--port", paramLabel = "N", description = "As for up (8080).")
  private @Nullable String port;

  @Option(names = "--data", paramLabel = "DIR", description = "Keep the data here.")
  private @Nullable Path folder;

  @Option(
      names = "--speed",
      paramLabel = "X",
      defaultValue = "60",
      description = "Seconds of the live part that pass in one second (${DEFAULT-VALUE}).")
  private double speed;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!(speed >= 1 && speed <= 600)) {
      throw new ParameterException(spec.commandLine(), "--speed must be from 1 to 600");
    }
    Path data = folder;
    Runnable tidyUp = () -> {};
    if (data == null) {
      Path scratch = Files.createTempDirectory("lumbar-demo");
      data = scratch.resolve("data");
      tidyUp = () -> Folders.delete(scratch);
    }
    Map<Key, String> flags = new EnumMap<>(Key.class);
    flags.put(Key.DATA, data.toString());
    if (port != null) {
      flags.put(Key.HTTP_PORT, port);
    }
    Instant end = lumbar.surroundings().clock().instant().truncatedTo(ChronoUnit.MINUTES);
    Instant live = end.minus(Simulation.LIVE);
    ScaledClock clock = ScaledClock.standingAt(live, lumbar.surroundings().clock());
    Up up =
        Ending.ofProcess(tidyUp)
            .serve(
                () ->
                    Up.start(
                        lumbar.surroundings().settings(flags),
                        EnumSet.allOf(Role.class),
                        clock,
                        lumbar.wiring()));
    spec.commandLine().getOut().print(up.screen());
    spec.commandLine().getOut().flush();
    DemoPlay play =
        new DemoPlay(
            up,
            clock,
            new ProgressLine(spec.commandLine().getErr(), lumbar.surroundings().terminal()));
    play.backfill();
    play.live(speed);
    PrintWriter out = spec.commandLine().getOut();
    out.print(play.whatToLookAt());
    if (!exit) {
      out.printf("%nIt goes on until Ctrl-C; the page is at %s%n", up.url());
    }
    out.flush();
    if (exit) {
      up.close();
      return 0;
    }
    return Serving.untilFault(up, spec.commandLine());
  }
}
