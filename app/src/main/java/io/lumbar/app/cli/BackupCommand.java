package io.lumbar.app.cli;

import io.lumbar.app.backup.FolderBackup;
import io.lumbar.app.data.DataFolder;
import io.lumbar.app.fault.UserMistake;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "backup",
    description =
        "A copy of the installation in one file; while Lumbar runs, without raw uploads, and only"
            + " with the owner's token.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  ./lumbar backup --out lumbar-backup.zip",
      "  ./lumbar backup --out backups          every night, each in a file of its own"
    })
@SuppressWarnings("NullAway.Init") // picocli
final class BackupCommand implements Callable<Integer> {
  @ParentCommand private LumbarCommand lumbar;
  @Spec private CommandSpec spec;
  @Mixin private ServerOptions server;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description =
          "Write it here; in a folder that is there already as a file that is named by the time.")
  private Path out;

  private static final DateTimeFormatter NAMED =
      DateTimeFormatter.ofPattern("'lumbar-'uuuuMMdd'T'HHmmss'Z.zip'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  @Override
  public Integer call() {
    if (Files.isDirectory(out)) {
      out = out.resolve(NAMED.format(lumbar.surroundings().clock().instant()));
    }
    if (Files.exists(out)) {
      throw new UserMistake(out + " exists already; delete it or choose another with --out");
    }
    Path folder = server.folder(lumbar.surroundings());
    boolean asleep =
        !server.isElsewhere(lumbar.surroundings())
            && DataFolder.runningIn(folder).isEmpty()
            && Files.exists(folder.resolve("history.db"));
    try {
      if (asleep) {
        try (DataFolder held = DataFolder.open(folder)) {
          FolderBackup.write(held.root(), out);
        }
      } else {
        server.client(lumbar.surroundings()).save("/api/v1/backup", "application/zip", out);
      }
    } catch (IOException e) {
      throw new UserMistake(
          out + " cannot be written (" + e.getMessage() + "); choose another place with --out");
    }
    PrintWriter notes = spec.commandLine().getErr();
    notes.println(
        asleep
            ? "Everything is in " + out + "."
            : "The history, the wearers and the tokens are in "
                + out
                + "; to keep raw uploads too, stop Lumbar first.");
    notes.println("Bring it back with: ./lumbar restore " + out + " --data FOLDER");
    notes.flush();
    return 0;
  }
}
