package io.lumbar.ingest.statements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lumbar.http.ApiException;
import io.lumbar.model.Experiment;
import io.lumbar.model.Experiment.Change;
import io.lumbar.model.WearerId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KnownExperimentsTest {
  private static final WearerId ANNA = new WearerId("w_anna");
  private final List<Experiment> history = new ArrayList<>();
  private final Set<WearerId> erased = new HashSet<>();
  private final KnownExperiments known =
      new KnownExperiments(
          wearer -> wearer.equals(ANNA) ? List.copyOf(history) : List.of(),
          wearer -> !erased.contains(wearer));

  @Test
  void aSecondOneOnADayOfARunningOneIsRefusedByNameWithTheFix() {
    history.add(experiment("s_1", "2026-03-09", false, 0));
    for (String from : List.of("2026-02-10", "2026-03-09", "2026-04-05")) {
      assertThatThrownBy(() -> keep(experiment("s_2", from, false, 1)))
          .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.status()).isEqualTo(409))
          .hasMessage(
              "from: the experiment pillow (id s_1) runs from 2026-03-09 to 2026-04-05, and two at"
                  + " once cannot be told apart; begin on 2026-04-06 or later, or end that one first"
                  + " by its id with \"revoked\":true");
    }
    assertThat(keep(experiment("s_2", "2026-04-06", false, 1))).isTrue();
    assertThat(keep(experiment("s_3", "2026-02-09", false, 1))).isTrue();
    assertThat(
            known.keep(
                new WearerId("w_tom"), experiment("s_4", "2026-03-10", false, 1), true, () -> true))
        .isTrue();
  }

  @Test
  void whatTheHistoryDoesNotKnowYetCountsToo() {
    assertThat(keep(experiment("s_1", "2026-03-09", false, 0))).isTrue();
    assertThatThrownBy(() -> keep(experiment("s_2", "2026-03-10", false, 1)))
        .hasMessageContaining("id s_1");
    history.add(experiment("s_1", "2026-03-09", false, 0));
    assertThat(keep(experiment("s_1", "2026-03-09", true, 2))).isTrue();
    assertThat(keep(experiment("s_2", "2026-03-10", false, 3)))
        .as("taken back, which the history does not know yet")
        .isTrue();
  }

  @Test
  void whoMayNotReadOfTheOtherOneIsNotToldOfIt() {
    history.add(experiment("s_1", "2026-03-09", false, 0));
    Experiment second = experiment("s_2", "2026-03-12", false, 1);
    assertThatThrownBy(() -> known.keep(ANNA, second, false, () -> true))
        .hasMessage(
            "from: another experiment runs on one of these days, and the wearer has paused sharing;"
                + " ask the wearer");
  }

  @Test
  void ofAnErasedWearerNothingIsKnown() {
    assertThat(keep(experiment("s_1", "2026-03-09", false, 0))).isTrue();
    erased.add(ANNA);
    assertThat(
            known.keep(
                new WearerId("w_tom"), experiment("s_4", "2026-03-10", false, 1), true, () -> true))
        .isTrue();
    erased.clear();
    assertThat(keep(experiment("s_2", "2026-03-10", false, 1))).isTrue();
  }

  @Test
  void theSameIdIsTheSameExperiment() {
    history.add(experiment("s_1", "2026-03-09", false, 0));
    assertThat(keep(experiment("s_1", "2026-03-09", false, 1))).isTrue();
    assertThat(keep(experiment("s_1", "2026-03-12", false, 2))).isTrue();
  }

  @Test
  void whatWasNotKeptRunsNot() {
    assertThat(known.keep(ANNA, experiment("s_1", "2026-03-09", false, 0), true, () -> false))
        .isFalse();
    assertThat(keep(experiment("s_2", "2026-03-10", false, 1))).isTrue();
  }

  private boolean keep(Experiment experiment) {
    return known.keep(ANNA, experiment, true, () -> true);
  }

  private static Experiment experiment(String id, String from, boolean revoked, int second) {
    return new Experiment(
        id,
        Instant.parse("2026-03-02T12:00:00Z").plusSeconds(second),
        revoked,
        LocalDate.parse(from),
        Change.PILLOW);
  }
}
