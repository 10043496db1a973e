package io.lumbar.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who sends a large body to its end before it looks for an answer finds one. */
class LeftoverTest {
  private static final int LARGE = 20 << 20;
  private static final int MUCH = 8 << 20;

  private HttpServer server;
  private Socket socket;

  private void start(Duration patience) throws IOException {
    HttpConfig config =
        HttpConfig.loopback(0).withLimits(HttpLimits.defaults().withPatience(patience));
    Authentication authentication =
        new Authentication(
            new MemoryRegistry(), "owner", "admin", new byte[32], config, () -> Instant.EPOCH);
    Routes probes =
        routes -> {
          routes.post("/size", ctx -> ctx.result("" + Bodies.read(ctx, MUCH).length));
          routes.post("/small", ctx -> ctx.result("" + Bodies.read(ctx, 1 << 10).length));
          routes.post(
              "/own",
              ctx -> {
                authentication.require(ctx);
                ctx.result("" + Bodies.read(ctx, MUCH).length);
              });
        };
    server = HttpServer.start(config, authentication, List.of(probes));
    socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(20_000);
  }

  @AfterEach
  void stop() throws IOException {
    socket.close();
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/size, 413, false",
    "/size, 413, true",
    "/small, 413, false",
    "/small, 413, true",
    "/own, 401, false",
    "/own, 401, true",
    "/nothing, 404, false",
    "/signin, 405, false",
  })
  void whatIsRefusedIsAnsweredAndTheConnectionGoesOn(String path, int status, boolean chunked)
      throws IOException {
    start(Duration.ofSeconds(20));
    for (int i = 0; i < 3; i++) {
      send("POST " + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer lw_wrong\r\n");
      send(
          chunked ? "Transfer-Encoding: chunked\r\n\r\n" : "Content-Length: " + LARGE + "\r\n\r\n");
      byte[] piece = new byte[64 << 10];
      for (int sent = 0; sent < LARGE; sent += piece.length) {
        if (chunked) {
          send("10000\r\n");
        }
        socket.getOutputStream().write(piece);
        if (chunked) {
          send("\r\n");
        }
      }
      if (chunked) {
        send("0\r\n\r\n");
      }
      assertThat(answer()).startsWith("HTTP/1.1 " + status).contains("application/problem+json");
    }
  }

  @Test
  void whoSendsTheRestSlowlyOrWithoutEndIsClosed() throws IOException {
    start(Duration.ofSeconds(1));
    send("POST /nothing HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
    Instant began = Instant.now();
    send("10000\r\n" + "a".repeat(1 << 16) + "\r\n");
    send("10000\r\n" + "a".repeat(1 << 16) + "\r\n");
    assertThat(answer()).startsWith("HTTP/1.1 404");
    assertThat(closesWhileSending("1000\r\n" + "a".repeat(1 << 12) + "\r\n", 50)).isTrue();
    assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void aRestWithoutEndIsNotReadForEver() throws IOException {
    start(Duration.ofMinutes(5));
    send("POST /nothing HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
    assertThat(closesWhileSending("10000\r\n" + "a".repeat(1 << 16) + "\r\n", 0)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"/size, 413", "/own, 401", "/small, 413", "/nothing, 404"})
  void whoAsksBeforeSendingIsToldNotTo(String path, int status) throws IOException {
    start(Duration.ofSeconds(20));
    send("POST " + path + " HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n");
    send("Authorization: Bearer lw_wrong\r\nContent-Length: " + LARGE + "\r\n\r\n");
    assertThat(answer()).startsWith("HTTP/1.1 " + status);
    assertThat(socket.getInputStream().read()).isEqualTo(-1);
  }

  @ParameterizedTest
  @CsvSource({"/size, 100000", "/small, 1000"})
  void whoAsksBeforeSendingWhatIsTakenIsToldToSend(String path, int size) throws IOException {
    start(Duration.ofSeconds(20));
    send("POST " + path + " HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n");
    send("Content-Length: " + size + "\r\n\r\n");
    assertThat(header()).startsWith("HTTP/1.1 100");
    send("a".repeat(size));
    assertThat(answer()).startsWith("HTTP/1.1 200").endsWith("" + size);
  }

  private void send(String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(US_ASCII));
    out.flush();
  }

  /** Whether the server ends a connection before a hundred seconds or a gigabyte. */
  private boolean closesWhileSending(String piece, int pauseMillis) {
    for (int i = 0; i < (pauseMillis == 0 ? 1 << 14 : 100_000 / pauseMillis); i++) {
      LockSupport.parkNanos(pauseMillis * 1_000_000L);
      try {
        send(piece);
      } catch (IOException e) {
        return true;
      }
    }
    return false;
  }

  private String header() throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder text = new StringBuilder();
    while (text.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      assertThat(next).isNotEqualTo(-1);
      text.append((char) next);
    }
    return text.toString();
  }

  /** Header and body. */
  private String answer() throws IOException {
    String header = header();
    String length = header.replaceAll("(?s).*Content-Length: (\\d+).*", "$1");
    byte[] body = socket.getInputStream().readNBytes(Integer.parseInt(length));
    return header + new String(body, US_ASCII);
  }
}
