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
  /** Each of them keeps a thread waiting: so many for their first, and so many for more. */
  private static final int MOST_WAITING = 8;

  private final long most;
  private final long each;
  private final Map<String, Long> bySender = new HashMap<>();

  /** Of each sender the request that the others of it step back for. */
  private final Map<String, Share> ahead = new HashMap<>();

  private long held;
  private long awaited;
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
    Share first = ahead.get(sender);
    return takeBeside(amount, sender, awaited, first == null ? 0 : first.awaited);
  }

  private boolean takeBeside(long amount, String sender, long awaitedByAll, long awaitedBySender) {
    long own = sender.isEmpty() ? 0 : bySender.getOrDefault(sender, 0L);
    if (held + awaitedByAll + amount > most
        || (!sender.isEmpty() && own + awaitedBySender + amount > each)) {
      return false;
    }
    held += amount;
    if (!sender.isEmpty()) {
      bySender.put(sender, own + amount);
    }
    return true;
  }

  /** Nothing yet, for one request of a sender. */
  public Share share(String sender) {
    return new Share(sender);
  }

  /** Gives back what the sender has taken under the same name. */
  public synchronized void giveBack(String sender, long amount) {
    held -= amount;
    bySender.computeIfPresent(sender, (unused, own) -> own > amount ? own - amount : null);
    notifyAll();
  }

  /**
   * What one request takes bit by bit until it is answered. Of requests that all have some and all
   * need more, none would ever get enough: so one of each sender goes ahead, which waits for what
   * others give back, and which they leave it. Thread-safe.
   */
  public final class Share implements AutoCloseable {
    private final String sender;
    private long taken;
    private long awaited;

    private Share(String sender) {
      this.sender = sender;
    }

    /**
     * Takes more, and waits for it for a while: what a crowd holds is often over within a second,
     * and some clients never send again. False when there is not so much left after that; at once
     * when many wait already, or when this has some and another of its sender goes ahead.
     */
    public boolean take(long amount, long millis) {
      synchronized (Shares.this) {
        if (!takeNow(amount) && !await(amount, millis)) {
          return false;
        }
        taken += amount;
        return true;
      }
    }

    private boolean takeNow(long amount) {
      return ahead.get(sender) == this
          ? takeBeside(amount, sender, 0, 0)
          : Shares.this.take(sender, amount);
    }

    private boolean await(long amount, long millis) {
      long whole = taken + amount;
      if (whole > most || (!sender.isEmpty() && whole > each)) {
        return false;
      }
      return taken == 0 ? awaitFirst(amount, millis) : goesAhead() && awaitMore(amount, millis);
    }

    private boolean awaitFirst(long amount, long millis) {
      if (waiting >= MOST_WAITING) {
        return false;
      }
      waiting++;
      boolean came = awaitRoom(amount, millis);
      waiting--;
      return came;
    }

    private boolean goesAhead() {
      if (ahead.size() < MOST_WAITING) {
        ahead.putIfAbsent(sender, this);
      }
      return ahead.get(sender) == this;
    }

    private boolean awaitMore(long amount, long millis) {
      awaited = amount;
      Shares.this.awaited += amount;
      boolean came = awaitRoom(amount, millis);
      Shares.this.awaited -= amount;
      awaited = 0;
      Shares.this.notifyAll();
      return came;
    }

    private boolean awaitRoom(long amount, long millis) {
      try {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
          TimeUnit.NANOSECONDS.timedWait(Shares.this, left);
          if (takeNow(amount)) {
            return true;
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return false;
    }

    /** Gives all of it back. */
    @Override
    public void close() {
      synchronized (Shares.this) {
        ahead.remove(sender, this);
        giveBack(sender, taken);
        taken = 0;
      }
    }
  }
}
