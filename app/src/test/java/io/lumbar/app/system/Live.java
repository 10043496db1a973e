package io.lumbar.app.system;

import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.model.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.CopyOnWriteArrayList;

/** Listens to a wearer's server-sent events and notes when each one came. */
final class Live implements AutoCloseable {
  private final InputStream stream;
  private final List<Event> events = new CopyOnWriteArrayList<>();

  record Event(String name, JsonNode data, Instant cameAt) {}

  private Live(InputStream stream) {
    this.stream = stream;
    Thread reader = new Thread(this::read, "live");
    reader.setDaemon(true);
    reader.start();
  }

  static Live of(Api api, String wearer) throws IOException, InterruptedException {
    HttpResponse<InputStream> response =
        Api.http()
            .send(
                api.request("/api/v1/wearers/" + wearer + "/live").GET().build(),
                HttpResponse.BodyHandlers.ofInputStream());
    if (response.statusCode() != 200) {
      throw new AssertionError("status " + response.statusCode());
    }
    return new Live(response.body());
  }

  private void read() {
    String name = "";
    try (Scanner lines = new Scanner(stream, StandardCharsets.UTF_8)) {
      while (lines.hasNextLine()) {
        String line = lines.nextLine();
        if (line.startsWith("event: ")) {
          name = line.substring("event: ".length());
        } else if (line.startsWith("data: ")) {
          Instant now = Instant.now();
          events.add(
              new Event(name, Json.mapper().readTree(line.substring("data: ".length())), now));
        }
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** What came so far under a name. */
  List<Event> events(String name) {
    return events.stream().filter(event -> event.name().equals(name)).toList();
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
