package io.lumbar.analytics.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.analytics.trunk.TrunkAxes.Direction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SleepOnsetTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 5, 30})
  void whoLiesStillSleepsAfterTwentyOneMinutes(int everySeconds) {
    SleepOnsetState state = SleepOnsetState.START;
    for (int at = 0; at <= 20 * 60; at += everySeconds) {
      state = SleepOnset.advance(state, at * 1000L, Body.PRONE);
    }
    assertThat(state.awake()).isTrue();
    for (int at = 20 * 60 + everySeconds; at <= 22 * 60; at += everySeconds) {
      state = SleepOnset.advance(state, at * 1000L, Body.PRONE);
    }
    assertThat(state.awake()).isFalse();
  }

  @Test
  void whoTurnsOverAndOverIsAwake() {
    SleepOnsetState state = SleepOnsetState.START;
    Direction[] turns = {Body.PRONE, new Direction(0.4, 0, -0.9)};
    for (int at = 0; at < 3600; at += 30) {
      state = SleepOnset.advance(state, at * 1000L, turns[at / 60 % 2]);
    }
    assertThat(state.awake()).isTrue();
  }
}
