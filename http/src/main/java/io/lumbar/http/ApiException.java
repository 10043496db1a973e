package io.lumbar.http;

import org.jspecify.annotations.Nullable;

/**
 * An answer other than success, with a sentence for a person. The server turns it into {@code
 * application/problem+json} (RFC 9457); it is never a bug.
 */
@SuppressWarnings("serial") // never serialised
public final class ApiException extends RuntimeException {
  private final int status;
  private final String title;
  private final @Nullable Integer retryAfterSeconds;

  private ApiException(int status, String title, String detail, @Nullable Integer retryAfter) {
    super(detail, null, false, false);
    this.status = status;
    this.title = title;
    this.retryAfterSeconds = retryAfter;
  }

  /** 400: the request is wrong; the detail names the field, the rule and the fix. */
  public static ApiException badRequest(String detail) {
    return new ApiException(400, "Bad request", detail, null);
  }

  /** 401: no token, or one that is not known. */
  public static ApiException unauthorized(String detail) {
    return new ApiException(401, "Not signed in", detail, null);
  }

  /** 403: a valid token that may not do this. */
  public static ApiException forbidden(String detail) {
    return new ApiException(403, "Not allowed", detail, null);
  }

  /** 404. */
  public static ApiException notFound(String detail) {
    return new ApiException(404, "Not found", detail, null);
  }

  /** 408: the body did not come in time. */
  public static ApiException tooSlow(String detail) {
    return new ApiException(408, "Too slow", detail, null);
  }

  /** 409: it exists already. */
  public static ApiException conflict(String detail) {
    return new ApiException(409, "Exists already", detail, null);
  }

  /** 409: what may be done a few times, or once, was done as often. */
  public static ApiException notAgain(String detail) {
    return new ApiException(409, "Not again", detail, null);
  }

  /** 413: larger than the limit, which the detail names. */
  public static ApiException tooLarge(String detail) {
    return new ApiException(413, "Too large", detail, null);
  }

  /** 415: a content type or encoding that is not read here. */
  public static ApiException unsupported(String detail) {
    return new ApiException(415, "Not a format we read", detail, null);
  }

  /** 429: too many requests. */
  public static ApiException tooMany(String detail, int retryAfterSeconds) {
    return new ApiException(429, "Too many requests", detail, retryAfterSeconds);
  }

  /** 503: nothing was kept; send it again later. */
  public static ApiException unavailable(String detail, int retryAfterSeconds) {
    return new ApiException(503, "Try again later", detail, retryAfterSeconds);
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  /** Seconds for the Retry-After header, or null for none. */
  public @Nullable Integer retryAfterSeconds() {
    return retryAfterSeconds;
  }
}
