package io.lumbar.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.alerts.AlertState.Told;
import io.lumbar.alerts.Messages.Phrase;
import io.lumbar.alerts.responses.Snoozes;
import io.lumbar.alerts.stretches.Cause;
import io.lumbar.alerts.stretches.Kind;
import io.lumbar.alerts.stretches.Language;
import io.lumbar.alerts.stretches.Place;
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
    Arrays.stream(Language.values())
        .map(Messages::in)
        .flatMap(
            words -> Stream.of(new DecisionTexts(words, false), new DecisionTexts(words, true)))
        .forEach(texts -> everything.addAll(decisions(texts)));
    everything.add(
        Snoozes.refusal(
                Episodes.ANNA,
                "e_1",
                EpisodeKind.LONG_SITTING,
                30,
                Episodes.at("09:30"),
                Episodes.BERLIN,
                "a_1",
                "en")
            .detail());
    assertThat(everything).hasSizeGreaterThan(100);
    assertThat(everything)
        .allSatisfy(
            text ->
                assertThat(BANNED)
                    .noneMatch(banned -> text.toLowerCase(Locale.ROOT).contains(banned)));
  }

  private static List<String> decisions(DecisionTexts texts) {
    List<String> all =
        new ArrayList<>(
            List.of(
                texts.sent(EpisodeKind.LONG_SITTING, 1800),
                texts.sent(EpisodeKind.DEVICE_CARE, 300),
                texts.heldBack(EpisodeKind.DATA_SILENCE, 60),
                texts.heldBack(EpisodeKind.LONG_SITTING, 30),
                texts.comingLater(),
                texts.morningOnly(),
                texts.feedbackOff()));
    Arrays.stream(Reason.values())
        .filter(reason -> reason != Reason.SENT)
        .forEach(
            reason ->
                all.addAll(
                    List.of(
                        texts.withheld(EpisodeKind.LONG_SITTING, reason, 30),
                        texts.withheld(EpisodeKind.DATA_SILENCE, reason, 60))));
    assertThat(all).noneMatch(text -> text.contains("{"));
    return all;
  }

  @ParameterizedTest
  @EnumSource(
      value = EpisodeKind.class,
      names = {"LONG_SITTING", "INACTIVE", "ARCHED_SLEEP"})
  void everyPhraseNamesMinutesStartSensorAndAction(EpisodeKind kind) {
    List<String> ids = Messages.in(Language.EN).phrases(kind).stream().map(Phrase::id).toList();
    for (Language language : Language.values()) {
      List<Phrase> phrases = Messages.in(language).phrases(kind);
      assertThat(phrases).hasSizeGreaterThanOrEqualTo(kind.isOfSleep() ? 4 : 6);
      assertThat(phrases).extracting(Phrase::id).isEqualTo(ids).doesNotHaveDuplicates();
      assertThat(phrases)
          .extracting(Phrase::text)
          .allSatisfy(
              text -> assertThat(text).contains("{minutes}", "{since}", "{sensor}", "{action}"));
    }
    if (kind == EpisodeKind.INACTIVE) {
      assertThat(Messages.in(Language.EN).phrases(kind))
          .extracting(Phrase::text)
          .allSatisfy(text -> assertThat(text.toLowerCase(Locale.ROOT)).contains("steps alone"));
      assertThat(Messages.in(Language.DE).phrases(kind))
          .extracting(Phrase::text)
          .allSatisfy(text -> assertThat(text).contains("nur aus Schritten"));
    }
  }

  @Test
  void aGermanAlertIsGermanWithItsStretch() {
    AlertWriter.Message message =
        new AlertWriter(Stretches.catalogue())
            .write(
                Episodes.sitting("09:00").until("09:30").build(),
                30,
                1800,
                List.of(),
                new AlertWriter.Choice(
                    stretch -> stretch.id().equals("short-walk"), List.of(), phrase -> true),
                Messages.in(Language.DE));
    assertThat(message.text())
        .contains("30 Minuten", "09:00", "Oberschenkel", "Kurzer Gang")
        .doesNotContain("minutes", "{");
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
      Messages english = Messages.in(Language.EN);
      AlertWriter.Message message =
          writer.write(episode, 30, 1800, told, AlertWriter.Choice.any(), english);
      assertThat(message)
          .isEqualTo(writer.write(episode, 30, 1800, told, AlertWriter.Choice.any(), english));
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
              episode.zone(),
              false));
    }
    assertThat(told).extracting(Told::phrase).doesNotContainNull();
  }

  @ParameterizedTest
  @EnumSource(
      value = Cause.class,
      names = {"LONG_SITTING", "INACTIVE", "LIFTING"})
  void eachCauseOfAnAlertHasSeveralActionsThatAreNoStrengthWork(Cause cause) {
    assertThat(Stretches.catalogue().all())
        .filteredOn(stretch -> stretch.causes().contains(cause) && stretch.minutes() < 2)
        .filteredOn(stretch -> stretch.place() == Place.CHAIR || stretch.place() == Place.STANDING)
        .filteredOn(stretch -> stretch.kind() != Kind.STRENGTH)
        .hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void minutesAreWholeAndATimerAMomentEarlyLosesNone() {
    assertThat(AlertWriter.minutes(1799.2)).isEqualTo(30);
    assertThat(AlertWriter.minutes(1800)).isEqualTo(30);
    assertThat(AlertWriter.minutes(1858)).isEqualTo(30);
    assertThat(AlertWriter.minutes(1860)).isEqualTo(31);
  }
}
