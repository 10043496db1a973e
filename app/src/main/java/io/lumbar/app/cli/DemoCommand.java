package io.lumbar.app.cli;

import io.lumbar.app.Role;
import io.lumbar.app.Up;
import io.lumbar.app.clock.ScaledClock;
import io.lumbar.app.data.DataFolder;
import io.lumbar.app.demo.Simulation;
import io.lumbar.app.fault.UserMistake;
import io.lumbar.app.settings.Key;
import io.lumbar.app.settings.Settings;
import io.lumbar.app.settings.Sources;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
      "Keeps its data in a scratch folder, which is deleted at the end, unless --data is given.",
      "Of your settings it takes only those of http, from the environment: made-up people never",
      "reach your Kafka, InfluxDB, mail or MQTT."
    })
@SuppressWarnings("NullAway.Init") // picocli
final class DemoCommand implements Callable<Integer> {
  @ParentCommand private LumbarCommand lumbar;
  @Spec private CommandSpec spec;

  @Option(names = "--exit", description = "End when the demo has been played.")
  private boolean exit;

  @Option(
      names = "--port",
      paramLabel = "N",
      converter = PortNumber.class,
      description = "As for up (8080).")
  private @Nullable String port;

  @Option(names = "--data", paramLabel = "DIR", description = "Keep the data here, a new folder.")
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
    if (data != null && DataFolder.isUsed(data)) {
      throw new UserMistake(
          data + " holds data already; name a new folder, or look at it with ./lumbar up --data");
    }
    Runnable tidyUp = () -> {};
    if (data == null) {
      Path scratch = Files.createTempDirectory("lumbar-demo");
      data = scratch.resolve("data");
      tidyUp = () -> Folders.delete(scratch);
    }
    Map<Key, String> flags = new EnumMap<>(Key.class);
    flags.put(Key.DATA, data.toString());
    // Its devices live several hundred times as fast as others.
    flags.put(Key.LIMITS_DEVICE_REQUESTS, Key.LIMITS_REQUESTS.fallback());
    flags.put(Key.LIMITS_DEVICE_UPLOAD, Key.LIMITS_UPLOAD.fallback());
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
                        Settings.load(Sources.of(flags, httpOnly(), Optional.empty())),
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
    if (exit) {
      out.flush();
      up.close();
      return 0;
    }
    out.printf(
        "%n  The page, signed in once more: %s%n  A morning report, after that: %s%n%n"
            + "It goes on until Ctrl-C.%n",
        up.signInLink(), play.reportAddress());
    out.flush();
    return Serving.untilFault(up, spec.commandLine());
  }

  /** Made-up people must not reach the stores and channels of real ones. */
  private Map<String, String> httpOnly() {
    Map<String, String> taken = new HashMap<>(lumbar.surroundings().environment());
    Set<String> allowed = new HashSet<>();
    for (Key key : List.of(Key.HTTP_HOST, Key.HTTP_PORT, Key.HTTP_TLS_CERT, Key.HTTP_TLS_KEY)) {
      allowed.add(key.variable());
    }
    taken.keySet().retainAll(allowed);
    return taken;
  }
}
