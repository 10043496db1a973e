package io.lumbar.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A wearer's open event stream, as a page holds it, up to its first alert. */
final class LiveStream implements AutoCloseable {
  private static final Duration OPEN_WITHIN = Duration.ofSeconds(30);

  private final Socket socket;
  private final CompletableFuture<Void> opened = new CompletableFuture<>();
  private final CompletableFuture<Long> alert = new CompletableFuture<>();

  /** Returns once the server has said what is now. */
  LiveStream(ChildProcess server, Subject subject) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), server.url().getPort());
    socket.setTcpNoDelay(true);
    byte[] request =
        HttpConnection.head(
            List.of(
                "GET /api/v1/wearers/" + subject.id() + "/live HTTP/1.1",
                "Host: localhost",
                "Authorization: Bearer " + subject.wearerToken(),
                "Accept: text/event-stream"));
    socket.getOutputStream().write(request);
    Thread reader = new Thread(this::read, "live-stream");
    reader.setDaemon(true);
    reader.start();
    try {
      opened.get(OPEN_WITHIN.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("a live stream did not open", e);
    }
  }

  /** When the alert came, in {@link System#nanoTime}. */
  CompletableFuture<Long> alert() {
    return alert;
  }

  private void read() {
    try {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), 1024);
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.startsWith("event:")) {
          String event = line.substring("event:".length()).strip();
          if (event.equals("alert")) {
            alert.complete(System.nanoTime());
            return;
          }
          opened.complete(null);
        }
      }
      throw new IOException("the stream ended");
    } catch (IOException e) {
      opened.completeExceptionally(e);
      alert.completeExceptionally(e);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
