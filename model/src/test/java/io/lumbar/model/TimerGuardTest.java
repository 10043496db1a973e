package io.lumbar.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class TimerGuardTest {
  private final List<String> told = new ArrayList<>();
  private final TimerGuard guard =
      new TimerGuard((wearer, fault) -> told.add(wearer + " " + fault.getMessage()));

  @Test
  void goesOnAfterAFaultOfAWearerAndCountsIt() {
    List<String> seen = new ArrayList<>();
    assertThat(guard.look("w_anna|need", () -> seen.add("anna"))).isTrue();
    assertThat(guard.look("w_ben|x", () -> failing(new IllegalStateException("one")))).isFalse();
    assertThat(guard.look("w_ben", () -> failing(new SerializationException("two")))).isFalse();
    assertThat(seen).containsExactly("anna");
    assertThat(guard.failures()).isEqualTo(2);
    assertThat(told).containsExactly("w_ben one", "w_ben two");
  }

  @Test
  void letsFaultsOfKafkaAndErrorsPass() {
    KafkaException away = new TimeoutException("away");
    assertThatThrownBy(() -> guard.look("w_anna", () -> failing(away))).isSameAs(away);
    assertThatThrownBy(
            () ->
                guard.look(
                    "w_anna",
                    () -> {
                      throw new StackOverflowError();
                    }))
        .isInstanceOf(StackOverflowError.class);
    assertThat(guard.failures()).isZero();
  }

  @Test
  void isFoundInTheConfigurationOfAStream() {
    assertThat(TimerGuard.in(Map.of(TimerGuard.CONFIG, guard))).isSameAs(guard);
    assertThat(TimerGuard.in(Map.of())).isNotSameAs(guard);
  }

  private static void failing(RuntimeException fault) {
    throw fault;
  }
}
