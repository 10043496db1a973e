package io.lumbar.reports;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.model.CheckIn;
import io.lumbar.model.Correction;
import io.lumbar.model.DayTag;
import io.lumbar.model.Experiment;
import io.lumbar.model.Statement;
import io.lumbar.model.WearerId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StatementBookTest {
  private static final WearerId MIRA = ReportsServer.MIRA.id();
  private static final Instant NOW = Instant.parse("2026-03-04T13:52:20Z");
  private static final String PATH = "/api/v1/wearers/Mira/statements";
  private final Set<WearerId> known = new HashSet<>(Set.of(MIRA));
  private Instant now = NOW;
  private final StatementBook book = new StatementBook(() -> now, known::contains);

  @Test
  void ofOneIdTheLaterWordCountsInWhateverOrder() {
    List<Statement> said = new ArrayList<>();
    said.add(pain("s_a", "2026-03-04T06:00:00Z", "2026-03-04T06:00:00Z", 4, false));
    said.add(pain("s_a", "2026-03-04T06:05:00Z", "2026-03-04T06:00:00Z", 2, false));
    said.add(pain("s_b", "2026-03-04T06:00:00Z", "2026-03-04T06:00:00Z", 9, false));
    said.add(pain("s_b", "2026-03-04T06:10:00Z", "2026-03-04T06:00:00Z", 9, true));
    for (int seed = 0; seed < 20; seed++) {
      Collections.shuffle(said, new Random(seed));
      StatementBook any = new StatementBook(() -> now, known::contains);
      said.forEach(one -> any.take(MIRA, one));
      assertThat(any.of(ReportsServer.MIRA)).containsExactly(said.get(index(said)));
    }
  }

  private static int index(List<Statement> said) {
    return said.indexOf(pain("s_a", "2026-03-04T06:05:00Z", "2026-03-04T06:00:00Z", 2, false));
  }

  @Test
  void thePainOfADayIsTheHighestThatHoldsInWhateverOrder() {
    List<Statement> said = new ArrayList<>();
    said.add(pain("s_a", "2026-03-04T06:00:00Z", "2026-03-04T06:00:00Z", 9, false));
    said.add(pain("s_a", "2026-03-04T06:05:00Z", "2026-03-04T06:00:00Z", 2, false));
    said.add(pain("s_b", "2026-03-04T07:00:00Z", "2026-03-04T07:00:00Z", 8, false));
    said.add(pain("s_c", "2026-03-03T07:00:00Z", "2026-03-03T07:00:00Z", 7, false));
    said.add(pain("s_c", "2026-03-03T07:10:00Z", "2026-03-03T07:00:00Z", 7, true));
    said.add(pain("s_d", "2026-03-02T06:00:00Z", "2026-03-02T06:00:00Z", 6, false));
    said.add(
        new Correction(
            "s_f",
            NOW,
            false,
            Instant.parse("2026-03-02T05:00:00Z"),
            Instant.parse("2026-03-02T07:00:00Z"),
            Correction.Was.FORGET));
    Map<LocalDate, Integer> expected = new HashMap<>();
    expected.put(LocalDate.parse("2026-03-04"), 8);
    expected.put(LocalDate.parse("2026-03-03"), null);
    expected.put(LocalDate.parse("2026-03-02"), null);
    for (int seed = 0; seed < 20; seed++) {
      Collections.shuffle(said, new Random(seed));
      StatementBook any = new StatementBook(() -> now, known::contains);
      said.forEach(one -> any.take(MIRA, one));
      assertThat(any.pains(ReportsServer.MIRA)).isEqualTo(expected);
    }
  }

  @Test
  void whatIsToBeForgottenIsNotToldAndNeitherIsThat() {
    book.take(MIRA, pain("s_in", "2026-03-04T06:00:00Z", "2026-03-04T06:00:00Z", 4, false));
    book.take(MIRA, pain("s_out", "2026-03-04T09:00:00Z", "2026-03-04T09:00:00Z", 3, false));
    book.take(MIRA, correction("s_c", "05:50", "06:10", Correction.Was.DRIVING));
    book.take(MIRA, correction("s_f", "05:00", "07:00", Correction.Was.FORGET));
    assertThat(book.of(ReportsServer.MIRA)).extracting(Statement::id).containsExactly("s_out");
  }

  @Test
  void whatIsSaidOfAForgottenTimeAfterwardsIsTold() {
    book.take(MIRA, pain("s_in", "2026-03-04T06:00:00Z", "2026-03-04T06:00:00Z", 4, false));
    book.take(MIRA, correction("s_f", "05:00", "07:00", Correction.Was.FORGET));
    book.take(
        MIRA,
        new Correction(
            "s_c", NOW.plusSeconds(1), false, at("05:50"), at("06:10"), Correction.Was.SITTING));
    assertThat(book.of(ReportsServer.MIRA)).extracting(Statement::id).containsExactly("s_c");
  }

  @Test
  void whatIsForgottenStaysSoWhateverIsSaidUnderItsIdInAnyOrder() {
    List<Statement> said =
        List.of(
            pain("s_in", "2026-03-04T06:00:00Z", "2026-03-04T06:00:00Z", 4, false),
            correction("s_f", "05:00", "05:30", Correction.Was.FORGET),
            correction("s_f", "05:50", "07:00", Correction.Was.FORGET),
            new Correction(
                "s_f", NOW.plusSeconds(1), false, at("08:00"), at("08:10"), Correction.Was.SITTING),
            new Correction(
                "s_f", NOW.plusSeconds(2), true, at("05:50"), at("07:00"), Correction.Was.FORGET));
    for (int turn = 0; turn < said.size(); turn++) {
      StatementBook any = new StatementBook(() -> NOW, known::contains);
      List<Statement> turned = new ArrayList<>(said);
      Collections.rotate(turned, turn);
      turned.forEach(one -> any.take(MIRA, one));
      assertThat(any.of(ReportsServer.MIRA)).as("%s", turned).isEmpty();
    }
  }

  @Test
  void whatIsOldGoesAndWhatAnErasedWearerSaidToo() {
    book.take(MIRA, pain("s_a", "2026-03-04T06:00:00Z", "2026-03-04T06:00:00Z", 4, false));
    now = NOW.plus(StatementBook.KEPT).minus(Duration.ofHours(8));
    book.forgetOld();
    assertThat(book.of(ReportsServer.MIRA)).hasSize(1);
    now = now.plus(Duration.ofHours(1));
    book.forgetOld();
    assertThat(book.of(ReportsServer.MIRA)).isEmpty();

    book.take(MIRA, pain("s_b", now.toString(), now.toString(), 4, false));
    known.clear();
    book.forgetOld();
    assertThat(book.of(ReportsServer.MIRA)).as("said a moment ago").hasSize(1);
    now = now.plus(Duration.ofMinutes(6));
    book.forgetOld();
    assertThat(book.of(ReportsServer.MIRA)).isEmpty();
  }

  @Test
  void noWearerFillsTheMemory() {
    for (int i = 0; i <= StatementBook.MOST; i++) {
      String at = NOW.plusSeconds(i).toString();
      book.take(MIRA, pain("s_" + i, at, at, 1, false));
    }
    assertThat(book.of(ReportsServer.MIRA))
        .hasSize(StatementBook.MOST)
        .extracting(Statement::id)
        .doesNotContain("s_0");
  }

  @Test
  void theListHasTheFieldsByWhichEachWasTold() {
    try (ReportsServer server = new ReportsServer(() -> NOW)) {
      WearerId wearer = ReportsServer.MIRA.id();
      server.statements.take(
          wearer, pain("s_a", "2026-03-04T06:00:00Z", "2026-03-04T06:00:00Z", 4, false));
      server.statements.take(wearer, correction("s_c", "09:00", "09:30", Correction.Was.DRIVING));
      server.statements.take(
          wearer, new DayTag("s_t", NOW, false, LocalDate.of(2026, 3, 3), DayTag.Tag.NIGHT_SHIFT));
      server.statements.take(
          wearer,
          new Experiment("s_e", NOW, false, LocalDate.of(2026, 3, 4), Experiment.Change.PILLOW));
      String tag =
          "{\"kind\":\"day-tag\",\"id\":\"s_t\",\"statedAt\":\"2026-03-04T14:52:20+01:00\","
              + "\"date\":\"2026-03-03\",\"tag\":\"night-shift\"}";
      String pain =
          "{\"kind\":\"check-in\",\"id\":\"s_a\",\"statedAt\":\"2026-03-04T07:00:00+01:00\","
              + "\"at\":\"2026-03-04T07:00:00+01:00\",\"pain\":4}";
      String driving =
          "{\"kind\":\"correction\",\"id\":\"s_c\",\"statedAt\":\"2026-03-04T14:52:20+01:00\","
              + "\"from\":\"2026-03-04T10:00:00+01:00\",\"to\":\"2026-03-04T10:30:00+01:00\","
              + "\"was\":\"driving\"}";
      assertThat(server.get("w_mira", PATH).body())
          .isEqualTo("{\"items\":[" + String.join(",", tag, pain, driving) + "],\"next\":null}");
      assertThat(server.get("w_mira", PATH + "?from=2026-03-04&to=2026-03-04").body())
          .isEqualTo("{\"items\":[" + pain + "," + driving + "],\"next\":null}");
      assertThat(server.get("w_mira", PATH + "?limit=1&after=s_t").body())
          .isEqualTo("{\"items\":[" + pain + "],\"next\":\"s_a\"}");
      assertThat(server.get("w_mira", PATH + "?after=s_x").body()).contains("'after' is not in");
      assertThat(server.get("w_tom", PATH).statusCode()).isEqualTo(404);
    }
  }

  private static CheckIn pain(String id, String statedAt, String at, int pain, boolean revoked) {
    return new CheckIn(
        id,
        Instant.parse(statedAt),
        revoked,
        Instant.parse(at),
        pain,
        null,
        null,
        null,
        false,
        null);
  }

  private static Correction correction(String id, String from, String to, Correction.Was was) {
    return new Correction(id, NOW, false, at(from), at(to), was);
  }

  private static Instant at(String time) {
    return Instant.parse("2026-03-04T" + time + ":00Z");
  }
}
