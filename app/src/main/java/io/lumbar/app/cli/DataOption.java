package io.lumbar.app.cli;

import io.lumbar.app.settings.Key;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which installation a command is about. */
final class DataOption {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder that holds everything (./data, or LUMBAR_DATA).")
  private @Nullable String folder;

  void addTo(Map<Key, String> flags) {
    if (folder != null) {
      flags.put(Key.DATA, folder);
    }
  }
}
