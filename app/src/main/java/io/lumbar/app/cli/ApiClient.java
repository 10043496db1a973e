package io.lumbar.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.app.fault.UserMistake;
import io.lumbar.model.Json;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * Speaks the HTTP API of a running Lumbar. Every refusal becomes a {@link UserMistake} with the
 * server's own sentence.
 */
final class ApiClient {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(60);
  private static final Duration UPLOAD = Duration.ofHours(2);

  /** Not valid, too large, of no format that is read. */
  private static final Set<Integer> OF_THE_BODY = Set.of(400, 413, 415);

  private final URI server;
  private final String token;
  private final String absent;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();

  /**
   * A client of one server.
   *
   * @param absent what to say when nobody listens there
   */
  ApiClient(URI server, String token, String absent) {
    this.server = server;
    this.token = token;
    this.absent = absent;
  }

  /** What was sent cannot be used; something else may be. */
  @SuppressWarnings("serial") // never serialised
  static final class Unfit extends UserMistake {
    private Unfit(String sentence) {
      super(sentence);
    }
  }

  URI server() {
    return server;
  }

  JsonNode get(String path) {
    return send(request(path, ANSWER).GET().build());
  }

  /** An answer as it is, in one media type. */
  byte[] download(String path, String mediaType) {
    return sent(request(path, ANSWER).setHeader("Accept", mediaType).GET().build());
  }

  /**
   * Saves an answer to a file, which is there whole or not at all.
   *
   * @throws IOException when the file cannot be written
   */
  void save(String path, String mediaType, Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Path part = Files.createTempFile(folder, ".lumbar", ".part");
    try {
      HttpResponse<Path> response =
          http.send(
              request(path, UPLOAD).setHeader("Accept", mediaType).GET().build(),
              HttpResponse.BodyHandlers.ofFile(part));
      if (response.statusCode() / 100 != 2) {
        throw refusal(response.statusCode(), Files.readAllBytes(part));
      }
      Files.move(part, file);
    } catch (ConnectException e) {
      throw new UserMistake(absent);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserMistake("interrupted");
    } finally {
      Files.deleteIfExists(part);
    }
  }

  JsonNode post(String path, Object body) {
    return send(
        request(path, ANSWER)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(Json.bytes(body)))
            .build());
  }

  /** Sends a body as a client of another kind would; what is answered is not looked at. */
  void send(String path, byte[] body) {
    byte[] unused =
        sent(
            request(path, ANSWER)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body))
                .build());
  }

  JsonNode patch(String path, Object body) {
    return send(
        request(path, ANSWER)
            .header("Content-Type", "application/json")
            .method("PATCH", BodyPublishers.ofByteArray(Json.bytes(body)))
            .build());
  }

  JsonNode delete(String path) {
    return send(request(path, ANSWER).DELETE().build());
  }

  /** Sends a file as it is, with its length, without holding it in memory. */
  JsonNode upload(String path, Path file) {
    try {
      BodyPublisher content = BodyPublishers.ofFile(file);
      return send(
          request(path, UPLOAD)
              .header("Content-Type", "application/octet-stream")
              .POST(content)
              .build());
    } catch (FileNotFoundException e) {
      throw new UserMistake("there is no file " + file + " that can be read");
    }
  }

  /** A text as part of a path or a query. */
  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private HttpRequest.Builder request(String path, Duration timeout) {
    return HttpRequest.newBuilder(URI.create(server + path))
        .timeout(timeout)
        .header("Accept", "application/json")
        .header("Authorization", "Bearer " + token);
  }

  private JsonNode send(HttpRequest request) {
    byte[] answer = sent(request);
    try {
      return Json.mapper().readTree(answer);
    } catch (IOException e) {
      throw new UserMistake(server + " did not answer in JSON; is it a Lumbar?");
    }
  }

  private byte[] sent(HttpRequest request) {
    try {
      HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (response.statusCode() / 100 != 2) {
        throw refusal(response.statusCode(), response.body());
      }
      return response.body();
    } catch (ConnectException e) {
      throw new UserMistake(absent);
    } catch (IOException e) {
      throw new UserMistake(
          server + " broke off without a whole answer (" + e.getMessage() + "); try again");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserMistake("interrupted");
    }
  }

  private UserMistake refusal(int status, byte[] body) {
    String detail = "";
    try {
      JsonNode problem = Json.mapper().readTree(body);
      detail = problem.path("detail").asText(problem.path("title").asText(""));
    } catch (IOException e) {
      // Not Lumbar's own answer: a proxy's page, perhaps. The status says what there is to say.
    }
    String sentence = detail.isBlank() ? server + " answered with status " + status : detail;
    return OF_THE_BODY.contains(status) ? new Unfit(sentence) : new UserMistake(sentence);
  }
}
