package io.lumbar.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lumbar.http.Authentication;
import io.lumbar.http.HttpConfig;
import io.lumbar.http.HttpServer;
import io.lumbar.http.KafkaRegistry;
import io.lumbar.http.Registry;
import io.lumbar.http.RegistryRoutes;
import io.lumbar.http.Routes;
import io.lumbar.http.testing.SlowLine;
import io.lumbar.http.testing.TestBroker;
import io.lumbar.http.testing.TestClient;
import io.lumbar.model.KafkaConnection;
import io.lumbar.model.Topic;
import io.lumbar.model.WearerId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** All of ingest behind HTTP, before a real broker, at a time that stands still. */
final class ServedIngest implements AutoCloseable {
  static final String OWNER = "owner-secret";
  static final String ADMIN = "admin-secret";

  private final TestBroker broker;
  private final KafkaRegistry registry;
  private final Ingest ingest;
  private final HttpServer server;
  private final TestClient client;

  private ServedIngest(TestBroker broker, Path folder, Instant now) {
    this.broker = broker;
    InstantSource clock = InstantSource.fixed(now);
    registry = KafkaRegistry.start(broker.connection());
    HttpConfig config = HttpConfig.loopback(0);
    Authentication authentication =
        new Authentication(registry, OWNER, ADMIN, new byte[32], config, clock);
    ingest =
        Ingest.start(
            broker.connection(),
            registry,
            authentication,
            clock,
            folder.resolve("ingest"),
            (who, barrier) -> true,
            who -> List.of(),
            (who, date) ->
                date.isBefore(LocalDate.of(2026, 1, 1)) ? Optional.of(14) : Optional.empty(),
            wearer -> Duration.ZERO,
            IngestLimits.defaults(),
            UploadGate.OPEN);
    List<Routes> routes = new ArrayList<>(ingest.routes());
    routes.add(new RegistryRoutes(registry, authentication, config, clock));
    server = HttpServer.start(config, authentication, routes);
    client = new TestClient(server.port());
  }

  /** Before a broker that answers over a line. */
  static ServedIngest start(Path folder, Instant now, SlowLine line) {
    return new ServedIngest(TestBroker.start(folder.resolve("kafka"), line), folder, now);
  }

  static ServedIngest start(Path folder, Instant now) {
    return new ServedIngest(TestBroker.start(folder.resolve("kafka")), folder, now);
  }

  Registry registry() {
    return registry;
  }

  TestClient client() {
    return client;
  }

  int port() {
    return server.port();
  }

  KafkaConnection kafka() {
    return broker.connection();
  }

  /** Whether Kafka acknowledges late. */
  boolean slow() {
    return ingest.slow();
  }

  IngestCounters counters(String format) {
    return ingest.counters(format);
  }

  /** What a topic holds of a wearer, in the order in which it came. */
  List<ConsumerRecord<byte[], byte[]>> records(Topic topic, WearerId wearer) {
    Map<String, Object> properties = broker.connection().consumer();
    List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic.topicName()).stream()
              .map(each -> new TopicPartition(each.topic(), each.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(
                each -> {
                  if (new String(each.key(), UTF_8).equals(wearer.value())) {
                    found.add(each);
                  }
                });
      }
    }
    return found;
  }

  @Override
  public void close() {
    server.close();
    ingest.close();
    registry.close();
    broker.close();
  }
}
