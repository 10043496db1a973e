package io.lumbar.benchmarks;

import io.lumbar.history.influx.InfluxConfig;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** An InfluxDB 1.x of this machine, on loopback, with its data in the folder of the run. */
final class Influxd implements AutoCloseable {
  private static final long READY_WITHIN_SECONDS = 20;
  private static final int NO_CONTENT = 204;

  private final Process process;
  private final URI url;

  private Influxd(Process process, URI url) {
    this.process = process;
    this.url = url;
  }

  /** Where the machine has one. */
  static Optional<Path> installed() {
    return Arrays.stream(String.valueOf(System.getenv("PATH")).split(File.pathSeparator, -1))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, "influxd"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Starts one and returns when it answers.
   *
   * @throws IOException when it does not
   */
  static Influxd start(Path binary, Scratch scratch) throws IOException, InterruptedException {
    int port;
    int rpcPort;
    try (ServerSocket one = loopback();
        ServerSocket other = loopback()) {
      port = one.getLocalPort();
      rpcPort = other.getLocalPort();
    }
    Path folder = Files.createDirectory(scratch.resolve("influx-" + port));
    Path settings = folder.resolve("influxdb.conf");
    Files.writeString(settings, settings(port, rpcPort, folder));
    Process process =
        scratch.start(
            new ProcessBuilder(binary.toString(), "-config", settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("influxd.log").toFile()));
    Influxd started = new Influxd(process, URI.create("http://127.0.0.1:" + port));
    started.awaitReady();
    return started;
  }

  /** As docs/history.md tells for a series for each wearer and date. */
  private static String settings(int port, int rpcPort, Path folder) {
    return """
        reporting-disabled = true
        bind-address = "127.0.0.1:%2$d"
        [meta]
          dir = "%3$s/meta"
        [data]
          dir = "%3$s/data"
          wal-dir = "%3$s/wal"
          index-version = "tsi1"
          max-series-per-database = 0
          query-log-enabled = false
        [monitor]
          store-enabled = false
        [http]
          bind-address = "127.0.0.1:%1$d"
          log-enabled = false
        """
        .formatted(port, rpcPort, folder.toAbsolutePath());
  }

  private static ServerSocket loopback() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  private void awaitReady() throws IOException, InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest ping = HttpRequest.newBuilder(url.resolve("/ping")).build();
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(READY_WITHIN_SECONDS);
    while (System.nanoTime() < until && process.isAlive()) {
      try {
        if (client.send(ping, HttpResponse.BodyHandlers.discarding()).statusCode() == NO_CONTENT) {
          return;
        }
      } catch (IOException e) {
        // It does not listen yet.
      }
      Thread.sleep(20);
    }
    process.destroyForcibly();
    throw new IOException("influxd did not start");
  }

  InfluxConfig config(String bucket) {
    return new InfluxConfig(url.toString(), null, "-", bucket);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
