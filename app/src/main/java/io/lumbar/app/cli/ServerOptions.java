package io.lumbar.app.cli;

import io.lumbar.app.data.DataFolder;
import io.lumbar.app.data.Instance;
import io.lumbar.app.fault.UserMistake;
import io.lumbar.app.settings.Key;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which running Lumbar a command speaks to. */
@SuppressWarnings("NullAway.Init") // picocli
final class ServerOptions {
  @Mixin private DataOption data;

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "A Lumbar elsewhere (or LUMBAR_SERVER); needs --token.")
  private @Nullable String server;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description =
          "Token for --server (or LUMBAR_TOKEN). The owner's does all; an admin's manages, but"
              + " reads no health data; a wearer's does what is their own.")
  private @Nullable String token;

  /**
   * The API of the running instance.
   *
   * @throws UserMistake when none runs, or its token is missing
   */
  ApiClient client(Surroundings surroundings) {
    Optional<String> address = address(surroundings);
    Optional<String> secret = first(token, surroundings.environment().get("LUMBAR_TOKEN"));
    if (address.isPresent()) {
      return new ApiClient(
          url(address.get()),
          secret.orElseThrow(
              () -> new UserMistake("--server needs a token: add --token, or set LUMBAR_TOKEN")),
          "no Lumbar answers at " + address.get());
    }
    Path folder = folder(surroundings);
    String absent = "no Lumbar runs on " + folder + "; start ./lumbar up";
    Instance instance = DataFolder.runningIn(folder).orElseThrow(() -> new UserMistake(absent));
    return new ApiClient(URI.create(instance.url()), secret.orElse(instance.ownerToken()), absent);
  }

  /** Whether a Lumbar elsewhere is meant. */
  boolean isElsewhere(Surroundings surroundings) {
    return address(surroundings).isPresent();
  }

  private Optional<String> address(Surroundings surroundings) {
    return first(server, surroundings.environment().get("LUMBAR_SERVER"));
  }

  /** The data folder, whether or not anything runs there. */
  Path folder(Surroundings surroundings) {
    Map<Key, String> flags = new EnumMap<>(Key.class);
    data.addTo(flags);
    return surroundings.settings(flags).data();
  }

  private static URI url(String text) {
    try {
      URI url = URI.create(text.replaceAll("/+$", ""));
      if (url.getHost() != null
          && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // The sentence below covers it.
    }
    throw new UserMistake(
        "--server " + text + " must be an address like https://lumbar.example.org");
  }

  private static Optional<String> first(@Nullable String option, @Nullable String variable) {
    return Optional.ofNullable(option)
        .or(() -> Optional.ofNullable(variable))
        .filter(text -> !text.isBlank());
  }
}
