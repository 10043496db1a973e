package io.lumbar.http;

import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;

/**
 * Ties log lines to requests: each line that is written while one is worked on carries its id,
 * which the client gets back, and each request ends in a line of its own. It names the kind of path
 * and never the path itself, in which names and tokens stand.
 */
final class RequestLog {
  private static final Logger LOG = LoggerFactory.getLogger(RequestLog.class);
  private static final String REQUEST = "request";
  private static final String NO_PATH = "none";
  private static final int REFUSED = 400;

  private RequestLog() {}

  /** A request begins in this thread. */
  static void begin(String id) {
    MDC.put(REQUEST, id);
  }

  /** It was answered. */
  static void end(Context ctx, float millis) {
    Endpoint endpoint = ctx.endpoints().matchedHttpEndpoint();
    String path = endpoint == null ? NO_PATH : endpoint.path;
    log(ctx.method().name(), path, ctx.statusCode(), Math.round(millis));
    MDC.remove(REQUEST);
  }

  /** It was answered before any path was looked for. */
  static void endEarly(String id, String method, int status, long millis) {
    MDC.put(REQUEST, id);
    log(method, NO_PATH, status, millis);
    MDC.remove(REQUEST);
  }

  private static void log(String method, String path, int status, long millis) {
    LOG.atLevel(status < REFUSED ? Level.DEBUG : Level.INFO)
        .addKeyValue("method", method)
        .addKeyValue("path", path)
        .addKeyValue("status", status)
        .addKeyValue("millis", millis)
        .log("answered");
  }
}
