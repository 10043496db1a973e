package io.lumbar.app.cli;

import io.lumbar.app.fault.UserMistake;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/** Runs commands that work on files alone; nothing can be started. */
final class OfflineRun {
  private OfflineRun() {}

  /**
   * Runs a command and returns its exit code.
   *
   * @param home of the settings
   * @param where the command's first argument
   */
  static int of(
      Path home, StringWriter out, StringWriter err, String command, Path where, String... more) {
    String[] arguments = new String[2 + more.length];
    arguments[0] = command;
    arguments[1] = where.toString();
    System.arraycopy(more, 0, arguments, 2, more.length);
    Surroundings surroundings =
        new Surroundings(Map.of(), home, InstantSource.fixed(Instant.EPOCH), false);
    return Main.commandLine(
            surroundings,
            (site, fault) -> {
              throw new UserMistake("nothing is started here");
            })
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
