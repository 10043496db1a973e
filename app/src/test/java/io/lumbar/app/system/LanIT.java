package io.lumbar.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.app.Addresses;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code up --lan} gives other devices, on a port that is only known once it is bound. */
class LanIT {
  @TempDir Path temporary;

  @Test
  void linksNameTheMachinesAddressAndNeverLocalhost() throws Exception {
    List<InetAddress> own = Addresses.inNetwork();
    assumeTrue(!own.isEmpty(), "this machine has no address in a network");
    Map<String, String> everywhere = Map.of("LUMBAR_HTTP_HOST", "0.0.0.0");
    try (LumbarProcess lumbar = LumbarProcess.up(temporary.resolve("data"), everywhere)) {
      int port = URI.create(lumbar.url()).getPort();
      String start = "http://" + bracketed(own.get(0)) + ":" + port;

      assertThat(lumbar.printed())
          .contains("Open      " + start + "/", "Phones    " + start)
          .doesNotContain("localhost");

      lumbar.owner().addWearer("Anna", "Europe/Berlin");
      JsonNode device =
          lumbar
              .owner()
              .post("/api/v1/wearers/Anna/devices", Map.of("placement", "trouser-pocket"))
              .json();
      assertThat(device.toString()).contains(start).doesNotContain("localhost");
    }
  }

  private static String bracketed(InetAddress address) {
    String text = address.getHostAddress().replaceFirst("%.*", "");
    return text.contains(":") ? "[" + text + "]" : text;
  }
}
