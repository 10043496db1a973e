package io.lumbar.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.javalin.http.Context;
import io.lumbar.http.testing.TestClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients that do not read what they asked for, and one that does. */
class SlowReadersTest {
  private static final int UNREAD = 40;
  private static final Duration WITHIN = Duration.ofSeconds(10);

  private static final byte[] LARGE = content(8 << 20);

  private static final byte[] MIDDLE = content(100_000);

  private final AtomicInteger answered = new AtomicInteger();
  private final List<Socket> sockets = new ArrayList<>();
  private HttpServer server;
  private TestClient hurried;

  private void start() {
    HttpConfig config =
        new HttpConfig(
            "127.0.0.1",
            0,
            HttpConfig.DEFAULT_BODY_BYTES,
            0,
            0,
            HttpLimits.defaults().withPatience(Duration.ofMinutes(5)),
            null);
    Authentication nobody =
        new Authentication(
            new MemoryRegistry(), "owner", "admin", new byte[32], config, () -> Instant.EPOCH);
    Routes probes =
        routes -> {
          routes.get("/large", ctx -> answer(ctx.contentType("image/png"), LARGE));
          routes.get("/middle", ctx -> answer(ctx.contentType("image/png"), MIDDLE));
          routes.get("/small", ctx -> ctx.result("here"));
        };
    server = HttpServer.start(config, nobody, List.of(probes));
    hurried = new TestClient(server.port());
  }

  private void answer(Context ctx, byte[] content) {
    answered.incrementAndGet();
    ctx.header("Content-Length", Integer.toString(content.length)).result(content);
  }

  @AfterEach
  void stop() throws IOException {
    for (Socket each : sockets) {
      each.close();
    }
    server.close();
  }

  @ParameterizedTest
  @CsvSource({"/large, 1", "/middle, 300"})
  void whoDoesNotReadStopsNobody(String path, int requests) throws IOException {
    start();
    for (int i = 0; i < UNREAD; i++) {
      ask(path, requests);
    }
    await().atMost(WITHIN).until(() -> answered.get() >= UNREAD);
    // All that the connections take has been taken.
    await().pollDelay(Duration.ofSeconds(1)).until(() -> true);

    assertTimeoutPreemptively(
        WITHIN,
        () -> {
          for (int i = 0; i < 200; i++) {
            assertThat(hurried.get("/small").text()).isEqualTo("here");
          }
        });
    assertThat(hurried.get("/middle").status()).isEqualTo(200);
  }

  @Test
  void anAnswerThatIsReadSlowlyComesWhole() throws Exception {
    start();
    InputStream in = ask("/large", 1).getInputStream();
    Thread.sleep(500);
    String head = head(in);
    assertThat(head).startsWith("HTTP/1.1 200").contains("Content-Length: " + LARGE.length);
    byte[] all = new byte[LARGE.length];
    for (int at = 0; at < all.length; ) {
      int n = in.read(all, at, Math.min(300_000, all.length - at));
      assertThat(n).isPositive();
      at += n;
      Thread.sleep(2);
    }
    assertThat(Arrays.equals(all, LARGE)).isTrue();
  }

  @Test
  void manyAnswersOfAConnectionComeInOrder() throws IOException {
    start();
    InputStream in = ask("/middle", 100).getInputStream();
    for (int i = 0; i < 100; i++) {
      assertThat(head(in)).startsWith("HTTP/1.1 200");
      assertThat(Arrays.equals(in.readNBytes(MIDDLE.length), MIDDLE)).isTrue();
    }
  }

  private Socket ask(String path, int requests) throws IOException {
    Socket one = new Socket();
    one.setReceiveBufferSize(4096);
    one.connect(new InetSocketAddress("127.0.0.1", server.port()));
    sockets.add(one);
    one.getOutputStream()
        .write(
            ("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n").repeat(requests).getBytes(US_ASCII));
    return one;
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      assertThat(next).isNotNegative();
      head.append((char) next);
    }
    return head.toString();
  }

  private static byte[] content(int size) {
    byte[] content = new byte[size];
    new SplittableRandom(7).nextBytes(content);
    return content;
  }
}
