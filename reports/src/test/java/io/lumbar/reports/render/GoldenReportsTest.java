package io.lumbar.reports.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every morning in every format, word for word. {@code -Dgolden.update=true} writes the files anew;
 * then look at what changed.
 */
class GoldenReportsTest {
  private static final Path GOLDEN = Path.of("src/test/resources/io/lumbar/reports/golden");

  /** What a wearer must never read: blame, alarm, a score, or a claim of a cause. */
  private static final Pattern BANNED =
      Pattern.compile(
          "\\b(bad|poor|damage|injur\\w*|slouch\\w*|wrong posture|score|danger\\w*|warning|unhealthy"
              + "|alarm\\w*|fail\\w*|should have|too much|causes pain|because you sat)\\b",
          Pattern.CASE_INSENSITIVE);

  static Stream<String> scenes() {
    return Scenes.all().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("scenes")
  void areWhatTheyWere(String name) throws IOException {
    for (ReportFormat format : ReportFormat.values()) {
      String written = format.write(Scenes.all().get(name).report(), Optional.empty());
      Path golden = GOLDEN.resolve(name + "." + format.extension());
      if (Boolean.getBoolean("golden.update")) {
        Files.createDirectories(GOLDEN);
        Files.writeString(golden, written);
      }
      assertThat(written).as(golden.toString()).isEqualTo(Files.readString(golden));
    }
  }

  @ParameterizedTest
  @MethodSource("scenes")
  void useKindWords(String name) {
    for (ReportFormat format : List.of(ReportFormat.TEXT, ReportFormat.HTML)) {
      String written = format.write(Scenes.all().get(name).report(), Optional.empty());
      String words = written.replaceAll("(?s)<style>.*?</style>", "").replaceAll("<[^>]*>", " ");

      assertThat(BANNED.matcher(words).results().map(found -> found.group())).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("scenes")
  void needNothingFromElsewhere(String name) {
    String html = ReportFormat.HTML.write(Scenes.all().get(name).report(), Optional.empty());

    assertThat(html)
        .doesNotContain(
            "<script", "http://", "https://", "url(", "@import", " src=", "NaN", "null");
  }
}
