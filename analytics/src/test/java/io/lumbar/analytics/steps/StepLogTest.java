package io.lumbar.analytics.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.analytics.evidence.StampTable;
import io.lumbar.analytics.stream.ChunkDays;
import io.lumbar.analytics.stream.Span;
import io.lumbar.analytics.stream.StoreKeys;
import io.lumbar.model.DeviceId;
import io.lumbar.model.Placement;
import io.lumbar.model.Stamp;
import io.lumbar.model.WearerId;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StepLogTest {
  private static final WearerId ANNA = new WearerId("w_anna");
  private static final Stamp THIGH =
      new Stamp(new DeviceId("d_thigh"), Placement.THIGH, ZoneOffset.UTC);
  private static final long START = 1_772_442_000_000L;
  private static final long DAY = 20_000 * StoreKeys.DAY;
  private static final Span ALL = new Span(START, START + StoreKeys.CHUNK);

  private final KeyValueStore<String, byte[]> store =
      Stores.keyValueStoreBuilder(
              Stores.inMemoryKeyValueStore("steps"), Serdes.String(), Serdes.ByteArray())
          .withLoggingDisabled()
          .build();
  private final StepLog log = new StepLog(store);

  @BeforeEach
  void open() {
    store.init(new MockProcessorContext<Void, Void>().getStateStoreContext(), store);
  }

  @Test
  void whatIsJudgedAgainReplacesWhatWasJudgedAndNothingElse() {
    StepReport told = new StepReport(THIGH, "", false, START, START + 60_000, 90);
    log.add(ANNA, told);
    assertThat(log.replaceJudged(ANNA, THIGH, START, List.of(judged(0, 110), judged(1, 80))))
        .isTrue();
    assertThat(log.replaceJudged(ANNA, THIGH, START, List.of(judged(0, 110), judged(1, 80))))
        .isFalse();
    assertThat(log.replaceJudged(ANNA, THIGH, START, List.of(judged(1, 70)))).isTrue();
    assertThat(log.within(ANNA, ALL)).containsExactlyInAnyOrder(told, judged(1, 70));
  }

  @Test
  void readsWhatTheFirstVersionWrote() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      StampTable stamps = new StampTable();
      int index = stamps.index(THIGH);
      out.writeByte(1);
      stamps.write(out);
      out.writeInt(1);
      out.writeShort(index);
      out.writeUTF("A");
      out.writeLong(START + 5_000);
      out.writeInt(0);
      out.writeLong(77);
    }
    store.put(StoreKeys.chunk(ANNA, START), bytes.toByteArray());
    assertThat(log.within(ANNA, ALL))
        .containsExactly(new StepReport(THIGH, "A", false, START + 5_000, START + 5_000, 77));
  }

  @Test
  void ofTooMuchTheLongestStayInWhateverOrder() {
    Random random = new Random(4);
    List<StepReport> all = new ArrayList<>();
    for (int i = 0; i < StepLog.MOST + 100; i++) {
      long from = START + random.nextInt(590_000);
      all.add(new StepReport(THIGH, "", false, from, from + 1 + random.nextInt(9_000), 1));
    }
    StepReport reading = new StepReport(THIGH, "boot", false, START + 1, START + 1, 500);
    all.add(reading);
    all.forEach(report -> log.add(ANNA, report));
    Set<StepReport> first = Set.copyOf(log.within(ANNA, ALL));
    store.delete(StoreKeys.chunk(ANNA, START));
    Collections.shuffle(all, random);
    all.forEach(report -> log.add(ANNA, report));

    assertThat(first).hasSizeLessThanOrEqualTo(StepLog.MOST + 1).contains(reading);
    assertThat(log.within(ANNA, ALL)).filteredOn(one -> !one.isReading()).hasSizeGreaterThan(3_900);
    assertThat(Set.copyOf(log.within(ANNA, ALL))).contains(reading).isEqualTo(first);
  }

  /** A record of Kafka has at most a million bytes. */
  @Test
  void aDayOfTooMuchStaysInItsChunks() {
    List<StepReport> all = new ArrayList<>();
    for (long at = DAY; at < DAY + StoreKeys.DAY; at += 3_000) {
      all.add(new StepReport(THIGH, "", false, at, at + 1_000, 2));
    }
    all.forEach(report -> log.add(ANNA, report));
    log.pack(ANNA, DAY + StoreKeys.DAY);

    assertThat(log.within(ANNA, new Span(DAY, DAY + StoreKeys.DAY)))
        .containsExactlyInAnyOrderElementsOf(all);
    try (KeyValueIterator<String, byte[]> values = store.all()) {
      values.forEachRemaining(
          each -> assertThat(each.value.length).isLessThanOrEqualTo(ChunkDays.LARGEST));
    }
  }

  private static StepReport judged(int minute, int steps) {
    long from = START + minute * 60_000L;
    return new StepReport(THIGH, "", true, from, from + 60_000, steps);
  }

  @Test
  void packingAtAnyTimeChangesNothingOfWhatIsKnown() {
    for (int seed = 0; seed < 30; seed++) {
      Random random = new Random(seed);
      StepLog plain = new StepLog(opened());
      StepLog packed = new StepLog(opened());
      for (int i = 0; i < 200; i++) {
        StepReport report = anything(random);
        assertThat(packed.add(ANNA, report)).isEqualTo(plain.add(ANNA, report));
        if (random.nextInt(6) == 0) {
          long chunk = StoreKeys.chunkOf(DAY + random.nextInt(200_000_000));
          StepReport truth =
              new StepReport(THIGH, "", true, chunk, chunk + 60_000, random.nextInt(100));
          assertThat(packed.replaceJudged(ANNA, THIGH, chunk, List.of(truth)))
              .isEqualTo(plain.replaceJudged(ANNA, THIGH, chunk, List.of(truth)));
        }
        if (random.nextInt(20) == 0) {
          packed.pack(ANNA, DAY + random.nextInt(4) * StoreKeys.DAY);
        }
      }
      for (long from = DAY; from < DAY + 3 * StoreKeys.DAY; from += 9_000_000) {
        Span span = new Span(from, from + random.nextInt(100_000_000));
        assertThat(packed.within(ANNA, span))
            .as("seed " + seed)
            .containsExactlyInAnyOrderElementsOf(plain.within(ANNA, span));
      }
    }
  }

  @Test
  void aCounterBesideWholeMinutesChangesNothingFurtherAwayThanASumLooks() {
    long minutes = 3 * 1_440;
    for (long minute = 0; minute < minutes; minute++) {
      log.add(ANNA, steps(minute, minute + 1));
      log.add(ANNA, reading("s", minute * 60 + 30, minute * 5));
    }
    StepReport newest = reading("s", minutes * 60 - 30, minutes * 5 - 5);
    Span affected = log.affected(ANNA, newest);
    assertThat(affected.from()).isEqualTo(newest.from() - 60_000 - 1_450 * 60_000L);
    assertThat(affected.to()).isEqualTo(DAY + minutes * 60_000L);
    Span middle = minutes(2_160, 2_161);
    assertThat(log.affected(ANNA, THIGH.device(), middle)).isEqualTo(middle.widened(87_000_000));
  }

  @Test
  void aSpanWithinAPairOfReadingsChangesAllOfItsTimeHoweverFarTheyAre() {
    log.add(ANNA, reading("s", 0, 100));
    log.add(ANNA, reading("s", 150 * 60, 1_600));
    Span inside = minutes(65, 75);
    assertThat(log.affected(ANNA, THIGH.device(), inside)).isEqualTo(minutes(0, 150));
    assertThat(log.affected(ANNA, new DeviceId("d_other"), inside)).isEqualTo(inside);
  }

  @Test
  void readingsOfTwoCountersAreNoPair() {
    log.add(ANNA, reading("evening", 0, 100));
    log.add(ANNA, reading("morning", 500 * 60, 1_600));
    Span between = minutes(65, 75);
    assertThat(log.affected(ANNA, THIGH.device(), between)).isEqualTo(between);
  }

  @Test
  void aPairOfWhichOneReadingIsFarAwayIsFoundBehindWhatSharesTimeWithIt() {
    log.add(ANNA, reading("s", 0, 100));
    log.add(ANNA, reading("s", 50 * 60 + 30, 400));
    log.add(ANNA, reading("s", 51 * 60 + 30, 450));
    log.add(ANNA, steps(50, 51));
    log.add(ANNA, steps(51, 52));
    assertThat(log.affected(ANNA, THIGH.device(), minutes(51, 52))).isEqualTo(minutes(0, 52));
  }

  private static Span minutes(long from, long to) {
    return new Span(DAY + from * 60_000, DAY + to * 60_000);
  }

  private static StepReport steps(long fromMinute, long toMinute) {
    Span span = minutes(fromMinute, toMinute);
    return new StepReport(THIGH, "", false, span.from(), span.to(), 10);
  }

  private static StepReport reading(String session, long second, long steps) {
    long at = DAY + second * 1_000;
    return new StepReport(THIGH, session, false, at, at, steps);
  }

  private static StepReport anything(Random random) {
    long from = DAY + random.nextInt(200_000_000);
    boolean reading = random.nextInt(4) == 0;
    long length = reading ? 0 : 60_000L * (1 + random.nextInt(random.nextInt(8) == 0 ? 1_440 : 90));
    return new StepReport(
        THIGH, reading ? "s" : "", false, from, from + length, random.nextInt(5_000));
  }

  private static KeyValueStore<String, byte[]> opened() {
    KeyValueStore<String, byte[]> store =
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore("steps"), Serdes.String(), Serdes.ByteArray())
            .withLoggingDisabled()
            .build();
    store.init(new MockProcessorContext<Void, Void>().getStateStoreContext(), store);
    return store;
  }
}
