package io.lumbar.alerts.delivery;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP receiver on loopback that keeps what it is sent and answers as it is told. */
public final class Receiver implements AutoCloseable {
  public static final int HANG = -1;

  /** Status 200 and its headers, and then nothing of the body that they announce. */
  public static final int STALL = -2;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch over = new CountDownLatch(1);
  private final Deque<Integer> answers = new ConcurrentLinkedDeque<>();
  public final List<Got> got = new CopyOnWriteArrayList<>();

  /** One request. */
  public record Got(String path, Map<String, String> headers, String body, byte[] bytes) {}

  public Receiver() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::take);
    server.start();
  }

  /** What the next requests are answered; 200 when nothing is left. */
  public void answers(Integer... statuses) {
    answers.addAll(List.of(statuses));
  }

  /** Whether the requests that the given answers are for have come. */
  boolean allAnswersTaken() {
    return answers.isEmpty();
  }

  public URI url(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private void take(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
    byte[] bytes = exchange.getRequestBody().readAllBytes();
    String body = new String(bytes, StandardCharsets.UTF_8);
    got.add(new Got(exchange.getRequestURI().toString(), headers, body, bytes));
    Integer status = answers.poll();
    if (status != null && status == HANG) {
      try {
        over.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    if (status != null && status == STALL) {
      exchange.sendResponseHeaders(200, 100);
      exchange.getResponseBody().write('x');
      exchange.getResponseBody().flush();
      return;
    }
    exchange.sendResponseHeaders(status == null ? 200 : Math.abs(status), -1);
    exchange.close();
  }

  @Override
  public void close() {
    over.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
