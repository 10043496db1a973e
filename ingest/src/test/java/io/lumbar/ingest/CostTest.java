package io.lumbar.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** That the fuzz runs would see what they look for. */
class CostTest {
  private static final int BYTES = 1 << 10;
  private static final int INPUTS = 8 << 10;

  @Test
  void seesWhatPilesUp() throws Exception {
    List<byte[]> leaked = new ArrayList<>();
    try (Cost cost = new Cost()) {
      run(cost, leaked);
      assertThatThrownBy(cost::assertBounded).hasMessageContaining("piled up");
    }
    assertThat(leaked).hasSize(INPUTS);
    try (Cost cost = new Cost()) {
      run(cost, null);
      assertThatCode(cost::assertBounded).doesNotThrowAnyException();
    }
  }

  @Test
  void seesThatTooLittleWasReadToTell() throws Exception {
    try (Cost cost = new Cost()) {
      cost.look();
      boolean unused = cost.of(() -> true, BYTES, "short", 1);
      cost.look();
      assertThatThrownBy(cost::assertBounded).hasMessageContaining("read since the first look");
    }
  }

  @Test
  void seesWhatWorksTooLong() throws Exception {
    try (Cost cost = new Cost()) {
      boolean unused = cost.of(CostTest::work, BYTES, "slow", 7);
      assertThatThrownBy(cost::assertBounded).hasMessageContaining("slow, seed 7");
    }
  }

  @Test
  void seesWhatWaitsEachTimeAndForgivesWhatWaitsOnce() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    AtomicInteger calls = new AtomicInteger();
    try (Cost cost = new Cost()) {
      boolean unused = cost.of(() -> waits(never), BYTES, "locked", 7);
      assertThatThrownBy(cost::assertBounded).hasMessageContaining("locked, seed 7");
    }
    try (Cost cost = new Cost()) {
      boolean unused = cost.of(() -> calls.incrementAndGet() > 1 || waits(never), BYTES, "busy", 7);
      assertThatThrownBy(cost::assertBounded).hasMessageContaining("read since");
    }
  }

  @Test
  void namesWhatDoesNotEnd() {
    CountDownLatch never = new CountDownLatch(1);
    try (Cost cost = new Cost(Duration.ofMillis(100))) {
      assertThatThrownBy(
              () ->
                  cost.of(
                      () -> {
                        never.await();
                        return true;
                      },
                      BYTES,
                      "endless",
                      7))
          .hasMessageContaining("endless, seed 7 does not end");
    }
  }

  private static void run(Cost cost, List<byte[]> leaked) throws Exception {
    cost.look();
    for (int i = 0; i < INPUTS; i++) {
      byte[] input = new byte[BYTES];
      boolean unused = cost.of(() -> leaked == null || leaked.add(input), BYTES, "input", i);
    }
    cost.look();
  }

  private static boolean waits(CountDownLatch never) throws InterruptedException {
    return never.await(Cost.MOST.toMillis() + 200, TimeUnit.MILLISECONDS);
  }

  private static boolean work() {
    var threads = ManagementFactory.getThreadMXBean();
    long begun = threads.getCurrentThreadCpuTime();
    while (threads.getCurrentThreadCpuTime() - begun <= Cost.MOST.toNanos()) {
      Thread.onSpinWait();
    }
    return true;
  }
}
