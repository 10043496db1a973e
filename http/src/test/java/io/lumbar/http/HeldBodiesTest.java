package io.lumbar.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lumbar.http.testing.TestClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Large bodies that come at once take no more memory than the server has for them. */
class HeldBodiesTest {
  private static final int BODY = 8 << 20;
  private static final long HELD = 20 << 20;

  private final CountDownLatch answering = new CountDownLatch(1);
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicLong held = new AtomicLong();
  private final AtomicLong mostHeld = new AtomicLong();
  private HttpServer server;
  private TestClient client;
  private String anna;
  private String berta;

  private void start(boolean waits) {
    start(waits, HttpLimits.defaults());
  }

  private void start(boolean waits, HttpLimits limits) {
    HttpConfig config =
        new HttpConfig("127.0.0.1", 0, BODY, 0, 0, limits.withHeldBytes(HELD), null);
    MemoryRegistry registry = new MemoryRegistry();
    anna = registry.addWearer("Anna", ZoneId.of("Europe/London")).token();
    berta = registry.addWearer("Berta", ZoneId.of("Europe/London")).token();
    Authentication authentication =
        new Authentication(registry, "owner", "admin", new byte[32], config, () -> Instant.EPOCH);
    Routes size =
        routes ->
            routes.post(
                "/size",
                ctx -> {
                  if (ctx.header("Authorization") != null) {
                    authentication.require(ctx);
                  }
                  begun.incrementAndGet();
                  int length = Bodies.read(ctx, BODY).length;
                  mostHeld.accumulateAndGet(held.addAndGet(length), Math::max);
                  if (waits && length > Pieces.FIRST) {
                    answering.await();
                  }
                  Thread.sleep(20);
                  held.addAndGet(-length);
                  ctx.result("" + length);
                });
    server = HttpServer.start(config, authentication, List.of(size));
    client = new TestClient(server.port());
  }

  @AfterEach
  void stop() {
    answering.countDown();
    server.close();
  }

  @Test
  void whatIsBeingAnsweredIsHeldAndThenGivenBack() {
    start(true);
    byte[] large = new byte[7 << 20];
    List<CompletableFuture<Integer>> working =
        IntStream.range(0, 2)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> post(large).status()))
            .toList();
    await().atMost(Duration.ofSeconds(20)).until(() -> held.get() == 2L * large.length);

    var refused = post(large);
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.header("Retry-After")).isEqualTo("5");
    assertThat(refused.json().get("detail").asText()).contains("other large uploads");
    assertThat(post(new byte[Pieces.FIRST]).status()).isEqualTo(200);

    answering.countDown();
    assertThat(working).allMatch(each -> each.join() == 200);
    // The connection has the answer a moment before the request is over.
    await().atMost(Duration.ofSeconds(5)).until(() -> post(large).status() == 200);
    for (int i = 0; i < 10; i++) {
      assertThat(post(new byte[BODY]).status()).isIn(200, 503);
    }
    await().atMost(Duration.ofSeconds(5)).until(() -> post(new byte[BODY]).status() == 200);
  }

  @Test
  void oneTokenLeavesMemoryToAnother() {
    start(true);
    byte[] large = new byte[7 << 20];
    CompletableFuture<Integer> working =
        CompletableFuture.supplyAsync(() -> post(large, anna).status());
    await().atMost(Duration.ofSeconds(20)).until(() -> held.get() == large.length);

    assertThat(post(large, anna).status()).isEqualTo(503);
    CompletableFuture<Integer> another =
        CompletableFuture.supplyAsync(() -> post(large, berta).status());
    await().atMost(Duration.ofSeconds(20)).until(() -> held.get() == 2L * large.length);

    answering.countDown();
    assertThat(List.of(working, another)).allMatch(each -> each.join() == 200);
  }

  /** Some clients never send again. */
  @Test
  void whatComesWhileACrowdIsAnsweredWaitsForItsTurn() {
    start(true, HttpLimits.defaults().withTurn(Duration.ofSeconds(30)));
    byte[] large = new byte[8 << 20];
    List<CompletableFuture<Integer>> crowd =
        IntStream.range(0, 2)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> post(large).status()))
            .toList();
    await().atMost(Duration.ofSeconds(20)).until(() -> held.get() == 2L * large.length);
    CompletableFuture<Integer> last = CompletableFuture.supplyAsync(() -> post(large).status());
    assertThat(last)
        .failsWithin(Duration.ofMillis(500))
        .withThrowableOfType(TimeoutException.class);

    answering.countDown();
    assertThat(crowd).allMatch(each -> each.join() == 200);
    assertThat(last).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(200);
  }

  /** Each announces all that a body may be and brings a little of it, and then nothing. */
  @Test
  void whoAnnouncesMuchAndSendsSlowlyTakesNoMoreThanWasSent() throws IOException {
    start(false);
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 4; i++) {
        Socket one = new Socket(InetAddress.getLoopbackAddress(), server.port());
        slow.add(one);
        String header = "POST /size HTTP/1.1\r\nHost: x\r\nContent-Length: " + BODY + "\r\n\r\n";
        one.getOutputStream().write(header.getBytes(US_ASCII));
        one.getOutputStream().write(new byte[128 << 10]);
      }
      await().atMost(Duration.ofSeconds(20)).until(() -> begun.get() == slow.size());

      assertThat(post(new byte[BODY]).status()).isEqualTo(200);
      slow.get(0).getOutputStream().write(new byte[BODY - (128 << 10)]);
      assertThat(new String(slow.get(0).getInputStream().readNBytes(12), US_ASCII))
          .isEqualTo("HTTP/1.1 200");
    } finally {
      for (Socket one : slow) {
        one.close();
      }
    }
  }

  @Test
  void manySmallBodiesThatInflateTakeNoMoreThanThat() {
    start(false);
    byte[] bomb = TestClient.gzip(new byte[BODY]);
    assertThat(bomb.length).isLessThan(64 << 10);
    assertThat(atOnce(32, 96, bomb, "Content-Encoding", "gzip")).containsOnly(200, 503);
    assertThat(mostHeld.get()).isBetween((long) BODY, HELD);
  }

  /** Nobody knows its size before it has all come, and each of a crowd has some of it already. */
  @Test
  void ofACrowdThatInflatesSomeComeToTheirEnd() {
    start(false, HttpLimits.defaults().withTurn(Duration.ofSeconds(30)));
    byte[] large = TestClient.gzip(new byte[BODY]);
    assertThat(atOnce(8, 8, large, "Content-Encoding", "gzip", "Authorization", "Bearer " + anna))
        .contains(200);
  }

  /** The statuses of so many uploads of the same by so many senders. */
  private List<Integer> atOnce(int senders, int uploads, byte[] body, String... headers) {
    var pool = Executors.newFixedThreadPool(senders);
    try {
      return IntStream.range(0, uploads)
          .mapToObj(
              i ->
                  CompletableFuture.supplyAsync(
                      () -> client.send("POST", "/size", body, headers).status(), pool))
          .toList()
          .stream()
          .map(CompletableFuture::join)
          .toList();
    } finally {
      pool.shutdown();
    }
  }

  private TestClient.Answer post(byte[] body, String token) {
    return client.send("POST", "/size", body, "Authorization", "Bearer " + token);
  }

  private TestClient.Answer post(byte[] body) {
    return client.send("POST", "/size", body);
  }
}
