package io.lumbar.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.ingest.format.Adapter;
import io.lumbar.ingest.format.Collected;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A fixture of every shape of every format, and a page about each format. */
class FixturesTest {
  private static final Path FOLDER = Path.of("src/test/resources/io/lumbar/ingest/format");
  private static final Path PAGES = Path.of("../docs/formats");

  @Test
  void everyFixtureIsOneThatIsBrokenInThousandsOfWays() throws IOException {
    Set<String> named = new TreeSet<>();
    Mutator.formats().forEach(format -> named.addAll(Mutator.fixtures(format)));
    try (Stream<Path> files = Files.walk(FOLDER)) {
      assertThat(
              files
                  .filter(Files::isRegularFile)
                  .map(file -> FOLDER.relativize(file).toString().replace('\\', '/'))
                  .collect(Collectors.toSet()))
          .isEqualTo(named);
    }
  }

  @Test
  void everyFormatHasAPageThatNamesItsPath() throws IOException {
    for (Adapter adapter : Formats.all()) {
      String page = Files.readString(PAGES.resolve(adapter.format() + ".md"));
      assertThat(page).as(adapter.format()).contains("/api/v1/ingest/" + adapter.format());
    }
  }

  @Test
  void everyFormatIsAClassInAPackageOfItsOwn() {
    List<Adapter> adapters = Formats.all();
    assertThat(adapters.stream().map(each -> each.getClass().getPackageName()).distinct())
        .hasSameSizeAs(adapters)
        .allSatisfy(name -> assertThat(name).startsWith("io.lumbar.ingest.format."));
  }

  @ParameterizedTest
  @MethodSource("io.lumbar.ingest.Mutator#formats")
  void everyFixtureIsUnderstoodToItsLastElement(String format) {
    Adapter adapter =
        Formats.all().stream()
            .filter(each -> each.format().equals(format))
            .findFirst()
            .orElseThrow();
    for (String name : Mutator.fixtures(format)) {
      String[] path = name.split("/", 2);
      Collected found = Collected.of(adapter, Collected.fixture(path[0], path[1]), Map.of());
      assertThat(found.received()).as(name).isPositive();
      if (name.equals("owntracks/encrypted.json")) {
        assertThat(found.refused).hasSize(1);
      } else {
        assertThat(found.refused).as(name).isEmpty();
      }
    }
  }
}
