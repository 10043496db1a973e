package io.lumbar.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 again and again during a large upload by clients that send until they are answered. Six
 * times by default; {@code -Dlumbar.kills=20} for more.
 */
class KillLoopIT {
  private static final int KILLS = Integer.getInteger("lumbar.kills", 6);
  private static final int SEED = Integer.getInteger("lumbar.seed", 1);
  private static final int OBSERVATIONS = 100_000;
  private static final int WEARERS = 8;
  private static final int CLIENTS = 4;
  private static final int BATCH = 250;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path scratch;

  private final AtomicReference<LumbarProcess> lumbar = new AtomicReference<>();
  private final AtomicInteger acknowledged = new AtomicInteger();

  /** What a process knew again that was acknowledged by the one that was killed before it. */
  private final AtomicInteger duplicates = new AtomicInteger();

  /** Uploads without an answer, which may have been kept all the same. */
  private final AtomicInteger unanswered = new AtomicInteger();

  private final AtomicReference<@Nullable Batch> answeredLast = new AtomicReference<>();
  private final AtomicBoolean over = new AtomicBoolean();

  private record Batch(String token, List<ObjectNode> observations) {}

  private record Sat(Instant from, double seconds) {}

  @Test
  void whatWasAcknowledgedIsKeptOnceAndEveryAlertIsDecidedOnce() throws Exception {
    Random random = new Random(SEED);
    Path data = scratch.resolve("data");
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    Map<String, List<Sat>> expected = new LinkedHashMap<>();
    List<Batch> bulk = new ArrayList<>();
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    lumbar.set(LumbarProcess.up(data));
    try {
      for (int i = 0; i < WEARERS; i++) {
        String wearer = "wearer" + i;
        String token = lumbar.get().owner().addWearer(wearer, "Europe/London").token();
        List<ObjectNode> observations = days(now.minus(Duration.ofHours(1)), random);
        for (int from = 0; from < observations.size(); from += BATCH) {
          int to = Math.min(from + BATCH, observations.size());
          bulk.add(new Batch(token, observations.subList(from, to)));
        }
        // Due one after the other while processes come and go.
        Instant since = now.minus(Duration.ofMinutes(30)).plusSeconds(5 + 8L * i);
        lumbar.get().with(token).upload(List.of(Sending.change("sitting", since, "PT4H"))).json();
        List<Sat> sittings = sittings(observations);
        sittings.add(new Sat(since, 0));
        expected.put(wearer, sittings);
      }
      Collections.shuffle(bulk, random);

      List<Future<?>> uploads = upload(bulk, clients);
      List<Duration> ready = killAtRandomMoments(data, random);
      for (Future<?> upload : uploads) {
        upload.get(5, TimeUnit.MINUTES);
      }

      long begin = System.nanoTime();
      Api owner = lumbar.get().owner();
      Awaitility.await()
          .atMost(Duration.ofMinutes(4))
          .pollInterval(Duration.ofSeconds(1))
          .untilAsserted(
              () -> {
                for (Map.Entry<String, List<Sat>> each : expected.entrySet()) {
                  assertThat(sat(owner, each.getKey())).isEqualTo(each.getValue());
                }
              });
      System.out.printf(
          "%d kills; ready after kill -9 within %s ms; bouts right %d s after the last upload.%n",
          KILLS,
          ready.stream().map(Duration::toMillis).toList(),
          Duration.ofNanos(System.nanoTime() - begin).toSeconds());
      System.out.printf(
          "%d uploads without an answer; %d observations known again after a kill.%n",
          unanswered.get(), duplicates.get());
      assertThat(unanswered.get()).as("uploads that a kill cut off").isPositive();
      assertThat(duplicates.get()).as("known again behind a kill").isPositive();
      assertAlertsOnce(owner, expected.keySet());
      assertThat(Committed.idsSent(lumbar.get().kafka()))
          .hasSizeGreaterThanOrEqualTo(WEARERS)
          .doesNotHaveDuplicates();
    } finally {
      over.set(true);
      clients.shutdownNow();
      lumbar.get().close();
    }
  }

  private List<Future<?>> upload(List<Batch> bulk, ExecutorService clients) {
    ConcurrentLinkedQueue<Batch> waiting = new ConcurrentLinkedQueue<>(bulk);
    List<Future<?>> uploads = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      uploads.add(
          clients.submit(
              () -> {
                for (Batch batch = waiting.poll(); batch != null; batch = waiting.poll()) {
                  send(batch);
                }
                return null;
              }));
    }
    return uploads;
  }

  private void send(Batch batch) throws InterruptedException {
    untilAnswered(batch);
    acknowledged.addAndGet(batch.observations().size());
  }

  /** As a client does whose answer was lost on its way. */
  private void sendTheLastAgain() throws InterruptedException {
    Batch batch = answeredLast.get();
    if (batch != null) {
      duplicates.addAndGet(untilAnswered(batch).path("duplicate").asInt());
    }
  }

  private JsonNode untilAnswered(Batch batch) throws InterruptedException {
    while (!over.get()) {
      Api.Answer answer = lumbar.get().with(batch.token()).upload(batch.observations());
      if (answer.is(200)) {
        assertThat(answer.json().path("rejected")).isEmpty();
        answeredLast.set(batch);
        return answer.json();
      }
      if (answer.is(0)) {
        unanswered.incrementAndGet();
      }
      assertThat(answer.status()).as(answer.body()).isIn(0, 429, 503);
      Thread.sleep(50);
    }
    throw new InterruptedException("the test is over");
  }

  private List<Duration> killAtRandomMoments(Path data, Random random) throws Exception {
    List<Duration> ready = new ArrayList<>();
    for (int kill = 0; kill < KILLS; kill++) {
      int least = OBSERVATIONS / KILLS * kill + random.nextInt(OBSERVATIONS / KILLS * 3 / 4);
      Awaitility.await()
          .atMost(Duration.ofMinutes(3))
          .pollDelay(Duration.ofMillis(random.nextInt(300)))
          .pollInterval(Duration.ofMillis(2))
          .until(() -> acknowledged.get() >= least);
      assertThat(acknowledged.get()).isLessThan(OBSERVATIONS);
      lumbar.get().killHard();
      lumbar.set(LumbarProcess.up(data));
      ready.add(lumbar.get().readyAfter());
      sendTheLastAgain();
    }
    return ready;
  }

  private static void assertAlertsOnce(Api owner, Iterable<String> wearers) {
    for (String wearer : wearers) {
      List<JsonNode> alerts =
          Awaitility.await()
              .atMost(Duration.ofSeconds(90))
              .until(() -> owner.alerts(wearer), found -> !found.isEmpty());
      assertThat(alerts).extracting(alert -> alert.path("id").asText()).doesNotHaveDuplicates();
      assertThat(alerts)
          .extracting(alert -> alert.path("step").asInt())
          .contains(30)
          .doesNotHaveDuplicates();
    }
  }

  private static List<ObjectNode> days(Instant end, Random random) {
    List<ObjectNode> newestFirst = new ArrayList<>();
    String[] upright = {"standing", "walking"};
    Instant to = end;
    for (int i = 0; i < OBSERVATIONS / WEARERS; i++) {
      Instant from = to.minusMillis(10_000 + random.nextInt(60_000));
      String posture = i % 2 == 0 ? "sitting" : upright[random.nextInt(2)];
      newestFirst.add(Sending.span(posture, from, to));
      to = from;
    }
    Collections.reverse(newestFirst);
    return newestFirst;
  }

  private static List<Sat> sittings(List<ObjectNode> observations) {
    List<Sat> sittings = new ArrayList<>();
    for (ObjectNode each : observations) {
      if (each.path("posture").asText().equals("sitting")) {
        Instant from = Instant.parse(each.path("from").asText());
        Instant to = Instant.parse(each.path("to").asText());
        sittings.add(new Sat(from, Duration.between(from, to).toMillis() / 1000.0));
      }
    }
    return sittings;
  }

  /** The last one goes on, so its length is left out. */
  private static List<Sat> sat(Api owner, String wearer) {
    return owner.bouts(wearer).stream()
        .map(
            bout ->
                new Sat(
                    OffsetDateTime.parse(bout.path("from").asText()).toInstant(),
                    bout.path("open").asBoolean() ? 0 : bout.path("seconds").asDouble()))
        .toList();
  }
}
