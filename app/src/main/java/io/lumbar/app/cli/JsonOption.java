package io.lumbar.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.model.Json;
import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** Answers for programs: exactly one JSON document on standard output. */
final class JsonOption {
  @Option(names = "--json", description = "Print one JSON document and nothing else.")
  private boolean json;

  boolean wanted() {
    return json;
  }

  static void print(PrintWriter out, JsonNode document) {
    try {
      out.println(Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(document));
      out.flush();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot print an answer", e);
    }
  }
}
