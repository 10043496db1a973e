package io.lumbar.http;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Holds bodies to their pace, leaves some threads to requests that have come whole, and bounds the
 * memory that bodies take.
 */
final class PaceHandler extends Handler.Wrapper {
  private final Duration patience;
  private final Semaphore threads;
  private final HeldBytes memory;

  PaceHandler(Duration patience, int mostWaiting, long heldBytes, Handler next) {
    super(next);
    this.patience = patience;
    this.memory = new HeldBytes(heldBytes);
    this.threads = new Semaphore(mostWaiting);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    return super.handle(
        new PacedRequest(request, patience.toSeconds(), threads, memory), response, callback);
  }
}
