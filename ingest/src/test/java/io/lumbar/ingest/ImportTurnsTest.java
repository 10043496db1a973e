package io.lumbar.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.model.WearerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ImportTurnsTest {
  private static final WearerId ANN = new WearerId("w_ann");
  private static final WearerId BEN = new WearerId("w_ben");

  private final ImportTurns turns = new ImportTurns();
  private final List<String> worked = new ArrayList<>();

  @Test
  void wearersTakeTurnsAndEachKeepsTheOrder() throws InterruptedException {
    add(ANN, "a1");
    add(ANN, "a2");
    add(ANN, "a3");
    add(BEN, "b1");
    add(BEN, "b2");
    for (int i = 0; i < 5; i++) {
      ImportTurns.Turn turn = turns.next();
      turn.work().run();
      turns.over(turn);
    }
    assertThat(worked).containsExactly("a1", "b1", "a2", "b2", "a3");
  }

  @Test
  void ofOneWearerIsWorkedOnOneAtATime() throws Exception {
    add(ANN, "a1");
    add(ANN, "a2");
    add(BEN, "b1");
    ImportTurns.Turn first = turns.next();
    assertThat(turns.next().wearer()).isEqualTo(BEN);

    CompletableFuture<ImportTurns.Turn> next = CompletableFuture.supplyAsync(this::next);
    assertThat(next)
        .failsWithin(Duration.ofMillis(200))
        .withThrowableOfType(TimeoutException.class);
    turns.over(first);
    assertThat(next.get(10, TimeUnit.SECONDS).wearer()).isEqualTo(ANN);
  }

  private ImportTurns.Turn next() {
    try {
      return turns.next();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void add(WearerId wearer, String name) {
    turns.add(wearer, () -> worked.add(name));
  }
}
