package io.lumbar.analytics.told;

import static io.lumbar.analytics.Rig.ANNA;
import static io.lumbar.analytics.Rig.BEN;
import static io.lumbar.analytics.Rig.POCKET;
import static io.lumbar.analytics.Rig.THIGH;
import static io.lumbar.analytics.Rig.at;
import static io.lumbar.analytics.Rig.span;
import static io.lumbar.analytics.Rig.steps;
import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.analytics.Rig;
import io.lumbar.model.CheckIn;
import io.lumbar.model.Correction;
import io.lumbar.model.Correction.Was;
import io.lumbar.model.DaySummary;
import io.lumbar.model.DayTag;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.Statement;
import io.lumbar.model.StepsObservation;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WearersWordTest {
  private static final Instant SAID = at("12:00");

  @TempDir Path stateDir;
  Rig rig;

  @BeforeEach
  void start() {
    rig = new Rig(at("12:00"), stateDir);
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void outranksEverySensorAndSurvivesTheSameUploadAgain() {
    PostureObservation sitting = span(THIGH, Posture.SITTING, "9:00", "10:00");
    rig.upload(ANNA, sitting, span(POCKET, Posture.SITTING, "9:00", "10:00"));
    assertThat(rig.episodes(ANNA)).hasSize(1);
    rig.tell(ANNA, correction("s1", 0, "9:20", "9:50", Was.STANDING));
    rig.upload(ANNA, sitting);
    assertThat(rig.picture(ANNA))
        .isEqualTo(
            """
            sitting 09:00:00-09:20:00
            standing 09:20:00-09:50:00
            sitting 09:50:00-10:00:00\
            """);
    assertThat(rig.bouts(ANNA).get(1).placement()).isEqualTo(Placement.ESTIMATED);
    assertThat(rig.episodes(ANNA)).isEmpty();
  }

  @Test
  void holdsWhateverCameFirst() {
    rig.tell(ANNA, correction("s1", 0, "9:20", "9:50", Was.DRIVING));
    rig.upload(ANNA, span(THIGH, Posture.SITTING, "9:00", "10:00"));
    rig.upload(BEN, span(THIGH, Posture.SITTING, "9:00", "10:00"));
    rig.tell(BEN, correction("s1", 0, "9:20", "9:50", Was.DRIVING));
    assertThat(rig.picture(ANNA)).isEqualTo(rig.picture(BEN)).contains("travelling 09:20");
  }

  @Test
  void whatASensorToldGoesOnBehindAWordThatReachesIntoTheFuture() {
    rig.upload(ANNA, Rig.change(THIGH, Posture.SITTING, "11:30", Duration.ofHours(2)));
    rig.tell(ANNA, correction("s1", 0, "11:40", "12:20", Was.UNKNOWN));
    rig.clockTo("12:50");
    assertThat(rig.picture(ANNA))
        .startsWith("sitting 11:30:00-11:40:00")
        .contains("\nsitting 12:20:00-");
  }

  @Test
  void aLongSittingThatIsTakenBackWholeIsNone() {
    rig.upload(ANNA, span(THIGH, Posture.SITTING, "9:00", "10:00"));
    assertThat(rig.episodes(ANNA)).hasSize(1);
    rig.tell(ANNA, correction("s1", 0, "9:00", "10:00", Was.UNKNOWN));
    assertThat(rig.bouts(ANNA)).isEmpty();
    assertThat(rig.episodes(ANNA)).isEmpty();
  }

  @Test
  void theLaterWordCountsAndOneThatWasTakenBackDoesNot() {
    rig.upload(ANNA, span(THIGH, Posture.SITTING, "9:00", "10:00"));
    rig.tell(
        ANNA,
        correction("s2", 5, "9:10", "9:40", Was.WALKING),
        correction("s1", 1, "9:20", "9:30", Was.STANDING));
    assertThat(rig.picture(ANNA))
        .isEqualTo(
            """
            sitting 09:00:00-09:10:00
            walking 09:10:00-09:40:00
            sitting 09:40:00-10:00:00\
            """);
    rig.tell(
        ANNA,
        new Correction("s2", SAID.plusSeconds(9), true, at("9:10"), at("9:40"), Was.WALKING),
        correction("s2", 5, "9:10", "9:40", Was.WALKING));
    assertThat(rig.picture(ANNA)).contains("standing 09:20:00-09:30:00").doesNotContain("walking");
  }

  @Test
  void whatIsForgottenIsGoneFromEverySum() {
    rig.upload(
        ANNA, span(THIGH, Posture.SITTING, "9:00", "10:00"), steps(Rig.WRIST, 60, "9:00", "10:00"));
    rig.tell(ANNA, correction("s1", 0, "9:30", "9:35", Was.FORGET));
    rig.rest();
    assertThat(rig.picture(ANNA)).isEqualTo("sitting 09:00:00-09:30:00\nsitting 09:35:00-10:00:00");
    assertThat(day().sitting().minutes()).isEqualTo(55);
    assertThat(day().steps()).isEqualTo(55);
    assertThat(day().stepsByHour().get(9)).isEqualTo(55);
    rig.tell(
        ANNA, new Correction("s1", SAID.plusSeconds(1), true, at("9:30"), at("9:35"), Was.FORGET));
    rig.rest();
    assertThat(rig.picture(ANNA)).isEqualTo("sitting 09:00:00-09:30:00\nsitting 09:35:00-10:00:00");
    assertThat(day().steps()).isEqualTo(55);
  }

  /** Forgotten twice under one id, taken back, and said to have been another posture there. */
  @Test
  void whatIsForgottenStaysSoWhateverIsSaidUnderItsIdInAnyOrder() {
    List<Statement> words =
        List.of(
            correction("s1", 1, "9:00", "9:10", Was.FORGET),
            correction("s1", 2, "9:00", "9:15", Was.FORGET),
            correction("s1", 0, "9:00", "9:20", Was.STANDING),
            correction("s1", 5, "9:30", "9:40", Was.STANDING),
            new Correction("s1", SAID.plusSeconds(6), true, at("9:00"), at("9:10"), Was.FORGET));
    for (int seed = 0; seed < 12; seed++) {
      List<Statement> shuffled = new ArrayList<>(words);
      Collections.shuffle(shuffled, new Random(seed));
      try (Rig fresh = new Rig(at("12:00"), stateDir.resolve("final" + seed))) {
        fresh.upload(ANNA, span(THIGH, Posture.SITTING, "9:00", "10:00"));
        shuffled.forEach(word -> fresh.tell(ANNA, word).rest());
        assertThat(fresh.picture(ANNA)).as("%s", shuffled).isEqualTo("sitting 09:15:00-10:00:00");
        assertThat(fresh.days(ANNA).get(Rig.DAY).forgottenMinutes()).isEqualTo(15);
      }
    }
  }

  @Test
  void agreeingWithASensorKeepsWhatTheSensorKnows() {
    rig.upload(ANNA, span(THIGH, Posture.SITTING, "9:00", "10:00"));
    rig.tell(ANNA, correction("s1", 0, "8:50", "9:30", Was.SITTING));
    assertThat(rig.picture(ANNA)).isEqualTo("sitting 08:50:00-10:00:00");
    assertThat(day().sitting().bouts()).isEqualTo(1);
  }

  @Test
  void tagsAndFeelingsStandOnTheDay() {
    rig.upload(ANNA, span(THIGH, Posture.SITTING, "9:00", "10:00"));
    rig.tell(
        ANNA,
        new DayTag("t1", SAID, false, Rig.DAY, DayTag.Tag.HOLIDAY),
        new DayTag("t2", SAID, false, Rig.DAY, DayTag.Tag.ILL),
        new CheckIn("c1", SAID, false, at("11:00"), 4, null, null, null, false, null),
        new CheckIn("c2", SAID, false, at("11:30"), 2, 6, null, null, false, null));
    rig.rest();
    assertThat(day().tags()).isEqualTo(List.of("ill", "holiday"));
    assertThat(day().pain()).isEqualTo(4);
    assertThat(day().painAt()).isEqualTo(at("11:00"));
    assertThat(day().stiffness()).isEqualTo(6);
    rig.tell(ANNA, new DayTag("t2", SAID.plusSeconds(1), true, Rig.DAY, DayTag.Tag.ILL));
    rig.rest();
    assertThat(day().tags()).isEqualTo(List.of("holiday"));
  }

  /**
   * Pain of 9 at half past one, 3 at seven, 2 at half past eleven and 8 at noon; seven comes last.
   */
  @Test
  void theFirstWordOfTheMorningStandsOnTheDayWheneverItComes() {
    rig.upload(ANNA, span(THIGH, Posture.SITTING, "9:00", "10:00"));
    rig.tell(
        ANNA,
        new CheckIn("c5", SAID, false, at("12:00"), 8, 8, null, null, false, null),
        new CheckIn("c4", SAID, false, at("11:30"), 2, 6, null, null, false, null));
    assertThat(day().morningPain()).isEqualTo(2);
    assertThat(day().painAt()).isEqualTo(at("12:00"));
    rig.tell(ANNA, new CheckIn("c1", SAID, false, at("1:30"), 9, 9, null, null, false, null));
    assertThat(day().pain()).isEqualTo(9);
    assertThat(day().painAt()).isEqualTo(at("1:30"));
    assertThat(day().morningPain()).isEqualTo(2);
    CheckIn seven = new CheckIn("c3", SAID, false, at("7:00"), 3, null, null, null, false, null);
    rig.tell(ANNA, seven);
    assertThat(day().morningPain()).isEqualTo(3);
    assertThat(day().morningStiffness()).isEqualTo(6);
    Instant later = SAID.plusSeconds(1);
    rig.tell(ANNA, new CheckIn("c3", later, true, at("7:00"), 3, null, null, null, false, null));
    assertThat(day().morningPain()).isEqualTo(2);
  }

  @Test
  void aRunOfDaysWithAJumpIsOneEpisode() {
    for (int day = 34; day >= 0; day--) {
      Instant from = at("8:00").minusSeconds(day * 86_400L);
      rig.upload(
          ANNA,
          new StepsObservation(
              Rig.WRIST, day < 9 && day > 1 ? 12_000 : 5_000, from, from.plusSeconds(7200)));
    }
    rig.rest();
    assertThat(rig.days(ANNA).get(Rig.DAY.minusDays(2)).load().get(0).ratio()).isEqualTo(2.4);
    assertThat(rig.episodes(ANNA))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.level()).isEqualTo(140);
              assertThat(one.from().atZone(Rig.ZONE).toLocalDate()).isEqualTo(Rig.DAY.minusDays(6));
            });
    rig.tell(ANNA, new DayTag("t1", SAID, false, Rig.DAY.minusDays(3), DayTag.Tag.HOLIDAY));
    rig.rest();
    assertThat(rig.days(ANNA).get(Rig.DAY).load().get(0).afterBreak()).isTrue();
  }

  @Test
  void aDayOfWhichEverythingIsTakenBackIsRetractedUntilItComesBack() {
    rig.upload(ANNA, span(THIGH, Posture.SITTING, "9:00", "11:00"));
    int first = day().revision();
    rig.tell(ANNA, correction("c1", 0, "0:00", "23:59", Was.NOT_ME));
    DaySummary gone = day();
    assertThat(gone.retracted()).isTrue();
    assertThat(gone.revision()).isEqualTo(first + 1);
    rig.tell(
        ANNA, new Correction("c1", SAID.plusSeconds(9), true, at("0:00"), at("23:59"), Was.NOT_ME));
    assertThat(day().retracted()).isFalse();
    assertThat(day().revision()).isEqualTo(first + 2);
    assertThat(day().sitting().minutes()).isEqualTo(120);
  }

  /** As if it had never been: no day that ends a jump, and none of zeros. */
  @Test
  void aJumpPassesOverNoDayThatWasTakenBack() {
    for (int day = 34; day >= 0; day--) {
      Instant from = at("8:00").minusSeconds(day * 86_400L);
      rig.upload(
          ANNA,
          new StepsObservation(Rig.WRIST, day < 9 ? 12_000 : 5_000, from, from.plusSeconds(7200)));
    }
    rig.rest();
    assertThat(rig.episodes(ANNA)).singleElement();
    Instant noon = at("12:00").minusSeconds(2 * 86_400L);
    rig.tell(
        ANNA,
        new Correction(
            "c1", SAID, false, noon.minusSeconds(40_000), noon.plusSeconds(30_000), Was.NOT_ME));
    rig.rest();
    assertThat(rig.days(ANNA).get(Rig.DAY.minusDays(2)).retracted()).isTrue();
    assertThat(rig.days(ANNA).get(Rig.DAY.minusDays(2)).load()).isEmpty();
    assertThat(rig.episodePicture(ANNA)).contains("ended by silence");
    assertThat(rig.episodes(ANNA)).hasSize(2);
  }

  @Test
  void aTagMarksTheLongSittingsOfItsDay() {
    rig.upload(ANNA, span(THIGH, Posture.SITTING, "9:00", "9:40"));
    assertThat(rig.episodes(ANNA).get(0).dayTags()).isEmpty();
    rig.tell(ANNA, new DayTag("t1", SAID, false, Rig.DAY, DayTag.Tag.FLARE_UP));
    assertThat(rig.episodes(ANNA).get(0).dayTags()).containsExactly("flare-up");
    rig.tell(ANNA, new DayTag("t1", SAID.plusSeconds(1), true, Rig.DAY, DayTag.Tag.FLARE_UP));
    assertThat(rig.episodes(ANNA).get(0).dayTags()).isEmpty();
  }

  private DaySummary day() {
    rig.rest();
    return rig.days(ANNA).get(Rig.DAY);
  }

  private static Correction correction(String id, long later, String from, String to, Was was) {
    return new Correction(id, SAID.plusSeconds(later), false, at(from), at(to), was);
  }
}
