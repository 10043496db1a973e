package io.lumbar.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SharesTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final long LONG = 30_000;

  private final Shares shares = new Shares(100, 40);

  @Test
  void aCrowdIsWaitedForAndOneSenderHoldsAPart() {
    assertThat(shares.take("a", 40)).isTrue();
    assertThat(shares.take("a", 1)).isFalse();
    assertThat(shares.take("b", 40)).isTrue();
    assertThat(shares.take("", 21)).isFalse();
    CompletableFuture<Boolean> waiting =
        CompletableFuture.supplyAsync(() -> shares.await("c", 30, LONG));

    shares.giveBack("b", 5);
    assertThat(waiting).isNotDone();
    shares.giveBack("a", 40);
    assertThat(waiting).succeedsWithin(SOON).isEqualTo(true);

    shares.giveBack("c", 30);
    shares.giveBack("b", 35);
    assertThat(shares.take("", 100)).isTrue();
    assertThat(shares.await("a", 1, 50)).isFalse();
  }

  @Test
  void whatCanNeverBeGivenIsNotWaitedFor() {
    assertThat(shares.await("a", 41, LONG)).isFalse();
    assertThat(shares.await("", 101, LONG)).isFalse();
  }

  @Test
  void soManyWaitAndTheOthersAreToldAtOnce() {
    assertThat(shares.take("", 100)).isTrue();
    List<CompletableFuture<Boolean>> asking =
        IntStream.range(0, 9)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> shares.await("", 1, LONG), SharesTest::start))
            .toList();
    CompletableFuture<Object> first =
        CompletableFuture.anyOf(asking.toArray(CompletableFuture[]::new));
    assertThat(first).succeedsWithin(SOON).isEqualTo(false);

    shares.giveBack("", 100);
    assertThat(asking).filteredOn(each -> each.orTimeout(20, TimeUnit.SECONDS).join()).hasSize(8);
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "asking");
    thread.setDaemon(true);
    thread.start();
  }
}
