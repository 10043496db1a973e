package io.lumbar.http;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * A request whose body must come at some pace: what comes more slowly over a while of patience ends
 * with a failure, whether a thread waits for it or not. It must come faster when it holds a thread
 * or memory that others need. Jetty itself only limits the time between two bytes.
 */
final class PacedRequest extends Request.Wrapper {
  static final String ATTRIBUTE = "lumbar.pace";

  private static final int LEAST_BYTES_A_SECOND = 512;

  /** A mobile plan that is used up still brings 64 kbit/s, some of which are not the body's. */
  private static final int LEAST_WHILE_HOLDING = 3 << 10;

  private final long patienceSeconds;
  private final long turnMillis;
  private final Shares threads;
  private final Shares memory;
  private final AtomicReference<@Nullable Runnable> waiting = new AtomicReference<>();
  private volatile long bytes;
  private volatile boolean ended;
  private volatile String sender = "";
  private volatile String enteredAs = "";
  private volatile boolean holds;
  private volatile boolean asked;
  private final Queue<Runnable> onceAnswered = new ArrayDeque<>();
  private Shares.@Nullable Share body;
  private long seen;
  private boolean held;
  private volatile Content.@Nullable Chunk failure;
  private volatile Scheduler.@Nullable Task watch;

  PacedRequest(
      Request request, long patienceSeconds, long turnMillis, Shares threads, Shares memory) {
    super(request);
    this.patienceSeconds = patienceSeconds;
    this.turnMillis = turnMillis;
    this.threads = threads;
    this.memory = memory;
    setAttribute(ATTRIBUTE, this);
  }

  /** Whether reading the body to its end waits for nothing any more. */
  boolean isWhole() {
    boolean chunked = getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
    return ended || (getLength() <= 0 && !chunked);
  }

  /**
   * Whether some of the body has yet to come, or lies unread, after the answer. A client that waits
   * to be asked for it will not send it.
   */
  boolean isStillComing() {
    return !isWhole() && failure == null && (asked || !waitsToBeAsked());
  }

  /** Whether the client sends the body only once it is asked for, or refused. */
  boolean waitsToBeAsked() {
    return getHeaders().contains(HttpHeader.EXPECT, HttpHeaderValue.CONTINUE.asString());
  }

  /** Has something done once the answer has left, or the request was given up. */
  void onceAnswered(Runnable action) {
    boolean first;
    synchronized (onceAnswered) {
      first = onceAnswered.isEmpty();
      onceAnswered.add(action);
    }
    if (first) {
      Request.addCompletionListener(this, unused -> answered());
    }
  }

  /** The answer has left, though perhaps not all of the body has come. */
  void answered() {
    Queue<Runnable> actions;
    synchronized (onceAnswered) {
      actions = new ArrayDeque<>(onceAnswered);
      onceAnswered.clear();
    }
    actions.forEach(Runnable::run);
  }

  /** Waits no longer for the body. */
  void giveUp() {
    failure = Content.Chunk.from(new TimeoutException("the body came too slowly"));
    wake();
  }

  /** Whether it was failed for its pace. */
  boolean isTooSlow() {
    return failure != null;
  }

  /** Who sends it, as soon as that is known, when what they may hold at once is bounded. */
  void sentBy(String who) {
    sender = who;
  }

  /** The same, or empty. */
  String sender() {
    return sender;
  }

  /** Takes one of the threads that may wait for bodies; false when all of them do. */
  boolean enter() {
    String who = sender;
    if (!threads.take(who, 1)) {
      return false;
    }
    enteredAs = who;
    holds = true;
    return true;
  }

  /** Gives the thread back. */
  void leave() {
    threads.giveBack(enteredAs, 1);
  }

  /**
   * Takes some memory until this is answered; false when there is not so much left after a turn: an
   * upload that a crowd keeps from its memory comes to it, or is refused.
   */
  boolean hold(long size) {
    if (body == null) {
      Shares.Share share = memory.share(sender);
      onceAnswered(share::close);
      body = share;
    }
    if (!body.take(size, turnMillis)) {
      return false;
    }
    holds = true;
    return true;
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

  /** What will be read after the answer need not end the connection. */
  @Override
  public boolean consumeAvailable() {
    return (isStillComing() && getLength() <= Leftover.MOST_BYTES) || super.consumeAvailable();
  }

  @Override
  public void demand(Runnable demanded) {
    asked = true;
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
    asked = true;
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
    if (ended) {
      return;
    }
    long now = bytes;
    long least = patienceSeconds * (held ? LEAST_WHILE_HOLDING : LEAST_BYTES_A_SECOND);
    boolean awaited = waiting.get() != null;
    if (awaited && now - seen < least) {
      giveUp();
      return;
    }
    // While nobody asks for more, that nothing comes is not the client's fault.
    seen = now;
    held = holds;
    watch = watchIn(patienceSeconds);
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
