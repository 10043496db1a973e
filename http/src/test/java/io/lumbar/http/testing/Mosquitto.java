package io.lumbar.http.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real Mosquitto on loopback and a free port, that can be stopped and started. */
public final class Mosquitto implements AutoCloseable {
  private static final List<Path> PLACES =
      List.of(
          Path.of("/usr/sbin/mosquitto"),
          Path.of("/usr/bin/mosquitto"),
          Path.of("/usr/local/sbin/mosquitto"),
          Path.of("/opt/homebrew/sbin/mosquitto"));

  private final Path folder;
  private final int port;
  private final boolean tls;
  private Process process;

  private Mosquitto(Path folder, boolean tls) {
    this.folder = folder;
    this.tls = tls;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts one in an empty folder; without Mosquitto the test is skipped, and fails in CI. */
  public static Mosquitto start(Path folder) {
    return started(folder, false);
  }

  /** The same with TLS and a certificate of its own for 127.0.0.1. */
  public static Mosquitto startTls(Path folder) {
    return started(folder, true);
  }

  private static Mosquitto started(Path folder, boolean tls) {
    boolean present = PLACES.stream().anyMatch(Files::isExecutable);
    if ("true".equals(System.getenv("CI"))) {
      assertThat(present).as("mosquitto, which CI must have").isTrue();
    }
    assumeTrue(present, "skipped: no mosquitto here");
    Mosquitto broker = new Mosquitto(folder, tls);
    broker.configure();
    broker.start();
    return broker;
  }

  public URI url() {
    return URI.create((tls ? "mqtts" : "mqtt") + "://127.0.0.1:" + port);
  }

  /** The certificate to trust. */
  public Path certificate() {
    return folder.resolve("certificate.pem");
  }

  /** Starts again after {@link #stop}, with what it has kept. */
  public void start() {
    Path executable = PLACES.stream().filter(Files::isExecutable).findFirst().orElseThrow();
    try {
      process =
          new ProcessBuilder(executable.toString(), "-c", folder.resolve("conf").toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    await().atMost(Duration.ofSeconds(10)).until(this::listens);
  }

  public void stop() {
    process.destroy();
    try {
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stop();
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private void configure() {
    try {
      Files.createDirectories(folder.resolve("data"));
      Stream<String> lines =
          Stream.of(
              "listener " + port + " 127.0.0.1",
              "allow_anonymous true",
              "persistence true",
              "autosave_interval 1",
              "persistence_location " + folder.resolve("data") + "/");
      Stream<String> user =
          "root".equals(System.getProperty("user.name")) ? Stream.of("user root") : Stream.empty();
      Stream<String> secure = tls ? secured(TestCertificate.in(folder)) : Stream.empty();
      Files.write(
          folder.resolve("conf"), Stream.of(lines, user, secure).flatMap(each -> each).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<String> secured(TestCertificate own) {
    return Stream.of("certfile " + own.certificate(), "keyfile " + own.key());
  }
}
