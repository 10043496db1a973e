package io.lumbar.analytics.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lumbar.analytics.stream.MemoryStore;
import io.lumbar.analytics.stream.MovementJudged;
import io.lumbar.analytics.stream.Span;
import io.lumbar.model.DeviceId;
import io.lumbar.model.Placement;
import io.lumbar.model.Stamp;
import io.lumbar.model.WearerId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeatedMovesTest {
  private static final WearerId ANNA = new WearerId("w_anna");
  private static final Instant TEN_MINUTES = Instant.parse("2026-03-02T10:00:00Z");
  private static final String KEY = "w_anna|002d135c|d_thigh|thigh|Europe/Berlin";
  private static final Stamp THIGH =
      new Stamp(new DeviceId("d_thigh"), Placement.THIGH, ZoneId.of("Europe/Berlin"));
  private static final Span HOUR =
      new Span(TEN_MINUTES.toEpochMilli(), TEN_MINUTES.toEpochMilli() + 3_600_000);

  /** By a thigh, of rank 60: stood up twice and shifted seven times. */
  private static final String BYTES = "01" + "3c" + "02" + "07";

  private final MemoryStore store = new MemoryStore();
  private final SeatedMoves moves = new SeatedMoves(store);

  @Test
  void itsBytesAreReadAndWritten() {
    store.put(KEY, HexFormat.of().parseHex(BYTES));
    assertThat(moves.within(ANNA, HOUR, List.of())).contains(new SeatedMoves.Counts(2, 7));
    MovementJudged same = new MovementJudged(THIGH, TEN_MINUTES, List.of(), 2, 7);
    assertThat(moves.replace(ANNA, same)).isFalse();
    assertThat(HexFormat.of().formatHex(store.get(KEY))).isEqualTo(BYTES);
  }

  @Test
  void aVersionThatIsNotKnownIsRefused() {
    store.put(KEY, HexFormat.of().parseHex("02" + BYTES.substring(2)));
    assertThatThrownBy(() -> moves.within(ANNA, HOUR, List.of())).hasMessageContaining("version 2");
  }
}
