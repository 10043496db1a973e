package io.lumbar.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "wearer",
    description =
        "Add or list the people who are measured, change their settings, or give one a new token.",
    mixinStandardHelpOptions = true,
    subcommands = {
      WearerCommand.Add.class,
      WearerCommand.ListAll.class,
      WearerCommand.Rotate.class,
      WearerCommand.Settings.class
    })
final class WearerCommand extends CommandGroup {

  @Command(
      name = "add",
      description = "Add a wearer; prints their token, once.",
      mixinStandardHelpOptions = true,
      footer = {"", "Example:", "  ./lumbar wearer add Anna --zone Europe/Berlin"})
  @SuppressWarnings("NullAway.Init") // picocli
  static final class Add extends ApiCommand {
    private static final int MOST_LISTEN_DAYS = 30;

    @Parameters(paramLabel = "NAME", description = "What you call this person.")
    private String name;

    @Option(
        names = "--zone",
        paramLabel = "ZONE",
        description = "Their time zone, such as Europe/Berlin (this machine's).")
    private @Nullable String zone;

    @Option(
        names = "--listen-days",
        paramLabel = "N",
        defaultValue = "0",
        description = "Only listen for the first N days, without alerts (0).")
    private int listenDays;

    @Spec private CommandSpec spec;

    @Override
    JsonNode ask(ApiClient client) {
      if (listenDays < 0 || listenDays > MOST_LISTEN_DAYS) {
        throw new ParameterException(
            spec.commandLine(), "--listen-days takes a number from 0 to " + MOST_LISTEN_DAYS);
      }
      String where = zone == null ? ZoneId.systemDefault().getId() : zone;
      Map<String, Object> wearer = new HashMap<>(Map.of("name", name, "zone", where));
      if (listenDays > 0) {
        Instant until = Instant.now().plus(Duration.ofDays(listenDays));
        wearer.put("alerts", Map.of("listenUntil", until));
      }
      return client.post("/api/v1/wearers", wearer);
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

  @Command(
      name = "rotate",
      description = "Give a wearer a new token; prints it, once. The old one holds a while longer.",
      mixinStandardHelpOptions = true)
  @SuppressWarnings("NullAway.Init") // picocli
  static final class Rotate extends ApiCommand {
    @Parameters(paramLabel = "NAME", description = "Whose.")
    private String name;

    @Mixin private OverlapOption overlap;

    @Override
    JsonNode ask(ApiClient client) {
      return client.post("/api/v1/wearers/" + ApiClient.encode(name) + "/token", overlap.asked());
    }

    @Override
    void print(JsonNode rotated, PrintWriter out) {
      OverlapOption.print(rotated, out);
    }
  }

  @Command(
      name = "settings",
      description = "Show a wearer's settings, or change some while everything runs.",
      mixinStandardHelpOptions = true,
      footer = {
        "",
        "Example:",
        "  ./lumbar wearer settings Anna longSittingMinutes=40 quietFrom=22:00 quietTo=07:00",
        "  ./lumbar wearer settings Anna alerts.language=de detection.silenceMinutes=120",
        "  ./lumbar wearer settings Anna --zone Asia/Tokyo --zone-from 2026-03-10T14:05"
      })
  @SuppressWarnings("NullAway.Init") // picocli
  static final class Settings extends ApiCommand {
    @Parameters(index = "0", paramLabel = "NAME", description = "Whose.")
    private String name;

    @Parameters(
        index = "1..*",
        arity = "0..*",
        paramLabel = "SETTING=VALUE",
        description =
            "What to change, such as alerts.language=de; an empty value means none. Without any,"
                + " all are shown, each with the value that holds: the default, or their own.")
    private List<String> changes = List.of();

    @Option(
        names = "--zone",
        paramLabel = "ZONE",
        description = "Their time zone from now on, such as Asia/Tokyo.")
    private @Nullable String zone;

    @Option(
        names = "--zone-from",
        paramLabel = "WHEN",
        description =
            "From when on instead: 2026-03-10T14:05 on the clocks of ZONE, or an instant."
                + " What was told for later is replaced.")
    private @Nullable String zoneFrom;

    @Spec private CommandSpec spec;

    @Override
    JsonNode ask(ApiClient client) {
      ObjectNode body = SettingChanges.of(spec, changes);
      if (zoneFrom != null && zone == null) {
        throw new ParameterException(spec.commandLine(), "--zone-from goes with --zone");
      }
      if (zone != null) {
        body.put("zone", zone);
      }
      if (zoneFrom != null) {
        body.put("zoneFrom", zoneFrom);
      }
      return client.patch("/api/v1/wearers/" + ApiClient.encode(name) + "/settings", body);
    }

    @Override
    void print(JsonNode wearer, PrintWriter out) {
      out.printf("%-36s %s%n", "zone", wearer.path("zone").asText());
      for (int i = 1; i < wearer.path("zones").size(); i++) {
        JsonNode told = wearer.path("zones").get(i);
        Instant from = Instant.parse(told.path("validFrom").asText());
        String there = told.path("zone").asText();
        out.printf(
            "%-36s %s from %s%n", "", there, from.atZone(ZoneId.of(there)).toOffsetDateTime());
      }
      new SettingsTable(out).print(wearer.path("settings"));
    }
  }
}
