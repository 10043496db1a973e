package io.lumbar.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lumbar.model.Json;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "rules",
    description = "Try alert settings on what is stored, or ask why an alert came or did not.",
    mixinStandardHelpOptions = true,
    subcommands = {RulesCommand.Test.class, RulesCommand.Why.class})
final class RulesCommand extends CommandGroup {

  private static String path(String wearer, String what) {
    return "/api/v1/wearers/" + ApiClient.encode(wearer) + "/rules/" + what;
  }

  private static void printItem(JsonNode item, PrintWriter out) {
    out.printf(
        "%s  %-12s %3d  %s%n",
        item.path("at").asText().substring(0, 16).replace('T', ' '),
        item.path("kind").asText(),
        item.path("step").asInt(),
        item.path("detail").asText());
  }

  @Command(
      name = "test",
      description = "The alerts that would have come, with the reason of each decision.",
      mixinStandardHelpOptions = true,
      footer = {
        "",
        "Example:",
        "  ./lumbar rules test --wearer Anna --from 2026-03-02 --to 2026-03-06"
            + " --set longSittingMinutes=45"
      })
  @SuppressWarnings("NullAway.Init") // picocli
  static final class Test extends ApiCommand {
    @Option(names = "--wearer", paramLabel = "NAME", required = true, description = "Whose.")
    private String wearer;

    @Option(
        names = "--from",
        paramLabel = "DATE",
        description = "First day, or an instant (two weeks before --to).")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "DATE", description = "Last day, or an instant (now).")
    private @Nullable String to;

    @Option(
        names = "--set",
        paramLabel = "SETTING=VALUE",
        description = "Another value for this run only, such as alerts.cooldownMinutes=60.")
    private List<String> changes = List.of();

    @Option(
        names = "--night-feedback",
        negatable = true,
        description =
            "With signals about an arched back at night, or without (as the wearer has it).")
    private @Nullable Boolean nightFeedback;

    @Spec private CommandSpec spec;

    @Override
    JsonNode ask(ApiClient client) {
      ObjectNode body = Json.mapper().createObjectNode();
      body.put("from", from);
      body.put("to", to);
      body.put("nightFeedback", nightFeedback);
      body.set("settings", SettingChanges.of(spec, changes));
      return client.post(path(wearer, "test"), body);
    }

    @Override
    void print(JsonNode tested, PrintWriter out) {
      tested.path("items").forEach(item -> printItem(item, out));
      long sent = tested.path("sent").asLong();
      long notices = tested.path("sensorNotices").asLong();
      out.printf(
          "%d %s would have come%s.%n",
          sent,
          sent == 1 ? "reminder" : "reminders",
          notices == 0 ? "" : ", and " + about(notices));
    }
  }

  private static String about(long notices) {
    return notices == 1 ? "1 notice about a sensor" : notices + " notices about sensors";
  }

  @Command(
      name = "why",
      description = "Why there was an alert around a time, or none.",
      mixinStandardHelpOptions = true,
      footer = {
        "",
        "Example:",
        "  ./lumbar rules why --wearer Anna --at 2026-03-02T14:10:00+01:00"
      })
  @SuppressWarnings("NullAway.Init") // picocli
  static final class Why extends ApiCommand {
    @Option(names = "--wearer", paramLabel = "NAME", required = true, description = "Whose.")
    private String wearer;

    @Option(
        names = "--at",
        paramLabel = "INSTANT",
        required = true,
        description = "The time, with its offset.")
    private String at;

    @Override
    JsonNode ask(ApiClient client) {
      return client.get(path(wearer, "why") + "?at=" + ApiClient.encode(at));
    }

    @Override
    void print(JsonNode why, PrintWriter out) {
      out.println(why.path("answer").asText());
      why.path("items").forEach(item -> printItem(item, out));
    }
  }
}
