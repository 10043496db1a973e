package io.lumbar.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every test that docs/security.md names is there, and every row names one. */
class SecurityTableTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+)#(\\w+)`");

  @Test
  void namesTestsThatAreThere() throws IOException {
    Map<String, String> sources = testSources();
    List<String> missing = new ArrayList<>();
    Matcher named = NAMED.matcher(page());
    int count = 0;
    while (named.find()) {
      count++;
      if (!isTest(sources.getOrDefault(named.group(1), ""), named.group(2))) {
        missing.add(named.group());
      }
    }
    assertThat(missing).isEmpty();
    assertThat(count).isGreaterThan(40);
  }

  @Test
  void everyRowNamesATest() throws IOException {
    assertThat(rows())
        .isNotEmpty()
        .allSatisfy(row -> assertThat(NAMED.matcher(row).find()).as(row).isTrue());
  }

  @Test
  void hasEachOfTheTenRisks() throws IOException {
    assertThat(
            rows().stream().filter(row -> row.startsWith("| API")).map(row -> row.split(" ", 3)[1]))
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 10).mapToObj(i -> "API" + i).toList());
  }

  /** Between the end of the method before it and its name stands that it is a test. */
  private static boolean isTest(String source, String method) {
    int name = source.indexOf("void " + method + "(");
    if (name < 0) {
      return false;
    }
    String head = source.substring(0, name);
    String own = head.substring(Math.max(0, head.lastIndexOf("\n  }\n")));
    return Stream.of("@Test", "@ParameterizedTest", "@Property").anyMatch(own::contains);
  }

  private static List<String> rows() throws IOException {
    return page()
        .lines()
        .filter(
            line ->
                line.startsWith("| ")
                    && !line.startsWith("| ---")
                    && !line.startsWith("| risk")
                    && !line.startsWith("| item"))
        .toList();
  }

  private static String page() throws IOException {
    return Files.readString(ROOT.resolve("docs/security.md"));
  }

  private static Map<String, String> testSources() throws IOException {
    Map<String, String> sources = new HashMap<>();
    for (String module :
        List.of("model", "http", "ingest", "analytics", "alerts", "history", "reports", "app")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
        for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
          String name = file.getFileName().toString().replace(".java", "");
          sources.put(name, Files.readString(file));
        }
      }
    }
    return sources;
  }
}
