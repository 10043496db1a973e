package io.lumbar.app.cli;

import io.lumbar.app.fault.UserMistake;
import io.lumbar.app.settings.Key;
import io.lumbar.app.settings.Settings;
import io.lumbar.app.settings.Sources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a command finds around it.
 *
 * @param environment the process's variables
 * @param folder the current folder
 * @param terminal whether a person watches standard error, so that progress is worth drawing; the
 *     launcher knows, Java does not
 */
record Surroundings(
    Map<String, String> environment, Path folder, InstantSource clock, boolean terminal) {

  static Surroundings ofProcess() {
    return new Surroundings(
        System.getenv(),
        Path.of(""),
        InstantSource.system(),
        Boolean.getBoolean("lumbar.terminal"));
  }

  /** The settings under some flags; the file is LUMBAR_CONFIG, or lumbar.yaml where it exists. */
  Settings settings(Map<Key, String> flags) {
    return Settings.load(Sources.of(flags, environment, file()));
  }

  private Optional<Path> file() {
    @Nullable String named = environment.get("LUMBAR_CONFIG");
    if (named != null && !named.isBlank()) {
      Path file = folder.resolve(named);
      if (!Files.exists(file)) {
        throw new UserMistake("LUMBAR_CONFIG: there is no file " + file);
      }
      return Optional.of(file);
    }
    return Optional.of(folder.resolve("lumbar.yaml")).filter(Files::exists);
  }
}
