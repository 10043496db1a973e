package io.lumbar.http;

import io.lumbar.model.Json;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.NanoTime;

/**
 * Answers what is refused before any route sees it, such as a header that is too large, in the form
 * of all other errors. Neither the answer nor the log repeats a word of the request, in whose path
 * a token may stand.
 */
final class EarlyErrors extends ErrorHandler {
  private final int headerBytes;

  /**
   * For a server.
   *
   * @param headerBytes largest header, which the answer names
   */
  EarlyErrors(int headerBytes) {
    this.headerBytes = headerBytes;
  }

  @Override
  public boolean errorPageForMethod(String method) {
    return true;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    if (request.getAttribute(ERROR_EXCEPTION) instanceof HttpException cause) {
      status = cause.getCode();
      response.setStatus(status);
    }
    HttpFields.Mutable headers = response.getHeaders();
    String id = headers.get(HttpServer.REQUEST_ID);
    if (id == null) {
      id = HttpServer.requestId(request.getHeaders().get(HttpServer.REQUEST_ID));
      headers.put(HttpServer.REQUEST_ID, id);
    }
    HttpServer.SECURITY_HEADERS.forEach(headers::put);
    headers.put("Cache-Control", "no-store");
    RequestLog.endEarly(id, method(request), status, millis(request));
    if (HttpStatus.hasNoBody(status)) {
      callback.succeeded();
      return true;
    }
    headers.put("Content-Type", "application/problem+json");
    byte[] body = Json.bytes(problem(status, id));
    headers.put("Content-Length", body.length);
    response.write(true, ByteBuffer.wrap(body), callback);
    return true;
  }

  private Answers.Problem problem(int status, String id) {
    return switch (status) {
      case 404 -> problem(status, "Not found", "there is nothing at this address");
      case 408 -> problem(status, "Too slow", "the request came too slowly; send it again");
      case 413 -> problem(status, "Too large", "the body is larger than it may be here");
      case 414 -> problem(status, "Too large", "the address is longer than it may be");
      case 431 ->
          problem(status, "Too large", "the header is larger than " + headerBytes + " bytes");
      case 501, 505 -> problem(status, "Refused", "the request is of a kind that is not read here");
      case 503 -> problem(status, "Try again later", "the server starts or stops; send it again");
      default ->
          status < 500
              ? problem(
                  status, "Bad request", "the address or the header of the request is malformed")
              : problem(
                  status,
                  "Our mistake",
                  "something went wrong here; the log has it under request " + id);
    };
  }

  private static Answers.Problem problem(int status, String title, String detail) {
    return new Answers.Problem("about:blank", title, status, detail);
  }

  /** Of a request that could not be read, whatever was found at its place. */
  private static String method(Request request) {
    HttpMethod known = HttpMethod.CACHE.get(request.getMethod());
    return known == null ? "none" : known.asString();
  }

  private static long millis(Request request) {
    long begin = request.getBeginNanoTime();
    return begin == Long.MIN_VALUE ? 0 : TimeUnit.NANOSECONDS.toMillis(NanoTime.since(begin));
  }
}
