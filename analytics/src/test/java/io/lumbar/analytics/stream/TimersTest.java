package io.lumbar.analytics.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.model.TimerGuard;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TimersTest {
  private final KeyValueStore<String, Long> store =
      Stores.keyValueStoreBuilder(
              Stores.inMemoryKeyValueStore("timers"), Serdes.String(), Serdes.Long())
          .withLoggingDisabled()
          .build();

  private Timers timers;

  @BeforeEach
  void open() {
    store.init(new MockProcessorContext<Void, Void>().getStateStoreContext(), store);
    timers = new Timers(store);
  }

  @Test
  void aDueTimeThatMovesOnLeavesNoTrail() {
    for (int second = 0; second < 10_000; second++) {
      set("anna", 600 + second);
      set("ben", 700 + second);
      if (second % 2 == 0) {
        timers.set("ben", OptionalLong.empty());
      }
    }
    assertThat(timers.queued()).isEqualTo(2);
    assertThat(timers.takeDue(10_598)).isNull();
    assertThat(timers.takeDue(10_599)).isEqualTo("anna");
    assertThat(timers.next()).hasValue(10_699);
    assertThat(timers.takeDue(10_699)).isEqualTo("ben");
    assertThat(timers.next()).isEmpty();
  }

  @Test
  void theLastTimeThatWasSetCountsEarlierOrLater() {
    set("anna", 50);
    set("anna", 20);
    set("anna", 40);
    set("ben", 30);
    assertThat(timers.takeDue(29)).isNull();
    assertThat(timers.takeDue(100)).isEqualTo("ben");
    assertThat(timers.takeDue(100)).isEqualTo("anna");
    assertThat(timers.takeDue(100)).isNull();
  }

  @Test
  void oneThatFailsIsDueAgainAMinuteLaterAndTheOthersAreLookedAt() {
    set("anna", 20);
    set("ben", 30);
    TimerGuard guard = new TimerGuard((wearer, fault) -> {});
    List<String> seen = new ArrayList<>();
    timers.lookAtDue(
        100,
        guard,
        key -> {
          if (key.equals("anna")) {
            throw new IllegalStateException("planted");
          }
          seen.add(key);
        });
    assertThat(seen).containsExactly("ben");
    assertThat(guard.failures()).isEqualTo(1);
    assertThat(store.get("anna")).isEqualTo(60_100);
    assertThat(timers.takeDue(60_099)).isNull();
    assertThat(timers.takeDue(60_100)).isEqualTo("anna");
  }

  @Test
  void whatIsRemovedOrDroppedIsNotDueAndMayBeSetAgain() {
    set("anna", 20);
    set("ben|steps", 30);
    timers.set("anna", OptionalLong.empty());
    timers.drop("ben");
    assertThat(timers.isSet("anna")).isFalse();
    assertThat(timers.next()).isEmpty();
    set("anna", 10);
    assertThat(timers.isSet("anna")).isTrue();
    assertThat(timers.takeDue(10)).isEqualTo("anna");
  }

  @Test
  void aNewRunLooksNoLaterThanTheOldOneWould() {
    set("anna", 20);
    set("anna", 40);
    set("ben", 20);
    timers.set("ben", OptionalLong.empty());
    Timers after = new Timers(store);
    assertThat(after.takeDue(40)).isEqualTo("anna");
    assertThat(after.takeDue(100)).isNull();
  }

  private void set(String key, long due) {
    timers.set(key, OptionalLong.of(due));
  }
}
