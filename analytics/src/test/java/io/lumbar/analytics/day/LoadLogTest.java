package io.lumbar.analytics.day;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lumbar.model.WearerId;
import java.time.LocalDate;
import java.util.HexFormat;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoadLogTest {
  private static final WearerId ANNA = new WearerId("w_anna");

  /** The first of 32 days that share a value. */
  private static final LocalDate FIRST = LocalDate.ofEpochDay(640 * 32);

  private static final String KEY = "w_anna|640";

  /**
   * Of version 1: 8,000 steps and 40 bends seen; nothing; a tagged day; 2,000 kg, 60 the heaviest.
   */
  private static final String FIRST_FORM =
      "01"
          + "01"
          + "00001f40"
          + "00000000"
          + "00000028"
          + "00000000"
          + "00000000"
          + "00"
          + "00000000"
          + "00000000"
          + "00000000"
          + "00000000"
          + "00000000"
          + "03"
          + "00000064"
          + "42700000"
          + "00000000"
          + "00000000"
          + "00000000"
          + "04"
          + "00000000"
          + "00000000"
          + "00000000"
          + "44fa0000"
          + "42700000"
          + "00".repeat(28 * 21);

  private KeyValueStore<String, byte[]> store;
  private LoadLog log;

  @BeforeEach
  void open() {
    store =
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore("loads"), Serdes.String(), Serdes.ByteArray())
            .withLoggingDisabled()
            .build();
    store.init(new MockProcessorContext<>().getStateStoreContext(), store);
    log = new LoadLog(store);
  }

  @Test
  void readsTheFirstFormInWhichWhatIsAboveZeroWasTold() {
    store.put(KEY, HexFormat.of().parseHex(FIRST_FORM));
    assertThat(log.upTo(ANNA, FIRST.plusDays(LoadLog.DAYS - 1)))
        .startsWith(
            new DayLoad(true, false, true, false, false, 8_000, 0, 40, 0, 0),
            DayLoad.NOTHING,
            new DayLoad(true, true, false, true, false, 100, 60, 0, 0, 0),
            new DayLoad(false, false, false, false, true, 0, 0, 0, 2_000, 60));
  }

  @Test
  void writingADayBringsTheOthersIntoTheNewForm() {
    store.put(KEY, HexFormat.of().parseHex(FIRST_FORM));
    DayLoad quiet = new DayLoad(true, true, true, false, false, 900, 0, 0, 0, 0);
    assertThat(log.put(ANNA, FIRST.plusDays(1), quiet)).isTrue();
    assertThat(log.put(ANNA, FIRST.plusDays(1), quiet)).isFalse();
    assertThat(HexFormat.of().formatHex(store.get(KEY)))
        .isEqualTo(
            "02"
                + "28"
                + "00001f40"
                + "00000000"
                + "00000028"
                + "00000000"
                + "00000000"
                + "38"
                + "00000384"
                + "00000000"
                + "00000000"
                + "00000000"
                + "00000000"
                + "1a"
                + "00000064"
                + "42700000"
                + "00000000"
                + "00000000"
                + "00000000"
                + "04"
                + "00000000"
                + "00000000"
                + "00000000"
                + "44fa0000"
                + "42700000"
                + "00".repeat(28 * 21));
    assertThat(log.upTo(ANNA, FIRST.plusDays(1))).endsWith(quiet);
  }

  @Test
  void refusesAVersionThatItDoesNotKnow() {
    store.put(KEY, HexFormat.of().parseHex("03" + "00".repeat(32 * 21)));
    assertThatThrownBy(() -> log.upTo(ANNA, FIRST)).hasMessageContaining("version 3");
  }
}
