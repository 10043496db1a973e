package io.lumbar.analytics.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.analytics.evidence.Evidence.Kind;
import io.lumbar.analytics.stream.ChunkDays;
import io.lumbar.analytics.stream.Span;
import io.lumbar.analytics.stream.StoreKeys;
import io.lumbar.model.DeviceId;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.SleepPosition;
import io.lumbar.model.Stamp;
import io.lumbar.model.WearerId;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** Days that are packed hold what their chunks held. */
class EvidenceDayTest {
  private static final WearerId ANNA = new WearerId("w_anna");
  private static final long DAY = 20_000 * StoreKeys.DAY;
  private static final Stamp THIGH =
      new Stamp(new DeviceId("d_thigh"), Placement.THIGH, ZoneId.of("UTC"));

  private static final String STAMPS = "0001" + "0007645f7468696768" + "00" + "0003555443";

  private static final String ENTRIES =
      "00000002"
          + ("00" + "01" + "00" + "d00f" + "e0a712")
          + ("06" + "0e" + "00" + "c0cf24" + "a0f736")
          + ("01" + "01" + "4014000000000000")
          + ("02" + "01" + "0085" + "008c" + "50");

  private static final String VERSION_1 = "01" + STAMPS + ENTRIES;
  private static final String VERSION_2 =
      "02" + STAMPS + "01" + ("0007645f6368657374" + "03") + ENTRIES;

  private final Evidence sitting = span(THIGH, Posture.SITTING, DAY + 1_000, DAY + 301_000, true);
  private final Evidence prone =
      new Evidence(
          THIGH,
          Kind.SPAN,
          Posture.LYING,
          DAY + 301_000,
          DAY + 1_201_000,
          false,
          true,
          Map.of(SleepPosition.PRONE, 5.0),
          new LyingDetail(SleepPosition.PRONE, 13.3, 14.0, 0.8, false));

  @Test
  void readsTheFirstVersion() {
    assertThat(EvidenceDay.decode(HexFormat.of().parseHex(VERSION_1), DAY).entries())
        .containsExactly(sitting, prone);
  }

  @Test
  void theFormStaysAsItIs() {
    byte[] bytes =
        EvidenceDay.encode(List.of(prone, sitting), Map.of(new DeviceId("d_chest"), 3), DAY);
    assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(VERSION_2);
    assertThat(EvidenceDay.decode(bytes, DAY).entries()).containsExactly(sitting, prone);
  }

  @Test
  void anOrdinaryStatementTakesTenBytes() {
    List<Evidence> day = new ArrayList<>();
    for (int i = 0; i < 144; i++) {
      Posture posture = i % 5 == 0 ? Posture.WALKING : Posture.SITTING;
      day.add(span(THIGH, posture, DAY + i * 600_000L, DAY + (i + 1) * 600_000L, true));
    }
    assertThat(EvidenceDay.encode(day, Map.of(), DAY).length).isLessThan(144 * 10);
  }

  @Test
  void aDayOfManyIsMergedWhereNothingElseIsSaid() {
    List<Evidence> seconds = new ArrayList<>();
    for (int i = 0; i < 80_000; i++) {
      Posture posture = i / 100 % 2 == 0 ? Posture.WALKING : Posture.SITTING;
      seconds.add(span(THIGH, posture, DAY + i * 1_000L, DAY + (i + 1) * 1_000L, true));
    }
    Evidence other = span(THIGH, Posture.STANDING, DAY + 150_500, DAY + 152_500, false);
    seconds.add(other);
    List<Evidence> merged =
        EvidenceDay.decode(EvidenceDay.encode(seconds, Map.of(), DAY), DAY).entries();
    assertThat(merged).hasSizeLessThan(810).contains(other);
    Timeline timeline = new Timeline(600_000);
    Span span = new Span(DAY, DAY + StoreKeys.DAY);
    assertThat(postures(timeline.resolve(merged, span, span.to())))
        .isEqualTo(postures(timeline.resolve(seconds, span, span.to())));
  }

  /** A record of Kafka has at most a million bytes. */
  @Test
  void aDayOfTooMuchStaysInItsChunks() {
    KeyValueStore<String, byte[]> store = store();
    EvidenceLog log = new EvidenceLog(store);
    Random random = new Random(1);
    List<Evidence> all = new ArrayList<>();
    for (long at = DAY; at < DAY + StoreKeys.DAY; at += 300 + random.nextInt(400)) {
      Posture posture = Posture.values()[random.nextInt(4)];
      all.add(span(THIGH, posture, at, at + 1 + random.nextInt(300), false));
    }
    all.forEach(one -> log.add(ANNA, one));
    log.pack(ANNA, DAY + StoreKeys.DAY);

    assertThat(Set.copyOf(log.bearingOn(ANNA, new Span(DAY, DAY + StoreKeys.DAY))))
        .isEqualTo(Set.copyOf(all));
    try (KeyValueIterator<String, byte[]> values = store.all()) {
      values.forEachRemaining(
          each -> assertThat(each.value.length).isLessThanOrEqualTo(ChunkDays.LARGEST));
    }
  }

  private static List<String> postures(List<Piece> pieces) {
    List<String> joined = new ArrayList<>();
    Piece first = null;
    Piece last = null;
    for (Piece piece : pieces) {
      if (first != null && last != null && last.posture() == piece.posture()) {
        last = piece;
      } else {
        if (first != null && last != null) {
          joined.add(first.posture() + " " + first.from() + " " + last.to());
        }
        first = piece;
        last = piece;
      }
    }
    if (first != null && last != null) {
      joined.add(first.posture() + " " + first.from() + " " + last.to());
    }
    return joined;
  }

  @Test
  void packingAtAnyTimeChangesNothingOfWhatIsKnown() {
    for (int seed = 0; seed < 30; seed++) {
      Random random = new Random(seed);
      EvidenceLog plain = new EvidenceLog(store());
      KeyValueStore<String, byte[]> packedStore = store();
      EvidenceLog packed = new EvidenceLog(packedStore);
      for (int i = 0; i < 300; i++) {
        if (random.nextInt(8) == 0) {
          long start = StoreKeys.chunkOf(DAY + random.nextInt(200_000_000));
          List<Evidence> truth = List.of(classified(random, start), classified(random, start));
          assertThat(packed.replaceClassified(ANNA, THIGH, start, truth))
              .isEqualTo(plain.replaceClassified(ANNA, THIGH, start, truth));
        } else {
          Evidence one = anything(random);
          assertThat(packed.add(ANNA, one)).isEqualTo(plain.add(ANNA, one));
        }
        if (random.nextInt(20) == 0) {
          packed.pack(ANNA, DAY + random.nextInt(4) * StoreKeys.DAY);
        }
        if (random.nextInt(20) == 0) {
          packed = new EvidenceLog(packedStore);
        }
      }
      for (long from = DAY - StoreKeys.DAY; from < DAY + 4 * StoreKeys.DAY; from += 7_000_000) {
        Span span = new Span(from, from + random.nextInt(40_000_000));
        assertThat(Set.copyOf(packed.bearingOn(ANNA, span)))
            .as("seed " + seed)
            .isEqualTo(Set.copyOf(plain.bearingOn(ANNA, span)));
        assertThat(Set.copyOf(EvidenceLog.readOnly(packedStore).bearingOn(ANNA, span)))
            .isEqualTo(Set.copyOf(plain.bearingOn(ANNA, span)));
        assertThat(packed.severalDevices(ANNA, span)).isEqualTo(plain.severalDevices(ANNA, span));
      }
      packed.forget(ANNA, DAY + 2 * StoreKeys.DAY, chunk -> false);
      plain.forget(ANNA, DAY + 2 * StoreKeys.DAY, chunk -> false);
      Span all = new Span(DAY - StoreKeys.DAY, DAY + 5 * StoreKeys.DAY);
      assertThat(Set.copyOf(packed.bearingOn(ANNA, all)))
          .isEqualTo(Set.copyOf(plain.bearingOn(ANNA, all)));
    }
  }

  private static Evidence anything(Random random) {
    Stamp stamp =
        random.nextBoolean()
            ? THIGH
            : new Stamp(new DeviceId("d_chest"), Placement.CHEST, THIGH.zone());
    long from = DAY + random.nextInt(200_000_000);
    long length = 1 + random.nextInt(random.nextInt(10) == 0 ? 43_200_000 : 2_000_000);
    return new Evidence(
        stamp,
        random.nextInt(3) == 0 ? Kind.CHANGE : Kind.SPAN,
        Posture.values()[random.nextInt(6)],
        from,
        from + length,
        false,
        random.nextBoolean(),
        random.nextInt(5) == 0 ? Map.of(SleepPosition.LEFT, 7.5) : Map.of(),
        random.nextInt(5) == 0
            ? new LyingDetail(SleepPosition.LEFT, 3.5, null, null, true)
            : LyingDetail.NONE);
  }

  private static Evidence classified(Random random, long start) {
    long from = start + random.nextInt(600_000);
    return span(THIGH, Posture.WALKING, from, from + 1 + random.nextInt(900_000), true);
  }

  private static Evidence span(
      Stamp stamp, Posture posture, long from, long to, boolean classified) {
    return new Evidence(
        stamp, Kind.SPAN, posture, from, to, classified, !classified, Map.of(), LyingDetail.NONE);
  }

  private static KeyValueStore<String, byte[]> store() {
    KeyValueStore<String, byte[]> store =
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore("evidence"), Serdes.String(), Serdes.ByteArray())
            .withLoggingDisabled()
            .build();
    store.init(new MockProcessorContext<Void, Void>().getStateStoreContext(), store);
    return store;
  }
}
