package io.lumbar.alerts;

import io.lumbar.model.KafkaConnection;
import io.lumbar.model.TopicSetup;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** A real Kafka broker on free loopback ports, with all topics, for tests. */
final class TestBroker implements AutoCloseable {
  private final KafkaRaftServer server;
  private final KafkaConnection connection;

  private TestBroker(KafkaRaftServer server, KafkaConnection connection) {
    this.server = server;
    this.connection = connection;
  }

  /** Formats the empty folder, starts, and creates the topics with this many partitions. */
  static TestBroker start(Path folder, int partitions) throws Exception {
    int port;
    int controllerPort;
    try (ServerSocket one = loopback();
        ServerSocket other = loopback()) {
      port = one.getLocalPort();
      controllerPort = other.getLocalPort();
    }
    String log = folder.toAbsolutePath().toString();
    new Formatter()
        .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
        .setNodeId(1)
        .setClusterId(Uuid.randomUuid().toString())
        .addDirectory(log)
        .setMetadataLogDirectory(log)
        .setControllerListenerName("CONTROLLER")
        .setReleaseVersion(MetadataVersion.latestProduction())
        .run();
    KafkaRaftServer server =
        new KafkaRaftServer(
            KafkaConfig.fromProps(properties(log, port, controllerPort), false), Time.SYSTEM);
    server.startup();
    KafkaConnection connection = KafkaConnection.plain("127.0.0.1:" + port);
    try (Admin admin = Admin.create(connection.client())) {
      TopicSetup.run(admin, partitions, (short) 1, true);
    }
    return new TestBroker(server, connection);
  }

  private static ServerSocket loopback() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  private static Properties properties(String log, int port, int controllerPort) {
    Properties properties = new Properties();
    properties.setProperty("process.roles", "broker,controller");
    properties.setProperty("node.id", "1");
    properties.setProperty("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
    properties.setProperty(
        "listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
    properties.setProperty("controller.listener.names", "CONTROLLER");
    properties.setProperty(
        "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    properties.setProperty("log.dirs", log);
    properties.setProperty("offsets.topic.replication.factor", "1");
    properties.setProperty("offsets.topic.num.partitions", "1");
    properties.setProperty("transaction.state.log.replication.factor", "1");
    properties.setProperty("transaction.state.log.min.isr", "1");
    properties.setProperty("transaction.state.log.num.partitions", "1");
    properties.setProperty("group.initial.rebalance.delay.ms", "0");
    properties.setProperty("log.cleaner.dedupe.buffer.size", "8388608");
    properties.setProperty("auto.create.topics.enable", "false");
    return properties;
  }

  KafkaConnection connection() {
    return connection;
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }
}
