package io.lumbar.http;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Holds bodies to their pace, and leaves some threads to requests that have come whole. */
final class PaceHandler extends Handler.Wrapper {
  private final Duration patience;
  private final Semaphore threads;

  PaceHandler(Duration patience, int mostWaiting, Handler next) {
    super(next);
    this.patience = patience;
    this.threads = new Semaphore(mostWaiting);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    return super.handle(
        new PacedRequest(request, patience.toSeconds(), threads), response, callback);
  }
}
