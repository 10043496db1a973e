package io.lumbar.app.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that only holds others; by itself it is wrong usage. */
@SuppressWarnings("NullAway.Init") // picocli
abstract class CommandGroup implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Say what to do: " + String.join(" or ", spec.subcommands().keySet()));
  }
}
