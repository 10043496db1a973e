package io.lumbar.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lumbar.http.testing.LogListener;
import io.lumbar.http.testing.TestClient;
import io.lumbar.model.Device;
import io.lumbar.model.Placement;
import io.lumbar.model.Wearer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpServerTest {
  private static final int LIMIT = 64 << 10;
  private final MemoryRegistry registry = new MemoryRegistry();
  private Instant now = Instant.parse("2026-03-02T08:00:00Z");
  private Authentication authentication;
  private HttpServer server;
  private TestClient client;

  @BeforeEach
  void start() {
    start(HttpConfig.loopback(0));
  }

  @Test
  void aHeaderMayBeSoLargeAndNoLarger() {
    start(
        new HttpConfig(
            "127.0.0.1",
            0,
            LIMIT,
            0,
            0,
            new HttpLimits(100, 2048, HttpLimits.defaults().patience(), 1 << 20),
            null));
    assertThat(client.get("/signin", "X-Long", "x".repeat(1000)).status()).isEqualTo(200);
    assertThat(client.get("/signin", "X-Long", "x".repeat(3000)).status()).isEqualTo(431);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void answersErrorsAsProblemsWithoutAStackTrace() {
    var missing = client.get("/nowhere");
    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.header("Content-Type")).startsWith("application/problem+json");
    assertThat(missing.json().get("detail").asText()).isEqualTo("there is nothing at /nowhere");

    var other = client.post("/who", "");
    assertThat(other.status()).isEqualTo(405);
    assertThat(other.header("Allow")).isEqualTo("GET");

    var bug = client.get("/bug", "X-Request-Id", "from-client-1");
    assertThat(bug.status()).isEqualTo(500);
    assertThat(bug.header("X-Request-Id")).isEqualTo("from-client-1");
    assertThat(bug.json().get("detail").asText()).contains("from-client-1");
    assertThat(bug.text()).doesNotContain("secret cause", "io.lumbar", "Exception");
  }

  @Test
  void sendsSecurityHeadersAndARequestId() {
    var answer = client.get("/signin", "X-Request-Id", "no good id");

    assertThat(answer.header("X-Request-Id")).startsWith("r_");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.header("Content-Security-Policy"))
        .contains(
            "default-src 'self'", "object-src 'none'", "frame-ancestors 'none'", "base-uri 'none'");
    assertThat(answer.header("Server")).isEmpty();
    assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
    assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
  }

  @Test
  void everyRequestEndsInALineWithItsIdAndWithoutItsPath() {
    try (LogListener log = LogListener.listen()) {
      client.get("/who?token=ld_planted", "X-Request-Id", "from-client-2");
      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(
              () ->
                  assertThat(log.heard())
                      .filteredOn(event -> event.getMessage().equals("answered"))
                      .singleElement()
                      .satisfies(
                          event -> {
                            assertThat(event.getMDCPropertyMap())
                                .containsEntry("request", "from-client-2");
                            assertThat(event.getKeyValuePairs())
                                .extracting(each -> each.key + " " + each.value)
                                .contains("method GET", "path /who", "status 401");
                          }));
      assertThat(log.heard())
          .noneMatch(event -> (event + " " + event.getKeyValuePairs()).contains("planted"));
    }
  }

  @Test
  void knowsPeopleByEveryWayToSendAToken() {
    Registry.Added<Wearer> wearer = registry.addWearer("ada", ZoneId.of("UTC"));
    Registry.Added<Device> device = registry.addDevice(wearer.item().id(), "leg", Placement.THIGH);

    assertThat(who("Authorization", "Bearer " + wearer.token())).isEqualTo("WEARER");
    assertThat(who("Authorization", "Bearer " + device.token())).isEqualTo("DEVICE");
    assertThat(who("Authorization", "Bearer owner-secret")).isEqualTo("OWNER");
    assertThat(who("Authorization", "Bearer admin-secret")).isEqualTo("ADMIN");
    assertThat(who("Authorization", basic("anybody:" + device.token()))).isEqualTo("DEVICE");
    assertThat(who("Authorization", basic(device.token() + ":"))).isEqualTo("DEVICE");
    assertThat(client.get("/who?token=" + device.token()).text()).isEqualTo("DEVICE");
    assertThat(client.get("/who/" + device.token()).text()).isEqualTo("DEVICE");
  }

  @Test
  void whileSharingIsPausedOnlyTheWearerReads() {
    Registry.Added<Wearer> ada = registry.addWearer("ada", ZoneId.of("UTC"));
    Wearer item = ada.item();
    registry.update(
        new Wearer(
            item.id(),
            "ada",
            item.tokenHash(),
            item.zones(),
            item.settings().withSharingPausedUntil(now.plusSeconds(60))));

    var refused = client.get("/read/ada", "Authorization", "Bearer owner-secret");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.json().get("detail").asText()).contains("paused sharing");
    assertThat(client.get("/read/ada", "Authorization", "Bearer " + ada.token()).text())
        .isEqualTo("ada");
    now = now.plusSeconds(60);
    assertThat(client.get("/read/ada", "Authorization", "Bearer owner-secret").text())
        .isEqualTo("ada");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer ", "Bearer owner-secre", "Basic !!", "Bearer lw_unknown"})
  void refusesTokensThatItDoesNotKnow(String header) {
    var answer = client.get("/who", "Authorization", header);

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.json().get("detail").asText()).contains("/signin");
  }

  @Test
  void whoGuessesTokensIsSlowedDownAndNobodyElse() {
    List<TestClient.Answer> guesses =
        IntStream.range(0, 200)
            .mapToObj(i -> client.get("/who", "Authorization", "Bearer lw_" + i))
            .toList();
    assertThat(guesses).allSatisfy(each -> assertThat(each.status()).isIn(401, 429));
    assertThat(guesses)
        .filteredOn(each -> each.status() == 429)
        .isNotEmpty()
        .allSatisfy(each -> assertThat(each.header("Retry-After")).isEqualTo("1"));
    assertThat(who("Authorization", "Bearer owner-secret")).isEqualTo("OWNER");
  }

  @Test
  void signsInForThirtyDaysWithACookieThatNobodyCanForge() {
    Registry.Added<Wearer> wearer = registry.addWearer("ada", ZoneId.of("UTC"));
    var signedIn = client.post("/api/v1/signin", "{\"token\":\"" + wearer.token() + "\"}");
    assertThat(signedIn.status()).isEqualTo(200);
    String header = signedIn.header("Set-Cookie");
    assertThat(header).contains("HttpOnly", "SameSite=Lax").doesNotContain("Secure");
    String cookie = header.substring(0, header.indexOf(';'));

    assertThat(who("Cookie", cookie)).isEqualTo("WEARER");
    assertThat(client.get("/who", "Cookie", cookie + "x").status()).isEqualTo(401);
    now = now.plus(Duration.ofDays(30)).minusSeconds(1);
    assertThat(who("Cookie", cookie)).isEqualTo("WEARER");
    now = now.plusSeconds(1);
    assertThat(client.get("/who", "Cookie", cookie).status()).isEqualTo(401);
  }

  @Test
  void aNewTokenSignsTheOldOnesPagesOut() {
    Registry.Added<Wearer> wearer = registry.addWearer("ada", ZoneId.of("UTC"));
    String cookie = signIn(wearer.token());
    Wearer item = wearer.item();
    registry.update(
        new Wearer(item.id(), "ada", Tokens.hash("lw_new"), item.zones(), item.settings()));

    assertThat(client.get("/who", "Cookie", cookie).status()).isEqualTo(401);
    assertThat(client.get("/who?token=" + wearer.token()).status()).isEqualTo(401);
  }

  @Test
  void aPageEndsWithTheTokenThatItWasSignedInWith() {
    Registry.Added<Wearer> wearer = registry.addWearer("ada", ZoneId.of("UTC"));
    String cookie = signIn(wearer.token());
    registry.rotate(wearer.item().id(), now, now.plusSeconds(60));
    assertThat(who("Cookie", cookie)).isEqualTo("WEARER");
    // Signed in while the token was on its way out, and no longer than it.
    String late = signIn(wearer.token());
    now = now.plusSeconds(60);
    assertThat(client.get("/who", "Cookie", cookie).status()).isEqualTo(401);
    assertThat(client.get("/who", "Cookie", late).status()).isEqualTo(401);
    assertThat(client.get("/who", "Authorization", "Bearer " + wearer.token()).status())
        .isEqualTo(401);
  }

  @Test
  void refusesWhatAnotherSiteMakesABrowserSend() {
    String cookie = signIn("owner-secret");

    assertThat(client.post("/change", "", "Cookie", cookie).status()).isEqualTo(200);
    assertThat(post(cookie, "Sec-Fetch-Site", "same-origin")).isEqualTo(200);
    assertThat(post(cookie, "Sec-Fetch-Site", "cross-site")).isEqualTo(403);
    assertThat(post(cookie, "Origin", "http://evil.example")).isEqualTo(403);
    assertThat(post(cookie, "Origin", "null")).isEqualTo(403);
    assertThat(post(cookie, "Origin", "http://127.0.0.1:" + server.port())).isEqualTo(200);
    assertThat(
            client
                .post(
                    "/change",
                    "",
                    "Authorization",
                    "Bearer owner-secret",
                    "Origin",
                    "http://evil.example")
                .status())
        .isEqualTo(200);
  }

  @Test
  void aOneTimeLinkSignsInOnce() {
    String link = authentication.oneTimeLink(new Principal.Owner());

    var first = client.get(link);
    assertThat(first.status()).isEqualTo(302);
    assertThat(first.header("Location")).isEqualTo("/");
    String header = first.header("Set-Cookie");
    assertThat(who("Cookie", header.substring(0, header.indexOf(';')))).isEqualTo("OWNER");

    var second = client.get(link);
    assertThat(second.status()).isEqualTo(200);
    assertThat(second.text()).contains("used already");
    assertThat(second.header("Set-Cookie")).isEmpty();
  }

  @Test
  void aOneTimeLinkIsGoodForTenMinutes() {
    String link = authentication.oneTimeLink(new Principal.Owner());
    now = now.plus(Duration.ofMinutes(10));

    assertThat(client.get(link).header("Set-Cookie")).isEmpty();
  }

  @Test
  void doesNotSignInDevices() {
    Registry.Added<Wearer> wearer = registry.addWearer("ada", ZoneId.of("UTC"));
    Registry.Added<Device> device = registry.addDevice(wearer.item().id(), "leg", Placement.THIGH);

    assertThat(client.post("/api/v1/signin", "{\"token\":\"" + device.token() + "\"}").status())
        .isEqualTo(403);
    assertThat(client.post("/api/v1/signin", "{\"tokn\":\"x\"}").json().get("detail").asText())
        .isEqualTo("tokn: unknown field; known are token");
  }

  @Test
  void limitsBodiesAfterDecompression() {
    byte[] fits = "x".repeat(LIMIT).getBytes(UTF_8);
    byte[] over = "x".repeat(LIMIT + 1).getBytes(UTF_8);
    String[] gzip = {"Content-Encoding", "gzip"};

    assertThat(client.send("POST", "/size", fits).text()).isEqualTo("" + LIMIT);
    assertThat(client.send("POST", "/size", TestClient.gzip(fits), gzip).text())
        .isEqualTo("" + LIMIT);
    assertThat(client.send("POST", "/size", over).status()).isEqualTo(413);
    var inflated = client.send("POST", "/size", TestClient.gzip(over), gzip);
    assertThat(inflated.status()).isEqualTo(413);
    assertThat(inflated.json().get("detail").asText()).contains("65536 bytes");
    assertThat(client.send("POST", "/size", fits, gzip).status()).isEqualTo(400);
    assertThat(client.send("POST", "/size", fits, "Content-Encoding", "br").status())
        .isEqualTo(415);
  }

  @Test
  void limitsRequestsPerToken() {
    server.close();
    start(new HttpConfig("127.0.0.1", 0, LIMIT, 1, null));

    List<Integer> statuses =
        IntStream.range(0, 4)
            .mapToObj(i -> client.get("/who", "Authorization", "Bearer owner-secret").status())
            .toList();
    assertThat(statuses.subList(0, 2)).containsOnly(200);
    assertThat(statuses).contains(429);
    assertThat(client.get("/who", "Authorization", "Bearer admin-secret").status()).isEqualTo(200);
  }

  @Test
  void limitsTheBytesOfATokenAndSaysHowLongToWait() {
    server.close();
    start(new HttpConfig("127.0.0.1", 0, LIMIT, 0, 10, null));
    byte[] body = new byte[LIMIT / 2];
    String[] owner = {"Authorization", "Bearer owner-secret"};

    assertThat(client.send("POST", "/whose-size", body, owner).status()).isEqualTo(200);
    var refused = client.send("POST", "/whose-size", body, owner);
    assertThat(refused.status()).isEqualTo(429);
    assertThat(Integer.parseInt(refused.header("Retry-After"))).isPositive();
    assertThat(
            client
                .send("POST", "/whose-size", body, "Authorization", "Bearer admin-secret")
                .status())
        .isEqualTo(200);
  }

  @Test
  void aDevicesTokenHasLimitsOfItsOwn() {
    server.close();
    HttpLimits limits = new HttpLimits(100, 8 << 10, Duration.ofSeconds(20), 1 << 20, 10, LIMIT);
    start(new HttpConfig("127.0.0.1", 0, LIMIT, 0, 0, limits, null));
    Wearer wearer = registry.addWearer("ann", ZoneId.of("Europe/London")).item();
    String[] phone = bearer(registry.addDevice(wearer.id(), "phone", Placement.WRIST).token());
    String[] watch = bearer(registry.addDevice(wearer.id(), "watch", Placement.WRIST).token());
    byte[] body = new byte[LIMIT];

    // Half a minute's worth at once, and what goes beyond is owed.
    assertThat(client.send("POST", "/whose-size", body, phone).status()).isEqualTo(200);
    var refused = client.send("POST", "/whose-size", body, phone);
    assertThat(refused.status()).isEqualTo(429);
    assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(20, 30);

    for (int i = 0; i < 5; i++) {
      assertThat(client.get("/who", watch).status()).isEqualTo(200);
    }
    var tooMany = client.get("/who", watch);
    assertThat(tooMany.status()).isEqualTo(429);
    assertThat(tooMany.json().get("detail").asText()).contains("10 requests per minute");
    for (int i = 0; i < 20; i++) {
      assertThat(client.get("/who", bearer("owner-secret")).status()).isEqualTo(200);
    }
  }

  private static String[] bearer(String token) {
    return new String[] {"Authorization", "Bearer " + token};
  }

  @Test
  void filesOfATokenAreCountedApartSoThatALargeOneKeepsNobodyFromUploading() {
    server.close();
    start(new HttpConfig("127.0.0.1", 0, LIMIT, 0, 10, null));
    byte[] body = new byte[LIMIT / 2];
    String[] owner = {"Authorization", "Bearer owner-secret"};

    assertThat(client.send("POST", "/whose-file", body, owner).status()).isEqualTo(200);
    assertThat(client.send("POST", "/whose-file", body, owner).status()).isEqualTo(429);
    assertThat(client.send("POST", "/whose-size", body, owner).status()).isEqualTo(200);
  }

  @Test
  void readsBodiesOfWhichOnlyTheBeginningIsHeldBack() {
    byte[] large = new byte[3 << 20];
    new SplittableRandom(5).nextBytes(large);

    assertThat(client.send("POST", "/large", large).text()).isEqualTo("" + large.length);
    assertThat(
            client
                .send("POST", "/large", TestClient.gzip(large), "Content-Encoding", "gzip")
                .text())
        .isEqualTo("" + large.length);
  }

  @Test
  void bodiesThatTrickleInDoNotStopOthers() throws IOException {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 100; i++) {
        Socket socket = new Socket("127.0.0.1", server.port());
        socket
            .getOutputStream()
            .write("POST /size HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\na".getBytes());
        slow.add(socket);
      }
      assertThat(client.send("POST", "/size", new byte[500]).status()).isEqualTo(200);
      Socket last = slow.get(99);
      last.getOutputStream().write(new byte[499]);
      byte[] answer = new byte[12];
      assertThat(last.getInputStream().readNBytes(answer, 0, 12)).isEqualTo(12);
      assertThat(new String(answer)).isEqualTo("HTTP/1.1 200");
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void marksTheCookieSecureBehindHttps() {
    server.close();
    start(new HttpConfig("127.0.0.1", 0, LIMIT, 0, URI.create("https://lumbar.example")));

    String[] proxy = {"X-Forwarded-Proto", "https"};
    var answer = client.post("/api/v1/signin", "{\"token\":\"owner-secret\"}", proxy);
    assertThat(answer.header("Set-Cookie"))
        .startsWith("__Host-lumbar=")
        .contains("Secure", "Path=/")
        .doesNotContain("Domain");
    String value = answer.header("Set-Cookie").split("[=;]", 3)[1];
    assertThat(client.get("/who", proxy[0], proxy[1], "Cookie", "__Host-lumbar=" + value).text())
        .isEqualTo("OWNER");
    assertThat(client.get("/who", proxy[0], proxy[1], "Cookie", "lumbar=" + value).status())
        .isEqualTo(401);
    // The link that is printed on this machine goes to plain http, where browsers keep no such one.
    var here = client.post("/api/v1/signin", "{\"token\":\"owner-secret\"}");
    assertThat(here.header("Set-Cookie")).startsWith("lumbar=").doesNotContain("Secure");
    assertThat(
            client
                .post(
                    "/api/v1/signin",
                    "{\"token\":\"owner-secret\"}",
                    "Origin",
                    "https://lumbar.example")
                .status())
        .isEqualTo(200);
  }

  @Test
  void saysWhichPortIsInUse() {
    assertThatThrownBy(() -> start(HttpConfig.loopback(server.port())))
        .isInstanceOf(PortInUse.class)
        .hasMessageContaining("port " + server.port());
  }

  private void start(HttpConfig config) {
    InstantSource clock = () -> now;
    authentication =
        new Authentication(registry, "owner-secret", "admin-secret", new byte[32], config, clock);
    Routes probes =
        routes -> {
          routes.get("/who", ctx -> ctx.result(authentication.require(ctx).kind().name()));
          routes.get(
              "/who/{token}",
              ctx ->
                  ctx.result(
                      authentication.requireToken(ctx, ctx.pathParam("token")).kind().name()));
          routes.get(
              "/read/{wearer}",
              ctx ->
                  ctx.result(ReadableWearer.of(ctx, registry, authentication.require(ctx)).name()));
          routes.post("/change", ctx -> ctx.result(authentication.require(ctx).kind().name()));
          routes.post("/size", ctx -> ctx.result("" + Bodies.read(ctx, LIMIT).length));
          routes.post("/large", ctx -> ctx.result("" + Bodies.read(ctx, 8 << 20).length));
          routes.post(
              "/whose-size",
              ctx -> {
                authentication.require(ctx);
                ctx.result("" + Bodies.read(ctx, LIMIT).length);
              });
          routes.post(
              "/whose-file",
              ctx -> {
                authentication.requireForFile(ctx);
                ctx.result("" + Bodies.copy(ctx, OutputStream.nullOutputStream(), LIMIT));
              });
          routes.get(
              "/bug",
              ctx -> {
                throw new IllegalStateException("secret cause");
              });
        };
    server = HttpServer.start(config, authentication, List.of(probes));
    client = new TestClient(server.port());
  }

  private String signIn(String token) {
    String header =
        client.post("/api/v1/signin", "{\"token\":\"" + token + "\"}").header("Set-Cookie");
    return header.substring(0, header.indexOf(';'));
  }

  private int post(String cookie, String name, String value) {
    return client.post("/change", "", "Cookie", cookie, name, value).status();
  }

  private String who(String name, String value) {
    return client.get("/who", name, value).text();
  }

  private static String basic(String credentials) {
    return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8));
  }
}
