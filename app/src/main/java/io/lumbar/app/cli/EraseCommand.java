package io.lumbar.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lumbar.model.Json;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "erase",
    description = "Delete all of a wearer, or what was measured in a span of time.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  ./lumbar erase --wearer Anna --yes",
      "  ./lumbar erase --wearer Anna --from 2026-03-02T14:00:00+01:00 --to"
          + " 2026-03-02T15:00:00+01:00 --yes"
    })
@SuppressWarnings("NullAway.Init") // picocli
final class EraseCommand extends ApiCommand {
  @Option(names = "--wearer", paramLabel = "NAME", required = true, description = "Whose data.")
  private String wearer;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "First day, or an instant; without it and --to everything goes.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "TIME", description = "Last day, or an instant.")
  private @Nullable String to;

  @Option(
      names = "--yes",
      description = "Really: what is deleted or forgotten cannot come back. Needed always.")
  private boolean yes;

  @Spec private CommandSpec spec;

  @Override
  JsonNode ask(ApiClient client) {
    ObjectNode body = Json.mapper().createObjectNode();
    String first = from;
    String last = to;
    if (first == null && last == null) {
      if (!yes) {
        throw new ParameterException(
            spec.commandLine(),
            "Everything of "
                + wearer
                + " would be deleted and could not come back. Say --yes if that is meant, or give"
                + " --from and --to; ./lumbar export keeps a copy.");
      }
      body.put("confirm", name(client));
    } else if (first == null || last == null) {
      throw new ParameterException(spec.commandLine(), "--from and --to go together.");
    } else {
      if (!yes) {
        throw new ParameterException(
            spec.commandLine(),
            "What was measured and told of "
                + wearer
                + " from "
                + first
                + " to "
                + last
                + (last.length() == 10 ? ", that day too," : "")
                + " would be forgotten and could not come back. Say --yes if that is meant;"
                + " ./lumbar export keeps a copy.");
      }
      body.put("from", first).put("to", last);
    }
    return client.post("/api/v1/wearers/" + ApiClient.encode(wearer) + "/erasures", body);
  }

  @Override
  void print(JsonNode receipt, PrintWriter out) {
    out.println("Gone:");
    receipt
        .path("gone")
        .forEach(
            gone ->
                out.printf(
                    "  %s%s%n",
                    gone.path("what").asText(),
                    gone.path("done").asBoolean() ? "" : " (within moments)"));
    out.println("Ends by itself, as Kafka's retention has it:");
    receipt
        .path("expires")
        .forEach(
            one ->
                out.printf(
                    "  %-28s by %s%n",
                    one.path("what").asText(), one.path("at").asText().substring(0, 10)));
    out.println("Yours to delete:");
    receipt.path("yours").forEach(one -> out.println("  " + one.asText()));
    out.println("The receipt again: GET /api/v1/erasures/" + receipt.path("id").asText());
  }

  /** What confirms is the name, where an id may have been given. */
  private String name(ApiClient client) {
    for (JsonNode one : client.get("/api/v1/wearers").path("items")) {
      if (one.path("id").asText().equals(wearer)) {
        return one.path("name").asText();
      }
    }
    return wearer;
  }
}
