package io.lumbar.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.history.influx.RealInflux;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The services of the compose file as processes of this machine, with the very variables. */
class RolesIT {
  private static final List<String> ROLES =
      List.of("ingest", "analytics", "alerts", "history", "web");

  @TempDir Path scratch;
  private final Map<String, CompletableFuture<LumbarProcess>> processes = new TreeMap<>();

  @AfterEach
  void stop() {
    processes.values().forEach(each -> each.handle((process, fault) -> process).join().close());
  }

  @Test
  void anUploadToOneRoleIsAnAlertAtAnother() throws Exception {
    Compose compose = Compose.read();
    Map<String, String> secrets = new HashMap<>(Compose.exampleEnvironment());
    secrets.replaceAll((name, nothing) -> name.endsWith("_URL") ? "" : "fedcba98".repeat(6));
    try (RealInflux influx = RealInflux.start(Files.createDirectory(scratch.resolve("influx")));
        BrokerProcess broker =
            new BrokerProcess(
                scratch.resolve("broker"), brokerProperties(compose.written("kafka")))) {
      for (String role : ROLES) {
        Map<String, String> variables = new HashMap<>(Compose.imageEnvironment());
        variables.putAll(compose.environment(role, secrets));
        variables.replace("LUMBAR_KAFKA_BOOTSTRAP_SERVERS", "kafka:9092", broker.address());
        variables.replace("LUMBAR_INFLUX_URL", "http://influxdb:8086", influx.url());
        variables.put("LUMBAR_HTTP_HOST", "127.0.0.1");
        variables.put("LUMBAR_HTTP_PORT", "0");
        variables.remove("LUMBAR_DATA");
        processes.put(
            role,
            CompletableFuture.supplyAsync(
                () -> LumbarProcess.role(role, scratch.resolve("data"), variables)));
      }
      LumbarProcess ingest = processes.get("ingest").join();
      LumbarProcess web = processes.get("web").join();
      processes.values().forEach(CompletableFuture::join);
      for (CompletableFuture<LumbarProcess> each : processes.values()) {
        int port = URI.create(each.join().url()).getPort();
        Awaitility.await()
            .atMost(Duration.ofSeconds(20))
            .until(() -> isWell(Compose.imageHealthCheck(port)));
      }
      assertThat(isWell(Compose.imageHealthCheck(1))).as("where nobody answers").isFalse();

      Api admin = ingest.with(secrets.get("LUMBAR_ADMIN_TOKEN"));
      Api.Added added = admin.addWearer("anna", "Europe/London");
      Api anna = web.with(added.wearerToken());
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> anna.get("/api/v1/wearers/anna/now").is(200));
      try (Live live = Live.of(anna, "anna")) {
        Instant since = Instant.now().minus(Duration.ofMinutes(31));
        Instant before = since.minus(Duration.ofMinutes(20));
        ingest
            .with(added.token())
            .upload(
                List.of(
                    Sending.span("sitting", before, before.plusSeconds(600)),
                    Sending.change("sitting", since, "PT2H")))
            .json();
        Awaitility.await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> live.events("alert").size() == 1);
        Awaitility.await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> anna.alerts("anna").size() == 1 && anna.bouts("anna").size() == 2);
        String id = live.events("alert").get(0).data().path("id").asText();
        assertThat(anna.alerts("anna").get(0).path("id").asText()).isEqualTo(id);

        anna.post("/api/v1/alerts/" + id + "/response", Map.of("action", "done")).json();
        Awaitility.await()
            .atMost(Duration.ofSeconds(20))
            .until(() -> anna.alerts("anna").get(0).path("status").asText().equals("done"));
      }
      Path file = Files.write(scratch.resolve("made.csv"), ActivPalImportIT.madeUp(11, 60));
      LumbarProcess.Ended imported =
          LumbarProcess.run(
              Map.of(
                  "LUMBAR_SERVER", ingest.url(), "LUMBAR_TOKEN", secrets.get("LUMBAR_ADMIN_TOKEN")),
              "import",
              file.toString(),
              "--wearer",
              "anna",
              "--zone",
              "Europe/London");
      assertThat(imported.code()).as(imported.err()).isZero();
      assertThat(anna.bouts("anna"))
          .as("the history has what the import says")
          .hasSizeGreaterThan(2);

      assertThat(
              web.with(secrets.get("LUMBAR_ADMIN_TOKEN"))
                  .get("/api/v1/wearers/anna/bouts")
                  .status())
          .as("an admin manages and does not read")
          .isEqualTo(403);
      assertThat(membersOfTheHistory(broker))
          .as("a member by name takes its place again at once after a kill")
          .singleElement()
          .asString()
          .startsWith("lumbar-");
      assertThat(influx.query("lumbar", "SELECT id FROM bouts")).contains("bouts");
      assertThat(processes.values())
          .allSatisfy(each -> assertThat(each.join().terminate()).isEqualTo(143));
    }
  }

  private static boolean isWell(List<String> command) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0;
  }

  private static List<String> membersOfTheHistory(BrokerProcess broker) throws Exception {
    String group = "lumbar-history";
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
      return admin
          .describeConsumerGroups(List.of(group))
          .describedGroups()
          .get(group)
          .get()
          .members()
          .stream()
          .map(member -> member.groupInstanceId().orElse("nameless"))
          .toList();
    }
  }

  /** As the image of Kafka makes properties from its variables. */
  private static Map<String, String> brokerProperties(Map<String, String> variables) {
    Map<String, String> properties = new HashMap<>();
    variables.forEach(
        (name, value) ->
            properties.put(
                name.substring("KAFKA_".length()).toLowerCase(Locale.ROOT).replace('_', '.'),
                value));
    return properties;
  }
}
