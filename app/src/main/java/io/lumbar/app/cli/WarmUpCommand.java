package io.lumbar.app.cli;

import io.lumbar.app.Role;
import io.lumbar.app.Up;
import io.lumbar.app.settings.Key;
import io.lumbar.app.settings.Settings;
import io.lumbar.app.settings.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
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
    Map<Key, String> flags =
        Map.of(Key.DATA, scratch.resolve("data").toString(), Key.HTTP_PORT, "0");
    Up up =
        Ending.ofProcess(() -> Folders.delete(scratch))
            .serve(
                () ->
                    Up.start(
                        Settings.load(Sources.of(flags, Map.of(), Optional.empty())),
                        EnumSet.allOf(Role.class),
                        lumbar.surroundings().clock(),
                        lumbar.wiring()));
    return up.url().isEmpty() ? 1 : 0;
  }
}
