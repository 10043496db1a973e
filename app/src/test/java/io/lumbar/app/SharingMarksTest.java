package io.lumbar.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.history.HistoryStore.HistoryUnavailable;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SharingMarksTest {
  private static final WearerId ANNA = new WearerId("w_anna");
  private static final WearerId BEN = new WearerId("w_ben");

  private final List<Map<WearerId, Boolean>> written = new ArrayList<>();
  private Instant now = Instant.parse("2026-03-05T12:00:00Z");
  private List<Wearer> wearers = List.of(wearer(ANNA, null), wearer(BEN, null));
  private boolean away;

  private final SharingMarks marks =
      new SharingMarks(
          () -> wearers,
          (due, at) -> {
            if (away) {
              throw new HistoryUnavailable("no server", null);
            }
            written.add(due);
          },
          () -> now);

  @Test
  void marksWhatChangesAlsoByTimeAloneAndAllOnceADay() {
    marks.look();
    marks.look();
    assertThat(written).containsExactly(Map.of(ANNA, true, BEN, true));

    wearers = List.of(wearer(ANNA, now.plusSeconds(3600)), wearer(BEN, null));
    marks.look();
    now = now.plusSeconds(3599);
    marks.look();
    now = now.plusSeconds(1);
    marks.look();
    assertThat(written.subList(1, written.size()))
        .containsExactly(Map.of(ANNA, false), Map.of(ANNA, true));

    now = now.plus(Duration.ofDays(1));
    marks.look();
    assertThat(written).hasSize(4).last().isEqualTo(Map.of(ANNA, true, BEN, true));
  }

  @Test
  void whatCouldNotBeWrittenIsWrittenAtTheNextLook() {
    marks.look();
    away = true;
    wearers = List.of(wearer(ANNA, now.plusSeconds(3600)), wearer(BEN, null));
    marks.look();
    away = false;
    marks.look();
    assertThat(written).last().isEqualTo(Map.of(ANNA, false));
  }

  private static Wearer wearer(WearerId id, @Nullable Instant pausedUntil) {
    return new Wearer(
        id,
        "somebody",
        "00",
        List.of(new Wearer.ZoneFrom(ZoneOffset.UTC, Instant.EPOCH)),
        WearerSettings.defaults().withSharingPausedUntil(pausedUntil));
  }
}
