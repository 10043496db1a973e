package io.lumbar.app.broker;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server$;
import kafka.server.SharedServer;
import kafka.server.StandardFaultHandlerFactory;
import org.apache.kafka.common.errors.BrokerIdNotRegisteredException;
import org.apache.kafka.common.errors.NotControllerException;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.controller.ControllerRequestContext;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.raft.QuorumConfig;
import org.apache.kafka.server.ServerSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * One Kafka controller and one broker, put together as {@link KafkaRaftServer} does, but for one
 * step between them: the controller forgets the broker of the run before.
 *
 * <p>Without it the metadata call the broker leader of its partitions until its new registration
 * arrives. In that time it takes up the transactions that a kill interrupted; and when the new
 * registration then takes the leadership away for a moment, Kafka 4.3 takes partitions without a
 * leader for deleted ones ({@code KRaftMetadataCache.getPartitionLeaderEndpoint} is empty for
 * leader -1) and calls the transaction complete without having marked it in any partition. No
 * consumer of committed records gets past it ever again.
 */
final class CombinedNode {
  private static final Logger LOG = LoggerFactory.getLogger(CombinedNode.class);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration LOOK_EVERY = Duration.ofMillis(10);

  private final int node;
  private final SharedServer shared;
  private final ControllerServer controller;
  private final BrokerServer broker;

  CombinedNode(KafkaConfig config) {
    node = config.nodeId();
    Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> folders =
        KafkaRaftServer.initializeLogDirs(config, LOG, "");
    Metrics metrics =
        Server$.MODULE$.initializeMetrics(
            config, Time.SYSTEM, folders._1().clusterId().orElseThrow());
    Map<Integer, InetSocketAddress> voters =
        QuorumConfig.parseVoterConnections(config.quorumConfig().voters());
    shared =
        new SharedServer(
            config,
            folders._1(),
            Time.SYSTEM,
            metrics,
            CompletableFuture.completedFuture(voters),
            QuorumConfig.parseBootstrapServers(config.quorumConfig().bootstrapServers()),
            new StandardFaultHandlerFactory(),
            ServerSocketFactory.INSTANCE);
    broker = new BrokerServer(shared);
    controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), folders._2());
  }

  /** Starts both; returns when the broker serves. */
  void start() {
    controller.startup();
    forgetFormerBroker();
    broker.startup();
  }

  /** Stops what runs; returns when it has stopped. */
  void stop() {
    broker.shutdown();
    controller.shutdown();
  }

  private void forgetFormerBroker() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    await(this::forgotten, end);
    // The broker must not see an older picture than the one in which it is unknown.
    await(
        () -> {
          OptionalLong committed = shared.raftManager().client().highWatermark();
          return committed.isPresent()
              && shared.loader().lastAppliedOffset() >= committed.getAsLong() - 1;
        },
        end);
  }

  /** True when the controller knows no broker; false while it is not ready to say. */
  private boolean forgotten() {
    ControllerRequestContext request =
        new ControllerRequestContext(
            new RequestHeaderData(), KafkaPrincipal.ANONYMOUS, OptionalLong.empty());
    try {
      controller
          .controller()
          .unregisterBroker(request, node)
          .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof BrokerIdNotRegisteredException) {
        return true;
      }
      if (e.getCause() instanceof NotControllerException) {
        return false;
      }
      throw new IllegalStateException("Kafka's controller did not answer", e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException("Kafka's controller did not answer in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while Kafka started", e);
    }
  }

  private static void await(BooleanSupplier condition, long end) {
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new IllegalStateException(
            "Kafka's controller was not ready within %d s".formatted(PATIENCE.toSeconds()));
      }
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
    }
  }
}
