package io.lumbar.analytics.trunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lumbar.analytics.trunk.TrunkAxes.Direction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BendMinuteTest {
  @Test
  void theFirstSampleOfEachFifthOfASecondIsKeptInAnyOrder() {
    List<Reading> readings = new ArrayList<>(new Body(0, 50, 1).walk(60).readings());
    BendMinute inOrder = minute(readings);
    assertThat(inOrder.millis(0)).isZero();
    assertThat(inOrder.millis(299)).isEqualTo(59_800);
    Collections.shuffle(readings, new Random(1));
    assertThat(minute(readings).encode()).isEqualTo(inOrder.encode());
  }

  @Test
  void isReadBackAsItWasAndSmall() {
    BendMinute minute = new BendMinute();
    Random random = new Random(2);
    for (int i = 0; i < 6000; i++) {
      minute.add(random.nextInt(60_000), 3 * random.nextGaussian(), -2, random.nextGaussian());
    }
    byte[] bytes = minute.encode();
    assertThat(bytes.length).isLessThan(1_300);
    BendMinute back = BendMinute.decode(bytes);
    assertThat(back.encode()).isEqualTo(bytes);
    assertThat(back.sample(7)).isEqualTo(minute.sample(7));
    assertThat(back.millis(7)).isEqualTo(minute.millis(7));
  }

  @Test
  void whatWasNotHeardStaysSo() {
    BendMinute minute = new BendMinute();
    assertThat(minute.add(30_150, 1, 0, -0.5)).isTrue();
    assertThat(minute.add(30_190, 0, 1, 0)).isFalse();
    BendMinute back = BendMinute.decode(minute.encode());
    assertThat(back.sample(149)).isEmpty();
    assertThat(back.sample(150)).contains(new Direction(1, 0, -0.5));
  }

  @Test
  void anotherVersionIsRefused() {
    assertThatThrownBy(() -> BendMinute.decode(new byte[] {9}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("version 9");
  }

  private static BendMinute minute(List<Reading> readings) {
    BendMinute minute = new BendMinute();
    for (Reading one : readings) {
      if (one.at() < 60_000) {
        minute.add(one.at(), one.value().x(), one.value().y(), one.value().z());
      }
    }
    return minute;
  }
}
