package io.lumbar.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whatever a person may read, on pages and in messages, reports, mails and answers, in both
 * languages, blames nobody and frightens nobody. All texts of all modules are looked at: each
 * string of the programs, and the whole of pages, scripts and word files.
 */
class EverythingReadTest {
  private static final Path PROJECT = Path.of("..");
  private static final List<String> MODULES =
      List.of("model", "http", "ingest", "analytics", "alerts", "history", "reports", "app");
  private static final Pattern STRING =
      Pattern.compile("\"\"\"(.*?)\"\"\"|\"((?:\\\\.|[^\"\\\\\n])*)\"", Pattern.DOTALL);

  /** At the start of a word; "harm" stands in "harmless" too, which nobody has to promise. */
  private static final Pattern BANNED =
      Pattern.compile(
          "\\b(?:bad|good|wrong|perfect|correct) posture|\\bbad night|\\bpoor|\\bdamage|\\binjur|\\bslouch"
              + "|\\bhunch|\\bsit up straight|\\bharm|\\bdanger|\\bcauses? pain|\\bbecause of sitting"
              + "|\\bunhealthy|\\blaz[yi]|\\b(?:schlechte|gute|falsche|richtige) haltung|\\bsch[aä]d"
              + "|\\bverletz|\\bgefährlich|\\bungesund|\\bfaul(?!t)|\\bposture score|\\bhaltungsnote",
          Pattern.UNICODE_CHARACTER_CLASS);

  /** What a program says to a program or of a file. */
  private static final List<String> TECHNICAL =
      List.of("loading: \"lazy\"", "is damaged or no zip file");

  @Test
  void nothingThatAnybodyReadsBlamesOrFrightens() throws IOException {
    Map<Path, List<String>> all = new TreeMap<>();
    for (String module : MODULES) {
      for (Path file : files(PROJECT.resolve(module).resolve("src/main"))) {
        all.put(file, texts(file));
      }
    }

    assertThat(all).hasSizeGreaterThan(500);
    assertThat(said(all)).contains("Nothing to do", "What would have come");
    List<String> found = new ArrayList<>();
    all.forEach(
        (file, texts) ->
            texts.forEach(text -> banned(text).ifPresent(word -> found.add(file + ": " + word))));
    assertThat(found).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "You slouched again, slouch",
    "Das ist eine schlechte Haltung, schlechte haltung",
    "Sitting causes pain, causes pain",
    "Das schadet dem Rücken, schad",
    "It damages the spine, damage"
  })
  void aWordThatBlamesIsFound(String text, String word) {
    assertThat(banned(text)).contains(word);
  }

  private static String said(Map<Path, List<String>> all) {
    return all.values().stream().flatMap(List::stream).collect(Collectors.joining("\n"));
  }

  private static Optional<String> banned(String text) {
    String read = text.toLowerCase(Locale.ROOT);
    for (String technical : TECHNICAL) {
      read = read.replace(technical, "");
    }
    return BANNED.matcher(read).results().map(MatchResult::group).findFirst();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(file -> file.toString().matches(".*\\.(java|js|html|yaml|json|txt)"))
          .toList();
    }
  }

  private static List<String> texts(Path file) throws IOException {
    String content = Files.readString(file);
    return file.toString().endsWith(".java")
        ? STRING
            .matcher(content)
            .results()
            .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
            .toList()
        : content.lines().toList();
  }
}
