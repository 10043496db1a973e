package io.lumbar.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lumbar.model.Json;
import io.lumbar.model.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The broker goes away for a while, {@code -Dlumbar.outage.seconds=600} for ten minutes, and
 * clients go on sending: everything that was acknowledged is there afterwards, and everything else
 * was answered with 503 and when to come again.
 */
class OutageUnderLoadIT {
  private static final int OUTAGE_SECONDS = Integer.getInteger("lumbar.outage.seconds", 15);
  private static final int CLIENTS = 4;
  private static final int BATCH = 5;

  /** A client that is refused at once must not run into the limit on requests. */
  private static final long PACE_NANOS = 10_000_000;

  /** The observation with a number begins this many seconds later. */
  private final Instant begin =
      Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(40));

  @TempDir Path scratch;
  private final Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger next = new AtomicInteger(1);
  private final Map<Integer, Integer> statuses = new ConcurrentHashMap<>();

  @Test
  void whatWasAcknowledgedIsThereAndWhatWasNotWasRefused() throws Exception {
    try (BrokerProcess broker =
            new BrokerProcess(scratch.resolve("broker"), BrokerProcess.single());
        LumbarProcess lumbar =
            LumbarProcess.up(
                scratch.resolve("data"),
                Map.of("LUMBAR_KAFKA_BOOTSTRAP_SERVERS", broker.address()))) {
      Api device = lumbar.with(lumbar.owner().addWearer("anna", "Europe/London").token());
      AtomicBoolean ends = new AtomicBoolean();
      ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
      for (int i = 0; i < CLIENTS; i++) {
        clients.execute(
            () -> {
              while (!ends.get()) {
                send(device);
                LockSupport.parkNanos(PACE_NANOS);
              }
            });
      }
      awaitAcknowledged(200);
      broker.stop();
      TimeUnit.SECONDS.sleep(OUTAGE_SECONDS);
      int before = acknowledged.size();
      broker.start();
      awaitAcknowledged(before + 200);
      ends.set(true);
      clients.shutdown();
      assertThat(clients.awaitTermination(60, TimeUnit.SECONDS)).isTrue();

      assertThat(statuses).containsOnlyKeys(200, 503);
      assertThat(refused.get()).isPositive();
      assertThat(acknowledged.size() + refused.get()).isEqualTo(next.get() - 1);
      assertThat(written(broker.address())).containsAll(acknowledged);
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> lumbar.owner().get("/health").is(200));
    }
  }

  private void awaitAcknowledged(int count) {
    Awaitility.await().atMost(Duration.ofSeconds(120)).until(() -> acknowledged.size() >= count);
  }

  /** Sends some observations, each known by its beginning, once and never again. */
  private void send(Api device) {
    int first = next.getAndAdd(BATCH);
    List<ObjectNode> observations =
        IntStream.range(first, first + BATCH)
            .mapToObj(number -> step(begin.plusSeconds(number)))
            .toList();
    Api.Answer answer = device.upload(observations);
    statuses.merge(answer.status(), 1, Integer::sum);
    if (answer.is(200)) {
      assertThat(answer.json().path("accepted").asInt()).isEqualTo(BATCH);
      for (int number = first; number < first + BATCH; number++) {
        acknowledged.add(number);
      }
    } else {
      assertThat(answer.retryAfter()).isPresent();
      refused.addAndGet(BATCH);
    }
  }

  private static ObjectNode step(Instant from) {
    return Json.mapper()
        .createObjectNode()
        .put("kind", "steps")
        .put("steps", 1)
        .put("from", from.toString())
        .put("to", from.plusSeconds(1).toString());
  }

  private Set<Integer> written(String address) throws Exception {
    Map<String, Object> properties = new HashMap<>();
    properties.put("bootstrap.servers", address);
    Set<Integer> numbers = ConcurrentHashMap.newKeySet();
    try (var consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topic.STEPS.topicName()).stream()
              .map(each -> new TopicPartition(each.topic(), each.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
        for (var record : consumer.poll(Duration.ofMillis(200))) {
          Instant from =
              Instant.parse(Json.mapper().readTree(record.value()).path("from").asText());
          numbers.add((int) Duration.between(begin, from).toSeconds());
        }
      }
    }
    return numbers;
  }
}
