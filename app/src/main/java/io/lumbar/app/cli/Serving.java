package io.lumbar.app.cli;

import io.lumbar.app.Up;
import java.io.PrintWriter;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine;

/** The time between a started server and its end. */
final class Serving {
  private Serving() {}

  /** Prints the screen and waits for Ctrl-C, or for a fault that leaves nothing to do. */
  static int untilStopped(Up up, CommandLine command) {
    Ending.ofProcess(() -> {}).serve(() -> up);
    PrintWriter out = command.getOut();
    out.print(up.screen());
    out.flush();
    return untilFault(up, command);
  }

  /**
   * Waits for a fault and says it; Ctrl-C ends the process without coming back here. The server is
   * closed by the {@link Ending}, which has a bound for that.
   */
  static int untilFault(Up up, CommandLine command) {
    try {
      command.getErr().println(up.fault().get());
      command.getErr().flush();
    } catch (InterruptedException | ExecutionException e) {
      Thread.currentThread().interrupt();
    }
    Ending.failed();
    return CommandLine.ExitCode.SOFTWARE;
  }
}
