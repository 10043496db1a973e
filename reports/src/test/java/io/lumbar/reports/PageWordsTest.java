package io.lumbar.reports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import io.lumbar.model.Json;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The message files of the pages, beside each other and beside the pages that use them. */
class PageWordsTest {
  private static final Path PAGES = Path.of("src/main/resources/io/lumbar/reports/page");
  private static final Pattern GAP = Pattern.compile("\\{\\w+}");

  /** Of what the server says, which a test of it holds. */
  private static final String RECEIPT = "receipt.";

  /** A key written out: in a call, or in an attribute of the page. */
  private static final Pattern WRITTEN =
      Pattern.compile("(?:\\bt\\(|data-words(?:-label|-hint)?=)\"([\\w.-]+)\"");

  /** The two forms of something counted. */
  private static final Pattern COUNTED = Pattern.compile("\\bcounted\\(\"([\\w.-]+)\"");

  /** A key whose end is worked out. */
  private static final Pattern BEGUN =
      Pattern.compile("\\bt\\(`([\\w-]+)\\.\\$|\\bnamed\\(\"([\\w-]+)\"");

  @Test
  void bothLanguagesHaveTheSameKeysWithTheSameGaps() throws IOException {
    Map<String, String> english = words("en");
    Map<String, String> german = words("de");
    assertThat(german.keySet()).isEqualTo(english.keySet());
    assertThat(english).hasSizeGreaterThan(300);
    english.forEach((key, text) -> assertThat(gaps(german.get(key))).as(key).isEqualTo(gaps(text)));
    assertThat(german.values()).allSatisfy(text -> assertThat(text).isNotBlank());
  }

  @Test
  void everyKeyOfAPageHasWordsAndAllWordsAreUsed() throws IOException {
    Set<String> known = words("en").keySet();
    String pages = pages();
    Set<String> written = new TreeSet<>(found(WRITTEN, pages));
    found(COUNTED, pages).forEach(key -> written.addAll(List.of(key + ".one", key + ".many")));
    assertThat(known).containsAll(written);

    Set<String> begun = found(BEGUN, pages);
    Set<String> unused = new TreeSet<>(known);
    unused.removeIf(
        key ->
            written.contains(key)
                || begun.contains(key.substring(0, Math.max(0, key.indexOf('.'))))
                || key.startsWith(RECEIPT)
                || pages.contains("\"" + key + "\"")
                || pages.contains("\"" + key.replaceAll("\\.(one|many)$", "") + "\""));
    assertThat(unused).isEmpty();
  }

  /** Of what the server names, so that nobody reads a wire name. */
  @Test
  void everyPostureHasAName() throws IOException {
    for (String language : List.of("en", "de")) {
      Map<String, String> words = words(language);
      for (Posture posture : Posture.values()) {
        assertThat(words).containsKey("posture." + posture.wireName());
      }
      for (Placement place : Placement.values()) {
        assertThat(words).containsKeys("place." + place.wireName(), "worn." + place.wireName());
      }
    }
  }

  private static Map<String, String> words(String language) throws IOException {
    return new TreeMap<>(
        Json.mapper()
            .readValue(
                PAGES.resolve("words-" + language + ".json").toFile(),
                new TypeReference<Map<String, String>>() {}));
  }

  private static List<String> gaps(String text) {
    return GAP.matcher(text).results().map(MatchResult::group).sorted().toList();
  }

  private static Set<String> found(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String pages() throws IOException {
    try (Stream<Path> files = Files.list(PAGES)) {
      StringBuilder all = new StringBuilder();
      for (Path file : files.filter(each -> each.toString().matches(".*\\.(js|html)")).toList()) {
        all.append(Files.readString(file));
      }
      return all.toString();
    }
  }
}
