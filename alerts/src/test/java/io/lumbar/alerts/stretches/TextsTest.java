package io.lumbar.alerts.stretches;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.model.HealthCondition;
import io.lumbar.model.Posture;
import io.lumbar.model.RedFlagAnswer;
import io.lumbar.model.StretchProfile;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
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

  /** Names of settings are for programs; faults of a channel are for who runs the server. */
  @ParameterizedTest
  @EnumSource(Language.class)
  void noSentenceNamesTheKeyOfASetting(Language language) {
    Resources.yaml("texts-" + language.tag() + ".yaml")
        .properties()
        .forEach(
            part -> {
              if (!part.getKey().equals("faults")) {
                sentences(part.getValue())
                    .forEach(
                        sentence ->
                            assertThat(GAP.matcher(sentence).replaceAll(""))
                                .doesNotContainPattern(
                                    "\\b(?!iC)[a-z]+[A-Z]|\\b(alerts|detection|reports)\\.[a-z]"));
              }
            });
  }

  private static Stream<String> sentences(JsonNode node) {
    return node.isValueNode()
        ? Stream.of(node.asText())
        : StreamSupport.stream(node.spliterator(), false).flatMap(TextsTest::sentences);
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
    ", America/Menominee, 911",
    ", America/Puerto_Rico, 911",
    ", America/Dawson_Creek, 911",
    ", Europe/Athens, 112",
    ", Australia/Perth, 000",
    ", Europe/Berlin, 112",
    ", Asia/Kathmandu, 112",
    ", Z, 112"
  })
  void redFlagsNameTheNumberOfTheCountryOrElseOfTheZone(
      String country, ZoneId zone, String number) {
    for (Language language : Language.values()) {
      RedFlags flags = RedFlags.in(language, of(country), new RedFlags.Where(zone, false));
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
  @CsvSource({
    "DE, Asia/Tokyo, 119, true",
    "DE, Europe/Berlin, 112, true",
    "US, Europe/Paris, 112, true",
    ", Asia/Tokyo, 119, true",
    "US, Asia/Kathmandu, 112, false",
    ", Asia/Kathmandu, 112, false",
  })
  void onAJourneyTheNumberIsThatOfThePlaceWhereItIsKnown(
      String country, ZoneId zone, String number, boolean sure) {
    RedFlags.Where where = new RedFlags.Where(zone, true);
    RedFlags flags = RedFlags.in(Language.EN, of(country), where);
    assertThat(flags.emergencyNumber()).isEqualTo(number);
    assertThat(flags.levels().get(0).text().contains("where it does not")).isEqualTo(!sure);
  }

  @ParameterizedTest
  @CsvSource({
    "DE, Europe/Berlin, true",
    ", Europe/Berlin, true",
    ", Asia/Seoul, false",
    ", Z, false",
    "XX, Europe/Berlin, false"
  })
  void whereNobodyKnowsThatANumberWorksTheTextSaysWhatElseToDo(
      String country, ZoneId zone, boolean sure) {
    StretchProfile stopped =
        of(country)
            .answered(new RedFlagAnswer(RedFlagAnswer.Level.EMERGENCY, LocalDate.of(2026, 3, 2)));
    RedFlags.Where where = new RedFlags.Where(zone, false);
    RedFlags flags = RedFlags.in(Language.DE, stopped, where);
    String added =
        " 112 geht in vielen L\u00e4ndern; wo nicht, rufen Sie die Rettungsnummer des Ortes an.";
    assertThat(flags.levels().get(0).text().endsWith(added)).isEqualTo(!sure);
    assertThat(flags.levels().get(1).text()).doesNotContain("112");
    RedFlags.Stop stop = RedFlags.stop(Language.DE, stopped, where).orElseThrow();
    assertThat(stop.text()).isEqualTo(flags.levels().get(0).text());
    assertThat(stop.emergencyNumber()).isEqualTo("112");
  }

  private static StretchProfile of(String country) {
    return new StretchProfile(
        Set.of(), false, null, country, Set.of(), Set.of(), StretchProfile.none().diary());
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
