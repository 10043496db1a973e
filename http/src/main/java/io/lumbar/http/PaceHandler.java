package io.lumbar.http;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Holds bodies and the reading of answers to their pace, leaves some threads to requests that have
 * come whole and to clients that read, and bounds the memory that both take.
 */
final class PaceHandler extends Handler.Wrapper {
  private final Duration patience;
  private final Semaphore threads;
  private final HeldBytes memory;
  private final QueuedResponse.Room answers;

  PaceHandler(
      Duration patience,
      int mostWaiting,
      long heldBytes,
      int mostHeldBack,
      long unreadBytes,
      Handler next) {
    super(next);
    this.answers =
        new QueuedResponse.Room(
            new HeldBytes(unreadBytes), new Semaphore(mostHeldBack), patience.toSeconds());
    this.patience = patience;
    this.memory = new HeldBytes(heldBytes);
    this.threads = new Semaphore(mostWaiting);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    PacedRequest paced = new PacedRequest(request, patience.toSeconds(), threads, memory);
    QueuedResponse queued = new QueuedResponse(paced, response, answers);
    return super.handle(paced, queued, queued.ending(callback));
  }
}
