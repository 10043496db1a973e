package io.lumbar.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.benchmarks.HttpConnection.Answer;
import io.lumbar.model.Json;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A wearer made for the measurement, with a thigh sensor.
 *
 * @param wearerToken reads
 * @param deviceToken uploads
 */
record Subject(String id, String wearerToken, String deviceToken) {
  private static final String SIGNING_SECRET =
      "whsec_" + Base64.getEncoder().encodeToString(new byte[24]);

  /**
   * Adds subjects whose zone has early afternoon now, so that no quiet hours hold an alert back.
   */
  static List<Subject> add(ChildProcess server, String prefix, int count, Instant now)
      throws IOException {
    List<Subject> subjects = new ArrayList<>();
    try (HttpConnection connection = new HttpConnection(server.url())) {
      for (int i = 0; i < count; i++) {
        String name = "%s-%d".formatted(prefix, i);
        JsonNode wearer =
            post(connection, server, "/api/v1/wearers", Map.of("name", name, "zone", zone(now)));
        JsonNode device =
            post(
                connection,
                server,
                "/api/v1/wearers/" + name + "/devices",
                Map.of("name", "bench", "placement", "thigh"));
        subjects.add(
            new Subject(
                wearer.path("id").asText(),
                wearer.path("token").asText(),
                device.path("token").asText()));
      }
    }
    return subjects;
  }

  /** Makes a webhook the channel of this subject. */
  void tellByWebhook(HttpConnection connection, URI receiver) throws IOException {
    Map<String, Object> channel =
        Map.of(
            "name",
            "hook",
            "type",
            "webhook",
            "url",
            receiver.toString(),
            "secrets",
            List.of(SIGNING_SECRET));
    String change =
        Json.mapper().writeValueAsString(Map.of("alerts", Map.of("channels", List.of(channel))));
    Answer answer =
        connection.send(
            HttpConnection.request(
                "PATCH", "/api/v1/wearers/" + id + "/settings", wearerToken, change));
    if (answer.status() != 200) {
      throw new IOException("settings were answered " + answer.status() + ": " + answer.body());
    }
  }

  /** An upload of this subject's device. */
  byte[] upload(String observations) {
    return HttpConnection.post("/api/v1/observations", deviceToken, observations);
  }

  /** One posture over a span, in the API's form. */
  static String span(String posture, Instant from, Instant to) {
    return "{\"kind\":\"posture\",\"posture\":\"%s\",\"from\":\"%s\",\"to\":\"%s\"}"
        .formatted(posture, from, to);
  }

  private static String zone(Instant now) {
    int offset = 13 - now.atZone(ZoneOffset.UTC).getHour();
    return ZoneOffset.ofHours(offset).getId().equals("Z")
        ? "UTC"
        : String.format(Locale.ROOT, "UTC%+03d:00", offset);
  }

  private static JsonNode post(
      HttpConnection connection, ChildProcess server, String path, Map<String, String> body)
      throws IOException {
    String json = Json.mapper().writeValueAsString(body);
    Answer answer = connection.send(HttpConnection.post(path, server.ownerToken(), json));
    if (answer.status() != 201) {
      throw new IOException(path + " answered " + answer.status() + ": " + answer.body());
    }
    return Json.mapper().readTree(answer.body());
  }
}
