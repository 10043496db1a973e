package io.lumbar.analytics.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CellsTest {
  @Test
  void anOrdinaryDayTakesAFewBytes() {
    Cells day = Cells.none();
    for (int cell = 84; cell < 264; cell++) {
      day.add(cell, Sign.HEARD | Sign.TOLD | Sign.THERE);
    }
    assertThat(HexFormat.of().formatHex(day.bytes())).isEqualTo("01c00acb16");
  }

  @Test
  void whateverIsMarkedIsReadBack() {
    Random random = new Random(11);
    for (int round = 0; round < 200; round++) {
      Cells day = Cells.none();
      for (int i = random.nextInt(600); i > 0; i--) {
        day.add(random.nextInt(Cells.COUNT), random.nextInt(16));
      }
      Cells back = Cells.of(day.bytes());
      for (int cell = 0; cell < Cells.COUNT; cell++) {
        assertThat(back.at(cell)).isEqualTo(day.at(cell));
      }
    }
  }
}
