package io.lumbar.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.alerts.AlertState.Told;
import io.lumbar.alerts.responses.Snoozes;
import io.lumbar.alerts.stretches.Language;
import io.lumbar.alerts.stretches.Stretches;
import io.lumbar.alerts.stretches.Texts;
import io.lumbar.model.Episode;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.Placement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WordsTest {
  private static final List<String> BANNED =
      List.of(
          "bad posture",
          "good posture",
          "bad night",
          "poor",
          "damage",
          "injur",
          "slouch",
          "hunch",
          "wrong posture",
          "sit up straight",
          "harm",
          "dangerous",
          "causes pain",
          "because of sitting",
          "unhealthy",
          "lazy",
          "schlechte haltung",
          "gute haltung",
          "falsche haltung",
          "schaden",
          "sch\u00e4d",
          "verletz",
          "gef\u00e4hrlich",
          "ungesund",
          "faul",
          "!");

  @Test
  void nothingThatAWearerReadsBlamesOrFrightens() {
    List<String> everything = new ArrayList<>();
    for (Language language : Language.values()) {
      everything.addAll(Texts.in(language).everything());
    }
    Stream.of(
            Phrases.SITTING,
            Phrases.INACTIVE,
            List.of(
                Phrases.aboutSensors(EpisodeKind.DATA_SILENCE, 60),
                Phrases.aboutSensors(EpisodeKind.DEVICE_CARE, 1),
                Phrases.aboutSensors(EpisodeKind.DEVICE_CARE, 2)))
        .flatMap(List::stream)
        .forEach(phrase -> everything.addAll(List.of(phrase.title(), phrase.pattern())));
    for (EpisodeKind kind : EpisodeKind.values()) {
      Arrays.stream(Reason.values())
          .filter(reason -> reason != Reason.SENT)
          .forEach(reason -> everything.add(DecisionTexts.withheld(kind, reason, 30)));
      everything.add(DecisionTexts.sent(kind, 1800));
      everything.add(DecisionTexts.heldBack(kind, 30));
    }
    everything.add(DecisionTexts.comingLater());
    everything.add(
        Snoozes.refusal(
                Episodes.ANNA,
                "e_1",
                EpisodeKind.LONG_SITTING,
                30,
                Episodes.at("09:30"),
                Episodes.BERLIN,
                "a_1")
            .detail());
    everything.add(DecisionTexts.morningOnly());
    everything.add(DecisionTexts.feedbackOff());
    assertThat(everything).hasSizeGreaterThan(100);
    assertThat(everything)
        .allSatisfy(
            text ->
                assertThat(BANNED)
                    .noneMatch(banned -> text.toLowerCase(Locale.ROOT).contains(banned)));
  }

  @ParameterizedTest
  @EnumSource(
      value = EpisodeKind.class,
      names = {"LONG_SITTING", "INACTIVE"})
  void everyPhraseNamesMinutesStartSensorAndAction(EpisodeKind kind) {
    assertThat(AlertWriter.phrases(kind)).hasSizeGreaterThanOrEqualTo(6);
    assertThat(AlertWriter.phrases(kind))
        .extracting(AlertWriter.Phrase::pattern)
        .allSatisfy(
            pattern ->
                assertThat(pattern).contains("{minutes}", "{since}", "{sensor}", "{action}"));
    if (kind == EpisodeKind.INACTIVE) {
      assertThat(AlertWriter.phrases(kind))
          .extracting(AlertWriter.Phrase::pattern)
          .allSatisfy(
              pattern -> assertThat(pattern.toLowerCase(Locale.ROOT)).contains("steps alone"));
    }
  }

  @Test
  void noTextAndNoStretchComesAgainWithinThreeAlerts() {
    AlertWriter writer = new AlertWriter(Stretches.catalogue());
    List<Told> told = new ArrayList<>();
    Episodes base = Episodes.sitting("09:00");
    for (int day = 0; day < 100; day++) {
      Episode episode =
          new Episodes(
                  base.wearer(),
                  base.kind(),
                  base.from().plus(Duration.ofDays(day)),
                  base.from().plus(Duration.ofDays(day)).plusSeconds(1800),
                  base.from().plus(Duration.ofDays(day)).plusSeconds(1800),
                  30,
                  true,
                  1,
                  false,
                  base.posture(),
                  Placement.values()[day % Placement.values().length])
              .build();
      AlertWriter.Message message = writer.write(episode, 30, 1800, told, stretch -> true);
      assertThat(message).isEqualTo(writer.write(episode, 30, 1800, told, stretch -> true));
      assertThat(message.text()).contains("30").doesNotContain("{");
      List<Told> recent = told.subList(Math.max(0, told.size() - 3), told.size());
      assertThat(recent).extracting(Told::phrase).doesNotContain(message.phrase());
      assertThat(recent).extracting(Told::stretch).doesNotContain(message.stretch());
      told.add(
          new Told(
              "a_" + day,
              episode.id(),
              episode.kind(),
              30,
              episode.from(),
              episode.to(),
              episode.to(),
              true,
              false,
              message.phrase(),
              message.stretch(),
              0,
              episode.zone()));
    }
    assertThat(told).extracting(Told::phrase).doesNotContainNull();
  }

  @Test
  void minutesAreWholeAndATimerAMomentEarlyLosesNone() {
    assertThat(AlertWriter.minutes(1799.2)).isEqualTo(30);
    assertThat(AlertWriter.minutes(1800)).isEqualTo(30);
    assertThat(AlertWriter.minutes(1858)).isEqualTo(30);
    assertThat(AlertWriter.minutes(1860)).isEqualTo(31);
  }
}
