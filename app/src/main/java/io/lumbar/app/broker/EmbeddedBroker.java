package io.lumbar.app.broker;

import io.lumbar.app.fault.UserMistake;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import kafka.server.KafkaConfig;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Kafka broker and controller in this process, on loopback ports; everything it keeps is in
 * one folder and survives a kill.
 *
 * <p>It uses classes of Kafka that carry no promise of compatibility; nothing else in Lumbar may.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
  private static final int NODE = 1;
  private static final int ATTEMPTS = 3;
  private static final String LOOPBACK = "127.0.0.1";

  private final CombinedNode server;
  private final int port;
  private final AutoCloseable watch;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedBroker(CombinedNode server, int port, AutoCloseable watch) {
    this.server = server;
    this.port = port;
    this.watch = watch;
  }

  /**
   * Starts the broker on a folder, which is formatted the first time; returns when it serves.
   *
   * @param onFault told once, from any thread, when Kafka gives up later (a failed disk, say); the
   *     process should then end
   * @throws UserMistake when another process uses the folder
   * @throws IllegalStateException when Kafka cannot start for another reason
   */
  public static EmbeddedBroker start(Path folder, Consumer<String> onFault) {
    Path absolute = folder.toAbsolutePath().normalize();
    format(absolute);
    for (int attempt = 1; ; attempt++) {
      try {
        return attempt(absolute, onFault);
      } catch (PortTaken e) {
        if (attempt == ATTEMPTS) {
          throw new IllegalStateException("Kafka found no free port on " + LOOPBACK, e);
        }
      }
    }
  }

  /** Where clients of this machine connect. */
  public String bootstrapServers() {
    return LOOPBACK + ":" + port;
  }

  /** Stops serving and writes what is in memory to disk; calling it again does nothing. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    quietly(watch);
    server.stop();
  }

  private static EmbeddedBroker attempt(Path folder, Consumer<String> onFault) throws PortTaken {
    int[] ports = freePorts();
    CombinedNode server = null;
    KafkaExits.Watch watch = KafkaExits.watch(onFault);
    try {
      server =
          new CombinedNode(KafkaConfig.fromProps(properties(folder, ports[0], ports[1]), false));
      server.start();
      watch.started();
      return new EmbeddedBroker(server, ports[0], watch);
    } catch (RuntimeException | Error e) {
      quietly(watch);
      if (server != null) {
        CombinedNode failed = server;
        quietly(failed::stop);
      }
      throw explained(folder, e, watch.fault());
    }
  }

  private static RuntimeException explained(Path folder, Throwable thrown, Optional<String> fault)
      throws PortTaken {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (message.contains("Failed to acquire lock")) {
        return new UserMistake(
            folder
                + " is in use by another process; stop that one, or choose another folder with"
                + " --data DIR");
      }
      if (cause instanceof BindException || message.contains("failed to bind")) {
        throw new PortTaken(thrown);
      }
    }
    return new IllegalStateException(
        "Kafka did not start on "
            + folder
            + ": "
            + fault.orElse(String.valueOf(thrown.getMessage())),
        thrown);
  }

  private static void format(Path folder) {
    if (Files.exists(folder.resolve("meta.properties"))) {
      return;
    }
    try {
      Files.createDirectories(folder);
      new Formatter()
          .setPrintStream(
              new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
          .setNodeId(NODE)
          .setClusterId(Uuid.randomUuid().toString())
          .addDirectory(folder.toString())
          .setMetadataLogDirectory(folder.toString())
          .setControllerListenerName("CONTROLLER")
          .setReleaseVersion(MetadataVersion.latestProduction())
          .run();
    } catch (IOException e) {
      throw new UserMistake(
          "cannot write to " + folder + " (" + e + "); choose another folder with --data DIR");
    } catch (Exception e) {
      throw new IllegalStateException("Kafka could not prepare " + folder, e);
    }
  }

  private static Properties properties(Path folder, int port, int controllerPort) {
    Properties p = new Properties();
    p.setProperty("process.roles", "broker,controller");
    p.setProperty("node.id", Integer.toString(NODE));
    p.setProperty("controller.quorum.voters", NODE + "@" + LOOPBACK + ":" + controllerPort);
    p.setProperty(
        "listeners",
        "PLAINTEXT://"
            + LOOPBACK
            + ":"
            + port
            + ",CONTROLLER://"
            + LOOPBACK
            + ":"
            + controllerPort);
    p.setProperty("controller.listener.names", "CONTROLLER");
    p.setProperty("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    p.setProperty("log.dirs", folder.toString());
    p.setProperty("auto.create.topics.enable", "false");

    // Recovery reads the last segment of every partition, so segments are small.
    p.setProperty("log.segment.bytes", Integer.toString(16 << 20));
    p.setProperty("log.index.size.max.bytes", Integer.toString(1 << 20));
    p.setProperty("log.flush.offset.checkpoint.interval.ms", "2000");
    // Both are needed: without the second nothing ever looks at the first. Half a second each, so
    // that a power cut loses the last second at most.
    p.setProperty("log.flush.interval.ms", "500");
    p.setProperty("log.flush.scheduler.interval.ms", "500");

    p.setProperty("default.replication.factor", "1");
    p.setProperty("min.insync.replicas", "1");
    p.setProperty("offsets.topic.replication.factor", "1");
    p.setProperty("offsets.topic.num.partitions", "1");
    p.setProperty("offsets.topic.segment.bytes", Integer.toString(4 << 20));
    p.setProperty("transaction.state.log.replication.factor", "1");
    p.setProperty("transaction.state.log.min.isr", "1");
    p.setProperty("transaction.state.log.num.partitions", "1");
    p.setProperty("transaction.state.log.segment.bytes", Integer.toString(4 << 20));
    p.setProperty("share.coordinator.state.topic.replication.factor", "1");
    p.setProperty("share.coordinator.state.topic.min.isr", "1");
    p.setProperty("share.coordinator.state.topic.num.partitions", "1");
    p.setProperty("group.initial.rebalance.delay.ms", "0");

    p.setProperty("num.network.threads", "2");
    p.setProperty("num.io.threads", "4");
    p.setProperty("background.threads", "2");
    p.setProperty("num.recovery.threads.per.data.dir", "2");
    // The default takes 128 MB of heap.
    p.setProperty("log.cleaner.dedupe.buffer.size", Integer.toString(8 << 20));
    // The default writes a no-op record to disk twice a second for ever.
    p.setProperty("metadata.max.idle.interval.ms", "10000");
    return p;
  }

  /** The broker's port and the controller's. */
  private static int[] freePorts() {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket first = new ServerSocket(0, 1, loopback);
        ServerSocket second = new ServerSocket(0, 1, loopback)) {
      return new int[] {first.getLocalPort(), second.getLocalPort()};
    } catch (IOException e) {
      throw new IllegalStateException("no free port on " + LOOPBACK, e);
    }
  }

  private static void quietly(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception | Error e) {
      // The first fault is what is reported; a half-started broker may fail to stop as well.
      LOG.debug("while stopping Kafka", e);
    }
  }

  /** Another program took a port between the probe and Kafka's bind. */
  @SuppressWarnings("serial") // never serialised
  private static final class PortTaken extends Exception {
    PortTaken(Throwable cause) {
      super(cause);
    }
  }
}
