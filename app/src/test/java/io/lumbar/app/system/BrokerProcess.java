package io.lumbar.app.system;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A broker apart from the product, which can go away and come back at the same address. */
public final class BrokerProcess implements AutoCloseable {
  private final Path folder;
  private final Properties properties = new Properties();
  private final int port;
  private @Nullable Process process;

  /**
   * Starts one.
   *
   * @param given its properties, of which addresses and folders are replaced
   */
  public BrokerProcess(Path folder, Map<String, String> given) throws IOException {
    this.folder = Files.createDirectories(folder);
    int controllerPort;
    try (ServerSocket one = loopback();
        ServerSocket other = loopback()) {
      port = one.getLocalPort();
      controllerPort = other.getLocalPort();
    }
    properties.putAll(given);
    properties.put(
        "listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
    properties.put("advertised.listeners", "PLAINTEXT://" + address());
    properties.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
    properties.put("log.dirs", folder.resolve("log").toString());
    // A test does not wait as long as a cluster may.
    properties.put("broker.session.timeout.ms", "2000");
    properties.put("broker.heartbeat.interval.ms", "500");
    start();
  }

  /** What every broker of one node needs. */
  public static Map<String, String> single() {
    return Map.of(
        "process.roles",
        "broker,controller",
        "node.id",
        "1",
        "listener.security.protocol.map",
        "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT",
        "controller.listener.names",
        "CONTROLLER",
        "offsets.topic.replication.factor",
        "1",
        "offsets.topic.num.partitions",
        "1",
        "transaction.state.log.replication.factor",
        "1",
        "transaction.state.log.min.isr",
        "1",
        "transaction.state.log.num.partitions",
        "1",
        "group.initial.rebalance.delay.ms",
        "0");
  }

  private static ServerSocket loopback() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
  }

  /** Where its clients connect, before and after it was away. */
  public String address() {
    return "127.0.0.1:" + port;
  }

  /** Returns when clients are served. */
  public void start() throws IOException {
    Path file = folder.resolve("broker.properties");
    try (OutputStream out = Files.newOutputStream(file)) {
      properties.store(out, null);
    }
    List<String> command =
        LumbarProcess.javaCommand(
            List.of("-Xmx256m", "-Dlogback.configurationFile=" + folder.resolve("none.xml")));
    command.add(BrokerMain.class.getName());
    command.add(file.toString());
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("broker.txt").toFile()))
            .start();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", address()))) {
      Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> answers(admin));
    }
  }

  private boolean answers(Admin admin) throws InterruptedException, IOException {
    if (process == null || !process.isAlive()) {
      throw new AssertionError(Files.readString(folder.resolve("broker.txt")));
    }
    try {
      return !admin.describeCluster().nodes().get().isEmpty();
    } catch (ExecutionException e) {
      return false;
    }
  }

  /** Goes away without a word to anybody. */
  public void stop() {
    Process running = process;
    if (running == null) {
      return;
    }
    running.destroyForcibly();
    try {
      running.waitFor(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process = null;
  }

  @Override
  public void close() {
    stop();
  }
}
