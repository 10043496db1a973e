package io.lumbar.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lumbar.app.fault.UserMistake;
import io.lumbar.ingest.simulated.SimulatedClients;
import io.lumbar.model.Json;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends what a client of a format would send of one hour, through the door that it would use. */
@Command(
    name = "simulate",
    description = {
      "Send an hour of a simulated client: ten minutes of walking, then still.",
      "Its device is added to the wearer as \"simulated FORMAT\"."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  ./lumbar simulate sensor-logger --wearer Anna"})
@SuppressWarnings("NullAway.Init") // picocli
final class SimulateCommand extends ApiCommand {
  private static final long SEED = 41;

  @Parameters(
      paramLabel = "FORMAT",
      description = "sensor-logger, health-auto-export, owntracks and so on; see docs/formats.")
  private String format;

  @Option(names = "--wearer", paramLabel = "NAME", required = true, description = "Whose hour.")
  private String wearer;

  @Option(
      names = "--start",
      paramLabel = "INSTANT",
      description = "When it begins, with its offset (an hour ago).")
  private @Nullable Instant start;

  @Override
  JsonNode ask(ApiClient client) {
    if (!SimulatedClients.formats().contains(format)) {
      throw new UserMistake(
          "no client speaks %s; there are %s"
              .formatted(format, String.join(", ", SimulatedClients.formats())));
    }
    Instant begin =
        start == null
            ? Instant.now().truncatedTo(ChronoUnit.MINUTES).minus(Duration.ofMinutes(61))
            : start;
    String device = device(client);
    List<byte[]> messages = SimulatedClients.hour(format, begin, SEED);
    ObjectNode sum = Json.mapper().createObjectNode();
    sum.put("format", format).put("device", device).put("messages", messages.size());
    for (byte[] message : messages) {
      client.send("/api/v1/ingest/" + format + "?device=" + ApiClient.encode(device), message);
    }
    return sum;
  }

  /** The simulated device, added where there is none yet. */
  private String device(ApiClient client) {
    String name = "simulated " + format;
    String path = "/api/v1/wearers/" + ApiClient.encode(wearer) + "/devices";
    for (JsonNode known : client.get(path).path("items")) {
      if (known.path("name").asText().equals(name)) {
        return known.path("id").asText();
      }
    }
    String tag = SimulatedClients.tag(format);
    Map<String, String> added =
        tag == null
            ? Map.of("name", name, "placement", "trouser-pocket")
            : Map.of("name", name, "placement", "lower-back", "mac", tag);
    return client.post(path, added).path("id").asText();
  }

  @Override
  void print(JsonNode sent, PrintWriter out) {
    out.printf(
        "%d messages of %s were taken for device %s.%n",
        sent.path("messages").asInt(), sent.path("format").asText(), sent.path("device").asText());
  }
}
