package io.lumbar.analytics.sitting;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.analytics.stream.Span;
import io.lumbar.model.Bout;
import io.lumbar.model.Json;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.WearerId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the ledger keeps at hand is what stands in the store. */
class BoutLedgerTest {
  private static final WearerId ANNA = new WearerId("w_anna");
  private static final WearerId BEN = new WearerId("w_ben");
  private static final long DAY = 1_772_409_600_000L;
  private static final int MINUTE = 60_000;
  private static final Posture[] POSTURES = {
    Posture.SITTING, Posture.STANDING, Posture.WALKING, Posture.LYING
  };

  private final KeyValueStore<String, Bout> bouts =
      Stores.keyValueStoreBuilder(
              Stores.inMemoryKeyValueStore("bouts"), Serdes.String(), Json.serde(Bout.class))
          .withLoggingDisabled()
          .build();
  private final KeyValueStore<String, Integer> retired =
      Stores.keyValueStoreBuilder(
              Stores.inMemoryKeyValueStore("retired"), Serdes.String(), Serdes.Integer())
          .withLoggingDisabled()
          .build();

  @BeforeEach
  void open() {
    MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
    bouts.init(context.getStateStoreContext(), bouts);
    retired.init(context.getStateStoreContext(), retired);
  }

  @Test
  void readsAsTheStoreDoesWhateverIsReplaced() {
    Random random = new Random(17);
    BoutLedger stored = BoutLedger.readOnly(bouts, retired);
    BoutLedger ledger = BoutLedger.writable(bouts, retired);
    for (int i = 0; i < 1_500; i++) {
      // Mostly the present, which moves on; now and then something late.
      int end = random.nextInt(4) == 0 ? random.nextInt(1 + i) : i;
      Span span = new Span(at(end), at(end + 1 + random.nextInt(40)));
      WearerId wearer = random.nextInt(5) == 0 ? BEN : ANNA;
      List<Bout> published = ledger.touching(wearer, span);
      Span hull = span;
      for (Bout bout : published) {
        hull = hull.hull(bout.from().toEpochMilli(), bout.to().toEpochMilli());
      }
      ledger.replace(wearer, published, spells(random, hull), -1);

      long instant = at(random.nextInt(1_600));
      Span asked = new Span(instant, instant + (1 + random.nextInt(200)) * MINUTE);
      assertThat(ledger.touching(wearer, asked)).isEqualTo(stored.touching(wearer, asked));
      assertThat(ledger.withRestsAround(wearer, asked, 3_600_000))
          .isEqualTo(stored.withRestsAround(wearer, asked, 3_600_000));
      assertThat(ledger.last(wearer)).isEqualTo(stored.last(wearer));
      assertThat(all(ledger.before(wearer, instant)))
          .isEqualTo(all(stored.before(wearer, instant)));
      assertThat(all(ledger.from(wearer, instant))).isEqualTo(all(stored.from(wearer, instant)));
      if (random.nextInt(100) == 0) {
        ledger = BoutLedger.writable(bouts, retired);
      }
    }
    assertThat(all(stored.from(ANNA, 0))).hasSizeGreaterThan(100);
  }

  private static List<Bout> all(BoutWalk walk) {
    try (walk) {
      List<Bout> all = new ArrayList<>();
      walk.forEachRemaining(all::add);
      return all;
    }
  }

  private static List<Spell> spells(Random random, Span span) {
    List<Spell> spells = new ArrayList<>();
    long from = span.from() + random.nextInt(3) * MINUTE;
    while (from < span.to()) {
      long to = Math.min(span.to(), from + (1 + random.nextInt(9)) * (long) MINUTE);
      spells.add(
          new Spell(
              POSTURES[random.nextInt(POSTURES.length)],
              from,
              to,
              to,
              ZoneOffset.UTC,
              Placement.THIGH,
              Map.of(),
              random.nextBoolean()));
      from = to + random.nextInt(3) * MINUTE;
    }
    return spells;
  }

  private static long at(int minute) {
    return DAY + minute * (long) MINUTE;
  }
}
