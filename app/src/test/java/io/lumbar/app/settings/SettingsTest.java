package io.lumbar.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lumbar.app.fault.UserMistake;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
  @TempDir Path scratch;

  @Test
  void embedEverythingByDefaultAndListenOnLoopback() {
    Settings settings = Settings.defaults();
    assertThat(settings.data()).isEqualTo(Path.of("./data"));
    assertThat(settings.http()).isEqualTo(new Settings.Http("127.0.0.1", 8080, Optional.empty()));
    assertThat(settings.kafka().bootstrapServers()).isEmpty();
    assertThat(settings.kafka().partitions()).isEqualTo(1);
    assertThat(settings.influx()).isEmpty();
    assertThat(settings.publicUrl()).isEmpty();
    assertThat(settings.ownerToken()).isEmpty();
  }

  @Test
  void takeTheFlagBeforeTheVariableBeforeTheFile() throws IOException {
    Path file =
        file(
            """
            data: /from/file
            http:
              port: 1
              host: 0.0.0.0
            """);
    Settings settings =
        Settings.load(
            Sources.of(
                Map.of(Key.HTTP_PORT, "3"),
                Map.of("LUMBAR_HTTP_PORT", "2", "LUMBAR_DATA", "/from/variable", "PATH", "/bin"),
                Optional.of(file)));
    assertThat(settings.http()).isEqualTo(new Settings.Http("0.0.0.0", 3, Optional.empty()));
    assertThat(settings.data()).isEqualTo(Path.of("/from/variable"));
  }

  @Test
  void passKafkaSecurityOnByItsOwnNames() throws IOException {
    Path file =
        file(
            """
            kafka:
              security:
                ssl.truststore.location: /etc/trust.p12
                sasl:
                  mechanism: PLAIN
            """);
    Settings settings =
        Settings.load(
            Sources.of(
                Map.of(),
                Map.of(
                    "LUMBAR_KAFKA_BOOTSTRAP_SERVERS",
                    "a:9092,b:9092",
                    "LUMBAR_KAFKA_SECURITY_PROTOCOL",
                    "SASL_SSL",
                    "LUMBAR_KAFKA_SECURITY_SASL_JAAS_CONFIG",
                    "password=\"hidden\""),
                Optional.of(file)));
    assertThat(settings.kafka().security())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "security.protocol", "SASL_SSL",
                "sasl.jaas.config", "password=\"hidden\"",
                "sasl.mechanism", "PLAIN",
                "ssl.truststore.location", "/etc/trust.p12"));
    assertThat(settings.kafka().connection("a:9092").client())
        .containsEntry("security.protocol", "SASL_SSL");
    assertThat(settings.toString()).doesNotContain("hidden");
  }

  @Test
  void neverPrintSecrets() {
    Settings settings =
        environment(
            Map.of(
                "LUMBAR_OWNER_TOKEN", "owner-0123456789abcdef",
                "LUMBAR_INFLUX_URL", "http://influx:8086/",
                "LUMBAR_INFLUX_TOKEN", "influx-0123456789"));
    assertThat(settings.influx().orElseThrow().url()).isEqualTo(URI.create("http://influx:8086"));
    assertThat(settings.ownerToken().orElseThrow().reveal()).isEqualTo("owner-0123456789abcdef");
    assertThat(settings.toString()).doesNotContain("0123456789");
  }

  @Test
  void listEveryFaultAtOnceWithoutSecrets() throws IOException {
    Path file =
        file(
            """
            htp:
              port: 1
            log-level: loud
            influx:
              url: [a]
            """);
    assertThatThrownBy(
            () ->
                Settings.load(
                    Sources.of(
                        Map.of(),
                        Map.of(
                            "LUMBAR_HTTP_PORT", "99999",
                            "LUMBAR_KAFKA_PARTITION", "3",
                            "LUMBAR_PUBLIC_URL", "lumbar.example.org",
                            "LUMBAR_KAFKA_BOOTSTRAP_SERVERS", "kafka",
                            "LUMBAR_COOKIE_KEY", "short-secret",
                            "LUMBAR_KAFKA_SECURITY_ACKS", "0"),
                        Optional.of(file))))
        .isInstanceOf(UserMistake.class)
        .satisfies(
            fault ->
                assertThat(fault.getMessage().lines())
                    .containsExactlyInAnyOrder(
                        "htp.port in " + file + ": no such setting; did you mean http.port?",
                        "influx.url in " + file + ": must be one value, not a list",
                        "LUMBAR_KAFKA_PARTITION: no such setting; did you mean"
                            + " LUMBAR_KAFKA_PARTITIONS?",
                        "LUMBAR_KAFKA_SECURITY_ACKS: only `protocol`, `ssl.…` and `sasl.…` go here",
                        "log-level in " + file + ": 'loud' must be error, warn, info or debug",
                        "LUMBAR_HTTP_PORT: '99999' must be a whole number from 0 to 65535",
                        "LUMBAR_PUBLIC_URL: must be an address like https://host or"
                            + " http://host:8086, without a password in it",
                        "LUMBAR_KAFKA_BOOTSTRAP_SERVERS: 'kafka' must be host:port, several by"
                            + " comma",
                        "LUMBAR_COOKIE_KEY: needs at least 32 characters; make one with: openssl"
                            + " rand -hex 32"))
        .hasMessageNotContaining("short-secret");
  }

  @Test
  void sayWhereAFileIsNotYaml() throws IOException {
    Path file = file("http:\n  port: 1\n bad: [\n");
    assertThatThrownBy(() -> Settings.load(Sources.of(Map.of(), Map.of(), Optional.of(file))))
        .isInstanceOf(UserMistake.class)
        .hasMessageMatching("(?s).*lumbar.yaml: line \\d+ is not valid YAML");
  }

  @Test
  void takeAnEmptyFileAndEmptyVariablesAsNothingSet() throws IOException {
    Path file = file("# nothing\n");
    assertThat(
            Settings.load(Sources.of(Map.of(), Map.of("LUMBAR_INFLUX_URL", ""), Optional.of(file))))
        .isEqualTo(Settings.defaults());
  }

  private static Settings environment(Map<String, String> variables) {
    return Settings.load(Sources.of(Map.of(), variables, Optional.empty()));
  }

  /** YAML takes some words for truth values, and people write them without quotes. */
  @ParameterizedTest
  @CsvSource({"off, false", "'\"off\"', false", "false, false", "required, true", "on, true"})
  void encryptionOfMailIsSwitchedByAWordAsTheDocumentsHaveIt(String word, boolean encrypts)
      throws IOException {
    Path file =
        file(
            "mail:\n  url: smtp://127.0.0.1:25\n  from: l@example.org\n  starttls: " + word + "\n");
    Settings settings = Settings.load(Sources.of(Map.of(), Map.of(), Optional.of(file)));
    assertThat(settings.mail().orElseThrow().startTls()).isEqualTo(encrypts);
    assertThatThrownBy(
            () ->
                environment(
                    Map.of(
                        "LUMBAR_MAIL_URL",
                        "smtp://127.0.0.1:25",
                        "LUMBAR_MAIL_STARTTLS",
                        "no way")))
        .hasMessageContaining("'no way' must be required or off");
  }

  private Path file(String yaml) throws IOException {
    return Files.writeString(scratch.resolve("lumbar.yaml"), yaml);
  }
}
