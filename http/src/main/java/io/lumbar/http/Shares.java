package io.lumbar.http;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Something that all requests of a server share, such as memory for bodies: so much in all, and so
 * much of it for one sender, because what one token sends at once must not take what all need. A
 * sender without a name is nobody's token, or the owner's, and may have all. Thread-safe.
 */
public final class Shares {
  /** Each of them keeps a thread waiting. */
  private static final int MOST_WAITING = 8;

  private final long most;
  private final long each;
  private final Map<String, Long> bySender = new HashMap<>();
  private long held;
  private int waiting;

  /**
   * With nothing taken.
   *
   * @param most in all
   * @param each of one sender
   */
  public Shares(long most, long each) {
    this.most = most;
    this.each = each;
  }

  /** Takes some; false, with nothing taken, when there is not so much left. */
  public synchronized boolean take(String sender, long amount) {
    long own = sender.isEmpty() ? 0 : bySender.getOrDefault(sender, 0L);
    if (held + amount > most || (!sender.isEmpty() && own + amount > each)) {
      return false;
    }
    held += amount;
    if (!sender.isEmpty()) {
      bySender.put(sender, own + amount);
    }
    return true;
  }

  /**
   * As {@link #take}, but waits for a while until others have given back: what a crowd holds is
   * often over within a second, and some clients never send again. To be asked only by who holds
   * nothing of it yet, or all could wait for each other. While many wait already it does not.
   */
  public synchronized boolean await(String sender, long amount, long millis) {
    if (take(sender, amount)) {
      return true;
    }
    boolean never = amount > most || (!sender.isEmpty() && amount > each);
    if (never || waiting >= MOST_WAITING) {
      return false;
    }
    waiting++;
    try {
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
      for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
        if (take(sender, amount)) {
          return true;
        }
      }
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      waiting--;
    }
  }

  /** Gives back what the sender has taken under the same name. */
  public synchronized void giveBack(String sender, long amount) {
    held -= amount;
    bySender.computeIfPresent(sender, (unused, own) -> own > amount ? own - amount : null);
    notifyAll();
  }
}
