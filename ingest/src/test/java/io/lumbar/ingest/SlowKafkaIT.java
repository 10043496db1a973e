package io.lumbar.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lumbar.http.testing.SlowLine;
import io.lumbar.model.Json;
import io.lumbar.model.Placement;
import io.lumbar.model.Topic;
import io.lumbar.model.Wearer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A broker that is not away but slow, by late answers or by taking little: uploads wait a bounded
 * time and are kept or refused, others are answered meanwhile, and memory stays bounded.
 */
class SlowKafkaIT {
  private static final Instant NOW = Instant.parse("2026-05-04T12:00:00Z");
  private static final Instant BEGIN = Instant.parse("2020-01-01T00:00:00Z");
  private static final int CLIENTS = 100;

  /** Clients that are refused at once must not run into the limit on requests. */
  private static final long PACE_NANOS = 2_000_000;

  /** Longer than an upload may wait for Kafka and for a thread before. */
  private static final Duration BOUND = Duration.ofSeconds(30);

  /** For what does not need Kafka. */
  private static final Duration SOON = Duration.ofSeconds(5);

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();
  private final Map<Integer, Integer> statuses = new ConcurrentHashMap<>();
  private final List<String> faults = new CopyOnWriteArrayList<>();
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicLong sent = new AtomicLong();
  private final Semaphore clients = new Semaphore(CLIENTS);
  private SlowLine line;
  private ServedIngest served;
  private Wearer wearer;
  private String token;

  @BeforeEach
  void start() {
    line = new SlowLine();
    served = ServedIngest.start(folder, NOW, line);
    wearer = served.registry().addWearer("ada", ZoneId.of("Europe/London")).item();
    token = served.registry().addDevice(wearer.id(), "phone", Placement.TROUSER_POCKET).token();
  }

  @AfterEach
  void stop() {
    served.close();
    line.close();
  }

  @Test
  void whileItAnswersLateUploadsAreKeptOrRefusedSoonAndOthersAreAnswered() throws Exception {
    upload(1);
    finish();
    assertThat(statuses).containsOnlyKeys(200);

    line.delay(Duration.ofSeconds(3));
    // Three rounds of as many as may wait at once.
    while (acknowledged.size() < 75 && next.get() < 30_000) {
      upload(5);
      LockSupport.parkNanos(PACE_NANOS);
      if (next.get() % CLIENTS == 0) {
        assertThat(list()).isEqualTo(200);
      }
    }
    finish();
    assertThat(served.slow()).isTrue();
    assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(75);
    assertThat(statuses).containsOnlyKeys(200, 503);

    line.delay(Duration.ZERO);
    recovers();
    assertThat(written()).containsAll(acknowledged);
  }

  @Test
  void whileItTakesLittleMemoryStaysBoundedAndNothingAcknowledgedIsLost() throws Exception {
    upload(1);
    finish();
    limit(300_000.0);
    long before = held();
    while (sent.get() < 150L << 20) {
      upload(600);
    }
    // Under load: what clients have sent and nobody has taken is a multiple of this.
    assertThat(held() - before).as("bytes that piled up").isLessThan(80L << 20);
    finish();
    assertThat(statuses).containsOnlyKeys(200, 503);

    limit(null);
    recovers();
    assertThat(written()).containsAll(acknowledged);
  }

  /** Uploads observations of its own once a client is free; does not wait for the answer. */
  private void upload(int observations) throws InterruptedException {
    clients.acquire();
    int number = next.getAndIncrement();
    byte[] body =
        IntStream.range(0, observations)
            .mapToObj(each -> steps(BEGIN.plusSeconds(number * 1_000L + each)))
            .collect(Collectors.joining(",", "[", "]"))
            .getBytes(UTF_8);
    sent.addAndGet(body.length);
    var unused =
        http.sendAsync(
                request("/api/v1/observations", token)
                    .timeout(BOUND)
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                    .build(),
                HttpResponse.BodyHandlers.ofString())
            .whenComplete(
                (answer, fault) -> {
                  note(number, observations, answer, fault);
                  clients.release();
                });
  }

  private void note(
      int number, int observations, HttpResponse<String> answer, @Nullable Throwable fault) {
    if (fault != null) {
      faults.add(fault.toString());
      return;
    }
    statuses.merge(answer.statusCode(), 1, Integer::sum);
    if (answer.statusCode() == 200) {
      acknowledged.add(number);
      if (!answer.body().contains("\"accepted\":" + observations + ",")) {
        faults.add(answer.body());
      }
    } else if (answer.headers().firstValue("Retry-After").isEmpty()) {
      faults.add("without Retry-After: " + answer.body());
    }
  }

  /** Every upload has its answer, within the bound. */
  private void finish() throws InterruptedException {
    assertThat(clients.tryAcquire(CLIENTS, PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    clients.release(CLIENTS);
    assertThat(faults).isEmpty();
  }

  private void recovers() {
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              int before = acknowledged.size();
              upload(1);
              finish();
              return acknowledged.size() > before;
            });
  }

  private int list() throws IOException, InterruptedException {
    return http.send(
            request("/api/v1/wearers", ServedIngest.OWNER).timeout(SOON).GET().build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private HttpRequest.Builder request(String path, String bearer) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + served.port() + path))
        .header("Authorization", "Bearer " + bearer);
  }

  private static String steps(Instant from) {
    return "{\"kind\":\"steps\",\"steps\":1,\"from\":\"%s\",\"to\":\"%s\"}"
        .formatted(from, from.plusSeconds(1));
  }

  /** Lets the broker take so many bytes a second of ingest, or with null as many as there are. */
  private void limit(@Nullable Double bytesPerSecond)
      throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(served.kafka().client())) {
      admin
          .alterClientQuotas(
              List.of(
                  new ClientQuotaAlteration(
                      new ClientQuotaEntity(Map.of(ClientQuotaEntity.CLIENT_ID, "lumbar-ingest")),
                      List.of(new ClientQuotaAlteration.Op("producer_byte_rate", bytesPerSecond)))))
          .all()
          .get();
    }
  }

  private static long held() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** The numbers of the uploads of which Kafka has the first observation. */
  private Set<Integer> written() {
    return served.records(Topic.STEPS, wearer.id()).stream()
        .map(each -> Duration.between(BEGIN, from(each.value())).toSeconds())
        .filter(seconds -> seconds % 1_000 == 0)
        .map(seconds -> (int) (seconds / 1_000))
        .collect(Collectors.toSet());
  }

  private static Instant from(byte[] value) {
    try {
      return Instant.parse(Json.mapper().readTree(value).path("from").asText());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
