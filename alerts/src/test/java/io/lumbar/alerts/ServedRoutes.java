package io.lumbar.alerts;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.lumbar.http.ApiException;
import io.lumbar.http.Principal;
import io.lumbar.http.Registry;
import io.lumbar.http.Routes;
import io.lumbar.model.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/** Routes on a real server; whoever asks names themselves in the header {@code Authorization}. */
public final class ServedRoutes implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private final Javalin server;

  private ServedRoutes(Javalin server) {
    this.server = server;
  }

  public static ServedRoutes of(Routes... all) {
    return new ServedRoutes(
        Javalin.create(
                config -> {
                  config.startup.showJavalinBanner = false;
                  config.startup.startupWatcherEnabled = false;
                  List.of(all).forEach(each -> each.addTo(config.routes));
                  config.routes.exception(
                      ApiException.class,
                      (fault, context) ->
                          context
                              .status(fault.status())
                              .result(String.valueOf(fault.getMessage())));
                })
            .start("127.0.0.1", 0));
  }

  /** Wearers by their id, and the owner. */
  public static Function<Context, Principal> authentication(Registry registry) {
    return context -> {
      String who = String.valueOf(context.header("Authorization"));
      return who.equals("owner")
          ? new Principal.Owner()
          : registry
              .wearer(who)
              .<Principal>map(Principal.WearerPrincipal::new)
              .orElseThrow(() -> ApiException.unauthorized("send a token"));
    };
  }

  public HttpResponse<String> get(String who, String path) {
    return send(who, "GET", path, "");
  }

  public HttpResponse<String> send(String who, String method, String path, Object body) {
    byte[] bytes =
        body instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : Json.bytes(body);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .header("Authorization", who)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofByteArray(bytes))
            .build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    server.stop();
  }
}
