package io.lumbar.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stops a start is said in one sentence, and what is started can be stopped. */
class StartMistakesIT {
  @TempDir Path scratch;

  @Test
  void aPortInUse() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String port = Integer.toString(taken.getLocalPort());
      assertRefused(
          up(Map.of(), "--port", port),
          "port " + port + " on 127.0.0.1 cannot be used",
          "--port N");
    }
  }

  @Test
  void aFolderInUseAndThenAnEndByControlCAndByAServiceManager() throws IOException {
    Path data = scratch.resolve("data");
    try (LumbarProcess lumbar = LumbarProcess.up(data)) {
      assertRefused(up(Map.of(), "--port", "0"), "is in use by another Lumbar", lumbar.url());
      assertRefused(
          up(Map.of(), "--port", Integer.toString(URI.create(lumbar.url()).getPort())),
          "is in use by another Lumbar",
          lumbar.url());
      assertThat(lumbar.owner().get("/health").status()).isEqualTo(200);
      assertThat(lumbar.interrupt()).isEqualTo(130);
      assertThat(data.resolve("instance.json")).doesNotExist();
      assertThat(lumbar.printed()).endsWith("what was acknowledged is kept.\n");
    }
    try (LumbarProcess lumbar = LumbarProcess.up(data)) {
      assertThat(lumbar.terminate()).isEqualTo(143);
    }
  }

  @Test
  void aFileWhereTheFolderShouldBe() throws IOException {
    Files.writeString(scratch.resolve("data"), "");
    assertRefused(up(Map.of(), "--port", "0"), "is a file; choose a folder with --data DIR");
  }

  @Test
  void aFolderBelowAFile() throws IOException {
    Path file = Files.writeString(scratch.resolve("file"), "");
    assertRefused(
        LumbarProcess.run(Map.of(), "up", "--port", "0", "--data", file.resolve("data").toString()),
        file + " is a file; choose a folder with --data DIR");
  }

  @Test
  void aFolderWithoutPermissionToWrite() throws IOException {
    Path data = Files.createDirectory(scratch.resolve("data"));
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("r-xr-xr-x"));
    assertRefused(
        LumbarProcess.run(asAnybody(), Map.of(), "up", "--port", "0", "--data", data.toString()),
        "cannot write to the folder",
        "chmod u+rwx");
  }

  @Test
  void aMisspeltVariable() {
    assertRefused(
        up(Map.of("LUMBAR_HTPP_PORT", "9"), "--port", "0"),
        "LUMBAR_HTPP_PORT: no such setting; did you mean LUMBAR_HTTP_PORT?");
  }

  @Test
  void aRoleWithoutItsSettingsNamesAllThatAreMissing() {
    LumbarProcess.Ended ended =
        LumbarProcess.run(Map.of(), "web", "--data", scratch.resolve("data").toString());
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err())
        .contains("LUMBAR_KAFKA_BOOTSTRAP_SERVERS")
        .contains("LUMBAR_INFLUX_URL")
        .contains("LUMBAR_COOKIE_KEY")
        .contains("LUMBAR_ADMIN_TOKEN")
        .doesNotContain("Exception");
  }

  @Test
  void aWrongOptionIsWrongUsage() {
    assertThat(up(Map.of(), "--prot", "0").code()).isEqualTo(2);
    for (String port : List.of("abc", "-1", "65536")) {
      LumbarProcess.Ended ended = up(Map.of(), "--port", port);
      assertThat(ended.code()).isEqualTo(2);
      assertThat(ended.err()).contains("a port is a whole number from 0 to 65535");
    }
  }

  @Test
  void aCommandWithoutAServer() {
    LumbarProcess.Ended ended =
        LumbarProcess.run(
            Map.of(), "device", "list", "--wearer", "anna", "--data", scratch.toString());
    assertRefused(ended, "no Lumbar runs on " + scratch + "; start ./lumbar up");
  }

  /** Root may write anywhere, unless this right is taken away. */
  private static List<String> asAnybody() {
    if (!System.getProperty("user.name").equals("root")) {
      return List.of();
    }
    assumeThat(Path.of("/usr/bin/setpriv")).as("what takes root's rights away").exists();
    return List.of("/usr/bin/setpriv", "--inh-caps=-dac_override", "--bounding-set=-dac_override");
  }

  private LumbarProcess.Ended up(Map<String, String> environment, String... more) {
    String[] arguments = new String[3 + more.length];
    arguments[0] = "up";
    arguments[1] = "--data";
    arguments[2] = scratch.resolve("data").toString();
    System.arraycopy(more, 0, arguments, 3, more.length);
    return LumbarProcess.run(environment, arguments);
  }

  private static void assertRefused(LumbarProcess.Ended ended, String... parts) {
    assertThat(ended.code()).as(ended.err()).isEqualTo(1);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err().lines()).singleElement().asString().contains(parts);
  }
}
