package io.lumbar.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.http.testing.TestClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * Many clients that bring a byte a second, and one that is in a hurry: {@code
 * -Dlumbar.slow.clients=2000} for as many as the requirement names; the report says how long the
 * hurried one waited.
 */
class SlowClientsTest {
  private static final int SLOW = Integer.getInteger("lumbar.slow.clients", 300);
  private static final int REQUESTS = 400;
  private static final byte[] BODY = new byte[500];

  private HttpServer server;
  private TestClient hurried;
  private final List<SocketChannel> slow = new ArrayList<>();
  private final AtomicBoolean ends = new AtomicBoolean();

  @BeforeEach
  void start() {
    HttpConfig config = HttpConfig.loopback(0);
    Authentication nobody =
        new Authentication(
            new MemoryRegistry(), "owner", "admin", new byte[32], config, () -> Instant.EPOCH);
    Routes size = routes -> routes.post("/size", ctx -> ctx.result("" + ctx.bodyAsBytes().length));
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
  void aByteASecondFromEachOfManyDoesNotStopAnother(TestReporter report) throws IOException {
    ask(REQUESTS);
    long[] alone = ask(REQUESTS);
    for (int i = 0; i < SLOW; i++) {
      SocketChannel one = SocketChannel.open(new InetSocketAddress("127.0.0.1", server.port()));
      String begin = "POST /size HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n";
      one.write(ByteBuffer.wrap(begin.getBytes(US_ASCII)));
      one.configureBlocking(false);
      slow.add(one);
    }
    Thread trickle = new Thread(this::trickle, "slow clients");
    trickle.start();

    long[] beside = ask(REQUESTS);

    assertThat(slow).allSatisfy(one -> assertThat(one.isConnected()).isTrue());
    report.publishEntry(
        "%d slow clients".formatted(SLOW),
        "p99 of %d requests %d us, alone %d us"
            .formatted(REQUESTS, p99(beside) / 1_000, p99(alone) / 1_000));
  }

  /** How long each request took, in nanoseconds; every one must be answered in full. */
  private long[] ask(int requests) {
    long[] nanos = new long[requests];
    for (int i = 0; i < requests; i++) {
      long begin = System.nanoTime();
      assertThat(hurried.send("POST", "/size", BODY).text()).isEqualTo("500");
      nanos[i] = System.nanoTime() - begin;
    }
    return nanos;
  }

  private static long p99(long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length * 99 / 100];
  }

  /** A byte from each, spread over a second, again and again. */
  private void trickle() {
    while (!ends.get()) {
      for (SocketChannel one : slow) {
        if (ends.get()) {
          return;
        }
        try {
          one.write(ByteBuffer.wrap(new byte[] {'a'}));
        } catch (IOException e) {
          return;
        }
        LockSupport.parkNanos(1_000_000_000L / SLOW);
      }
    }
  }
}
