package io.lumbar.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "wearer",
    description = "Add or list the people who are measured.",
    mixinStandardHelpOptions = true,
    subcommands = {WearerCommand.Add.class, WearerCommand.ListAll.class})
final class WearerCommand extends CommandGroup {

  @Command(
      name = "add",
      description = "Add a wearer; prints their token, once.",
      mixinStandardHelpOptions = true,
      footer = {"", "Example:", "  ./lumbar wearer add Anna --zone Europe/Berlin"})
  @SuppressWarnings("NullAway.Init") // picocli
  static final class Add extends ApiCommand {
    @Parameters(paramLabel = "NAME", description = "What you call this person.")
    private String name;

    @Option(
        names = "--zone",
        paramLabel = "ZONE",
        description = "Their time zone, such as Europe/Berlin (this machine's).")
    private @Nullable String zone;

    @Override
    JsonNode ask(ApiClient client) {
      String where = zone == null ? ZoneId.systemDefault().getId() : zone;
      return client.post("/api/v1/wearers", Map.of("name", name, "zone", where));
    }

    @Override
    void print(JsonNode added, PrintWriter out) {
      out.printf("%s is added (%s).%n", name, added.path("zone").asText());
      out.printf("Token, shown only now: %s%n", added.path("token").asText());
      out.println("It reads this person's history and answers their alerts.");
      out.printf("Next: ./lumbar device add --wearer \"%s\" --placement trouser-pocket%n", name);
    }
  }

  @Command(name = "list", description = "List all wearers.", mixinStandardHelpOptions = true)
  static final class ListAll extends ApiCommand {
    @Override
    JsonNode ask(ApiClient client) {
      return client.get("/api/v1/wearers");
    }

    @Override
    void print(JsonNode wearers, PrintWriter out) {
      printItems(
          wearers,
          "zone",
          "Nobody yet. Add one: ./lumbar wearer add NAME --zone Europe/Berlin",
          out);
    }
  }
}
