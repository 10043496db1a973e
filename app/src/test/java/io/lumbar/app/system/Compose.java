package io.lumbar.app.system;

import io.lumbar.model.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The compose file, its example of an environment, and the Dockerfile, as docker reads them. */
final class Compose {
  static final Path ROOT = Path.of("..");
  private static final Pattern VARIABLE =
      Pattern.compile("\\$\\{(?<name>[A-Z_]+)(?<kind>:[?-])(?<text>[^}]*)}");
  private static final Pattern IMAGE_HEALTH = Pattern.compile("HEALTHCHECK [^\\[]*CMD (\\[.*])");

  private static final Pattern IMAGE_VARIABLE = Pattern.compile("(?m)^(?:ENV| ) +([A-Z_]+)=(\\S+)");

  private final Map<String, Object> root;

  private Compose(Map<String, Object> root) {
    this.root = root;
  }

  static Compose read() throws IOException {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    return new Compose(
        new Yaml(new SafeConstructor(options))
            .load(Files.readString(ROOT.resolve("docker-compose.yml"))));
  }

  /** The names in {@code .env.example}, with what stands behind them. */
  static Map<String, String> exampleEnvironment() throws IOException {
    Map<String, String> variables = new TreeMap<>();
    for (String line : Files.readAllLines(ROOT.resolve(".env.example"))) {
      if (!line.isBlank() && !line.startsWith("#")) {
        int equals = line.indexOf('=');
        variables.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    return variables;
  }

  /** What the image sets for every service that is built here. */
  static Map<String, String> imageEnvironment() throws IOException {
    Map<String, String> variables = new TreeMap<>();
    Matcher matcher = IMAGE_VARIABLE.matcher(Files.readString(ROOT.resolve("Dockerfile")));
    while (matcher.find()) {
      variables.put(matcher.group(1), matcher.group(2));
    }
    return variables;
  }

  /** The command by which the image looks whether its process is well, at another port. */
  static List<String> imageHealthCheck(int port) throws IOException {
    Matcher matcher = IMAGE_HEALTH.matcher(Files.readString(ROOT.resolve("Dockerfile")));
    if (!matcher.find()) {
      throw new AssertionError("the Dockerfile has no health check");
    }
    List<String> command = new ArrayList<>();
    Json.mapper().readTree(matcher.group(1)).forEach(word -> command.add(word.asText()));
    command.replaceAll(word -> word.replace("/8080", "/" + port));
    return command;
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> object(Object value) {
    return (Map<String, Object>) value;
  }

  Map<String, Object> part(String name) {
    return object(root.get(name));
  }

  Map<String, Object> service(String name) {
    return object(part("services").get(name));
  }

  /** A service's variables as they are written. */
  Map<String, String> written(String service) {
    Map<String, String> variables = new LinkedHashMap<>();
    object(service(service).getOrDefault("environment", Map.of()))
        .forEach((name, value) -> variables.put(name, String.valueOf(value)));
    return variables;
  }

  /** A service's variables with what an {@code .env} file gives. */
  Map<String, String> environment(String service, Map<String, String> given) {
    Map<String, String> variables = written(service);
    variables.replaceAll((name, text) -> substituted(text, given));
    return variables;
  }

  /** The variables that are asked for, with whether there is no starting without them. */
  static Map<String, Boolean> asked(String text) {
    Map<String, Boolean> names = new TreeMap<>();
    Matcher matcher = VARIABLE.matcher(text);
    while (matcher.find()) {
      names.put(matcher.group("name"), matcher.group("kind").equals(":?"));
    }
    return names;
  }

  private static String substituted(String text, Map<String, String> given) {
    return VARIABLE
        .matcher(text)
        .replaceAll(
            match -> {
              String value = given.getOrDefault(match.group(1), "");
              if (!value.isEmpty()) {
                return Matcher.quoteReplacement(value);
              }
              if (match.group(2).equals(":?")) {
                throw new IllegalStateException(match.group(1) + ": " + match.group(3));
              }
              return Matcher.quoteReplacement(match.group(3));
            });
  }
}
