package io.lumbar.app.cli;

import io.lumbar.app.fault.UserMistake;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Hands over to the benchmarks, which are a module above this one and no part of an installation.
 */
@Command(
    name = "bench",
    description = "Measure speed and delay beside plain Kafka, on this machine.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli
final class BenchCommand implements Callable<Integer> {
  private static final String MAIN = "io.lumbar.benchmarks.Bench";

  @Mixin private JsonOption json;

  @Option(names = "--quick", description = "Measure less of everything; the figures are rougher.")
  private boolean quick;

  @Option(
      names = "--only",
      paramLabel = "PART",
      split = ",",
      description =
          "Measure only uploads, alerts, process (start, memory, idle), motion or reports; a comma"
              + " list.")
  private List<String> only = List.of();

  @Override
  public Integer call() throws Exception {
    List<String> arguments = new ArrayList<>();
    if (json.wanted()) {
      arguments.add("--json");
    }
    if (quick) {
      arguments.add("--quick");
    }
    for (String part : only) {
      arguments.add("--only=" + part);
    }
    try {
      Class<?> bench = Class.forName(MAIN);
      Object code = bench.getMethod("run", List.class).invoke(null, arguments);
      return (Integer) code;
    } catch (ClassNotFoundException e) {
      throw new UserMistake("the benchmarks are not built here; run ./lumbar bench in the sources");
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof Exception fault ? fault : e;
    }
  }
}
