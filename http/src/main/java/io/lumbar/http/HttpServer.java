package io.lumbar.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinBindException;
import io.lumbar.model.RandomIds;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.DetectorConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.EagerContentHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one HTTP server of a process: sign-in, the features' paths, security headers, request ids,
 * and answers to errors as {@code application/problem+json}.
 */
public final class HttpServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

  /**
   * More than may wait at once: 24 each for bodies and for Kafka, 8 for clients that do not read,
   * and 8 each for others' memory and elements. Those beyond live for half a minute.
   */
  private static final int MOST_THREADS = 80;

  private static final int FEWEST_THREADS = 4;

  /**
   * Some threads never wait: neither for the rest of a body nor for a client that does not read.
   */
  private static final int MOST_WAITING = 24;

  private static final int MOST_HELD_BACK = 8;

  /** So many tokens at least it takes to hold all that the server has for large requests. */
  private static final int SENDERS = 4;

  private static final long UNREAD_BYTES = 32L << 20;

  private static final int IDLE_THREAD_MILLIS = 30_000;
  static final long RETAINED_BYTES = 64 << 10;
  private static final int FRAMING_BYTES = 64;
  static final String REQUEST_ID = "X-Request-Id";

  /** Of every answer. */
  static final Map<String, String> SECURITY_HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline';"
              + " object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
          "X-Content-Type-Options",
          "nosniff",
          "X-Frame-Options",
          "DENY",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin");

  private static final Pattern UNNAMED = Pattern.compile("text/(html|css|javascript|plain|csv)");
  private static final Pattern GIVEN_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private final Javalin javalin;
  private final @Nullable Tls tls;

  private HttpServer(Javalin javalin, @Nullable Tls tls) {
    this.javalin = javalin;
    this.tls = tls;
  }

  /**
   * Starts to listen.
   *
   * @throws PortInUse when another program has the port
   * @throws IllegalArgumentException with a sentence when the certificate cannot be used
   */
  public static HttpServer start(
      HttpConfig config, Authentication authentication, List<Routes> features) {
    Tls tls = config.tls() == null ? null : Tls.of(config.tls());
    Javalin javalin =
        Javalin.create(
            javalinConfig -> {
              configure(javalinConfig, config, tls);
              addErrors(javalinConfig);
              new SignInRoutes(authentication).addTo(javalinConfig.routes);
              features.forEach(feature -> feature.addTo(javalinConfig.routes));
            });
    try {
      javalin.start(config.host(), config.port());
    } catch (JavalinBindException e) {
      javalin.stop();
      if (tls != null) {
        tls.close();
      }
      throw new PortInUse(config.host(), config.port(), e);
    }
    return new HttpServer(javalin, tls);
  }

  /** The port it listens on. */
  public int port() {
    return javalin.port();
  }

  /** What it answers: method and path, such as {@code GET /health}. */
  public List<String> endpoints() {
    return javalin.unsafe.internalRouter.allHttpHandlers().stream()
        .map(parsed -> parsed.endpoint)
        .filter(endpoint -> endpoint.method.isHttpMethod())
        .map(endpoint -> endpoint.method + " " + endpoint.path)
        .toList();
  }

  /** Looks now whether the certificate was renewed. */
  void lookAtCertificate() {
    if (tls != null) {
      tls.look();
    }
  }

  @Override
  public void close() {
    if (tls != null) {
      tls.close();
    }
    javalin.stop();
  }

  private static void configure(JavalinConfig javalin, HttpConfig config, @Nullable Tls tls) {
    javalin.startup.showJavalinBanner = false;
    javalin.startup.showOldJavalinVersionWarning = false;
    javalin.startup.startupWatcherEnabled = false;
    javalin.http.prefer405over404 = true;
    javalin.http.maxRequestSize = config.maxBodyBytes();
    QueuedThreadPool threads =
        new QueuedThreadPool(MOST_THREADS, FEWEST_THREADS, IDLE_THREAD_MILLIS);
    threads.setName("http");
    javalin.jetty.threadPool = threads;
    // One acceptor and one selector: the default of one per core costs memory that is never used.
    javalin.jetty.addConnector(
        (server, http) -> {
          http.setSendServerVersion(false);
          http.setRequestHeaderSize(config.limits().headerBytes());
          ServerConnector connector = new ServerConnector(server, 1, 1, protocols(http, tls));
          connector.setHost(config.host());
          connector.setPort(config.port());
          connector.addBean(new SlowHeaders(connector, config.limits().patience()));
          server.addBean(new NetworkConnectionLimit(config.limits().connections(), connector));
          return connector;
        });
    // A body that trickles in waits here without a thread, until it is whole or this much of it is.
    javalin.jetty.modifyServer(
        server ->
            server.setHandler(
                new PaceHandler(
                    config.limits(),
                    new Shares(MOST_WAITING, MOST_WAITING / SENDERS),
                    memory(config),
                    new QueuedResponse.Room(
                        new Shares(UNREAD_BYTES, UNREAD_BYTES / SENDERS),
                        new Semaphore(MOST_HELD_BACK),
                        config.limits().patience().toSeconds()),
                    new EagerContentHandler(
                        new EagerContentHandler.RetainedContentLoaderFactory(
                            RETAINED_BYTES, FRAMING_BYTES, false)))));
    EarlyErrors early = new EarlyErrors(config.limits().headerBytes());
    javalin.jetty.modifyServer(server -> server.setErrorHandler(early));
    javalin.jetty.modifyServletContextHandler(handler -> handler.setErrorHandler(early));
    javalin.routes.before(HttpServer::addHeaders);
    javalin.routes.after(HttpServer::nameEncoding);
    javalin.requestLogger.http(RequestLog::end);
    if (tls != null) {
      javalin.routes.before(HttpServer::refuseInTheClear);
    }
  }

  /** For bodies beyond their first bytes; one largest body of a sender has always room. */
  private static Shares memory(HttpConfig config) {
    long largest = (long) config.maxBodyBytes() + Pieces.LARGEST;
    long most = Math.max(config.limits().heldBytes(), largest);
    return new Shares(most, Math.max(most / SENDERS, largest));
  }

  /** With a certificate both on one port: the command line of this machine asks without TLS. */
  private static ConnectionFactory[] protocols(HttpConfiguration http, @Nullable Tls tls) {
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    if (tls == null) {
      return new ConnectionFactory[] {plain};
    }
    // Not the name: a machine at home is reached by its address, and by several names.
    http.addCustomizer(new SecureRequestCustomizer(false));
    return new ConnectionFactory[] {
      new DetectorConnectionFactory(new SslConnectionFactory(tls.factory(), plain.getProtocol())),
      plain
    };
  }

  private static void refuseInTheClear(Context ctx) {
    if (isInTheClear(ctx.req().isSecure(), ctx.req().getRemoteAddr())) {
      throw ApiException.forbidden("this server is to be asked by https://, not by http://");
    }
  }

  /** Whether a request could have been read on its way. */
  static boolean isInTheClear(boolean secure, String remote) {
    boolean loopback = remote.startsWith("127.") || remote.matches("\\[?(0:0:0:0:0:0:0:1|::1)\\]?");
    return !secure && !loopback;
  }

  /** The one that a client gave, when it is harmless, or another. */
  static String requestId(@Nullable String given) {
    return given != null && GIVEN_ID.matcher(given).matches() ? given : RandomIds.next("r_");
  }

  private static void addHeaders(Context ctx) {
    String id = requestId(ctx.header(REQUEST_ID));
    RequestLog.begin(id);
    ctx.header(REQUEST_ID, id);
    SECURITY_HEADERS.forEach(ctx::header);
    if (ctx.path().startsWith("/api/")) {
      ctx.header("Cache-Control", "no-store");
    }
  }

  /** Texts are in UTF-8 whatever wrote them; what is not said, a browser may guess otherwise. */
  private static void nameEncoding(Context ctx) {
    String type = ctx.res().getContentType();
    if (type != null && UNNAMED.matcher(type).matches()) {
      ctx.contentType(type + ";charset=utf-8");
    }
  }

  private static void addErrors(JavalinConfig javalin) {
    javalin.routes.exception(
        ApiException.class,
        (problem, ctx) -> {
          Integer retryAfter = problem.retryAfterSeconds();
          if (retryAfter != null) {
            ctx.header("Retry-After", Integer.toString(retryAfter));
          }
          String detail = problem.getMessage();
          if (problem.status() == 401) {
            ctx.header("WWW-Authenticate", "Bearer");
          }
          Answers.problem(ctx, problem.status(), problem.title(), detail);
        });
    javalin.routes.exception(
        HttpResponseException.class,
        (e, ctx) -> {
          String path = ctx.path();
          switch (e.getStatus()) {
            case 404 -> Answers.problem(ctx, 404, "Not found", "there is nothing at " + path);
            case 405 -> {
              // The one detail that Javalin gives is the list of what the path takes.
              e.getDetails().values().forEach(methods -> ctx.header("Allow", methods));
              Answers.problem(
                  ctx, 405, "Not allowed", path + " does not take " + ctx.method().name());
            }
            default -> Answers.problem(ctx, e.getStatus(), "Refused", e.getMessage());
          }
        });
    javalin.routes.exception(
        Exception.class,
        (e, ctx) -> {
          if (isOver(ctx)) {
            // Javalin hands what this handler throws to this handler, without end.
            LOG.debug("a request failed after its end", e);
            return;
          }
          String id = ctx.res().getHeader(REQUEST_ID);
          LOG.error("request {} failed", id, e);
          Answers.problem(
              ctx,
              500,
              "Our mistake",
              "something went wrong here; the log has it under request " + id);
        });
  }

  /** Whether the server has taken the response back, as it does when it stops. */
  private static boolean isOver(Context ctx) {
    try {
      ctx.res().isCommitted();
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }
}
