package io.lumbar.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.model.Episode;
import io.lumbar.model.WearerSettings;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepsTest {
  @Test
  void onATaggedDayTheFirstStepIsTheOnlyOne() {
    Episode plain = Episodes.sitting("09:00").level(45).build();
    assertThat(steps(plain)).containsExactly(30, 45);
    Episode tagged =
        new Episode(
            plain.id(),
            plain.wearer(),
            plain.kind(),
            plain.from(),
            plain.to(),
            plain.zone(),
            plain.level(),
            plain.open(),
            plain.revision(),
            plain.retracted(),
            plain.evidence(),
            plain.endedBy(),
            List.of("flare-up"));
    assertThat(steps(tagged)).containsExactly(30);
  }

  private static List<Integer> steps(Episode episode) {
    return Steps.of(episode, WearerSettings.defaults(), AlertState.empty()).all();
  }
}
