package io.lumbar.history.influx;

import java.io.IOException;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Writes to servers from before 1.8, such as Debian's package, by the only path they know. That one
 * is so old is learned from its first answer.
 */
final class OldWritePath {
  private static final String NEW = "/api/v2/write";
  private static final String OLD = "/write";
  private static final int NOT_FOUND = 404;

  /** A server that knows the path names what else it misses. */
  private static final String NO_SUCH_PATH = "page not found";

  private static final int LONGEST_ANSWER = 1024;

  private final InfluxConfig config;
  private volatile boolean old;

  private OldWritePath(InfluxConfig config) {
    this.config = config;
  }

  /** Packing stands between the two: it goes by the new path. */
  static void addTo(OkHttpClient.Builder http, InfluxConfig config) {
    OldWritePath path = new OldWritePath(config);
    http.addInterceptor(path::learn).addNetworkInterceptor(path::rewrite);
  }

  private Response learn(Interceptor.Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    if (old
        || response.code() != NOT_FOUND
        || !isWrite(chain.request())
        || !response.peekBody(LONGEST_ANSWER).string().contains(NO_SUCH_PATH)) {
      return response;
    }
    response.close();
    old = true;
    return chain.proceed(chain.request());
  }

  private Response rewrite(Interceptor.Chain chain) throws IOException {
    Request request = chain.request();
    return chain.proceed(old && isWrite(request) ? rewritten(request) : request);
  }

  private static boolean isWrite(Request request) {
    return request.url().encodedPath().endsWith(NEW);
  }

  private Request rewritten(Request request) {
    HttpUrl url = request.url();
    String path = url.encodedPath();
    HttpUrl.Builder other =
        url.newBuilder()
            .encodedPath(path.substring(0, path.length() - NEW.length()) + OLD)
            .query(null)
            .addQueryParameter("db", config.database())
            .addQueryParameter("precision", "n");
    if (config.retentionPolicy() != null) {
      other.addQueryParameter("rp", config.retentionPolicy());
    }
    return request.newBuilder().url(other.build()).build();
  }
}
