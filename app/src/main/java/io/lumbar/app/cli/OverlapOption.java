package io.lumbar.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Option;

/** How long a token goes on that another replaces. */
final class OverlapOption {
  @Option(
      names = "--overlap",
      paramLabel = "MINUTES",
      defaultValue = "60",
      description = "How long the old token holds (${DEFAULT-VALUE}); 0 ends it at once.")
  private int minutes;

  /** What to ask the server for. */
  Map<String, Integer> asked() {
    return Map.of("overlapMinutes", minutes);
  }

  /** What it answered. */
  static void print(JsonNode rotated, PrintWriter out) {
    out.printf("New token, shown only now: %s%n", rotated.path("token").asText());
    out.printf("The old one holds until %s.%n", rotated.path("oldUntil").asText());
  }
}
