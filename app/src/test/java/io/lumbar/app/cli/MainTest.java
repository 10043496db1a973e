package io.lumbar.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
  @ParameterizedTest
  @ValueSource(strings = {"de-DE", "ar-EG", "fa-IR", "mr-IN"})
  void numbersAreWrittenAlikeInEveryLanguage(String language) {
    Locale before = Locale.getDefault(Locale.Category.FORMAT);
    Locale.setDefault(Locale.Category.FORMAT, Locale.forLanguageTag(language));
    try {
      Main.writeNumbersAlike();

      assertThat("%.1f, %d, %02d:00".formatted(1.9, 1234, 7)).isEqualTo("1.9, 1234, 07:00");
    } finally {
      Locale.setDefault(Locale.Category.FORMAT, before);
    }
  }
}
