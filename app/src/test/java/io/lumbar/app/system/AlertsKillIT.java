package io.lumbar.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.lumbar.http.KafkaRegistry;
import io.lumbar.http.Registry;
import io.lumbar.model.Alert;
import io.lumbar.model.ChannelSettings;
import io.lumbar.model.Episode;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.Json;
import io.lumbar.model.KafkaConnection;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.StableIds;
import io.lumbar.model.Topic;
import io.lumbar.model.TopicSetup;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerPartitioner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processes of the alerts role share the wearers; kill -9 of one of them, and each third time
 * of both, again and again while sittings become due, each time once all work again, so that every
 * kill meets fresh ones and every one moves wearers to another process. Three times by default;
 * {@code -Dlumbar.kills=50} for more, {@code -Dlumbar.processes=1} for one process that is killed
 * alone.
 */
class AlertsKillIT {
  private static final int KILLS = Integer.getInteger("lumbar.kills", 3);
  private static final int SEED = Integer.getInteger("lumbar.seed", 1);
  private static final int PROCESSES = Integer.getInteger("lumbar.processes", 2);
  private static final int ALL_EACH = 3;
  private static final int PARTITIONS = 2;
  private static final int DUE_FOR_EACH_KILL = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(100);
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final String SECRET = "whsec_c2l4dGVlbiBieXRlcyBhbmQgbW9yZQ==";

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path scratch;

  private final Map<String, Integer> hooks = new ConcurrentHashMap<>();
  private final Map<String, Integer> published = new ConcurrentHashMap<>();
  private final Map<String, Integer> shown = new ConcurrentHashMap<>();
  private final AtomicInteger due = new AtomicInteger();

  /** So many become due, and no more until the process works. */
  private final AtomicInteger most = new AtomicInteger();

  private HttpServer receiver;

  @BeforeEach
  void listen() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    receiver.setExecutor(Executors.newFixedThreadPool(4));
    receiver.createContext("/", this::take);
    receiver.start();
  }

  @AfterEach
  void stop() {
    receiver.stop(0);
  }

  private void take(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String id = exchange.getRequestHeaders().getFirst("svix-id");
    String desk = exchange.getRequestHeaders().getFirst("X-Gotify-Key");
    if (id != null) {
      hooks.merge(id, 1, Integer::sum);
    } else if (desk != null) {
      shown.merge(desk, 1, Integer::sum);
    } else {
      published.merge(Json.mapper().readTree(body).path("topic").asText(), 1, Integer::sum);
    }
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  @Test
  void everyAlertIsListedOnceAndReachesTheWebhookAndNobodyElseTwice() throws Exception {
    Random random = new Random(SEED);
    try (BrokerProcess broker =
        new BrokerProcess(scratch.resolve("broker"), BrokerProcess.single())) {
      KafkaConnection kafka = KafkaConnection.plain(broker.address());
      try (Admin admin = Admin.create(kafka.client())) {
        assertThat(TopicSetup.run(admin, PARTITIONS, (short) 1, true))
            .isInstanceOf(TopicSetup.Outcome.Ready.class);
      }
      List<WearerId> wearers = wearers(kafka);
      ScheduledExecutorService load = Executors.newSingleThreadScheduledExecutor();
      List<LumbarProcess> alerts = new ArrayList<>();
      try (KafkaProducer<String, byte[]> producer =
          new KafkaProducer<>(
              kafka.producer(), new StringSerializer(), new ByteArraySerializer())) {
        for (int number = 0; number < PROCESSES; number++) {
          alerts.add(start(kafka, number));
        }
        Future<?> sending =
            load.scheduleAtFixedRate(
                () -> becomeDue(producer, wearers, random), 0, 100, TimeUnit.MILLISECONDS);
        for (int kill = 1; kill <= KILLS; kill++) {
          int least = DUE_FOR_EACH_KILL * (kill - 1) + random.nextInt(DUE_FOR_EACH_KILL);
          most.set(DUE_FOR_EACH_KILL * kill);
          Awaitility.await()
              .atMost(PATIENCE)
              .pollInterval(Duration.ofMillis(5))
              .until(() -> due.get() > least);
          most.set(due.get());
          List<Integer> victims = victims(kill, random);
          victims.forEach(number -> alerts.get(number).killHard());
          for (int number : victims) {
            alerts.set(number, start(kafka, number));
          }
        }
        most.set(wearers.size());
        Awaitility.await().atMost(PATIENCE).until(() -> due.get() == wearers.size());
        assertThat(sending.isDone()).as("the load goes on until it is stopped").isFalse();
        Awaitility.await()
            .atMost(PATIENCE)
            .untilAsserted(() -> assertThat(sent(kafka)).hasSize(wearers.size()));
        List<String> ids = sent(kafka).stream().map(Alert::id).toList();
        assertThat(ids).doesNotHaveDuplicates();
        Awaitility.await()
            .atMost(PATIENCE)
            .untilAsserted(() -> assertThat(hooks.keySet()).containsAll(ids));
        assertThat(hooks.keySet()).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(published.values()).allMatch(times -> times == 1);
        assertThat(shown.values()).allMatch(times -> times == 1);
        System.out.printf(
            "%d kills: %d alerts listed once; webhook %d calls; ntfy reached %d, Gotify %d,"
                + " none twice.%n",
            KILLS,
            ids.size(),
            hooks.values().stream().mapToInt(Integer::intValue).sum(),
            published.size(),
            shown.size());
      } finally {
        load.shutdownNow();
        alerts.forEach(LumbarProcess::close);
      }
    }
  }

  private static List<Integer> victims(int kill, Random random) {
    return kill % ALL_EACH == 0
        ? IntStream.range(0, PROCESSES).boxed().toList()
        : List.of(random.nextInt(PROCESSES));
  }

  private LumbarProcess start(KafkaConnection kafka, int number) {
    return LumbarProcess.role(
        "alerts",
        scratch.resolve("data" + number),
        Map.of(
            "LUMBAR_KAFKA_BOOTSTRAP_SERVERS",
            kafka.bootstrapServers(),
            "LUMBAR_KAFKA_PARTITIONS",
            Integer.toString(PARTITIONS),
            "LUMBAR_HTTP_PORT",
            "0"));
  }

  private List<WearerId> wearers(KafkaConnection kafka) throws Exception {
    try (Registry registry = KafkaRegistry.start(kafka)) {
      return IntStream.range(0, KILLS * DUE_FOR_EACH_KILL)
          .mapToObj(number -> reachable(registry, "wearer" + number))
          .toList();
    }
  }

  private WearerId reachable(Registry registry, String name) {
    Wearer added = registry.addWearer(name, BERLIN).item();
    URI here = URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/");
    List<ChannelSettings> channels =
        List.of(
            channel("hook", ChannelSettings.Type.WEBHOOK, here, null, List.of(SECRET)),
            channel("phone", ChannelSettings.Type.NTFY, here, name, List.of()),
            channel("desk", ChannelSettings.Type.GOTIFY, here, null, List.of(name)));
    registry.changeSettings(
        added.id(), known -> known.withAlerts(known.alerts().withChannels(channels)));
    return added.id();
  }

  private static ChannelSettings channel(
      String name, ChannelSettings.Type type, URI url, String to, List<String> secrets) {
    return new ChannelSettings(name, type, ChannelSettings.When.ALWAYS, Set.of(), url, to, secrets);
  }

  /** The next wearer has sat for 30 minutes; one of an earlier is said again. */
  private void becomeDue(
      KafkaProducer<String, byte[]> producer, List<WearerId> wearers, Random random) {
    int next = due.get();
    if (next < most.get()) {
      send(producer, wearers.get(next), 1);
      due.incrementAndGet();
    }
    if (next > 0) {
      send(producer, wearers.get(random.nextInt(next)), 2);
    }
  }

  private static void send(KafkaProducer<String, byte[]> producer, WearerId wearer, int revision) {
    Instant now = Instant.now();
    Instant from = now.minus(Duration.ofMinutes(30));
    // One sitting for each wearer, whenever it is spoken of.
    String id = StableIds.episode(wearer, EpisodeKind.LONG_SITTING, Instant.EPOCH);
    Episode episode =
        new Episode(
            id,
            wearer,
            EpisodeKind.LONG_SITTING,
            from,
            now,
            BERLIN,
            30,
            true,
            revision,
            false,
            new Episode.Evidence(now, now, 1800, Posture.SITTING, Placement.THIGH),
            null);
    producer.send(
        new ProducerRecord<>(
            Topic.EPISODES.topicName(), WearerPartitioner.key(wearer, id), Json.bytes(episode)));
  }

  private static List<Alert> sent(KafkaConnection kafka) {
    List<Alert> sent = new ArrayList<>();
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            kafka.consumer(), new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          IntStream.range(0, PARTITIONS)
              .mapToObj(number -> new TopicPartition(Topic.ALERTS.topicName(), number))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          Alert alert = Json.read(record.value(), Alert.class);
          if (alert.decision().equals("sent")) {
            sent.add(alert);
          }
        }
      }
    }
    return sent;
  }
}
