package io.lumbar.reports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.model.Json;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A client of the live stream that keeps what it heard. */
final class EventStream implements AutoCloseable {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> comments = new LinkedBlockingQueue<>();
  private final Stream<String> lines;

  record Event(@Nullable String id, String name, JsonNode data, long receivedNanos) {}

  private EventStream(Stream<String> lines) {
    this.lines = lines;
    Thread reader = new Thread(this::read, "event-stream-test");
    reader.setDaemon(true);
    reader.start();
  }

  static EventStream open(ReportsServer server, String token, @Nullable String lastEventId) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.uri("/api/v1/wearers/w_mira/live"))
            .header("Authorization", "Bearer " + token)
            .header("Accept", "text/event-stream");
    if (lastEventId != null) {
      request.header("Last-Event-ID", lastEventId);
    }
    try {
      HttpResponse<Stream<String>> answer =
          HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofLines());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type").orElse(""))
          .startsWith("text/event-stream");
      return new EventStream(answer.body());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** The next event, which must come within seconds. */
  Event next() throws InterruptedException {
    Event event = events.poll(10, TimeUnit.SECONDS);
    assertThat(event).as("an event within 10 s").isNotNull();
    return event;
  }

  String nextComment() throws InterruptedException {
    return comments.poll(10, TimeUnit.SECONDS);
  }

  boolean isQuiet() {
    return events.isEmpty();
  }

  private void read() {
    String[] fields = new String[2];
    try {
      lines.forEach(line -> take(line, fields));
    } catch (RuntimeException e) {
      // The server or the test has closed the connection.
    }
  }

  private void take(String line, String[] fields) {
    if (line.startsWith("id: ")) {
      fields[0] = line.substring(4);
    } else if (line.startsWith("event: ")) {
      fields[1] = line.substring(7);
    } else if (line.startsWith(":")) {
      comments.add(line);
    } else if (line.startsWith("data: ")) {
      try {
        JsonNode data = Json.mapper().readTree(line.substring(6));
        events.add(new Event(fields[0], fields[1], data, System.nanoTime()));
      } catch (IOException e) {
        throw new AssertionError(line, e);
      }
      fields[0] = null;
    }
  }

  @Override
  public void close() {
    lines.close();
  }
}
