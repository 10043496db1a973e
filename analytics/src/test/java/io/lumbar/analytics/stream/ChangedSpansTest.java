package io.lumbar.analytics.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChangedSpansTest {
  private static final long HOUR = 3_600_000;

  private final KeyValueStore<String, String> store =
      Stores.keyValueStoreBuilder(
              Stores.inMemoryKeyValueStore("changed"), Serdes.String(), Serdes.String())
          .withLoggingDisabled()
          .build();

  @BeforeEach
  void open() {
    store.init(new MockProcessorContext<Void, Void>().getStateStoreContext(), store);
  }

  @Test
  void joinsWhatIsNearAndKeepsApartWhatIsFar() {
    ChangedSpans changed = new ChangedSpans(store);
    changed.add("anna", new Span(0, 1_000));
    changed.add("anna", new Span(10 * HOUR, 10 * HOUR + 1));
    changed.add("anna", new Span(600_000, 601_000));
    assertThat(changed.take("anna"))
        .containsExactlyInAnyOrder(new Span(0, 601_000), new Span(10 * HOUR, 10 * HOUR + 1));
    assertThat(changed.isEmpty()).isTrue();
  }

  @Test
  void aNewRunLooksAtLeastAtWhatTheOldOneHadLeft() {
    ChangedSpans before = new ChangedSpans(store);
    before.add("anna", new Span(-5_000, 1_000));
    before.add("anna", new Span(10 * HOUR + 1, 10 * HOUR + 2));
    before.add("ben", new Span(7, 8));
    before.take("ben");

    ChangedSpans after = new ChangedSpans(store);
    assertThat(after.wearers()).containsExactly("anna");
    List<Span> spans = after.take("anna");
    assertThat(spans).anyMatch(span -> span.from() <= -5_000 && span.to() >= 1_000);
    assertThat(spans).anyMatch(span -> span.from() <= 10 * HOUR && span.to() >= 10 * HOUR + 2);
    assertThat(spans).hasSize(2);
    assertThat(new ChangedSpans(store).isEmpty()).isTrue();
  }

  @Test
  void saysWhenAWearerHasTooManyPlacesToWait() {
    ChangedSpans changed = new ChangedSpans(store);
    int added = 1;
    while (changed.add("anna", new Span(added * HOUR, added * HOUR + 1))) {
      added++;
    }
    assertThat(changed.take("anna")).hasSize(added).hasSizeLessThan(50);
  }
}
