package io.lumbar.alerts.stretches;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.model.HealthCondition;
import io.lumbar.model.Posture;
import io.lumbar.model.StretchProfile;
import java.time.ZoneId;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TextsTest {
  private static final Pattern GAP = Pattern.compile("\\{\\w+}");

  @ParameterizedTest
  @EnumSource(Language.class)
  void everyLanguageHasTheSameSentencesWithTheSameGaps(Language language) {
    assertThat(keys(language)).isEqualTo(keys(Language.EN));
  }

  private static Set<String> keys(Language language) {
    Set<String> keys = new TreeSet<>();
    collect("", Resources.yaml("texts-" + language.tag() + ".yaml"), keys);
    return keys;
  }

  private static void collect(String path, JsonNode node, Set<String> keys) {
    if (node.isObject()) {
      node.properties()
          .forEach(field -> collect(path + "/" + field.getKey(), field.getValue(), keys));
    } else if (node.isArray()) {
      keys.add(path + " x" + node.size());
    } else {
      keys.add(path + " " + GAP.matcher(node.asText()).results().map(MatchResult::group).toList());
    }
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void everyConditionAndCauseHasAName(Language language) {
    Texts texts = Texts.in(language);
    for (HealthCondition condition : HealthCondition.values()) {
      assertThat(texts.line("conditions", condition.wireName())).isNotBlank();
    }
    for (Cause cause : Cause.values()) {
      assertThat(texts.line("causes", cause.wireName())).isNotBlank();
    }
    for (Posture posture : Posture.values()) {
      assertThat(texts.line("postures", posture.wireName())).isNotBlank();
    }
    for (PainGate.Closed closed : PainGate.Closed.values()) {
      assertThat(texts.line("gate", closed.key())).isNotBlank();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "DE, Europe/Berlin, 112",
    "GB, Europe/Berlin, 999",
    "US, Asia/Tokyo, 911",
    "CH, Z, 144",
    "XX, Asia/Tokyo, 112",
    ", Asia/Tokyo, 119",
    ", America/Indiana/Vincennes, 911",
    ", Australia/Perth, 000",
    ", Europe/Berlin, 112",
    ", Asia/Kathmandu, 112",
    ", Z, 112"
  })
  void redFlagsNameTheNumberOfTheCountryOrElseOfTheZone(
      String country, ZoneId zone, String number) {
    StretchProfile profile =
        new StretchProfile(
            Set.of(), false, null, country, Set.of(), Set.of(), StretchProfile.none().diary());
    for (Language language : Language.values()) {
      RedFlags flags = RedFlags.in(language, profile, zone);
      assertThat(flags.version()).isPositive();
      assertThat(flags.emergencyNumber()).isEqualTo(number);
      assertThat(flags.levels())
          .extracting(RedFlags.Level::id)
          .containsExactly("emergency", "urgent", "see-someone");
      assertThat(flags.levels().get(0).text()).contains(number);
      assertThat(flags.levels()).allMatch(level -> level.flags().size() > 4);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"de-AT,de;DE", "fr,de;DE", "en-GB;EN", "fr;EN", ";EN"})
  void choosesTheFirstLanguageThatThereIs(String accepted, Language expected) {
    assertThat(Language.of(accepted)).isEqualTo(expected);
  }

  @Test
  void germanIsGerman() {
    assertThat(Stretches.catalogue(Language.DE).byId("glute-bridge").orElseThrow().name())
        .isEqualTo("Br\u00fccke");
  }
}
