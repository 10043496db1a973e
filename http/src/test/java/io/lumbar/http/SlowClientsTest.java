package io.lumbar.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.javalin.http.Context;
import io.lumbar.http.testing.TestClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Two thousand clients that bring a byte a second, and one that is in a hurry: it is served all the
 * while. How long it waits, alone and beside them, {@code ./lumbar bench} compares.
 */
class SlowClientsTest {
  private static final int SLOW = 2_000;
  private static final int REQUESTS = 400;
  private static final byte[] BODY = new byte[500];

  /** Less than the half minute after which Jetty closes a silent connection. */
  private static final Duration WITHIN = Duration.ofSeconds(20);

  private HttpServer server;
  private TestClient hurried;
  private final List<SocketChannel> slow = new ArrayList<>();
  private final AtomicBoolean ends = new AtomicBoolean();
  private final AtomicInteger brought = new AtomicInteger();

  private void start(Duration patience) {
    HttpConfig config =
        HttpConfig.loopback(0).withLimits(HttpLimits.defaults().withPatience(patience));
    Authentication nobody =
        new Authentication(
            new MemoryRegistry(), "owner", "admin", new byte[32], config, () -> Instant.EPOCH);
    Routes size =
        routes -> {
          routes.post("/size", ctx -> ctx.result("" + Bodies.read(ctx, 1 << 20).length));
          routes.get("/after", SlowClientsTest::answerAfterAWhile);
        };
    server = HttpServer.start(config, nobody, List.of(size));
    hurried = new TestClient(server.port());
  }

  @AfterEach
  void stop() throws IOException {
    ends.set(true);
    for (SocketChannel each : slow) {
      each.close();
    }
    server.close();
  }

  @Test
  void aByteASecondFromEachOfManyDoesNotStopAnother() throws IOException {
    // Longer than any run of this test: that they are turned away is shown below.
    start(Duration.ofMinutes(5));
    for (int i = 0; i < SLOW; i++) {
      SocketChannel one = connect();
      write(one, "POST /size HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n");
      one.configureBlocking(false);
      slow.add(one);
    }
    Thread trickle = new Thread(this::trickle, "slow clients");
    trickle.start();

    assertTimeoutPreemptively(WITHIN, () -> ask(REQUESTS));

    assertThat(brought.get()).isPositive();
    assertThat(slow)
        .allSatisfy(one -> assertThat(one.isConnected()).isTrue())
        .noneMatch(SlowClientsTest::isAnswered);
  }

  @Test
  void manyChunksAndThenNothingLeaveThreadsToOthers() throws IOException {
    start(Duration.ofMinutes(5));
    for (int i = 0; i < 40; i++) {
      slow.add(chunks("/size"));
    }

    // Of the server's threads 24 may wait for a body.
    await()
        .atMost(WITHIN)
        .until(() -> slow.stream().filter(SlowClientsTest::isAnswered).count() == 16);
    for (SocketChannel one : slow) {
      if (isAnswered(one)) {
        assertThat(answer(one)).startsWith("HTTP/1.1 503");
      }
    }
    assertTimeoutPreemptively(WITHIN, () -> ask(REQUESTS));
  }

  @ParameterizedTest
  @CsvSource({"/size, 408", "/api/v1/signin, 413"})
  void aBodyOfManyChunksThatStopsIsTurnedAway(String path, int status) throws IOException {
    start(Duration.ofSeconds(1));
    SocketChannel one = chunks(path);
    slow.add(one);
    assertThat(answer(one)).startsWith("HTTP/1.1 " + status);
  }

  /** It has brought many times what the slowest may, on the whole. */
  @Test
  void aLargeBodyThatStopsBeforeItsEndIsTurnedAway() throws IOException {
    start(Duration.ofSeconds(1));
    SocketChannel one = connect();
    slow.add(one);
    write(one, "POST /size HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n");
    write(one, "a".repeat(900_000));
    assertThat(answer(one)).startsWith("HTTP/1.1 408");
  }

  @Test
  void aLargeBodyThatTricklesInIsTurnedAway() throws IOException {
    start(Duration.ofSeconds(2));
    SocketChannel one = connect();
    slow.add(one);
    write(one, "POST /size HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n");
    write(one, "a".repeat(70_000));
    // A thousand bytes a second: enough for a small body, too few for one that holds memory.
    for (int i = 0; i < 80 && !isAnswered(one); i++) {
      LockSupport.parkNanos(100_000_000L);
      try {
        write(one, "a".repeat(100));
      } catch (IOException e) {
        break;
      }
    }
    assertThat(answer(one)).startsWith("HTTP/1.1 408");
  }

  /** Seven thousand bytes a second come over a mobile plan that is used up. */
  @Test
  void aLargeBodyOverASlowLinkComesToItsEnd() throws IOException {
    start(Duration.ofSeconds(2));
    SocketChannel one = connect();
    slow.add(one);
    int pieces = 60;
    write(
        one,
        "POST /size HTTP/1.1\r\nHost: x\r\nContent-Length: "
            + (70_000 + pieces * 700)
            + "\r\n\r\n");
    write(one, "a".repeat(70_000));
    for (int i = 0; i < pieces; i++) {
      LockSupport.parkNanos(100_000_000L);
      write(one, "a".repeat(700));
    }
    assertThat(answer(one)).startsWith("HTTP/1.1 200");
  }

  @Test
  void aBodyThatStopsBeforeAnyThreadWaitsForItIsTurnedAway() throws IOException {
    start(Duration.ofSeconds(1));
    SocketChannel one = connect();
    slow.add(one);
    write(one, "POST /size HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\na");
    assertThat(answer(one)).startsWith("HTTP/1.1 408");
  }

  @Test
  void aRequestWithoutABodyIsNotTakenForALargeOne() throws IOException {
    start(Duration.ofSeconds(1));
    SocketChannel one = connect();
    slow.add(one);
    write(one, "POST /api/v1/signin HTTP/1.1\r\nHost: x\r\n\r\n");
    assertThat(answer(one)).startsWith("HTTP/1.1 400");
  }

  @Test
  void aHeaderThatTricklesInIsTurnedAwayBesideOthers() throws Exception {
    start(Duration.ofSeconds(1));
    SocketChannel first = connect();
    SocketChannel silent = connect();
    SocketChannel later = connect();
    SocketChannel resting = connect();
    SocketChannel waiting = connect();
    SocketChannel uploading = connect();
    slow.addAll(List.of(first, silent, later, resting, waiting, uploading));
    write(first, "GET /size HTTP/1.1\r\nX-Slow: ");
    for (SocketChannel one : List.of(later, resting)) {
      write(one, "POST /size HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc");
      assertThat(answer(one)).startsWith("HTTP/1.1 200");
    }
    write(waiting, "GET /after HTTP/1.1\r\nHost: x\r\n\r\n");
    write(uploading, "POST /size HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n");
    write(later, "G");

    int uploaded = 0;
    Instant until = Instant.now().plusSeconds(3);
    while (Instant.now().isBefore(until)) {
      LockSupport.parkNanos(100_000_000L);
      for (SocketChannel one : List.of(first, later)) {
        try {
          write(one, "a");
        } catch (IOException e) {
          // Closed, as is to be seen below.
        }
      }
      write(uploading, "a".repeat(1_000));
      uploaded += 1_000;
    }

    assertThat(List.of(first, silent, later)).allMatch(SlowClientsTest::isClosed);
    assertThat(answer(waiting)).startsWith("HTTP/1.1 200");
    write(uploading, "a".repeat(60_000 - uploaded));
    assertThat(answer(uploading)).startsWith("HTTP/1.1 200");
    write(resting, "POST /size HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc");
    assertThat(isClosed(resting)).isFalse();
    ask(10);
  }

  /** More chunks of a byte each than are kept without a thread, and no end. */
  private SocketChannel chunks(String path) throws IOException {
    SocketChannel one = connect();
    write(one, "POST " + path + " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
    write(one, "1\r\na\r\n".repeat(1_100));
    return one;
  }

  private SocketChannel connect() throws IOException {
    return SocketChannel.open(new InetSocketAddress("127.0.0.1", server.port()));
  }

  private static void write(SocketChannel to, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(US_ASCII));
    while (bytes.hasRemaining()) {
      to.write(bytes);
    }
  }

  /** Without a thread, as a stream of events is, and after more than the patience of a test. */
  private static void answerAfterAWhile(Context ctx) {
    ctx.future(
        () ->
            CompletableFuture.runAsync(
                () -> ctx.result("done"),
                CompletableFuture.delayedExecutor(2_500, TimeUnit.MILLISECONDS)));
  }

  /** Whether the server has closed a connection, whose answers are read to that end. */
  private static boolean isClosed(SocketChannel one) {
    try {
      one.socket().setSoTimeout(1_000);
      one.socket().getInputStream().readAllBytes();
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /** Whether a connection has its answer, which stays to be read. */
  private static boolean isAnswered(SocketChannel one) {
    try {
      return one.socket().getInputStream().available() > 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static String answer(SocketChannel one) throws IOException {
    await().atMost(WITHIN).until(() -> isAnswered(one));
    byte[] line = one.socket().getInputStream().readNBytes(12);
    return new String(line, US_ASCII);
  }

  /** Every request must be answered in full. */
  private void ask(int requests) {
    for (int i = 0; i < requests; i++) {
      assertThat(hurried.send("POST", "/size", BODY).text()).isEqualTo("500");
    }
  }

  /** A byte from each, spread over a second, again and again. */
  private void trickle() {
    while (!ends.get()) {
      for (SocketChannel one : slow) {
        if (ends.get()) {
          return;
        }
        try {
          brought.addAndGet(one.write(ByteBuffer.wrap(new byte[] {'a'})));
        } catch (IOException e) {
          return;
        }
        LockSupport.parkNanos(1_000_000_000L / SLOW);
      }
    }
  }
}
