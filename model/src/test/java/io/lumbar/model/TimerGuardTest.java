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
  private final TimerGuard guard = new TimerGuard();

  @Test
  void goesOnAfterAFaultOfAWearerAndCountsIt() {
    List<String> seen = new ArrayList<>();
    assertThat(guard.look("w_anna|need", () -> seen.add("anna"))).isTrue();
    assertThat(guard.look("w_ben", () -> failing(new IllegalStateException("planted")))).isFalse();
    assertThat(guard.look("w_ben", () -> failing(new SerializationException("planted")))).isFalse();
    assertThat(seen).containsExactly("anna");
    assertThat(guard.failures()).isEqualTo(2);
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
