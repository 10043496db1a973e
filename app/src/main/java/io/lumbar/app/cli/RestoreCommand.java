package io.lumbar.app.cli;

import io.lumbar.app.backup.FolderBackup;
import io.lumbar.app.fault.UserMistake;
import io.lumbar.app.settings.Key;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "restore",
    description = "Bring a backup back, into a data folder that is not there yet.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  ./lumbar restore lumbar-backup.zip --data ./data"})
@SuppressWarnings("NullAway.Init") // picocli
final class RestoreCommand implements Callable<Integer> {
  @ParentCommand private LumbarCommand lumbar;
  @Spec private CommandSpec spec;
  @Mixin private DataOption data;

  @Parameters(paramLabel = "FILE", description = "What ./lumbar backup has written.")
  private Path file;

  @Override
  public Integer call() {
    if (!Files.isReadable(file)) {
      throw new UserMistake("there is no file " + file + " that can be read");
    }
    Map<Key, String> flags = new EnumMap<>(Key.class);
    data.addTo(flags);
    Path folder = lumbar.surroundings().settings(flags).data();
    FolderBackup.restore(file, folder);
    PrintWriter notes = spec.commandLine().getErr();
    notes.println("Restored; start it with: ./lumbar up --data " + folder);
    notes.flush();
    return 0;
  }
}
