package io.lumbar.app.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.lumbar.analytics.aging.Horizon;
import io.lumbar.app.fault.UserMistake;
import io.lumbar.http.TlsFiles;
import io.lumbar.model.Topic;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads and checks settings, and collects every fault before it complains. */
final class SettingsReader {
  private static final String PREFIX = "LUMBAR_";
  private static final String SECURITY_VARIABLE = "LUMBAR_KAFKA_SECURITY_";

  /** Read by the launcher and by client commands, not settings of a server. */
  private static final Set<String> OTHER_VARIABLES =
      Set.of("LUMBAR_JAVA_OPTS", "LUMBAR_TOKEN", "LUMBAR_SERVER", "LUMBAR_CONFIG");

  /** Younger ones may be made again, for what they tell still changes. */
  private static final int SHORTEST_REPORTS = 60;

  private static final int MOST_DAYS = 36_500;
  private static final Set<String> LOG_LEVELS = Set.of("error", "warn", "info", "debug");
  private static final Set<String> LOG_FORMATS = Set.of("text", "json");

  private final List<String> faults = new ArrayList<>();
  private final Map<Key, Value> values = new EnumMap<>(Key.class);
  private final Map<String, String> security = new TreeMap<>();

  /** A text and where it was found, as a person calls that place. */
  private record Value(String text, String origin) {}

  SettingsReader(Sources sources) {
    sources.file().ifPresent(this::readFile);
    readEnvironment(sources.environment());
    sources.flags().forEach((key, text) -> set(key, text, "--" + flag(key)));
  }

  Settings settings() {
    Settings settings =
        new Settings(
            Path.of(text(Key.DATA)),
            optional(Key.STATE_DIR).map(Path::of),
            optional(Key.REPORTS_DIR).map(Path::of),
            logLevel(),
            logFormat(),
            new Settings.Http(text(Key.HTTP_HOST), number(Key.HTTP_PORT, 0, 65535), tls()),
            new Settings.Limits(
                number(Key.LIMITS_BODY, 1, 1024),
                number(Key.LIMITS_HELD, 1, 65_536),
                number(Key.LIMITS_ELEMENTS, 1, 10_000_000),
                number(Key.LIMITS_REQUESTS, 60, 6_000_000),
                number(Key.LIMITS_UPLOAD, 60, 1_000_000),
                number(Key.LIMITS_DEVICE_REQUESTS, 10, 6_000_000),
                number(Key.LIMITS_DEVICE_UPLOAD, 1, 1_000_000),
                number(Key.LIMITS_IMPORT, 1, 1_000_000),
                number(Key.LIMITS_IMPORTS, 1, 1_000),
                number(Key.LIMITS_IMPORTS_ALL, 1, 10_000_000),
                number(Key.LIMITS_CONNECTIONS, 10, 1_000_000),
                number(Key.LIMITS_HEADER, 2, 1_024),
                number(Key.LIMITS_PATIENCE, 1, 3_600),
                number(Key.LIMITS_JSON_DEPTH, 12, 500),
                number(Key.LIMITS_JSON_TEXT, 4, 1_048_576)),
            url(Key.PUBLIC_URL),
            optional(Key.IMPORT_FOLDER).map(Path::of),
            new Settings.Kafka(
                bootstrapServers(),
                number(Key.KAFKA_PARTITIONS, 1, 1000),
                (short) number(Key.KAFKA_REPLICATION, 1, 20),
                number(Key.KAFKA_STANDBYS, 0, 3),
                security),
            number(Key.AMENDMENT_DAYS, Horizon.SHORTEST, Horizon.LONGEST),
            mqtt(),
            mail(),
            url(Key.INFLUX_URL)
                .map(
                    url ->
                        new Settings.Influx(
                            url,
                            secret(Key.INFLUX_TOKEN, 1),
                            text(Key.INFLUX_ORG),
                            text(Key.INFLUX_BUCKET))),
            retention(),
            secret(Key.OWNER_TOKEN, 16),
            secret(Key.ADMIN_TOKEN, 16),
            secret(Key.COOKIE_KEY, 32),
            secret(Key.STUDY_KEY, 32));
    if (!faults.isEmpty()) {
      throw new UserMistake(String.join("\n", faults));
    }
    return settings;
  }

  private void readFile(Path file) {
    try {
      JsonNode root = new YAMLMapper().readTree(Files.readAllBytes(file));
      if (root.isObject()) {
        readObject(root, "", file);
      } else if (!root.isMissingNode() && !root.isNull()) {
        faults.add(file + ": must be a list of `key: value` lines, as in lumbar.example.yaml");
      }
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      faults.add(file + ": line " + line + " is not valid YAML");
    } catch (IOException e) {
      faults.add(file + ": cannot be read");
    }
  }

  private void readObject(JsonNode object, String prefix, Path file) {
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      String path = prefix + field.getKey();
      JsonNode value = field.getValue();
      if (value.isObject()) {
        readObject(value, path + ".", file);
      } else if (path.startsWith(Key.SECURITY)) {
        secure(path.substring(Key.SECURITY.length()), value.asText(), path + " in " + file);
      } else if (value.isArray()) {
        faults.add(path + " in " + file + ": must be one value, not a list");
      } else if (!value.isNull()) {
        byPath(path)
            .ifPresentOrElse(
                key -> set(key, value.asText(), path + " in " + file),
                () -> unknown(path + " in " + file, path, paths()));
      }
    }
  }

  private void readEnvironment(Map<String, String> environment) {
    for (Map.Entry<String, String> variable : new TreeMap<>(environment).entrySet()) {
      String name = variable.getKey();
      if (!name.startsWith(PREFIX) || OTHER_VARIABLES.contains(name)) {
        continue;
      }
      if (name.startsWith(SECURITY_VARIABLE)) {
        String property =
            name.substring(SECURITY_VARIABLE.length()).toLowerCase(Locale.ROOT).replace('_', '.');
        secure(property, variable.getValue(), name);
        continue;
      }
      byVariable(name)
          .ifPresentOrElse(
              key -> set(key, variable.getValue(), name), () -> unknown(name, name, variables()));
    }
  }

  private void secure(String property, String value, String origin) {
    String name = property.equals("protocol") ? "security.protocol" : property;
    if (name.equals("security.protocol") || name.startsWith("ssl.") || name.startsWith("sasl.")) {
      security.put(name, value);
    } else {
      faults.add(origin + ": only `protocol`, `ssl.…` and `sasl.…` go here");
    }
  }

  private void set(Key key, String text, String origin) {
    // An empty variable is how compose files say "not set".
    if (!text.isBlank()) {
      values.put(key, new Value(text.strip(), origin));
    }
  }

  private void unknown(String origin, String name, Set<String> known) {
    String nearest = Spelling.nearest(name, known).map(n -> "; did you mean " + n + "?").orElse("");
    faults.add(origin + ": no such setting" + nearest);
  }

  private Optional<String> optional(Key key) {
    return Optional.ofNullable(values.get(key)).map(Value::text);
  }

  private String text(Key key) {
    return optional(key).orElse(key.fallback());
  }

  private Optional<Secret> secret(Key key, int atLeast) {
    Optional<String> text = optional(key);
    if (text.isPresent() && text.get().length() < atLeast) {
      fault(key, "needs at least " + atLeast + " characters; make one with: openssl rand -hex 32");
    }
    return text.map(Secret::new);
  }

  private int number(Key key, int least, int most) {
    String text = text(key);
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // The sentence below covers it.
    }
    fault(key, "'" + text + "' must be a whole number from " + least + " to " + most);
    return least;
  }

  private Optional<TlsFiles> tls() {
    Optional<String> certificate = optional(Key.HTTP_TLS_CERT);
    Optional<String> key = optional(Key.HTTP_TLS_KEY);
    if (certificate.isEmpty() || key.isEmpty()) {
      if (certificate.isPresent() || key.isPresent()) {
        fault(
            certificate.isEmpty() ? Key.HTTP_TLS_CERT : Key.HTTP_TLS_KEY,
            "missing; a certificate and its key go together");
      }
      return Optional.empty();
    }
    TlsFiles files = new TlsFiles(Path.of(certificate.get()), Path.of(key.get()));
    try {
      Instant unused = files.until();
      return Optional.of(files);
    } catch (IllegalArgumentException e) {
      fault(Key.HTTP_TLS_CERT, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private String logLevel() {
    String level = text(Key.LOG_LEVEL).toLowerCase(Locale.ROOT);
    if (!LOG_LEVELS.contains(level)) {
      fault(Key.LOG_LEVEL, "'" + level + "' must be error, warn, info or debug");
    }
    return level;
  }

  private String logFormat() {
    String format = text(Key.LOG_FORMAT).toLowerCase(Locale.ROOT);
    if (!LOG_FORMATS.contains(format)) {
      fault(Key.LOG_FORMAT, "'" + format + "' must be text or json");
    }
    return format;
  }

  private Optional<URI> url(Key key) {
    Optional<String> text = optional(key);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      URI url = URI.create(text.get().replaceAll("/+$", ""));
      boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (web && url.getHost() != null && url.getUserInfo() == null && url.getQuery() == null) {
        return Optional.of(url);
      }
    } catch (IllegalArgumentException e) {
      // The sentence below covers it.
    }
    fault(
        key, "must be an address like https://host or http://host:8086, without a password in it");
    return Optional.empty();
  }

  private Settings.Retention retention() {
    Map<Topic, Duration> topics = new EnumMap<>(Topic.class);
    for (Topic topic : Topic.values()) {
      if (topic.isCompacted()) {
        continue;
      }
      byPath("retention." + topic.kind() + "-days")
          .ifPresent(key -> topics.put(topic, Duration.ofDays(number(key, 1, MOST_DAYS))));
    }
    Optional<Integer> reports = days(Key.RETENTION_REPORTS, SHORTEST_REPORTS);
    return new Settings.Retention(
        topics,
        days(Key.RETENTION_HISTORY_DETAILS, 1),
        days(Key.RETENTION_HISTORY, 1),
        days(Key.RETENTION_WEEKS, 1),
        days(Key.RETENTION_EXPERIMENTS, 1),
        days(Key.RETENTION_CALIBRATIONS, 1),
        reports,
        days(Key.RETENTION_EDITIONS, SHORTEST_REPORTS).or(() -> reports));
  }

  private Optional<Integer> days(Key key, int least) {
    return optional(key).map(text -> number(key, least, MOST_DAYS));
  }

  private Optional<Settings.Mqtt> mqtt() {
    Optional<String> text = optional(Key.MQTT_URL);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (!text.get().matches("mqtts?://([^\\s:/@]+|\\[[0-9a-fA-F:]+])(:[0-9]{1,5})?/?")) {
      fault(
          Key.MQTT_URL,
          "must be an address like mqtt://host:1883 or mqtts://host:8883, without a password in it");
      return Optional.empty();
    }
    Optional<Path> authorities = readable(Key.MQTT_CA_FILE);
    return Optional.of(
        new Settings.Mqtt(
            URI.create(text.get()),
            text(Key.MQTT_CLIENT_ID),
            optional(Key.MQTT_USER),
            secret(Key.MQTT_PASSWORD, 1),
            authorities));
  }

  private Optional<Settings.Mail> mail() {
    Optional<String> text = optional(Key.MAIL_URL);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (!text.get().matches("smtps?://([^\\s:/@]+|\\[[0-9a-fA-F:]+])(:[0-9]{1,5})?/?")) {
      fault(
          Key.MAIL_URL,
          "must be an address like smtp://host:587 or smtps://host:465, without a password in it");
      return Optional.empty();
    }
    String startTls = text(Key.MAIL_STARTTLS);
    // YAML reads a bare off as false, and on as true.
    boolean encrypts = startTls.equals("required") || startTls.equals("true");
    if (!encrypts && !startTls.equals("off") && !startTls.equals("false")) {
      fault(Key.MAIL_STARTTLS, "'" + startTls + "' must be required or off");
    }
    String from = text(Key.MAIL_FROM);
    if (!from.matches("([^<>@]*<[^\\s<>@]+@[^\\s<>@]+>|[^\\s<>@]+@[^\\s<>@]+)")) {
      fault(Key.MAIL_FROM, "must be a sender like Lumbar <lumbar@example.org>");
    }
    return Optional.of(
        new Settings.Mail(
            URI.create(text.get()),
            encrypts,
            optional(Key.MAIL_USER),
            secret(Key.MAIL_PASSWORD, 1),
            from,
            readable(Key.MAIL_CA_FILE)));
  }

  private Optional<Path> readable(Key key) {
    Optional<Path> file = optional(key).map(Path::of);
    if (file.filter(path -> !Files.isReadable(path)).isPresent()) {
      fault(key, "there is no such file that can be read");
    }
    return file;
  }

  private Optional<String> bootstrapServers() {
    Optional<String> text = optional(Key.KAFKA_BOOTSTRAP_SERVERS);
    for (String server : text.map(t -> List.of(t.split(","))).orElse(List.of())) {
      if (!server.strip().matches("[^\\s:/]+:[0-9]{1,5}|\\[[0-9a-fA-F:]+]:[0-9]{1,5}")) {
        fault(Key.KAFKA_BOOTSTRAP_SERVERS, "'" + server + "' must be host:port, several by comma");
      }
    }
    return text;
  }

  private void fault(Key key, String sentence) {
    @Nullable Value value = values.get(key);
    faults.add((value == null ? key.path() : value.origin()) + ": " + sentence);
  }

  private static String flag(Key key) {
    return key.path().substring(key.path().lastIndexOf('.') + 1);
  }

  private static Optional<Key> byPath(String path) {
    return find(path, Key::path);
  }

  private static Optional<Key> byVariable(String name) {
    return find(name, Key::variable);
  }

  private static Optional<Key> find(String name, Function<Key, String> nameOf) {
    for (Key key : Key.values()) {
      if (nameOf.apply(key).equals(name)) {
        return Optional.of(key);
      }
    }
    return Optional.empty();
  }

  private static Set<String> paths() {
    Set<String> names = new TreeSet<>();
    for (Key key : Key.values()) {
      names.add(key.path());
    }
    return names;
  }

  private static Set<String> variables() {
    Set<String> names = new TreeSet<>(OTHER_VARIABLES);
    for (Key key : Key.values()) {
      names.add(key.variable());
    }
    return names;
  }
}
