package io.lumbar.app.cli;

import io.lumbar.app.Parts;
import io.lumbar.app.Wiring;
import io.lumbar.app.fault.UserMistake;
import java.io.PrintWriter;
import java.util.Locale;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** Where the process begins. */
public final class Main {
  private static volatile boolean ending;

  private Main() {}

  public static void main(String[] arguments) {
    writeNumbersAlike();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> ending = true, "lumbar-ending"));
    System.exit(commandLine(Surroundings.ofProcess(), new Parts()).execute(arguments));
  }

  /**
   * Numbers are written with the digits 0 to 9 and a point, whatever the machine's language: the
   * same data gives the same bytes, and other programs read them.
   */
  static void writeNumbersAlike() {
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
  }

  /**
   * The whole command line, for the process and for tests.
   *
   * @param wiring starts the parts of {@code up}, {@code demo} and the roles
   */
  static CommandLine commandLine(Surroundings surroundings, Wiring wiring) {
    CommandLine line = new CommandLine(new LumbarCommand(surroundings, wiring));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setAbbreviatedOptionsAllowed(false);
    line.setUsageHelpAutoWidth(true);
    line.setExecutionExceptionHandler((fault, command, parsed) -> answer(fault, command));
    line.setParameterExceptionHandler((fault, arguments) -> usage(fault));
    return line;
  }

  private static int answer(Exception fault, CommandLine command) {
    if (ending) {
      // Asked to end, so that what fails meanwhile is no news; the signal's own code counts.
      return CommandLine.ExitCode.SOFTWARE;
    }
    PrintWriter err = command.getErr();
    if (fault instanceof UserMistake) {
      err.println(fault.getMessage());
    } else {
      LoggerFactory.getLogger(Main.class).error("unexpected", fault);
      err.println("Something went wrong that should not: " + fault);
      err.println("logs/lumbar.log in the data folder may say more; please report it.");
    }
    err.flush();
    return CommandLine.ExitCode.SOFTWARE;
  }

  private static int usage(CommandLine.ParameterException fault) {
    CommandLine command = fault.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(fault.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(fault, err);
    err.println("See: ./" + command.getCommandSpec().qualifiedName() + " --help");
    err.flush();
    return CommandLine.ExitCode.USAGE;
  }
}
