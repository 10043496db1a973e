package io.lumbar.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A receiver of webhooks on loopback that answers each at once with 200 and notes when the first of
 * a wearer came. Each wearer's webhooks have a path of their own, so that no body is read apart.
 */
final class WebhookReceiver implements AutoCloseable {
  private static final int THREADS = 2;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final Map<String, CompletableFuture<Long>> arrivals = new ConcurrentHashMap<>();

  WebhookReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::take);
    server.start();
  }

  /** Where the webhooks of a wearer go. */
  URI url(String wearer) {
    return URI.create(
        "http://"
            + server.getAddress().getAddress().getHostAddress()
            + ":"
            + server.getAddress().getPort()
            + path(wearer));
  }

  /** When the first one of a wearer came, in {@link System#nanoTime}. */
  CompletableFuture<Long> first(String wearer) {
    return at(path(wearer));
  }

  private static String path(String wearer) {
    return "/" + wearer;
  }

  private CompletableFuture<Long> at(String path) {
    return arrivals.computeIfAbsent(path, any -> new CompletableFuture<>());
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      at(exchange.getRequestURI().getPath()).complete(System.nanoTime());
      exchange.sendResponseHeaders(200, -1);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
