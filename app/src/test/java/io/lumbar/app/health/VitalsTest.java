package io.lumbar.app.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class VitalsTest {
  private final AtomicLong count = new AtomicLong();

  @Test
  void goesOnCountingAfterAGarbageCollection() {
    Vitals vitals = new Vitals();
    vitals.counter("lumbar.test", count::get);
    count.set(3);
    awaitGarbageCollection();
    count.set(5);
    assertThat(vitals.scrape()).contains("lumbar_test_total 5.0");
  }

  private static void awaitGarbageCollection() {
    WeakReference<Object> garbage = new WeakReference<>(new Object());
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> {
              System.gc();
              return garbage.get() == null;
            });
  }
}
