package io.lumbar.http;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of bodies a server holds in memory, up to a limit: what one token sends at once
 * must not take the memory of all. Thread-safe.
 */
final class HeldBytes {
  private final long most;
  private final AtomicLong held = new AtomicLong();

  HeldBytes(long most) {
    this.most = most;
  }

  /** Takes some; false, with nothing taken, when there are not so many left. */
  boolean take(long bytes) {
    if (held.addAndGet(bytes) <= most) {
      return true;
    }
    held.addAndGet(-bytes);
    return false;
  }

  void giveBack(long bytes) {
    held.addAndGet(-bytes);
  }
}
