package io.lumbar.reports;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * One listener's open answer. Nobody ever waits for it: what it cannot take yet is queued, and with
 * a full queue it is let go, to come back and ask anew.
 */
final class LiveClient implements WriteListener {
  private static final int MOST_WAITING = 256;

  private final ServletOutputStream out;
  private final BooleanSupplier mayRead;
  private final Queue<LiveFrame> waiting = new ArrayDeque<>();
  private final CompletableFuture<Void> gone = new CompletableFuture<>();
  private boolean started;
  private boolean unflushed;

  /**
   * Writes to an answer.
   *
   * @param mayRead whether the listener still may be told anything
   */
  LiveClient(ServletOutputStream out, BooleanSupplier mayRead) {
    this.out = out;
    this.mayRead = mayRead;
  }

  /** Lets the server call back as soon as the connection takes bytes. */
  void start() {
    out.setWriteListener(this);
  }

  /** Completes when the client has left or was let go. */
  CompletableFuture<Void> gone() {
    return gone;
  }

  /**
   * Writes a frame at once, or as soon as the connection takes it; to one that may not read any
   * more nothing.
   */
  void offer(LiveFrame frame) {
    if (!mayRead.getAsBoolean() || !accept(frame)) {
      leave();
    }
  }

  /** Lets the listener go when it may not read any more. */
  void look() {
    if (!mayRead.getAsBoolean()) {
      leave();
    }
  }

  private synchronized boolean accept(LiveFrame frame) {
    if (waiting.size() >= MOST_WAITING) {
      return false;
    }
    waiting.add(frame);
    return drained();
  }

  @Override
  public void onWritePossible() {
    boolean healthy;
    synchronized (this) {
      started = true;
      healthy = drained();
    }
    if (!healthy) {
      leave();
    }
  }

  @Override
  public void onError(Throwable failure) {
    leave();
  }

  // Completing runs the server's own code, so it must happen outside of the lock.
  void leave() {
    gone.complete(null);
  }

  private boolean drained() {
    if (gone.isDone()) {
      return false;
    }
    try {
      while (started && (unflushed || !waiting.isEmpty()) && out.isReady()) {
        LiveFrame frame = waiting.poll();
        if (frame == null) {
          unflushed = false;
          out.flush();
        } else {
          unflushed = true;
          frame.writeTo(out);
        }
      }
      return true;
    } catch (IOException | IllegalStateException e) {
      return false;
    }
  }
}
