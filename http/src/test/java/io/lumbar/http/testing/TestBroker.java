package io.lumbar.http.testing;

import io.lumbar.model.KafkaConnection;
import io.lumbar.model.TopicSetup;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/**
 * A real Kafka broker inside a test, on loopback and free ports, that can be stopped and started.
 */
public final class TestBroker implements AutoCloseable {
  /** Of every topic. */
  public static final int PARTITIONS = 2;

  private final Path folder;
  private final int port;
  private final int controllerPort;
  private final @Nullable SlowLine line;
  private @Nullable KafkaRaftServer server;

  private TestBroker(Path folder, @Nullable SlowLine line) {
    this.folder = folder.toAbsolutePath();
    this.line = line;
    // Both are held at once, so that they differ.
    try (ServerSocket one = loopback();
        ServerSocket other = loopback()) {
      port = one.getLocalPort();
      controllerPort = other.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts a broker with all topics, in an empty folder. */
  public static TestBroker start(Path folder) {
    return start(new TestBroker(folder, null));
  }

  /** The same, which clients reach over a line that is theirs to slow down. */
  public static TestBroker start(Path folder, SlowLine line) {
    TestBroker broker = new TestBroker(folder, line);
    line.leadTo(broker.port);
    return start(broker);
  }

  private static TestBroker start(TestBroker broker) {
    broker.format();
    broker.start();
    try (Admin admin = Admin.create(broker.connection().client())) {
      TopicSetup.Outcome outcome = TopicSetup.run(admin, PARTITIONS, (short) 1, true);
      if (!(outcome instanceof TopicSetup.Outcome.Ready)) {
        throw new IllegalStateException(outcome.toString());
      }
    }
    return broker;
  }

  public KafkaConnection connection() {
    return KafkaConnection.plain("127.0.0.1:" + publicPort());
  }

  private int publicPort() {
    return line == null ? port : line.port();
  }

  /** Starts again after {@link #stop}, with the same data and the same address. */
  public void start() {
    KafkaRaftServer starting =
        new KafkaRaftServer(KafkaConfig.fromProps(properties(), false), Time.SYSTEM);
    starting.startup();
    server = starting;
  }

  public void stop() {
    KafkaRaftServer running = server;
    if (running != null) {
      running.shutdown();
      running.awaitShutdown();
      server = null;
    }
  }

  @Override
  public void close() {
    stop();
  }

  private void format() {
    try {
      Files.createDirectories(folder);
      new Formatter()
          .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
          .setNodeId(1)
          .setClusterId(Uuid.randomUuid().toString())
          .addDirectory(folder.toString())
          .setMetadataLogDirectory(folder.toString())
          .setControllerListenerName("CONTROLLER")
          .setReleaseVersion(MetadataVersion.latestProduction())
          .run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Exception e) {
      throw new IllegalStateException("the broker's folder cannot be formatted", e);
    }
  }

  private Properties properties() {
    Properties properties = new Properties();
    properties.putAll(
        Map.ofEntries(
            Map.entry("process.roles", "broker,controller"),
            Map.entry("node.id", "1"),
            Map.entry("controller.quorum.voters", "1@127.0.0.1:" + controllerPort),
            Map.entry(
                "listeners",
                "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort),
            Map.entry("advertised.listeners", "PLAINTEXT://127.0.0.1:" + publicPort()),
            Map.entry("controller.listener.names", "CONTROLLER"),
            Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
            Map.entry("log.dirs", folder.toString()),
            Map.entry("offsets.topic.replication.factor", "1"),
            Map.entry("offsets.topic.num.partitions", "1"),
            Map.entry("transaction.state.log.replication.factor", "1"),
            Map.entry("transaction.state.log.min.isr", "1"),
            Map.entry("transaction.state.log.num.partitions", "1"),
            Map.entry("group.initial.rebalance.delay.ms", "0"),
            Map.entry("auto.create.topics.enable", "false"),
            Map.entry("log.cleaner.dedupe.buffer.size", "8388608")));
    return properties;
  }

  private static ServerSocket loopback() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }
}
