package io.lumbar.app.cli;

import io.lumbar.app.Role;
import io.lumbar.app.Up;
import io.lumbar.app.settings.Key;
import io.lumbar.app.settings.Settings;
import io.lumbar.app.settings.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/**
 * Starts everything once in a scratch folder and ends, so that the launcher can archive the classes
 * that a start loads.
 */
@Command(name = "warm-up", hidden = true, mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli
final class WarmUpCommand implements Callable<Integer> {
  @ParentCommand private LumbarCommand lumbar;

  @Override
  public Integer call() throws IOException {
    Path scratch = Files.createTempDirectory("lumbar-warm-up");
    try {
      Settings settings =
          Settings.load(
              Sources.of(
                  Map.of(Key.DATA, scratch.resolve("data").toString(), Key.HTTP_PORT, "0"),
                  Map.of(),
                  Optional.empty()));
      try (Up up =
          Up.start(
              settings,
              EnumSet.allOf(Role.class),
              lumbar.surroundings().clock(),
              lumbar.wiring())) {
        return up.url().isEmpty() ? 1 : 0;
      }
    } finally {
      delete(scratch);
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> tree = Files.walk(folder)) {
      all = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.deleteIfExists(path);
    }
  }
}
