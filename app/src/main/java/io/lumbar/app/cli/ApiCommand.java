package io.lumbar.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * A command that asks a running Lumbar one thing and prints its answer, as it came with {@code
 * --json} and in sentences otherwise.
 */
@SuppressWarnings("NullAway.Init") // picocli
abstract class ApiCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ServerOptions server;
  @Mixin private JsonOption json;

  abstract JsonNode ask(ApiClient client);

  abstract void print(JsonNode answer, PrintWriter out);

  @Override
  public Integer call() {
    LumbarCommand lumbar = (LumbarCommand) spec.root().userObject();
    JsonNode answer = ask(server.client(lumbar.surroundings()));
    PrintWriter out = spec.commandLine().getOut();
    if (json.wanted()) {
      JsonOption.print(out, answer);
    } else {
      print(answer, out);
      out.flush();
    }
    return 0;
  }

  /** Prints a line for each item of a list: its name, one more field, its id. */
  static void printItems(JsonNode list, String field, String whenEmpty, PrintWriter out) {
    for (JsonNode item : list.path("items")) {
      out.printf(
          "%-24s %-24s %s%n",
          item.path("name").asText(), item.path(field).asText(), item.path("id").asText());
    }
    if (list.path("items").isEmpty()) {
      out.println(whenEmpty);
    }
  }
}
