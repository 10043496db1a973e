package io.lumbar.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.history.HistoryStore.Erasure;
import io.lumbar.history.HistoryStore.HistoryUnavailable;
import io.lumbar.model.WearerId;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Looks every five seconds, at a store and topics that may be away. */
class HistoryKeeperTest {
  private static final Duration LOOK = Duration.ofSeconds(5);

  private final List<String> done = new ArrayList<>();
  private final List<List<Object>> lasting = new ArrayList<>();
  private final List<Erasure> erasures = new ArrayList<>();
  private final List<Instant> tidied = new ArrayList<>();
  private Duration tidying = Duration.ofSeconds(1);
  private boolean diskIsFull;
  private boolean storeIsAway;
  private boolean brokerIsAway;
  private int slices = 1;
  private Instant now = Instant.parse("2026-03-05T12:00:00Z");

  private final HistoryKeeper.Topics topics =
      new HistoryKeeper.Topics() {
        @Override
        public int sweep(List<Erasure> erasures, Instant at) {
          return 0;
        }

        @Override
        public Expired expire(@Nullable Instant bouts, @Nullable LocalDate dates) {
          done.add("topics");
          if (brokerIsAway) {
            throw new KafkaException("no broker");
          }
          slices--;
          return new Expired(7, slices > 0);
        }

        @Override
        public int expireCalibrations(Instant before) {
          done.add("calibrations before " + before);
          return 1;
        }
      };

  private final HistoryStore store =
      (HistoryStore)
          Proxy.newProxyInstance(
              HistoryStore.class.getClassLoader(),
              new Class<?>[] {HistoryStore.class},
              (proxy, method, arguments) -> {
                if (method.getName().equals("erasures")) {
                  return List.copyOf(erasures);
                }
                if (method.getName().equals("tidy")) {
                  tidied.add(now);
                  if (diskIsFull) {
                    throw new HistoryUnavailable("no room", null);
                  }
                  now = now.plus(tidying);
                  return null;
                }
                if (method.getName().equals("expireLasting")) {
                  lasting.add(Arrays.asList(arguments));
                  return null;
                }
                done.add(method.getName());
                if (storeIsAway) {
                  throw new HistoryUnavailable("no server", null);
                }
                return null;
              });

  private final HistoryKeeper keeper = keeping(new HistoryKeeper.Kept(30, 400, null, null, null));

  private HistoryKeeper keeping(HistoryKeeper.Kept kept) {
    return new HistoryKeeper(store, topics, kept, () -> now);
  }

  @Test
  void whatLastsLongerGoesByItsOwnSettingsAlone() {
    keeping(new HistoryKeeper.Kept(null, null, 700, 90, null)).look();
    assertThat(done).containsExactly("expire");
    assertThat(lasting)
        .containsExactly(List.of(LocalDate.parse("2024-04-04"), LocalDate.parse("2025-12-05")));

    keeping(new HistoryKeeper.Kept(null, null, null, null, 365)).look();
    assertThat(done)
        .containsExactly("expire", "topics", "calibrations before 2025-03-05T12:00:00Z");

    keeping(HistoryKeeper.Kept.ALL).look();
    assertThat(done).hasSize(3);
  }

  @Test
  void expiresTheHistoryEverySixHoursAndTheTopicsOnceADay() {
    look(Duration.ofHours(24));

    assertThat(done).filteredOn("expire"::equals).hasSize(4);
    // At noon, and after midnight.
    assertThat(done).filteredOn("topics"::equals).hasSize(2);
    assertThat(keeper.trouble()).isNull();
  }

  @Test
  void doesNotEmptyTheHistoryOverAndOverWhileTheBrokerIsAway() {
    brokerIsAway = true;
    look(Duration.ofHours(1));

    assertThat(done).filteredOn("expire"::equals).hasSize(1);
    assertThat(done).filteredOn("topics"::equals).hasSize(6);
    assertThat(keeper.trouble()).contains("no broker");

    brokerIsAway = false;
    look(Duration.ofMinutes(10));
    assertThat(keeper.trouble()).isNull();
  }

  @Test
  void triesAStoreThatIsAwayAgainInTenMinutesAndSaysSoUntilThen() {
    storeIsAway = true;
    look(Duration.ofMinutes(1));
    assertThat(done).containsExactly("expire", "topics");
    assertThat(keeper.trouble()).contains("no server");

    storeIsAway = false;
    look(Duration.ofMinutes(10));
    assertThat(done).containsExactly("expire", "topics", "expire");
    assertThat(keeper.trouble()).isNull();
  }

  @Test
  void goesOnWithTheTopicsAtTheNextLookWhereThereIsMore() {
    slices = 3;
    look(Duration.ofHours(1));

    assertThat(done).filteredOn("topics"::equals).hasSize(3);
  }

  @Test
  void tidiesTheFilesAfterEachSweepAndNotWithoutOne() {
    look(Duration.ofMinutes(1));
    assertThat(tidied).isEmpty();

    Instant asked = now;
    erasures.add(new Erasure(new WearerId("w_gone"), null, null, asked));
    look(Duration.ofHours(2));
    assertThat(tidied)
        .allSatisfy(at -> assertThat(at).isAfter(asked))
        .hasSize(3)
        .anySatisfy(at -> assertThat(at).isBefore(asked.plus(Duration.ofMinutes(1))));
  }

  @Test
  void tidyingOfALargeFileTakesASmallPartOfTheTime() {
    tidying = Duration.ofMinutes(2);
    for (int i = 0; i < 100; i++) {
      erasures.add(new Erasure(new WearerId("w_gone" + i), null, null, now));
      look(Duration.ofMinutes(1));
    }

    assertThat(tidied).hasSizeBetween(2, 4);
  }

  @Test
  void saysSoWhileTheFilesCannotBeTidied() {
    diskIsFull = true;
    erasures.add(new Erasure(new WearerId("w_gone"), null, null, now));
    look(Duration.ofMinutes(5));
    assertThat(tidied).hasSize(1);
    assertThat(keeper.trouble()).contains("no room");

    diskIsFull = false;
    look(Duration.ofMinutes(10));
    assertThat(tidied).hasSize(2);
    assertThat(keeper.trouble()).isNull();
  }

  private void look(Duration time) {
    for (Instant end = now.plus(time); now.isBefore(end); now = now.plus(LOOK)) {
      keeper.look();
    }
  }
}
