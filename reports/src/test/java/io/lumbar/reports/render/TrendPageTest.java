package io.lumbar.reports.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.model.Placement;
import io.lumbar.reports.daily.ReportFacts;
import io.lumbar.reports.trends.Estimate;
import io.lumbar.reports.trends.Figure;
import io.lumbar.reports.trends.Trend;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrendPageTest {

  @Test
  void callsAnEstimateOne() {
    Trend all = trend(Scenes.estimatedNight(), Figure.PRONE);
    assertThat(all.estimate()).isEqualTo(Estimate.ALL);
    assertThat(page(all))
        .contains("<h2>On the front (estimated)</h2>")
        .contains("6 of 7 nights measured. How you lay is an estimate from the thigh, which");

    Trend some = trend(Scenes.goodDay().estimates(Placement.TROUSER_POCKET, 2), Figure.SHIFTS);
    assertThat(some.estimatedDates()).isEqualTo(2);
    assertThat(page(some))
        .contains("<h2>Turns (partly estimated)</h2>")
        .contains("How you lay is an estimate from the trouser pocket in 2 of 6 nights.");

    assertThat(page(trend(Scenes.estimatedNight(), Figure.IN_BED))).doesNotContain("estimate");
    assertThat(page(trend(Scenes.goodDay(), Figure.PRONE))).doesNotContain("estimate");
  }

  private static Trend trend(Scene scene, Figure figure) {
    ReportFacts facts = scene.facts();
    return Trend.of(figure, facts.date().minusDays(6), facts.date(), facts.entries());
  }

  private static String page(Trend trend) {
    return TrendPage.of("Mira", trend.from(), trend.to(), List.of(trend), List.of());
  }
}
