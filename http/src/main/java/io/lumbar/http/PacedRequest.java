package io.lumbar.http;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * A request whose body must come at some pace: after a while of patience, what came more slowly on
 * the whole ends with a failure, whether a thread waits for it or not. Jetty itself only limits the
 * time between two bytes.
 */
final class PacedRequest extends Request.Wrapper {
  static final String ATTRIBUTE = "lumbar.pace";

  private static final int LEAST_BYTES_A_SECOND = 512;
  private static final int AGAIN_SECONDS = 1;

  private final long patienceSeconds;
  private final Semaphore threads;
  private final HeldBytes memory;
  private final long begun = System.nanoTime();
  private final AtomicReference<@Nullable Runnable> waiting = new AtomicReference<>();
  private volatile long bytes;
  private volatile boolean ended;
  private volatile Content.@Nullable Chunk failure;
  private volatile Scheduler.@Nullable Task watch;

  PacedRequest(Request request, long patienceSeconds, Semaphore threads, HeldBytes memory) {
    super(request);
    this.patienceSeconds = patienceSeconds;
    this.threads = threads;
    this.memory = memory;
    setAttribute(ATTRIBUTE, this);
  }

  /** Whether reading the body to its end waits for nothing any more. */
  boolean isWhole() {
    boolean chunked = getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
    return ended || (getLength() <= 0 && !chunked);
  }

  /** Whether it was failed for its pace. */
  boolean isTooSlow() {
    return failure != null;
  }

  /** Takes one of the threads that may wait for bodies; false when all of them do. */
  boolean enter() {
    return threads.tryAcquire();
  }

  /** Takes some memory until this is answered; false when there is not so much left. */
  boolean hold(long size) {
    if (!memory.take(size)) {
      return false;
    }
    Request.addCompletionListener(this, unused -> memory.giveBack(size));
    return true;
  }

  /** Gives the thread back. */
  void leave() {
    threads.release();
  }

  @Override
  public Content.Chunk read() {
    Content.Chunk failed = failure;
    if (failed != null) {
      return failed;
    }
    Content.Chunk chunk = super.read();
    if (chunk != null) {
      count(chunk);
    }
    return chunk;
  }

  @Override
  public void demand(Runnable demanded) {
    waiting.set(demanded);
    if (watch == null) {
      watch = watchIn(patienceSeconds);
      // It may be answered before its body has come.
      Request.addCompletionListener(this, unused -> end());
    }
    if (failure == null) {
      super.demand(Invocable.from(Invocable.getInvocationType(demanded), this::arrived));
    }
    if (failure != null) {
      wake();
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread at a time reads a body
  private void count(Content.Chunk chunk) {
    bytes += chunk.remaining();
    if (chunk.isLast()) {
      end();
    }
  }

  private void end() {
    ended = true;
    Scheduler.Task watching = watch;
    if (watching != null) {
      watching.cancel();
    }
  }

  private void arrived() {
    Runnable demanded = waiting.getAndSet(null);
    if (demanded != null) {
      demanded.run();
    }
  }

  private Scheduler.Task watchIn(long seconds) {
    return getComponents().getScheduler().schedule(this::look, seconds, TimeUnit.SECONDS);
  }

  private void look() {
    double seconds = (System.nanoTime() - begun) / 1e9;
    if (ended) {
      return;
    }
    if (bytes / seconds >= LEAST_BYTES_A_SECOND) {
      watch = watchIn(AGAIN_SECONDS);
      return;
    }
    failure = Content.Chunk.from(new TimeoutException("the body came too slowly"));
    wake();
  }

  private void wake() {
    Runnable demanded = waiting.getAndSet(null);
    if (demanded == null) {
      return;
    }
    if (Invocable.getInvocationType(demanded) == Invocable.InvocationType.NON_BLOCKING) {
      demanded.run();
    } else {
      getComponents().getExecutor().execute(demanded);
    }
  }
}
