package io.lumbar.app.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lumbar.model.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Speaks HTTP to a Lumbar with one token. */
final class Api {
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private final String url;
  private final String token;

  /** An answer, or status 0 when there was none. */
  record Answer(int status, String body, Optional<String> retryAfter) {
    boolean is(int expected) {
      return status == expected;
    }

    JsonNode json() {
      if (status / 100 != 2) {
        throw new AssertionError(status + ": " + body);
      }
      try {
        return Json.mapper().readTree(body);
      } catch (IOException e) {
        throw new AssertionError(body, e);
      }
    }
  }

  /** A wearer that was added with a device; {@code token} is the device's. */
  record Added(String wearer, String wearerToken, String token) {}

  Api(String url, String token) {
    this.url = url;
    this.token = token;
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path))
        .header("Authorization", "Bearer " + token);
  }

  static HttpClient http() {
    return HTTP;
  }

  Answer get(String path) {
    return send(request(path).timeout(Duration.ofSeconds(30)).GET().build());
  }

  Answer post(String path, String type, byte[] body) {
    return send(
        request(path)
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build());
  }

  Answer post(String path, Object body) {
    return post(path, "application/json", Json.bytes(body));
  }

  Answer patch(String path, Object body) {
    return send(
        request(path)
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", "application/json")
            .method("PATCH", HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body)))
            .build());
  }

  /** One upload of native observations. */
  Answer upload(List<ObjectNode> observations) {
    return post("/api/v1/observations", observations);
  }

  private static Answer send(HttpRequest request) {
    try {
      HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
      return new Answer(
          response.statusCode(), response.body(), response.headers().firstValue("Retry-After"));
    } catch (IOException e) {
      return new Answer(0, String.valueOf(e), Optional.empty());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException("interrupted", e));
    }
  }

  /** Adds a wearer with a thigh sensor; returns the sensor. */
  Added addWearer(String name, String zone) {
    JsonNode wearer = post("/api/v1/wearers", Map.of("name", name, "zone", zone)).json();
    JsonNode device =
        post("/api/v1/wearers/" + name + "/devices", Map.of("placement", "thigh")).json();
    return new Added(
        wearer.path("id").asText(), wearer.path("token").asText(), device.path("token").asText());
  }

  /** Every item of a list, over all its pages. */
  List<JsonNode> items(String path) {
    List<JsonNode> items = new ArrayList<>();
    String after = "";
    while (true) {
      String mark = path.contains("?") ? "&" : "?";
      JsonNode page = get(path + mark + "limit=10000" + after).json();
      page.path("items").forEach(items::add);
      if (page.path("next").isNull()) {
        return items;
      }
      after = "&after=" + encode(page.path("next").asText());
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  List<JsonNode> bouts(String wearer) {
    return items("/api/v1/wearers/" + wearer + "/bouts");
  }

  List<JsonNode> alerts(String wearer) {
    return items("/api/v1/wearers/" + wearer + "/alerts");
  }

  long steps(String wearer) {
    return items("/api/v1/wearers/" + wearer + "/days").stream()
        .mapToLong(day -> day.path("steps").asLong())
        .sum();
  }
}
