package io.lumbar.benchmarks;

import io.lumbar.app.Parts;
import io.lumbar.app.Role;
import io.lumbar.app.Up;
import io.lumbar.app.settings.Key;
import io.lumbar.app.settings.Settings;
import io.lumbar.app.settings.Sources;
import io.lumbar.model.RandomIds;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The embedded broker and ingest, with nothing behind them that would read what is uploaded.
 *
 * <p>Its arguments are {@code --port 0 --data DIR}, as those of {@code up}; the last name in DIR
 * must be {@code ingest}.
 */
final class IngestServer {
  private IngestServer() {}

  public static void main(String[] arguments) {
    // As the process of the command line does.
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    Map<Key, String> flags = new EnumMap<>(Key.class);
    flags.put(Key.HTTP_PORT, arguments[1]);
    // A role takes a folder of its own name inside the one it is given.
    flags.put(Key.DATA, String.valueOf(Path.of(arguments[3]).getParent()));
    flags.put(Key.OWNER_TOKEN, RandomIds.secret("lo_"));
    Settings settings = Settings.load(Sources.of(flags, Map.of(), Optional.empty()));
    Up up = Up.start(settings, EnumSet.of(Role.INGEST), InstantSource.system(), new Parts());
    Runtime.getRuntime().addShutdownHook(new Thread(up::close, "lumbar-stop"));
    System.out.println("Lumbar runs.");
    up.fault().join();
  }
}
