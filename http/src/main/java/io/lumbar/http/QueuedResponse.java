package io.lumbar.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is taken off the hands of the thread that writes it: what its client does not read
 * at once waits here, as long as there is memory for it, and leaves as the connection takes it.
 * Beyond that the writing thread waits, as far as some may, and then the connection is closed; so
 * is that of a client that reads more slowly than eight kilobytes a second. Thread-safe.
 */
final class QueuedResponse extends Response.Wrapper {
  /** Most answers are far smaller. */
  static final int MOST_EACH = 2 << 20;

  private static final int LEAST_BYTES_A_SECOND = 8 << 10;

  private final PacedRequest request;
  private final Room room;
  private final Queue<Piece> waiting = new ArrayDeque<>();
  private final AtomicInteger draining = new AtomicInteger();
  private long held;
  private boolean writing;
  private boolean lastTaken;
  private @Nullable Throwable failure;
  private @Nullable Callback end;

  /**
   * What all answers of a server share.
   *
   * @param memory for what clients have not read yet
   * @param threads that may wait for clients beyond that
   * @param patienceSeconds how long a client may read nothing at all
   */
  record Room(Shares memory, Semaphore threads, long patienceSeconds) {}

  QueuedResponse(PacedRequest request, Response response, Room room) {
    super(request, response);
    this.request = request;
    this.room = room;
  }

  /** Ends the request once all of the answer has left. */
  Callback ending(Callback callback) {
    return Callback.from(
        () -> {
          synchronized (this) {
            end = callback;
          }
          drain();
        },
        callback::failed);
  }

  @Override
  public synchronized boolean hasLastWrite() {
    return lastTaken || super.hasLastWrite();
  }

  @Override
  public void write(boolean last, ByteBuffer content, Callback callback) {
    Piece piece = new Piece(last, copy(content), callback);
    Throwable failed;
    synchronized (this) {
      lastTaken |= last;
      failed = failure;
      if (failed == null) {
        waiting.add(piece);
      }
    }
    if (failed != null) {
      callback.failed(failed);
      return;
    }
    drain();
    piece.letGo();
  }

  /** The writer may use its buffer for the next. */
  private static ByteBuffer copy(@Nullable ByteBuffer content) {
    if (content == null || !content.hasRemaining()) {
      return BufferUtil.EMPTY_BUFFER;
    }
    ByteBuffer copy = ByteBuffer.allocate(content.remaining());
    copy.put(content).flip();
    return copy;
  }

  /** Writes one piece behind the other, without calling itself. */
  private void drain() {
    if (draining.getAndIncrement() != 0) {
      return;
    }
    int seen = 1;
    do {
      writeNext();
      seen = draining.addAndGet(-seen);
    } while (seen != 0);
  }

  private void writeNext() {
    Piece next;
    Callback ended = null;
    Throwable failed;
    synchronized (this) {
      if (writing) {
        return;
      }
      next = waiting.poll();
      failed = failure;
      if (next == null) {
        ended = end;
        end = null;
      } else {
        writing = true;
      }
    }
    if (next != null) {
      getWrapped().write(next.last, next.content, next);
    } else if (ended != null && failed != null) {
      ended.failed(failed);
    } else if (ended != null) {
      ended.succeeded();
    }
  }

  private void fail(Throwable cause) {
    Queue<Piece> lost = new ArrayDeque<>();
    synchronized (this) {
      failure = cause;
      lost.addAll(waiting);
      waiting.clear();
    }
    lost.forEach(piece -> piece.over(cause));
  }

  private synchronized boolean hold(String sender, long size) {
    if (held + size > MOST_EACH || !room.memory().take(sender, size)) {
      return false;
    }
    held += size;
    return true;
  }

  private synchronized void giveBack(String sender, long size) {
    held -= size;
    room.memory().giveBack(sender, size);
  }

  /** As long as the client may take to read all that waits, and so much more. */
  private synchronized long seconds(long more) {
    return room.patienceSeconds() + (held + more) / LEAST_BYTES_A_SECOND;
  }

  private void closeConnection() {
    getRequest()
        .getConnectionMetaData()
        .getConnection()
        .getEndPoint()
        .close(new IOException("the client does not read its answer"));
  }

  /** Where the writer of a piece stands. */
  private enum Writer {
    NOT_TOLD,
    HELD_BACK,
    GONE_ON
  }

  private final class Piece implements Callback {
    private final boolean last;
    private final ByteBuffer content;
    private final int size;
    private final Callback writer;
    private final String sender = request.sender();
    private Writer state = Writer.NOT_TOLD;
    private boolean over;
    private Scheduler.@Nullable Task watch;

    Piece(boolean last, ByteBuffer content, Callback writer) {
      this.last = last;
      this.content = content;
      this.size = content.remaining();
      this.writer = writer;
    }

    /** What cannot leave at once is kept, so that its writer can go on. */
    void letGo() {
      boolean goesOn;
      boolean waits;
      synchronized (this) {
        if (over) {
          return;
        }
        goesOn = hold(sender, size);
        if (goesOn) {
          state = Writer.GONE_ON;
        } else if (room.threads().tryAcquire()) {
          state = Writer.HELD_BACK;
        }
        waits = state == Writer.HELD_BACK;
        watch =
            getRequest()
                .getComponents()
                .getScheduler()
                .schedule(QueuedResponse.this::closeConnection, seconds(size), TimeUnit.SECONDS);
      }
      if (goesOn) {
        writer.succeeded();
      } else if (!waits) {
        closeConnection();
      }
    }

    @Override
    public void succeeded() {
      over(null);
      next();
    }

    @Override
    public void failed(Throwable cause) {
      over(cause);
      fail(cause);
      next();
    }

    private void next() {
      synchronized (QueuedResponse.this) {
        writing = false;
      }
      drain();
    }

    void over(@Nullable Throwable cause) {
      Writer was;
      synchronized (this) {
        over = true;
        was = state;
        if (watch != null) {
          watch.cancel();
        }
      }
      switch (was) {
        case GONE_ON -> giveBack(sender, size);
        case HELD_BACK -> {
          room.threads().release();
          tell(cause);
        }
        case NOT_TOLD -> tell(cause);
      }
    }

    private void tell(@Nullable Throwable cause) {
      if (cause == null) {
        writer.succeeded();
      } else {
        writer.failed(cause);
      }
    }

    @Override
    public InvocationType getInvocationType() {
      return Invocable.InvocationType.NON_BLOCKING;
    }
  }
}
