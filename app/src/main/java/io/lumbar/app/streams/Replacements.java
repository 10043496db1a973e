package io.lumbar.app.streams;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/** A budget of restarts: so many within a span of time, then no more. Thread-safe. */
final class Replacements {
  private final int most;
  private final long windowNanos;
  private final LongSupplier nanos;
  private final Deque<Long> recent = new ArrayDeque<>();

  Replacements(int most, Duration window, LongSupplier nanos) {
    this.most = most;
    this.windowNanos = window.toNanos();
    this.nanos = nanos;
  }

  /** Takes one from the budget, or says that none is left. */
  synchronized boolean allowed() {
    long now = nanos.getAsLong();
    while (!recent.isEmpty() && now - recent.getFirst() > windowNanos) {
      recent.removeFirst();
    }
    if (recent.size() >= most) {
      return false;
    }
    recent.addLast(now);
    return true;
  }
}
