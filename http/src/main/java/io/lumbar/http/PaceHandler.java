package io.lumbar.http;

import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Holds bodies and the reading of answers to their pace, leaves some threads to requests that have
 * come whole and to clients that read, bounds the memory that both take, and lets clients that send
 * what is refused come to their answer.
 */
final class PaceHandler extends Handler.Wrapper {
  private final HttpLimits limits;
  private final Shares threads;
  private final Shares memory;
  private final QueuedResponse.Room answers;
  private final Handler.Wrapper readsBodies;

  /**
   * Before the handler that reads bodies.
   *
   * @param threads that may wait for bodies
   * @param memory for bodies
   * @param next reads bodies before it hands them on
   */
  PaceHandler(
      HttpLimits limits,
      Shares threads,
      Shares memory,
      QueuedResponse.Room answers,
      Handler.Wrapper next) {
    super(next);
    this.readsBodies = next;
    this.limits = limits;
    this.threads = threads;
    this.memory = memory;
    this.answers = answers;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    long patience = limits.patience().toSeconds();
    PacedRequest paced =
        new PacedRequest(request, patience, limits.turn().toMillis(), threads, memory);
    QueuedResponse queued = new QueuedResponse(paced, response, answers);
    Callback ending = queued.ending(new Leftover(paced, patience, callback));
    // Who asks before sending much is answered by the route, which may not want the body.
    boolean asks = paced.waitsToBeAsked() && paced.getLength() > HttpServer.RETAINED_BYTES;
    Handler route = asks ? readsBodies.getHandler() : null;
    return route == null
        ? super.handle(paced, queued, ending)
        : route.handle(paced, queued, ending);
  }
}
