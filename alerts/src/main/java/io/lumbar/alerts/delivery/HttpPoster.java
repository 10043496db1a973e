package io.lumbar.alerts.delivery;

import io.lumbar.alerts.delivery.ChannelFault.Kind;
import io.lumbar.alerts.delivery.ChannelFault.Why;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;

/**
 * Posts JSON without blocking a thread, follows no redirect, and turns what can go wrong into a
 * {@link ChannelFault}. Thread-safe.
 */
public final class HttpPoster {
  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** The timeout of a request ends with the headers; an answer may stall behind them. */
  private static final Duration ANSWER = Duration.ofSeconds(12);

  private final Duration answer;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(CONNECT)
          .build();

  /** Gives a receiver twelve seconds for its whole answer. */
  public HttpPoster() {
    this(ANSWER);
  }

  HttpPoster(Duration answer) {
    this.answer = answer;
  }

  /** Posts a body; completes when the receiver answered wholly and with a 2xx status. */
  CompletionStage<Void> post(URI url, Map<String, String> headers, byte[] body) {
    return post(url, headers, body, status -> {});
  }

  /**
   * Posts a body; completes when the receiver answered with a 2xx status.
   *
   * @param headers take the place of our own
   * @param answered sees the status of an answer, whatever it is
   */
  public CompletionStage<Void> post(
      URI url, Map<String, String> headers, byte[] body, IntConsumer answered) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body));
    headers.forEach(request::setHeader);
    CompletableFuture<HttpResponse<Void>> sent =
        client.sendAsync(request.build(), BodyHandlers.discarding());
    return sent.copy()
        .orTimeout(answer.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete(
            (response, failure) -> {
              if (response != null) {
                answered.accept(response.statusCode());
              } else {
                sent.cancel(true);
              }
            })
        .handle(HttpPoster::taken);
  }

  private static Void taken(HttpResponse<Void> response, Throwable failure) {
    if (failure != null) {
      throw fault(failure);
    }
    int status = response.statusCode();
    if (status / 100 == 2) {
      return nothing();
    }
    throw new ChannelFault(kind(status), Why.STATUS, Integer.toString(status), null);
  }

  /** Too many and too early (RFC 6585, RFC 8470) mean that the request was not worked on. */
  private static Kind kind(int status) {
    return switch (status) {
      case 425, 429 -> Kind.NOT_REACHED;
      case 408 -> Kind.UNCERTAIN;
      default -> status / 100 == 5 ? Kind.UNCERTAIN : Kind.REFUSED;
    };
  }

  private static ChannelFault fault(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof ConnectException
        || cause instanceof HttpConnectTimeoutException
        || cause instanceof UnresolvedAddressException) {
      return new ChannelFault(Kind.NOT_REACHED, Why.UNREACHABLE, cause);
    }
    Why what =
        cause instanceof IOException || cause instanceof TimeoutException
            ? Why.BROKE_OFF
            : Why.NOT_SENT;
    return new ChannelFault(Kind.UNCERTAIN, what, cause);
  }

  @SuppressWarnings("NullAway") // the only value of Void
  private static Void nothing() {
    return null;
  }

  /** A stage that failed at once. */
  public static CompletionStage<Void> refused(Why why) {
    return CompletableFuture.failedFuture(new ChannelFault(Kind.REFUSED, why, null));
  }
}
