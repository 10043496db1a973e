package io.lumbar.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
        CompletableFuture.supplyAsync(() -> shares.share("c").take(30, LONG));

    shares.giveBack("b", 5);
    assertThat(waiting).isNotDone();
    shares.giveBack("a", 40);
    assertThat(waiting).succeedsWithin(SOON).isEqualTo(true);

    shares.giveBack("c", 30);
    shares.giveBack("b", 35);
    assertThat(shares.take("", 100)).isTrue();
    assertThat(shares.share("a").take(1, 50)).isFalse();
  }

  @Test
  void whatCanNeverBeGivenIsNotWaitedFor() {
    assertThat(shares.share("a").take(41, LONG)).isFalse();
    assertThat(shares.share("").take(101, LONG)).isFalse();
  }

  @Test
  void soManyWaitAndTheOthersAreToldAtOnce() {
    assertThat(shares.take("", 100)).isTrue();
    List<CompletableFuture<Boolean>> asking =
        IntStream.range(0, 9)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> shares.share("").take(1, LONG), SharesTest::start))
            .toList();
    CompletableFuture<Object> first =
        CompletableFuture.anyOf(asking.toArray(CompletableFuture[]::new));
    assertThat(first).succeedsWithin(SOON).isEqualTo(false);

    shares.giveBack("", 100);
    assertThat(asking).filteredOn(each -> each.orTimeout(20, TimeUnit.SECONDS).join()).hasSize(8);
  }

  /** None of two that both need more than the other leaves would get it. */
  @Test
  void oneOfThoseThatNeedMoreGoesAhead() {
    Shares.Share first = shares.share("a");
    Shares.Share second = shares.share("a");
    assertThat(first.take(20, 0)).isTrue();
    assertThat(second.take(15, 0)).isTrue();
    CompletableFuture<Boolean> more = CompletableFuture.supplyAsync(() -> first.take(20, LONG));
    await().atMost(SOON).until(() -> !fits(50));
    assertThat(second.take(10, LONG)).isFalse();
    assertThat(shares.share("a").take(5, 0)).isFalse();
    assertThat(shares.share("b").take(40, 0)).isTrue();
    assertThat(more).isNotDone();

    second.close();
    assertThat(more).succeedsWithin(SOON).isEqualTo(true);
    assertThat(shares.take("a", 1)).isFalse();
    first.close();
    assertThat(shares.take("a", 40)).isTrue();
  }

  @Test
  void whatNobodyGivesBackIsWaitedForNoLongerThanSaid() {
    Shares.Share first = shares.share("a");
    Shares.Share second = shares.share("a");
    assertThat(first.take(20, 0)).isTrue();
    assertThat(second.take(10, 0)).isTrue();
    assertThat(first.take(20, 50)).isFalse();
    assertThat(shares.take("a", 10)).isTrue();
    first.close();
    assertThat(second.take(20, 0)).isTrue();
  }

  private boolean fits(long amount) {
    boolean taken = shares.take("", amount);
    if (taken) {
      shares.giveBack("", amount);
    }
    return taken;
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "asking");
    thread.setDaemon(true);
    thread.start();
  }
}
