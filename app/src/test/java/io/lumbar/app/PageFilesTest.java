package io.lumbar.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What pages and scripts of all modules name, beside what is served: a file that is forgotten in
 * the map of its routes leaves its page without a word, in the browser only.
 */
class PageFilesTest {
  private static final List<String> MODULES = List.of("reports", "alerts", "ingest", "http");

  /** A style, a script or a picture: {@code "/assets/page.css"}. */
  private static final Pattern ASSET = Pattern.compile("/assets/([\\w-]+\\.\\w+)");

  /** A script of the same folder: {@code from "./dom.js"}. */
  private static final Pattern SIBLING = Pattern.compile("[\"']\\./([\\w-]+\\.\\w+)[\"']");

  /** In the routes of some pages: {@code Map.entry("page.css", ...)}. */
  private static final Pattern SERVED = Pattern.compile("\"([\\w-]+\\.(?:js|css|svg|json))\"");

  private static final Map<Path, String> PAGES = new TreeMap<>();
  private static final Set<String> NAMES = new TreeSet<>();

  @BeforeAll
  static void read() throws IOException {
    for (String module : MODULES) {
      for (Path file : files(module, "resources", ".*\\.(html|js|css)")) {
        PAGES.put(file, Files.readString(file));
      }
      for (Path file : files(module, "java", ".*\\.java")) {
        NAMES.addAll(found(SERVED, Files.readString(file)));
      }
    }
  }

  @Test
  void everyFileThatAPageOrScriptNamesIsServed() {
    Set<String> named = new TreeSet<>();
    PAGES.forEach(
        (file, text) -> {
          for (Pattern pattern : List.of(ASSET, SIBLING)) {
            Set<String> here = found(pattern, text);
            assertThat(NAMES).as("named in " + file).containsAll(here);
            named.addAll(here);
          }
        });
    assertThat(named)
        .contains("page.css", "dom.js", "icon.svg", "stretches.js")
        .hasSizeGreaterThan(20);
  }

  @Test
  void everyScriptAndStyleOfAPageIsServed() {
    Set<String> there =
        PAGES.keySet().stream()
            .filter(file -> String.valueOf(file.getParent()).endsWith("/page"))
            .map(file -> String.valueOf(file.getFileName()))
            .filter(name -> !name.endsWith(".html"))
            .collect(Collectors.toSet());
    assertThat(there).hasSizeGreaterThan(20);
    assertThat(NAMES).containsAll(there);
  }

  private static Set<String> found(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    Set<String> found = new TreeSet<>();
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  private static List<Path> files(String module, String kind, String name) throws IOException {
    try (Stream<Path> all = Files.walk(Path.of("..", module, "src/main", kind))) {
      return all.filter(file -> file.toString().matches(name)).toList();
    }
  }
}
