package io.lumbar.history.influx;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.opentest4j.TestAbortedException;

/**
 * A real {@code influxd} of Debian (1.6) on free loopback ports, for tests. In front of it stands a
 * proxy that gives it the path {@code /api/v2/write}, which came with 1.8.
 */
public final class RealInflux implements AutoCloseable {
  private static final Path BINARY = Path.of("/usr/bin/influxd");

  static {
    // Without it the JDK's server holds back every small answer for 40 ms.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final Path folder;
  private volatile Process process;
  private final URI influx;
  private final HttpServer proxy;
  private final ExecutorService threads;
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final Set<String> encodings = ConcurrentHashMap.newKeySet();
  private volatile int refusal;
  private volatile boolean keeping;
  private volatile boolean losing;

  private RealInflux(
      Path folder, Process process, URI influx, HttpServer proxy, ExecutorService threads) {
    this.folder = folder;
    this.process = process;
    this.influx = influx;
    this.proxy = proxy;
    this.threads = threads;
  }

  /**
   * Starts one with its data in the folder.
   *
   * @throws TestAbortedException when the machine has no influxd, unless the environment says
   *     CI=true: then it fails
   */
  public static RealInflux start(Path folder) throws IOException {
    return start(folder, "");
  }

  /**
   * Starts one with its data in the folder.
   *
   * @param settings lines of its configuration's section {@code data}
   */
  static RealInflux start(Path folder, String settings) throws IOException {
    if (!Files.isExecutable(BINARY)) {
      String reason = BINARY + " is missing: apt-get install influxdb";
      if ("true".equals(System.getenv("CI"))) {
        throw new IllegalStateException(reason);
      }
      System.err.println("InfluxDB tests skipped: " + reason);
      throw new TestAbortedException(reason);
    }
    int port;
    int rpcPort;
    try (ServerSocket one = loopback();
        ServerSocket other = loopback()) {
      port = one.getLocalPort();
      rpcPort = other.getLocalPort();
    }
    Path configuration = folder.resolve("influxdb.conf");
    Files.writeString(
        configuration,
        """
        reporting-disabled = true
        bind-address = "127.0.0.1:%2$d"
        [meta]
          dir = "%3$s/meta"
        [data]
          dir = "%3$s/data"
          wal-dir = "%3$s/wal"
          %4$s
        [monitor]
          store-enabled = false
        [http]
          bind-address = "127.0.0.1:%1$d"
          log-enabled = false
        """
            .formatted(port, rpcPort, folder.toAbsolutePath(), settings));
    Process process = launch(folder);
    HttpServer proxy =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    ExecutorService threads =
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, "influx-proxy");
              thread.setDaemon(true);
              return thread;
            });
    RealInflux started =
        new RealInflux(folder, process, URI.create("http://127.0.0.1:" + port), proxy, threads);
    proxy.setExecutor(threads);
    proxy.createContext("/", started::forward);
    proxy.start();
    started.awaitReady();
    return started;
  }

  private static Process launch(Path folder) throws IOException {
    return new ProcessBuilder(
            BINARY.toString(), "-config", folder.resolve("influxdb.conf").toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("influxd.log").toFile()))
        .start();
  }

  /** Kills the server; what asks for it gets no answer until {@link #startAgain}. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Starts it on the same data, and returns once it answers. */
  public void startAgain() throws IOException {
    process = launch(folder);
    awaitReady();
  }

  private static ServerSocket loopback() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  private void awaitReady() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(20))
        .ignoreExceptions()
        .until(
            () ->
                client
                        .send(
                            HttpRequest.newBuilder(influx.resolve("/ping")).build(),
                            HttpResponse.BodyHandlers.discarding())
                        .statusCode()
                    == 204);
  }

  /** Where to point the client. */
  public String url() {
    return "http://127.0.0.1:" + proxy.getAddress().getPort();
  }

  public InfluxConfig config(String bucket) {
    return new InfluxConfig(url(), null, "-", bucket);
  }

  /** Past the proxy: a server that lacks the newer path. */
  InfluxConfig direct(String bucket) {
    return new InfluxConfig(influx.toString(), null, "-", bucket);
  }

  /** From now on answers every request with this status; 0 ends that. */
  public void refuseWith(int status) {
    refusal = status;
  }

  /** From now on refuses to delete, as InfluxDB 3 does, until told otherwise. */
  void deleteNothing(boolean keep) {
    keeping = keep;
  }

  /** From now on takes what is written and does not say so, until told otherwise. */
  void loseAnswers(boolean lose) {
    losing = lose;
  }

  /** Method and path of the requests so far, with the statement of queries. */
  public List<String> requests() {
    return requests;
  }

  /** How the bodies of writes were packed so far. */
  Set<String> encodings() {
    return encodings;
  }

  /** The CSV answer to a statement. */
  public String query(String database, String influxQl) throws Exception {
    return client
        .send(
            HttpRequest.newBuilder(influx.resolve("/query?db=" + database))
                .header("Accept", "application/csv")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "q=" + URLEncoder.encode(influxQl, StandardCharsets.UTF_8)))
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private void forward(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      note(exchange, body);
      if (refusal != 0) {
        exchange.sendResponseHeaders(refusal, -1);
        return;
      }
      if (keeping && new String(body, StandardCharsets.UTF_8).contains("DELETE")) {
        byte[] answer =
            "{\"results\":[{\"statement_id\":0,\"error\":\"DELETE is not supported\"}]}"
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        return;
      }
      HttpRequest.Builder request =
          HttpRequest.newBuilder(influx.resolve(rewritten(exchange.getRequestURI())))
              .timeout(Duration.ofSeconds(30))
              .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
      for (String header : List.of("Content-Type", "Content-Encoding", "Accept")) {
        String value = exchange.getRequestHeaders().getFirst(header);
        if (value != null) {
          request.header(header, value);
        }
      }
      HttpResponse<byte[]> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      if (losing && exchange.getRequestURI().getPath().endsWith("/write")) {
        exchange.sendResponseHeaders(503, -1);
        return;
      }
      response
          .headers()
          .firstValue("Content-Type")
          .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
      exchange.sendResponseHeaders(
          response.statusCode(), response.body().length == 0 ? -1 : response.body().length);
      exchange.getResponseBody().write(response.body());
    } catch (IOException e) {
      // The server is away, as a broken connection would say.
      exchange.sendResponseHeaders(503, -1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void note(HttpExchange exchange, byte[] body) {
    String path = exchange.getRequestURI().getPath();
    String statement =
        path.equals("/query")
            ? " "
                + URLDecoder.decode(
                    new String(body, StandardCharsets.UTF_8), StandardCharsets.UTF_8)
            : "";
    String encoding = exchange.getRequestHeaders().getFirst("Content-Encoding");
    if (path.equals("/api/v2/write") && encoding != null) {
      encodings.add(encoding);
    }
    requests.add(exchange.getRequestMethod() + " " + path + statement);
  }

  private static String rewritten(URI uri) {
    if (!uri.getPath().equals("/api/v2/write")) {
      return uri.toString();
    }
    Map<String, String> parameters = new TreeMap<>();
    for (String each : uri.getRawQuery().split("&")) {
      int equals = each.indexOf('=');
      parameters.put(
          each.substring(0, equals),
          URLDecoder.decode(each.substring(equals + 1), StandardCharsets.UTF_8));
    }
    String[] bucket = parameters.get("bucket").split("/");
    String precision =
        switch (parameters.getOrDefault("precision", "ns")) {
          case "ns" -> "n";
          case "us" -> "u";
          default -> parameters.get("precision");
        };
    return "/write?db="
        + bucket[0]
        + (bucket.length > 1 ? "&rp=" + bucket[1] : "")
        + "&precision="
        + precision;
  }

  @Override
  public void close() {
    proxy.stop(0);
    threads.shutdownNow();
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
