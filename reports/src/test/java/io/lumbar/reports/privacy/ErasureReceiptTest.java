package io.lumbar.reports.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.history.HistoryStore.Erasure;
import io.lumbar.model.Json;
import io.lumbar.model.WearerId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErasureReceiptTest {
  private static final Path PAGES = Path.of("src/main/resources/io/lumbar/reports/page");
  private static final String PREFIX = "receipt.";
  private static final Instant NOW = Instant.parse("2026-03-04T13:52:20Z");

  /** It is made in English; the page shows it in the wearer's language, by keys of these lines. */
  @ParameterizedTest
  @ValueSource(strings = {"en", "de"})
  void thePageHasWordsForEachLineAndForNoOther(String language) throws IOException {
    List<String> known =
        Json.mapper()
            .readTree(PAGES.resolve("words-" + language + ".json").toFile())
            .properties()
            .stream()
            .map(Map.Entry::getKey)
            .filter(key -> key.startsWith(PREFIX))
            .toList();
    assertThat(lines().map(ErasureReceiptTest::key))
        .containsExactlyInAnyOrderElementsOf(known)
        .hasSizeGreaterThan(15);
  }

  @Test
  void whatEndsByItselfSaysWhen() {
    assertThat(receipt().expires()).isNotEmpty().allMatch(one -> one.at().isAfter(NOW));
  }

  private static Stream<String> lines() {
    ErasureReceipt receipt = receipt();
    return Stream.of(
            receipt.gone().stream().map(ErasureReceipt.Gone::what),
            receipt.expires().stream().map(ErasureReceipt.Expires::what),
            receipt.yours().stream())
        .flatMap(each -> each);
  }

  private static ErasureReceipt receipt() {
    Erasure whole = new Erasure(new WearerId("w_anna"), null, null, NOW);
    return ErasureReceipt.ofAll(whole, Map.of(), true, true);
  }

  private static String key(String line) {
    String words = line.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "-");
    return PREFIX + words.replaceAll("^-|-$", "");
  }
}
