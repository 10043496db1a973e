package io.lumbar.analytics.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.analytics.evidence.Evidence.Kind;
import io.lumbar.analytics.stream.Span;
import io.lumbar.analytics.stream.StoreKeys;
import io.lumbar.model.DeviceId;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.Stamp;
import io.lumbar.model.WearerId;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of a part of the time is what the whole of what was said gives for it. */
class EvidenceLogTest {
  private static final WearerId ANNA = new WearerId("w_anna");
  private static final long DAY = 20_000 * StoreKeys.DAY;
  private static final long SILENCE = 600_000;
  private static final long NOW = DAY + 2 * StoreKeys.DAY;
  private static final Stamp THIGH = stamp("d_thigh", Placement.THIGH);
  private static final Stamp POCKET = stamp("d_pocket", Placement.TROUSER_POCKET);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void readsOfAnyTimeWhatAllThatWasSaidGives(int seed) {
    Random random = new Random(seed);
    List<Evidence> all = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      all.add(anything(random));
    }
    Collections.shuffle(all, random);
    EvidenceLog log = new EvidenceLog(store());
    Timeline timeline = new Timeline(SILENCE);
    for (int i = 0; i < all.size(); i++) {
      Span around = new Span(DAY, NOW);
      List<Piece> before = timeline.resolve(all.subList(0, i), around, NOW);
      Span affected = log.add(ANNA, all.get(i)).orElseThrow().widened(SILENCE);
      List<Piece> after = timeline.resolve(all.subList(0, i + 1), around, NOW);
      assertThat(told(before, after))
          .as("what %s changes", all.get(i))
          .allMatch(at -> at >= affected.from() && at < affected.to());
      if (random.nextInt(20) == 0) {
        log.pack(ANNA, DAY + StoreKeys.DAY);
      }
    }
    for (int i = 0; i < 100; i++) {
      long from = DAY + random.nextInt(60_000_000);
      Span span = new Span(from, from + 1 + random.nextInt(20_000_000));
      assertThat(postures(timeline.resolve(log.bearingOn(ANNA, span.widened(SILENCE)), span, NOW)))
          .isEqualTo(postures(timeline.resolve(all, span, NOW)));
    }
  }

  /** A phone says each minute what holds for hours. */
  @ParameterizedTest
  @ValueSource(ints = {10, 60, 240})
  void sayingTheSameAgainWritesLittle(int minutes) {
    KeyValueStore<String, byte[]> store = store();
    EvidenceLog log = new EvidenceLog(store);
    for (int minute = 0; minute < 300; minute++) {
      long at = DAY + minute * 60_000L;
      log.add(ANNA, holding(THIGH, Posture.SITTING, at, Duration.ofMinutes(minutes).toMillis()));
    }
    try (KeyValueIterator<String, byte[]> values = store.all()) {
      values.forEachRemaining(each -> assertThat(each.value.length).isLessThan(80));
    }
  }

  /** The instants of the edges of what differs. */
  private static List<Long> told(List<Piece> before, List<Piece> after) {
    List<Long> instants = new ArrayList<>();
    Set<String> one = Set.copyOf(postures(before));
    Set<String> two = Set.copyOf(postures(after));
    for (String each : one) {
      if (!two.contains(each)) {
        instants.add(Long.parseLong(each.split(" ", -1)[1]));
      }
    }
    for (String each : two) {
      if (!one.contains(each)) {
        instants.add(Long.parseLong(each.split(" ", -1)[1]));
      }
    }
    return instants;
  }

  /** By the minute, so that where pieces are cut makes no difference. */
  private static List<String> postures(List<Piece> pieces) {
    List<String> minutes = new ArrayList<>();
    for (Piece piece : pieces) {
      long first = Math.floorDiv(piece.from() + 59_999, 60_000L);
      for (long minute = first; minute * 60_000L < piece.to(); minute++) {
        minutes.add(piece.posture() + " " + minute * 60_000L);
      }
    }
    return minutes;
  }

  private static Evidence anything(Random random) {
    Stamp stamp = random.nextInt(3) == 0 ? POCKET : THIGH;
    long from = DAY + random.nextInt(60_000_000);
    Posture posture = Posture.values()[random.nextInt(6)];
    return switch (random.nextInt(8)) {
      case 0 -> instant(stamp, Kind.CHANGE, Posture.NOT_WORN, from, 43_200_000);
      case 1 -> instant(stamp, Kind.CHANGE, Posture.UNKNOWN, from, 1);
      case 2 -> instant(stamp, Kind.CHARGING, Posture.NOT_WORN, from, 43_200_000);
      case 3 -> instant(stamp, Kind.UNPLUGGED, Posture.UNKNOWN, from, 1);
      case 4, 5 -> instant(stamp, Kind.SPAN, posture, from, 1 + random.nextInt(3_000_000));
      default -> holding(stamp, posture, from, 1 + random.nextInt(14_400_000));
    };
  }

  private static Evidence holding(Stamp stamp, Posture posture, long from, long millis) {
    return instant(stamp, Kind.CHANGE, posture, from, millis);
  }

  private static Evidence instant(Stamp stamp, Kind kind, Posture posture, long from, long millis) {
    return new Evidence(
        stamp, kind, posture, from, from + millis, false, true, Map.of(), LyingDetail.NONE);
  }

  private static Stamp stamp(String device, Placement placement) {
    return new Stamp(new DeviceId(device), placement, ZoneId.of("UTC"));
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
