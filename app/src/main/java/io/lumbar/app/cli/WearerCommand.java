package io.lumbar.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "wearer",
    description = "Add or list the people who are measured.",
    mixinStandardHelpOptions = true,
    subcommands = {WearerCommand.Add.class, WearerCommand.ListAll.class})
@SuppressWarnings("NullAway.Init") // picocli
final class WearerCommand implements Runnable {
  @ParentCommand private LumbarCommand lumbar;
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say what to do: add or list");
  }

  @Command(
      name = "add",
      description = "Add a wearer; prints their token, once.",
      mixinStandardHelpOptions = true,
      footer = {"", "Example:", "  ./lumbar wearer add Anna --zone Europe/Berlin"})
  @SuppressWarnings("NullAway.Init") // picocli
  static final class Add implements Callable<Integer> {
    @ParentCommand private WearerCommand parent;
    @Spec private CommandSpec spec;
    @Mixin private ServerOptions server;
    @Mixin private JsonOption json;

    @Parameters(paramLabel = "NAME", description = "What you call this person.")
    private String name;

    @Option(
        names = "--zone",
        paramLabel = "ZONE",
        description = "Their time zone, such as Europe/Berlin (this machine's).")
    private @Nullable String zone;

    @Override
    public Integer call() {
      String where = zone == null ? ZoneId.systemDefault().getId() : zone;
      JsonNode added =
          server
              .client(parent.lumbar.surroundings())
              .post("/api/v1/wearers", Map.of("name", name, "zone", where));
      PrintWriter out = spec.commandLine().getOut();
      if (json.wanted()) {
        JsonOption.print(out, added);
        return 0;
      }
      out.printf("%s is added (%s).%n", name, added.path("zone").asText(where));
      out.printf("Token, shown only now: %s%n", added.path("token").asText());
      out.println("It reads this person's history and answers their alerts.");
      out.printf("Next: ./lumbar device add --wearer \"%s\" --placement trouser-pocket%n", name);
      out.flush();
      return 0;
    }
  }

  @Command(name = "list", description = "List all wearers.", mixinStandardHelpOptions = true)
  @SuppressWarnings("NullAway.Init") // picocli
  static final class ListAll implements Callable<Integer> {
    @ParentCommand private WearerCommand parent;
    @Spec private CommandSpec spec;
    @Mixin private ServerOptions server;
    @Mixin private JsonOption json;

    @Override
    public Integer call() {
      JsonNode wearers = server.client(parent.lumbar.surroundings()).get("/api/v1/wearers");
      PrintWriter out = spec.commandLine().getOut();
      if (json.wanted()) {
        JsonOption.print(out, wearers);
        return 0;
      }
      for (JsonNode wearer : wearers.path("items")) {
        out.printf(
            "%-24s %-24s %s%n",
            wearer.path("name").asText(), wearer.path("zone").asText(), wearer.path("id").asText());
      }
      if (wearers.path("items").isEmpty()) {
        out.println("Nobody yet. Add one: ./lumbar wearer add NAME --zone Europe/Berlin");
      }
      out.flush();
      return 0;
    }
  }
}
