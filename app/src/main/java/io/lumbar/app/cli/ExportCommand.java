package io.lumbar.app.cli;

import io.lumbar.app.fault.UserMistake;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "export",
    description = "Everything that is kept of a wearer, as one zip of JSON and CSV files.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  ./lumbar export --wearer Anna --out anna.zip"})
@SuppressWarnings("NullAway.Init") // picocli
final class ExportCommand implements Callable<Integer> {
  @ParentCommand private LumbarCommand lumbar;
  @Spec private CommandSpec spec;
  @Mixin private ServerOptions server;

  @Option(names = "--wearer", paramLabel = "NAME", required = true, description = "Whose data.")
  private String wearer;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write it here (lumbar-NAME.zip in this folder).")
  private @Nullable Path out;

  @Override
  public Integer call() {
    Path file = out == null ? Path.of("lumbar-" + safe(wearer) + ".zip") : out;
    if (Files.exists(file)) {
      throw new UserMistake(file + " exists already; delete it or choose another with --out");
    }
    String path = "/api/v1/wearers/" + ApiClient.encode(wearer) + "/export";
    try {
      server.client(lumbar.surroundings()).save(path, "application/zip", file);
    } catch (IOException e) {
      throw new UserMistake(file + " cannot be written; choose another place with --out");
    }
    PrintWriter notes = spec.commandLine().getErr();
    notes.println("Written to " + file + "; it holds health data, so keep it to yourself.");
    notes.flush();
    return 0;
  }

  private static String safe(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}._-]", "-");
  }
}
