package io.lumbar.http;

import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Holds bodies and the reading of answers to their pace, leaves some threads to requests that have
 * come whole and to clients that read, and bounds the memory that both take.
 */
final class PaceHandler extends Handler.Wrapper {
  private final HttpLimits limits;
  private final Shares threads;
  private final Shares memory;
  private final QueuedResponse.Room answers;

  /**
   * Before the handler that reads bodies.
   *
   * @param threads that may wait for bodies
   * @param memory for bodies
   */
  PaceHandler(
      HttpLimits limits, Shares threads, Shares memory, QueuedResponse.Room answers, Handler next) {
    super(next);
    this.limits = limits;
    this.threads = threads;
    this.memory = memory;
    this.answers = answers;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    PacedRequest paced =
        new PacedRequest(
            request, limits.patience().toSeconds(), limits.turn().toMillis(), threads, memory);
    QueuedResponse queued = new QueuedResponse(paced, response, answers);
    return super.handle(paced, queued, queued.ending(callback));
  }
}
