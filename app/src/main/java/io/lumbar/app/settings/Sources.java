package io.lumbar.app.settings;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where settings come from, the first that has one wins: flags, environment, file.
 *
 * @param flags what the command line says, by key
 * @param environment the process's whole environment; only variables that begin with LUMBAR_ count
 * @param file the settings file, when there is one
 */
public record Sources(
    Map<Key, String> flags, Map<String, String> environment, Optional<Path> file) {

  public Sources {
    flags = Map.copyOf(flags);
    environment = Map.copyOf(environment);
  }

  /** Exactly these. */
  public static Sources of(
      Map<Key, String> flags, Map<String, String> environment, Optional<Path> file) {
    return new Sources(flags, environment, file);
  }
}
