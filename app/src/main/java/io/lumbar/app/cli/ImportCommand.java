package io.lumbar.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lumbar.app.fault.UserMistake;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "import",
    description = "Read files that devices and apps export.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "activPAL, Axivity (.cwa and CSV), Sensor Logger, phyphox, ActiGraph and plain CSV; Fitbit and Google Takeout,",
      "Apple Health, Gadgetbridge; told by content. Of Sensor Logger the unzipped folder will do too.",
      "More about each: docs/formats/recordings.md and docs/formats/exports.md.",
      "The same file again adds nothing. Exit code 1 when a file was refused.",
      "",
      "Example:",
      "  ./lumbar import night.csv day.csv --wearer Anna --zone Europe/Berlin",
      "  ./lumbar import thigh.cwa --wearer Anna --placement thigh"
    })
@SuppressWarnings("NullAway.Init") // picocli
final class ImportCommand implements Callable<Integer> {
  private static final String REFUSED = "refused";
  private static final Pattern PARAMETER =
      Pattern.compile("\\b(placement|zone|format|device|start)=(\\w)");

  @ParentCommand private LumbarCommand lumbar;
  @Spec private CommandSpec spec;
  @Mixin private ServerOptions server;
  @Mixin private JsonOption json;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "What to read.")
  private List<Path> files;

  @Option(names = "--wearer", paramLabel = "NAME", required = true, description = "Whose data.")
  private String wearer;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description = "Time zone of the file and, when the wearer is new, of the wearer.")
  private @Nullable String zone;

  @Option(
      names = "--format",
      paramLabel = "F",
      description = "What the file is, when it cannot be told from its content.")
  private @Nullable String format;

  @Option(
      names = "--placement",
      paramLabel = "PLACE",
      description =
          "Where the sensor was worn, for recordings of raw motion: thigh, trouser-pocket, chest, lower-back, waist, wrist.")
  private @Nullable String placement;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description =
          "The registered device that made the recording, by id or name: for what it failed to upload.")
  private @Nullable String device;

  @Option(
      names = "--start",
      paramLabel = "TIME",
      description =
          "When the recording began, where the file does not say: 2026-03-02T09:00:00, local in ZONE.")
  private @Nullable String start;

  @Override
  public Integer call() throws InterruptedException {
    if (files.stream().noneMatch(ImportCommand::isReadable)) {
      throw new UserMistake(unreadable(files.get(0)));
    }
    ApiClient client = server.client(lumbar.surroundings());
    ArrayNode results = JsonNodeFactory.instance.arrayNode();
    boolean failed = false;
    try {
      for (Path file : files) {
        ObjectNode result = importOne(client, file);
        failed |= !result.path("state").asText().equals("done");
        results.add(result);
        if (!json.wanted()) {
          report(file, result);
        }
      }
    } finally {
      // When the server goes away, what it has taken before that is told all the same.
      if (json.wanted() && !results.isEmpty()) {
        JsonOption.print(spec.commandLine().getOut(), files.size() == 1 ? results.get(0) : results);
      }
    }
    return failed ? 1 : 0;
  }

  private ObjectNode importOne(ApiClient client, Path file) throws InterruptedException {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    result.put("file", file.toString());
    if (!isReadable(file)) {
      return result.put("state", REFUSED).put("error", unreadable(file));
    }
    JsonNode accepted;
    try {
      accepted = upload(client, file);
    } catch (ApiClient.Unfit e) {
      return result.put("state", REFUSED).put("error", asOptions(String.valueOf(e.getMessage())));
    }
    String id = accepted.path("id").asText();
    try (ImportProgress progress =
        ImportProgress.on(
            file,
            spec.commandLine().getErr(),
            lumbar.surroundings().terminal() && !json.wanted())) {
      result.setAll((ObjectNode) progress.follow(client, id));
    }
    result.put("id", id);
    for (String kept : List.of("wearer", "token")) {
      if (accepted.hasNonNull(kept)) {
        result.set(kept, accepted.get(kept));
      }
    }
    return result;
  }

  /** A folder goes as the archive that it was unpacked from. */
  private JsonNode upload(ApiClient client, Path file) {
    if (!Files.isDirectory(file)) {
      return client.upload(path(name(file)), file);
    }
    try {
      Path packed = RecordingFolder.pack(file);
      try {
        return client.upload(path(name(file) + ".zip"), packed);
      } finally {
        Files.deleteIfExists(packed);
      }
    } catch (IOException e) {
      throw new UserMistake("the folder " + file + " cannot be read: " + e.getMessage());
    }
  }

  private static boolean isReadable(Path file) {
    return Files.isReadable(file)
        && (Files.isRegularFile(file) || RecordingFolder.isRecording(file));
  }

  private static String unreadable(Path file) {
    return Files.isDirectory(file)
        ? file
            + " is a folder without a recording of Sensor Logger; name the files in it, or give the"
            + " zip that it came from"
        : "there is no file " + file + " that can be read";
  }

  /** Of {@code .} too. */
  private static String name(Path file) {
    return String.valueOf(file.toAbsolutePath().normalize().getFileName());
  }

  /** What the server calls its parameters is here an option. */
  private static String asOptions(String text) {
    return PARAMETER.matcher(text).replaceAll("--$1 $2").replace("give zone,", "give --zone,");
  }

  private String path(String filename) {
    StringBuilder path = new StringBuilder("/api/v1/import?wearer=");
    path.append(ApiClient.encode(wearer));
    path.append("&filename=").append(ApiClient.encode(filename));
    add(path, "zone", zone);
    add(path, "format", format);
    add(path, "placement", placement);
    add(path, "device", device);
    add(path, "start", start);
    return path.toString();
  }

  private static void add(StringBuilder path, String name, @Nullable String value) {
    if (value != null) {
      path.append('&').append(name).append('=').append(ApiClient.encode(value));
    }
  }

  private void report(Path file, JsonNode result) {
    PrintWriter out = spec.commandLine().getOut();
    if (result.path("state").asText().equals(REFUSED)) {
      out.printf("%s: refused. %s%n", file, result.path("error").asText());
      out.flush();
      return;
    }
    out.printf(
        "%s: %s. %d rows, %d observations: %d accepted, %d duplicate, %d ignored, %d rejected.%n",
        file,
        result.path("state").asText(),
        result.path("rows").asLong(),
        result.path("received").asLong(),
        result.path("accepted").asLong(),
        result.path("duplicate").asLong(),
        result.path("ignored").asLong(),
        result.path("rejectedCount").asLong(result.path("rejected").size()));
    Map<String, List<String>> rejected = new LinkedHashMap<>();
    for (JsonNode refused : result.path("rejected")) {
      rejected
          .computeIfAbsent(refused.path("reason").asText(), reason -> new ArrayList<>())
          .add(refused.path("path").asText());
    }
    rejected.forEach(
        (reason, paths) ->
            out.printf(
                "  rejected %s%s: %s%n",
                paths.get(0),
                paths.size() == 1 ? "" : " and %d more like it".formatted(paths.size() - 1),
                reason));
    for (JsonNode note : result.path("notes")) {
      out.println("  " + note.asText());
    }
    if (result.hasNonNull("error")) {
      out.println("  " + result.path("error").asText());
    }
    if (result.hasNonNull("token")) {
      out.printf("%s is new. Token, shown only now: %s%n", wearer, result.path("token").asText());
    }
    out.flush();
  }
}
