package io.lumbar.ingest.format;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many elements all uploads together hold in memory, up to a limit: a few hundred kilobytes can
 * hold as many elements as one upload may have, and each takes some hundred bytes until it is
 * answered. Thread-safe.
 */
public final class ElementPool {
  private final long most;
  private final AtomicLong held = new AtomicLong();

  /** With so many. */
  public ElementPool(long most) {
    this.most = most;
  }

  /** Takes some; false, with nothing taken, when there are not so many left. */
  boolean take(int elements) {
    if (held.addAndGet(elements) <= most) {
      return true;
    }
    held.addAndGet(-elements);
    return false;
  }

  void giveBack(long elements) {
    held.addAndGet(-elements);
  }
}
