package io.lumbar.http;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Reads what still comes of a body whose answer has left, and throws it away: most clients send a
 * body to its end before they look for an answer, and lose the answer when the connection is closed
 * while they send. No thread waits for it, nothing of it is kept, and it ends with the connection
 * after 64 MiB or once patience is over.
 */
final class Leftover implements Callback, Invocable.Task {
  static final long MOST_BYTES = 64L << 20;

  /** Then others have their turn, however fast it comes. */
  private static final long AT_A_TIME = 1L << 20;

  private final PacedRequest request;
  private final long patienceSeconds;
  private final Callback next;
  private final AtomicBoolean over = new AtomicBoolean();
  private long bytes;
  private volatile Scheduler.@Nullable Task watch;

  /**
   * Of a request.
   *
   * @param next what ends the request
   */
  Leftover(PacedRequest request, long patienceSeconds, Callback next) {
    this.request = request;
    this.patienceSeconds = patienceSeconds;
    this.next = next;
  }

  /** The answer has left. */
  @Override
  public void succeeded() {
    if (!request.isStillComing()) {
      next.succeeded();
      return;
    }
    request.answered();
    watch =
        request
            .getComponents()
            .getScheduler()
            .schedule(request::giveUp, patienceSeconds, TimeUnit.SECONDS);
    run();
  }

  @Override
  public void failed(Throwable cause) {
    next.failed(cause);
  }

  @Override
  public void run() {
    try {
      read();
    } catch (IllegalStateException | IllegalArgumentException | RejectedExecutionException e) {
      // Somebody else waits for the body, or the server stops.
      end();
    }
  }

  private void read() {
    long until = bytes + AT_A_TIME;
    while (bytes < until) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        request.demand(this);
        return;
      }
      bytes += chunk.remaining();
      boolean last = chunk.isLast() || Content.Chunk.isFailure(chunk);
      chunk.release();
      if (last || bytes > MOST_BYTES) {
        end();
        return;
      }
    }
    request.getComponents().getExecutor().execute(this);
  }

  private void end() {
    if (over.compareAndSet(false, true)) {
      Scheduler.Task watching = watch;
      if (watching != null) {
        watching.cancel();
      }
      next.succeeded();
    }
  }

  @Override
  public InvocationType getInvocationType() {
    return InvocationType.NON_BLOCKING;
  }
}
