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

  /** Waits for a fault; Ctrl-C ends the process without coming back here. */
  static int untilFault(Up up, CommandLine command) {
    try {
      String reason = up.fault().get();
      up.close();
      command.getErr().println(reason);
      command.getErr().flush();
      return CommandLine.ExitCode.SOFTWARE;
    } catch (InterruptedException | ExecutionException e) {
      Thread.currentThread().interrupt();
      up.close();
      return CommandLine.ExitCode.SOFTWARE;
    }
  }
}
