package io.lumbar.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lumbar.app.Role;
import io.lumbar.app.settings.Key;
import io.lumbar.app.settings.Settings;
import io.lumbar.app.settings.Sources;
import io.lumbar.model.Topic;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What can be told of the compose file without starting it. */
class ComposeTest {
  private static final Pattern TOPIC = Pattern.compile("lumbar\\.[a-z-]+\\.v[0-9]+");
  private static final Pattern SECRET = Pattern.compile(".*(TOKEN|PASSWORD|USER|KEY|SECRET).*");

  private static Compose compose;
  private static String text;

  @BeforeAll
  static void read() throws IOException {
    compose = Compose.read();
    text = Files.readString(Compose.ROOT.resolve("docker-compose.yml"));
  }

  @Test
  void everyRoleIsAServiceOfItsNameFromTheOneImage() {
    assertThat(roles())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Role.values()).map(Role::commandName).toList());
    for (String role : roles()) {
      assertThat(compose.service(role))
          .containsEntry("build", ".")
          .containsEntry("image", "lumbar");
    }
  }

  @Test
  void everyVariableIsAKnownSetting() throws IOException {
    Set<String> known = Arrays.stream(Key.values()).map(Key::variable).collect(Collectors.toSet());
    for (String role : roles()) {
      assertThat(known).containsAll(compose.written(role).keySet());
    }
    Map<String, String> image = Compose.imageEnvironment();
    assertThat(image).containsKeys("LUMBAR_DATA", "LUMBAR_HTTP_HOST", "LUMBAR_HTTP_PORT");
    assertThat(known).containsAll(image.keySet());
  }

  @Test
  void theSettingsOfEveryRoleAreValidOnceTheExampleIsFilledIn() throws IOException {
    for (String role : roles()) {
      Map<String, String> environment = new HashMap<>(Compose.imageEnvironment());
      environment.putAll(compose.environment(role, filledIn()));
      Settings settings = Settings.load(Sources.of(Map.of(), environment, Optional.empty()));
      assertThat(settings.http().port()).isEqualTo(8080);
      assertThat(settings.kafka().bootstrapServers()).isPresent();
    }
  }

  @Test
  void nothingStartsWithoutTheValuesAndNoneHasADefault() throws IOException {
    Map<String, String> example = Compose.exampleEnvironment();
    Map<String, Boolean> asked = Compose.asked(text);
    assertThat(example.keySet()).isEqualTo(asked.keySet());
    assertThat(example.values()).containsOnly("");
    assertThat(asked).allSatisfy((name, needed) -> assertThat(needed).isEqualTo(!isOptional(name)));
    for (String service : compose.part("services").keySet()) {
      compose
          .written(service)
          .forEach(
              (name, value) -> {
                if (SECRET.matcher(name).matches()) {
                  assertThat(value)
                      .as(service + " " + name)
                      .matches(isOptional(name) ? "\\$\\{[A-Z_]+:-}" : "\\$\\{[A-Z_]+:\\?[^}]+}");
                }
              });
    }
    assertThatThrownBy(() -> compose.environment("web", example))
        .hasMessageContaining("set it in .env");
  }

  private static boolean isOptional(String name) {
    return name.endsWith("_URL") || name.startsWith("LUMBAR_MAIL_");
  }

  @Test
  void reportsAreKeptAndMailedOnceAServerIsGiven() throws IOException {
    Map<String, String> given = new HashMap<>(filledIn());
    given.put("LUMBAR_MAIL_URL", "smtp://mail.example.org:587");
    given.put("LUMBAR_MAIL_FROM", "lumbar@example.org");
    Map<String, String> environment = new HashMap<>(Compose.imageEnvironment());
    environment.putAll(compose.environment("web", given));
    Settings settings = Settings.load(Sources.of(Map.of(), environment, Optional.empty()));
    assertThat(settings.mail()).isPresent();
    assertThat(environment.get("LUMBAR_REPORTS_DIR"))
        .startsWith(environment.get("LUMBAR_DATA") + "/");
    assertThat(compose.environment("alerts", given)).containsKey("LUMBAR_MAIL_URL");
  }

  @Test
  void addressesAndPortsAgree() throws IOException {
    Map<String, String> kafka = compose.written("kafka");
    String broker = "kafka:9092";
    assertThat(kafka.get("KAFKA_ADVERTISED_LISTENERS")).isEqualTo("PLAINTEXT://" + broker);
    assertThat(kafka.get("KAFKA_LISTENERS")).contains("PLAINTEXT://:9092");
    assertThat(kafka.get("KAFKA_AUTO_CREATE_TOPICS_ENABLE")).isEqualTo("false");
    Map<String, String> influx = compose.environment("influxdb", filledIn());
    for (String role : roles()) {
      Map<String, String> variables = compose.environment(role, filledIn());
      assertThat(variables).containsEntry("LUMBAR_KAFKA_BOOTSTRAP_SERVERS", broker);
      if (variables.containsKey("LUMBAR_INFLUX_URL")) {
        URI url = URI.create(variables.get("LUMBAR_INFLUX_URL"));
        assertThat(compose.part("services")).containsKey(url.getHost());
        assertThat(url.getPort()).isEqualTo(8086);
        assertThat(variables)
            .containsEntry("LUMBAR_INFLUX_ORG", influx.get("DOCKER_INFLUXDB_INIT_ORG"))
            .containsEntry("LUMBAR_INFLUX_BUCKET", influx.get("DOCKER_INFLUXDB_INIT_BUCKET"))
            .containsEntry("LUMBAR_INFLUX_TOKEN", influx.get("DOCKER_INFLUXDB_INIT_ADMIN_TOKEN"));
      }
      String inside = Compose.imageEnvironment().get("LUMBAR_HTTP_PORT");
      assertThat(strings(compose.service(role).get("ports")))
          .allSatisfy(port -> assertThat(port).endsWith(":" + inside));
    }
  }

  @Test
  void whoWritesReadsAndAwaitsTheHistoryMeansTheSameOne() throws IOException {
    for (String role : List.of("ingest", "history", "web")) {
      assertThat(influx(role)).as(role).isNotEmpty().isEqualTo(influx("history"));
      assertThat(Compose.object(compose.service(role).get("depends_on"))).containsKey("influxdb");
    }
  }

  private static Map<String, String> influx(String role) throws IOException {
    Map<String, String> variables = new HashMap<>(compose.environment(role, filledIn()));
    variables.keySet().removeIf(name -> !name.startsWith("LUMBAR_INFLUX_"));
    return variables;
  }

  /** In what people read and in what they fill in; the compose file itself names none. */
  @Test
  void onlyTopicsThatExistAreNamed() throws IOException {
    Set<String> topics =
        Arrays.stream(Topic.values()).map(Topic::topicName).collect(Collectors.toSet());
    Set<String> found = new TreeSet<>();
    for (Path file : readByPeople()) {
      Matcher named = TOPIC.matcher(Files.readString(file));
      while (named.find()) {
        assertThat(topics).as(file.toString()).contains(named.group());
        found.add(named.group());
      }
    }
    assertThat(found).hasSizeGreaterThan(10);
  }

  private static List<Path> readByPeople() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String name :
        List.of("README.md", "docker-compose.yml", "lumbar.example.yaml", "docs", "grafana")) {
      try (Stream<Path> all = Files.walk(Compose.ROOT.resolve(name))) {
        all.filter(each -> each.toString().matches(".*\\.(md|ya?ml|json)")).forEach(files::add);
      }
    }
    return files;
  }

  @Test
  void everyServiceIsWatchedKeepsItsDataAndWaitsForWhatItNeeds() throws IOException {
    boolean imageIsWatched =
        Files.readString(Compose.ROOT.resolve("Dockerfile")).contains("\nHEALTHCHECK ");
    Set<String> volumes = new TreeSet<>();
    for (String name : compose.part("services").keySet()) {
      Map<String, Object> service = compose.service(name);
      assertThat(
              service.containsKey("healthcheck")
                  || (service.containsKey("build") && imageIsWatched))
          .as(name)
          .isTrue();
      for (String volume : strings(service.get("volumes"))) {
        String from = volume.substring(0, volume.indexOf(':'));
        if (from.startsWith("./")) {
          assertThat(Compose.ROOT.resolve(from)).isDirectory();
          assertThat(volume).endsWith(":ro");
        } else {
          volumes.add(from);
        }
        if (service.containsKey("build")) {
          assertThat(volume).endsWith(":" + Compose.imageEnvironment().get("LUMBAR_DATA"));
        }
      }
      assertThat(strings(service.get("volumes"))).as(name).isNotEmpty();
      Object needs = service.getOrDefault("depends_on", Map.of());
      assertThat(compose.part("services").keySet()).containsAll(Compose.object(needs).keySet());
      assertThat(Compose.object(needs).values())
          .allSatisfy(how -> assertThat(how).isEqualTo(Map.of("condition", "service_healthy")));
      if (!service.containsKey("build")) {
        assertThat(String.valueOf(service.get("image"))).matches(".+:[0-9.]+");
      }
    }
    assertThat(volumes).isEqualTo(compose.part("volumes").keySet());
  }

  private static List<String> roles() {
    List<String> roles = new ArrayList<>();
    for (String service : compose.part("services").keySet()) {
      if (strings(compose.service(service).get("command")).contains(service)) {
        roles.add(service);
      }
    }
    return roles;
  }

  private static List<String> strings(Object list) {
    return list == null ? List.of() : ((List<?>) list).stream().map(String::valueOf).toList();
  }

  private static Map<String, String> filledIn() throws IOException {
    Map<String, String> given = new HashMap<>(Compose.exampleEnvironment());
    given.replaceAll((name, nothing) -> name.endsWith("_URL") ? "" : "0123456789abcdef".repeat(4));
    return given;
  }
}
