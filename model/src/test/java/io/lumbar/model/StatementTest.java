package io.lumbar.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class StatementTest {
  private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");

  static Stream<Arguments> written() {
    return Stream.of(
        Arguments.of(
            new CheckIn("s_1", NINE, false, NINE, 3, 5, 12.5, 4, true, "cat-cow"),
"""
{"kind":"check-in","id":"s_1","statedAt":"2026-03-02T09:00:00Z","at":"2026-03-02T09:00:00Z",\
"pain":3,"stiffness":5,"liftedKg":12.5,"repetitions":4,"heavierThanUsual":true,\
"stretchDone":"cat-cow","v":1}\
"""),
        Arguments.of(
            new CheckIn("s_1", NINE, false, NINE, 0, null, null, null, false, null),
"""
{"kind":"check-in","id":"s_1","statedAt":"2026-03-02T09:00:00Z","at":"2026-03-02T09:00:00Z",\
"pain":0,"v":1}\
"""),
        Arguments.of(
            new Correction(
                "s_2", NINE, true, NINE, NINE.plusSeconds(60), Correction.Was.PHONE_ON_DESK),
            """
            {"kind":"correction","id":"s_2","statedAt":"2026-03-02T09:00:00Z","revoked":true,\
            "from":"2026-03-02T09:00:00Z","to":"2026-03-02T09:01:00Z","was":"phone-on-desk","v":1}\
            """),
        Arguments.of(
            new DayTag("s_3", NINE, false, LocalDate.of(2026, 3, 2), DayTag.Tag.NIGHT_SHIFT),
            """
            {"kind":"day-tag","id":"s_3","statedAt":"2026-03-02T09:00:00Z","date":"2026-03-02",\
            "tag":"night-shift","v":1}\
            """),
        Arguments.of(
            new Calibration(
                "s_4",
                NINE,
                false,
                new DeviceId("d_1"),
                Placement.LOWER_BACK,
                Calibration.Pose.FRONT_PROPPED,
                NINE,
                NINE.plusSeconds(20)),
            """
            {"kind":"calibration","id":"s_4","statedAt":"2026-03-02T09:00:00Z","device":"d_1",\
            "placement":"lower-back","pose":"front-propped","from":"2026-03-02T09:00:00Z",\
            "to":"2026-03-02T09:00:20Z","v":1}\
            """));
  }

  @ParameterizedTest
  @MethodSource("written")
  void isWrittenSoAndReadBack(Statement statement, String json) {
    assertThat(new String(Json.bytes(statement), UTF_8)).isEqualTo(json);
    assertThat(Json.read(json.getBytes(UTF_8), Statement.class)).isEqualTo(statement);
  }

  @Test
  void readsWhatALaterVersionAdded() {
    String json =
        """
        {"kind":"day-tag","id":"s_3","statedAt":"2026-03-02T09:00:00Z","date":"2026-03-02",
        "tag":"ill","v":2,"mood":"fine"}\
        """;
    assertThat(Json.read(json.getBytes(UTF_8), Statement.class))
        .isEqualTo(new DayTag("s_3", NINE, false, LocalDate.of(2026, 3, 2), DayTag.Tag.ILL));
  }

  @Test
  void whatWasSaidLaterCounts() {
    Statement first = pain(NINE, false, 3);
    Statement second = pain(NINE.plusSeconds(1), false, 2);
    assertThat(second.supersedes(first)).isTrue();
    assertThat(first.supersedes(second)).isFalse();
    assertThat(first.supersedes(first)).isFalse();
  }

  @Test
  void ofWhatWasSaidAtOnceOneOfTwoCountsAndTheRevocationFirst() {
    Statement three = pain(NINE, false, 3);
    Statement four = pain(NINE, false, 4);
    Statement back = pain(NINE, true, 3);
    assertThat(three.supersedes(four)).isNotEqualTo(four.supersedes(three));
    assertThat(back.supersedes(four)).isTrue();
    assertThat(four.supersedes(back)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Posture.class)
  void aCorrectionCanSayEveryPosture(Posture posture) {
    assertThat(Correction.Was.of(posture.wireName()).posture()).isEqualTo(posture);
  }

  @Test
  void sayingTheSameAgainHasTheSameIdAndAnotherWearersHasNot() {
    String id = StableIds.statement(new WearerId("w_1"), "day-tag", "2026-03-02", "ill");
    assertThat(StableIds.statement(new WearerId("w_1"), "day-tag", "2026-03-02", "ill"))
        .isEqualTo(id)
        .startsWith("s_");
    assertThat(StableIds.statement(new WearerId("w_2"), "day-tag", "2026-03-02", "ill"))
        .isNotEqualTo(id);
  }

  @Test
  void refusesWhatCannotBe() {
    refused(() -> pain(NINE, false, 11), "pain must be between 0 and 10");
    refused(
        () -> new CheckIn("s", NINE, false, NINE, null, null, null, null, false, null),
        "at least one thing");
    refused(
        () -> new CheckIn("s", NINE, false, NINE, null, null, 20.0, null, false, null),
        "go together");
    refused(
        () -> new CheckIn("s", NINE, false, NINE, null, null, Double.NaN, 1, false, null),
        "liftedKg must be");
    refused(
        () -> new CheckIn("a|b", NINE, false, NINE, 1, null, null, null, false, null),
        "id must match");
    refused(() -> correction(Duration.ZERO), "must be before");
    refused(() -> correction(Duration.ofHours(24).plusMillis(1)), "at most 24 h");
  }

  @Test
  void whatIsForgottenIsNeitherTakenBackNorAnotherWord() {
    Instant ten = NINE.plusSeconds(3_600);
    Correction gone = new Correction("s_1", NINE, false, NINE, ten, Correction.Was.FORGET);
    Correction back = new Correction("s_1", ten, true, NINE, ten, Correction.Was.FORGET);
    Correction other = new Correction("s_1", ten, false, NINE, ten, Correction.Was.SITTING);
    assertThat(gone.forgets()).isTrue();
    for (Correction later : List.of(back, other)) {
      assertThat(later.forgets()).isFalse();
      assertThat(later.supersedes(gone)).isFalse();
      assertThat(gone.supersedes(later)).isTrue();
    }
    assertThat(Json.mapper().valueToTree(gone).toString()).doesNotContain("forgets");
  }

  private static Statement pain(Instant at, boolean revoked, int pain) {
    return new CheckIn("s_1", at, revoked, NINE, pain, null, null, null, false, null);
  }

  private static void correction(Duration length) {
    new Correction("s_2", NINE, false, NINE, NINE.plus(length), Correction.Was.FORGET);
  }

  private static void refused(Runnable making, String words) {
    assertThatThrownBy(making::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(words);
  }
}
