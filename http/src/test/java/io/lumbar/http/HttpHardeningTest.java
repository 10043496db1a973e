package io.lumbar.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.lumbar.http.testing.LogListener;
import io.lumbar.http.testing.TestClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server does about requests that no honest client makes. */
class HttpHardeningTest {
  private HttpServer server;
  private TestClient client;

  @BeforeEach
  void start() {
    HttpConfig config = HttpConfig.loopback(0);
    Authentication authentication =
        new Authentication(
            new MemoryRegistry(), "owner", "admin", new byte[32], config, () -> Instant.EPOCH);
    Routes probes =
        routes -> {
          routes.get("/who", ctx -> ctx.result(authentication.require(ctx).kind().name()));
          routes.post("/size", ctx -> ctx.result("" + Bodies.read(ctx, 1 << 10).length));
        };
    server = HttpServer.start(config, authentication, List.of(probes));
    client = new TestClient(server.port());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TRACE", "PROPFIND", "PUT", "DELETE", "OPTIONS"})
  void takesNoMethodThatAPathDoesNotHave(String method) {
    var answer = client.send(method, "/who", new byte[0], "X-Echo", "planted");
    assertThat(answer.status()).isIn(404, 405, 501);
    assertThat(answer.text()).doesNotContain("planted");
  }

  /** What two servers behind each other would take for different requests. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
        "Content-Length: +5\r\n\r\nabcde",
        "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        "Content-Length: 5\r\nX-Folded: a\r\n b\r\n\r\nabcde",
        "Content-Length : 5\r\n\r\nabcde"
      })
  void refusesAMessageWhoseEndCanBeReadInTwoWays(String rest) throws IOException {
    assertThat(raw("POST /size HTTP/1.1\r\nHost: localhost\r\n" + rest)).contains(" 400 ");
  }

  /** In a path there may be a token. */
  @ParameterizedTest
  @CsvSource({
    "GET, /planted\"x, '', 400",
    "GET, /planted%zz, '', 400",
    "GET, /planted%c3%28, '', 400",
    "GET, planted, '', 400",
    "HEAD, /planted\"x, '', 400",
    "GET, /planted, long, 431",
    "GET, /planted, length, 400",
    "GET, long, '', 414"
  })
  void whatIsRefusedBeforeAnyRouteIsAnsweredLikeTheRest(
      String method, String path, String header, int status) throws IOException {
    Map<String, String> headers =
        Map.of(
            "long", "X-Planted: " + "planted".repeat(2_000) + "\r\n",
            "length", "Content-Length: planted\r\n",
            "", "");
    String target = path.equals("long") ? "/" + "planted".repeat(2_000) : path;
    try (LogListener log = LogListener.listen()) {
      String answer =
          whole(
              "%s %s HTTP/1.1\r\nHost: localhost\r\n%sConnection: close\r\n\r\n"
                  .formatted(method, target, headers.get(header)));
      assertThat(answer)
          .startsWith("HTTP/1.1 " + status)
          .contains("X-Request-Id: ", "X-Content-Type-Options: nosniff", "Content-Security-Policy")
          .contains("application/problem+json")
          .doesNotContainIgnoringCase("planted")
          .doesNotContainIgnoringCase("jetty")
          .doesNotContain("<");
      String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
      if (method.equals("HEAD")) {
        assertThat(body).isEmpty();
      } else {
        assertThat(new ObjectMapper().readTree(body).path("status").asInt()).isEqualTo(status);
      }
      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(
              () ->
                  assertThat(log.heard())
                      .filteredOn(each -> each.getFormattedMessage().equals("answered"))
                      .singleElement()
                      .satisfies(
                          each ->
                              assertThat(String.valueOf(each.getKeyValuePairs()))
                                  .contains("path=\"none\"", "status=\"" + status + "\""))
                      .satisfies(
                          each ->
                              assertThat(answer)
                                  .contains(
                                      "X-Request-Id: " + each.getMDCPropertyMap().get("request"))));
      assertThat(log.heard())
          .noneMatch(
              each ->
                  (each + " " + each.getKeyValuePairs() + each.getThrowableProxy())
                      .toLowerCase(Locale.ROOT)
                      .contains("planted"));
    }
  }

  @Test
  void readsAMessageWhoseEndIsPlain() throws IOException {
    assertThat(raw("POST /size HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nabcde"))
        .contains(" 200 ");
  }

  @Test
  void whoGuessesTokensIsNobodyElseByAForwardedAddress() {
    assertThat(
            IntStream.range(0, 200)
                .mapToObj(
                    i ->
                        client
                            .get(
                                "/who",
                                "Authorization",
                                "Bearer lw_" + i,
                                "X-Forwarded-For",
                                "10.0.0." + i,
                                "Forwarded",
                                "for=10.0.0." + i)
                            .status()))
        .contains(429);
  }

  @Test
  void everyAnswerSaysWhatItIsAndWhatIsPersonalIsNotKept() {
    assertThat(client.get("/signin").header("Content-Type")).isEqualTo("text/html;charset=utf-8");
    assertThat(client.get("/signin").header("Cache-Control")).isEqualTo("no-store");
    assertThat(client.get("/signin.css").header("Content-Type"))
        .isEqualTo("text/css;charset=utf-8");
    assertThat(client.get("/signin.js").header("Content-Type"))
        .isEqualTo("text/javascript;charset=utf-8");
    assertThat(client.get("/api/v1/nothing").header("Content-Type"))
        .startsWith("application/problem+json");
    assertThat(client.get("/api/v1/nothing").header("Cache-Control")).isEqualTo("no-store");
  }

  @Test
  void aSignInIsLoggedWithoutItsToken() {
    try (LogListener log = LogListener.listen()) {
      assertThat(client.post("/api/v1/signin", "{\"token\":\"owner\"}").status()).isEqualTo(200);
      assertThat(client.post("/api/v1/signin", "{\"token\":\"planted\"}").status()).isEqualTo(401);
      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(
              () ->
                  assertThat(log.heard())
                      .anyMatch(each -> each.getFormattedMessage().equals("signed in as owner"))
                      .anyMatch(each -> String.valueOf(each.getKeyValuePairs()).contains("401")));
      assertThat(log.heard())
          .noneMatch(each -> (each + " " + each.getKeyValuePairs()).contains("planted"));
    }
  }

  /** All that comes until the server closes. */
  private String whole(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }
  }

  /** The first line of the answer. */
  private String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      socket.getOutputStream().flush();
      return String.valueOf(
          new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)).readLine());
    }
  }
}
