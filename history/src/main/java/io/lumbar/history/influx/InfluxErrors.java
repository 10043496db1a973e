package io.lumbar.history.influx;

import io.lumbar.history.HistoryStore.HistoryUnavailable;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Turns an error inside a successful answer to a query into an exception, which the client does
 * not: half an answer would pass for a whole one.
 */
final class InfluxErrors implements Interceptor {
  /** A quote within a value is always escaped, so that this matches a key only. */
  private static final Pattern ERROR = Pattern.compile("\"error\":\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");

  private static final Pattern MISSING =
      Pattern.compile("(database|retention policy|bucket|dbrp).*not found|not found: ");

  private static final String LEFT_OUT = "not executed";
  private static final Pattern QUOTED = Pattern.compile("'.*'", Pattern.DOTALL);
  private static final int LONGEST = 200;

  @Override
  public Response intercept(Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    if (!chain.request().url().encodedPath().endsWith("/query") || !response.isSuccessful()) {
      return response;
    }
    Matcher error = ERROR.matcher(response.peekBody(Long.MAX_VALUE).string());
    if (error.find() && !saysMissing(error.group(1))) {
      response.close();
      throw new IOException(redacted(error.group(1)));
    }
    return response;
  }

  /** True when there is nothing to read because nothing was ever written. */
  static boolean saysMissing(String message) {
    return MISSING.matcher(message).find();
  }

  /** True when a statement was not tried because another one of the request failed. */
  static boolean leftOut(HistoryUnavailable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (LEFT_OUT.equals(cause.getMessage())) {
        return true;
      }
    }
    return false;
  }

  /** The message without what stands in quotes: InfluxDB repeats the values that it refuses. */
  static String redacted(String message) {
    String safe = QUOTED.matcher(message).replaceAll("'...'");
    return safe.length() <= LONGEST ? safe : safe.substring(0, LONGEST) + "...";
  }
}
