package io.lumbar.http;

import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.NanoTime;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Closes connections whose client does not bring the header of a request to its end: within
 * patience of the opening of the connection for the first, of its first byte for the others. Jetty
 * itself only limits the time between two bytes. One look over all connections every now and then
 * sees it, without a thread for any; those on which a request is worked on, with its body and its
 * answer, or that rest between two requests, are left to their other limits.
 */
final class SlowHeaders extends AbstractLifeCycle {
  private static final int LOOKS_WITHIN_PATIENCE = 8;

  private final ServerConnector connector;
  private final long patienceNanos;
  private final long betweenLooksNanos;
  private IdentityHashMap<EndPoint, Seen> seen = new IdentityHashMap<>();
  private volatile Scheduler.@Nullable Task next;

  private enum Stage {
    WORKED_ON,
    RESTS,
    HEADER_AWAITED
  }

  /**
   * What the looks saw of a connection.
   *
   * @param requests that have begun, which is once their header is whole
   * @param bytes that had come when this stage was first seen
   * @param since when that was, in nanoseconds
   */
  private record Seen(long requests, long bytes, Stage stage, long since) {}

  SlowHeaders(ServerConnector connector, Duration patience) {
    this.connector = connector;
    this.patienceNanos = patience.toNanos();
    this.betweenLooksNanos = patienceNanos / LOOKS_WITHIN_PATIENCE;
  }

  @Override
  protected void doStart() {
    schedule();
  }

  @Override
  protected void doStop() {
    Scheduler.Task task = next;
    if (task != null) {
      task.cancel();
    }
  }

  private void schedule() {
    next = connector.getScheduler().schedule(this::look, betweenLooksNanos, TimeUnit.NANOSECONDS);
  }

  private void look() {
    long now = NanoTime.now();
    IdentityHashMap<EndPoint, Seen> all = new IdentityHashMap<>();
    for (EndPoint each : connector.getConnectedEndPoints()) {
      Seen is = next(seen.get(each), each.getConnection(), now);
      if (is.stage == Stage.HEADER_AWAITED && now - is.since >= patienceNanos) {
        each.close(new TimeoutException("the header came too slowly"));
      } else {
        all.put(each, is);
      }
    }
    seen = all;
    if (isRunning() || isStarting()) {
      schedule();
    }
  }

  /** The one that speaks HTTP, secured or not; null while its kind is not known. */
  private static @Nullable HttpConnection http(@Nullable Connection connection) {
    if (connection instanceof SslConnection secured) {
      return http(secured.getSslEndPoint().getConnection());
    }
    return connection instanceof HttpConnection http ? http : null;
  }

  private static Seen next(@Nullable Seen was, @Nullable Connection connection, long now) {
    HttpConnection http = http(connection);
    long requests = http == null ? 0 : http.getMessagesIn();
    long bytes = connection == null ? 0 : connection.getBytesIn();
    if (http != null && http.getHttpChannel().getRequest() != null) {
      return new Seen(requests, bytes, Stage.WORKED_ON, now);
    }
    if (was == null || was.stage == Stage.WORKED_ON || was.requests != requests) {
      boolean begun = requests == 0 || (http != null && !http.getParser().isStart());
      return new Seen(requests, bytes, begun ? Stage.HEADER_AWAITED : Stage.RESTS, now);
    }
    return was.stage == Stage.RESTS && was.bytes != bytes
        ? new Seen(requests, bytes, Stage.HEADER_AWAITED, now)
        : was;
  }
}
