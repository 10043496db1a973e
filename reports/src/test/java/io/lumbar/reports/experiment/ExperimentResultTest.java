package io.lumbar.reports.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lumbar.model.DaySummary;
import io.lumbar.model.Experiment;
import io.lumbar.model.Json;
import io.lumbar.model.Posture;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerSettings;
import io.lumbar.reports.experiment.ExperimentResult.Verdict;
import io.lumbar.reports.trends.DayEntries;
import io.lumbar.reports.trends.DayEntry;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;

class ExperimentResultTest {
  private static final LocalDate FROM = LocalDate.of(2026, 3, 2);
  private static final Experiment PILLOW =
      new Experiment("s_pillow", Instant.EPOCH, false, FROM, Experiment.Change.PILLOW);

  @Test
  void ofEachTwoBlocksOneIsWithTheChange() {
    int draws = 0;
    for (int i = 0; i < 200; i++) {
      Experiment one =
          new Experiment("s_" + i, Instant.EPOCH, false, FROM, Experiment.Change.PILLOW);
      for (int pair = 0; pair < 4; pair++) {
        LocalDate first = FROM.plusDays(6L * pair);
        assertThat(one.isWith(first)).isNotEqualTo(one.isWith(first.plusDays(3)));
        assertThat(one.isWith(first)).isEqualTo(one.isWith(first.plusDays(2)));
        draws += one.isWith(first) ? 1 : 0;
      }
    }
    assertThat(draws).isBetween(340, 460);
  }

  @Test
  void tellsADifferenceOnlyWhenItIsOverAndClear() {
    List<DayEntry> eased = mornings(day -> PILLOW.isWith(day) ? 2 : 5);

    ExperimentResult running = ExperimentResult.of(PILLOW, eased, FROM.plusDays(28));
    assertThat(running.verdict()).isEqualTo(Verdict.RUNNING);
    assertThat(running.medianWith()).isNull();

    ExperimentResult over = ExperimentResult.of(PILLOW, eased, FROM.plusDays(29));
    assertThat(over.verdict()).isEqualTo(Verdict.LESS);
    assertThat(over.with() + over.without()).isEqualTo(18);
    assertThat(over.difference().estimate()).isEqualTo(-3);

    ExperimentResult same =
        ExperimentResult.of(PILLOW, mornings(day -> day.getDayOfYear() % 4), FROM.plusDays(29));
    assertThat(same.verdict()).isEqualTo(Verdict.CANNOT_TELL);
  }

  @Test
  void cannotTellFromFewMornings() {
    List<DayEntry> few = mornings(day -> PILLOW.isWith(day) ? 0 : 9).subList(0, 12);

    ExperimentResult result = ExperimentResult.of(PILLOW, few, FROM.plusDays(60));

    assertThat(result.difference()).isNull();
    assertThat(result.verdict()).isEqualTo(Verdict.CANNOT_TELL);
  }

  /** The stiffness of the morning after each day. */
  private static List<DayEntry> mornings(ToIntFunction<LocalDate> stiffness) {
    List<DaySummary> days = new ArrayList<>();
    for (LocalDate day = FROM; day.isBefore(PILLOW.end()); day = day.plusDays(1)) {
      DaySummary next =
          new DaySummary(
              new WearerId("w_anna"),
              day.plusDays(1),
              ZoneId.of("UTC"),
              1,
              Map.of(Posture.SITTING, 60.0),
              new DaySummary.Sitting(1, 60, 60, 1, 1, 1, 1),
              0,
              60);
      ObjectNode tree = Json.mapper().valueToTree(next);
      tree.put("stiffness", stiffness.applyAsInt(day));
      days.add(Json.read(Json.bytes(tree), DaySummary.class));
    }
    return DayEntries.of(days, List.of(), WearerSettings.defaults());
  }
}
