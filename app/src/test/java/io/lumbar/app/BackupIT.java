package io.lumbar.app;

import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.app.backup.FolderBackup;
import io.lumbar.app.fault.UserMistake;
import io.lumbar.app.settings.Key;
import io.lumbar.app.settings.Settings;
import io.lumbar.app.settings.Sources;
import io.lumbar.model.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup of a running Lumbar and one of a stopped one, each brought back elsewhere. */
class BackupIT {
  @TempDir Path scratch;
  private final HttpClient http = HttpClient.newHttpClient();
  private String wearerToken;
  private String deviceToken;

  @Test
  void whatWasBackedUpComesBackAndTokensGoOnBeingGood() throws Exception {
    Path first = scratch.resolve("first");
    Path live = scratch.resolve("live.zip");
    try (Up up = start(first)) {
      addPerson(up, owner(first));
      upload(up, 9);
      awaitBouts(up, 1);
      assertThat(send(up, "GET", "/api/v1/backup", "", wearerToken).statusCode()).isEqualTo(403);
      HttpResponse<Path> backup =
          http.send(
              request(up, "GET", "/api/v1/backup", "", owner(first)),
              HttpResponse.BodyHandlers.ofFile(live));
      assertThat(backup.statusCode()).isEqualTo(200);
    }

    Path second = scratch.resolve("second");
    FolderBackup.restore(live, second);
    try (Up up = start(second)) {
      assertThat(owner(second)).isEqualTo(owner(first));
      awaitBouts(up, 1);
      upload(up, 11);
      awaitBouts(up, 2);
    }
    Path whole = scratch.resolve("whole.zip");
    FolderBackup.write(second, whole);

    Path third = scratch.resolve("third");
    FolderBackup.restore(whole, third);
    try (Up up = start(third)) {
      awaitBouts(up, 2);
      upload(up, 13);
      awaitBouts(up, 3);
    }
    assertThatThrownBy(() -> FolderBackup.restore(whole, third))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("is there already");
    Path other = Files.writeString(scratch.resolve("other.zip"), "no zip");
    assertThatThrownBy(() -> FolderBackup.restore(other, scratch.resolve("fourth")))
        .isInstanceOf(UserMistake.class);
    assertThat(scratch.resolve("fourth")).doesNotExist();
    assertThat(scratch.toFile().list()).noneMatch(name -> name.startsWith(".lumbar"));
    assertThat(Files.getPosixFilePermissions(whole))
        .containsExactlyInAnyOrder(OWNER_READ, OWNER_WRITE);
  }

  private static Up start(Path folder) {
    Map<Key, String> flags = new EnumMap<>(Key.class);
    flags.put(Key.DATA, folder.toString());
    flags.put(Key.HTTP_PORT, "0");
    Settings settings = Settings.load(Sources.of(flags, Map.of(), Optional.empty()));
    return Up.start(settings, EnumSet.allOf(Role.class), InstantSource.system(), new Parts());
  }

  private static String owner(Path folder) throws Exception {
    return Files.readString(folder.resolve("owner-token")).trim();
  }

  private void addPerson(Up up, String owner) throws Exception {
    JsonNode wearer = json(up, "/api/v1/wearers", "{\"name\":\"Ida\",\"zone\":\"UTC\"}", owner);
    JsonNode device = json(up, "/api/v1/wearers/Ida/devices", "{\"placement\":\"thigh\"}", owner);
    wearerToken = wearer.path("token").asText();
    deviceToken = device.path("token").asText();
  }

  private JsonNode json(Up up, String path, String body, String token) throws Exception {
    return Json.mapper().readTree(send(up, "POST", path, body, token).body());
  }

  private void upload(Up up, int hour) throws Exception {
    var day = InstantSource.system().instant().truncatedTo(ChronoUnit.DAYS);
    var from = day.minus(Duration.ofHours(24L - hour));
    String batch =
        "[{\"kind\":\"posture\",\"posture\":\"sitting\",\"from\":\"%s\",\"to\":\"%s\"}]"
            .formatted(from, from.plus(Duration.ofMinutes(20)));
    assertThat(send(up, "POST", "/api/v1/observations", batch, deviceToken).statusCode())
        .isEqualTo(200);
  }

  private void awaitBouts(Up up, int count) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              HttpResponse<String> bouts =
                  send(up, "GET", "/api/v1/wearers/Ida/bouts", "", wearerToken);
              assertThat(Json.mapper().readTree(bouts.body()).path("items")).hasSize(count);
            });
  }

  private HttpResponse<String> send(Up up, String method, String path, String body, String token)
      throws Exception {
    return http.send(request(up, method, path, body, token), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpRequest request(Up up, String method, String path, String body, String token) {
    return HttpRequest.newBuilder(URI.create(up.url() + path))
        .header("Authorization", "Bearer " + token)
        .method(method, HttpRequest.BodyPublishers.ofString(body))
        .build();
  }
}
