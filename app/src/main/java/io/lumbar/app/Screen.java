package io.lumbar.app;

import io.lumbar.app.settings.Settings;
import java.nio.file.Path;

/** The one screen that {@code up} prints. */
final class Screen {
  private Screen() {}

  static String of(Site site, Path data, Wiring.Running parts, String signInLink) {
    Addresses addresses = site.addresses();
    int port = parts.port();
    if (!site.single()) {
      return "Lumbar %s runs on port %d, Kafka at %s. Ctrl-C stops it.%n"
          .formatted(
              site.roles().iterator().next().commandName(), port, site.kafka().bootstrapServers());
    }
    StringBuilder screen = new StringBuilder();
    line(screen, "");
    line(screen, "Lumbar runs.");
    line(screen, "");
    line(screen, "  Open      " + signInLink);
    line(screen, "            (signs you in, once; a new link comes with every start)");
    if (addresses.reachable()) {
      line(screen, "  Phones    " + addresses.forOthers(port));
    } else if (addresses.everywhere()) {
      line(screen, "  Phones    cannot reach this yet: no address in a network was found; join");
      line(screen, "            one and start again, or set LUMBAR_PUBLIC_URL");
    } else {
      line(screen, "  Phones    cannot reach this yet: start it with --lan, or set");
      line(screen, "            LUMBAR_PUBLIC_URL; ./lumbar doctor explains");
    }
    line(screen, "  Data      " + data);
    line(
        screen,
        "  Inside    Kafka at "
            + site.kafka().bootstrapServers()
            + (site.embedded() ? " (embedded)" : "")
            + ", history in "
            + site.settings()
                .influx()
                .map(influx -> "InfluxDB at " + influx.url())
                .orElse("SQLite"));
    line(screen, "");
    String here = isDefault(data) ? "" : " --data " + data;
    line(screen, "Connect a phone:");
    line(screen, "  ./lumbar wearer add NAME --zone Europe/Berlin" + here);
    line(screen, "  ./lumbar device add --wearer NAME --placement trouser-pocket" + here);
    line(screen, "");
    line(screen, "Ctrl-C stops it; what was acknowledged is kept.");
    return screen.toString();
  }

  private static boolean isDefault(Path data) {
    Path usual = Settings.defaults().data();
    return usual.toAbsolutePath().normalize().equals(data.toAbsolutePath().normalize());
  }

  private static void line(StringBuilder screen, String text) {
    screen.append(text).append(System.lineSeparator());
  }
}
