package io.lumbar.alerts.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.lumbar.http.ApiException;
import io.lumbar.http.Bodies;
import io.lumbar.http.Principal;
import io.lumbar.http.ReadableWearer;
import io.lumbar.http.Registry;
import io.lumbar.http.Routes;
import io.lumbar.model.ChannelSettings;
import io.lumbar.model.ChannelSettings.When;
import io.lumbar.model.Json;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * Lets a browser subscribe to a wearer's alerts, as one more channel, and end that. Sent twice it
 * has the effect of one.
 */
public final class PushRoutes implements Routes {
  private static final int BODY_LIMIT = 8 << 10;
  private static final Set<String> FIELDS = Set.of("endpoint", "keys", "expirationTime");
  private static final String WORKER = "push-worker.js";

  private final Registry registry;
  private final Function<Context, Principal> authentication;
  private final Vapid vapid;
  private final byte[] worker = worker();

  /**
   * Routes that keep subscriptions in the wearer's settings.
   *
   * @param authentication who sends a request; throws for nobody we know
   */
  public PushRoutes(Registry registry, Function<Context, Principal> authentication, Vapid vapid) {
    this.registry = registry;
    this.authentication = authentication;
    this.vapid = vapid;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get("/" + WORKER, this::worker);
    routes.get("/api/v1/wearers/{wearer}/push", this::key);
    routes.post("/api/v1/wearers/{wearer}/push", this::subscribe);
    routes.delete("/api/v1/wearers/{wearer}/push", this::unsubscribe);
  }

  /** At the root, because a worker sees what lies below it. */
  private void worker(Context context) {
    context.header("Cache-Control", "no-cache");
    context.contentType("text/javascript; charset=utf-8").result(worker);
  }

  private void key(Context context) {
    ReadableWearer.of(context, registry, authentication.apply(context));
    answer(context, Map.of("key", vapid.key()));
  }

  private void subscribe(Context context) {
    Wearer wearer = ReadableWearer.of(context, registry, authentication.apply(context));
    ChannelSettings channel = channel(Bodies.object(context, BODY_LIMIT, FIELDS));
    keep(
        wearer,
        known -> Stream.concat(without(known, channel.name()), Stream.of(channel)).toList());
    answer(context, Map.of("channel", channel.name()));
  }

  private void unsubscribe(Context context) {
    Wearer wearer = ReadableWearer.of(context, registry, authentication.apply(context));
    URI endpoint = endpoint(Bodies.object(context, BODY_LIMIT, FIELDS));
    keep(wearer, known -> without(known, name(endpoint)).toList());
    answer(context, Map.of("channel", name(endpoint)));
  }

  /** A subscription as browsers write it. */
  private static ChannelSettings channel(ObjectNode body) {
    URI endpoint = endpoint(body);
    JsonNode keys = body.path("keys");
    try {
      return new ChannelSettings(
          name(endpoint),
          ChannelSettings.Type.PUSH,
          When.ALWAYS,
          Set.of(),
          endpoint,
          keys.path("p256dh").asText(),
          List.of(keys.path("auth").asText()));
    } catch (IllegalArgumentException e) {
      throw ApiException.badRequest(String.valueOf(e.getMessage()));
    }
  }

  private static URI endpoint(ObjectNode body) {
    try {
      return URI.create(body.path("endpoint").asText());
    } catch (IllegalArgumentException e) {
      throw ApiException.badRequest("endpoint must be the address that the browser gave");
    }
  }

  /** One for each browser, the same whenever it subscribes to the same address. */
  private static String name(URI endpoint) {
    CRC32 sum = new CRC32();
    sum.update(endpoint.toString().getBytes(StandardCharsets.UTF_8));
    return "browser-%08x".formatted(sum.getValue());
  }

  /** Ends the subscription of a browser that has ended it itself. */
  public static void forget(Registry registry, WearerId wearer, ChannelSettings gone) {
    if (registry.wearer(wearer.value()).isPresent()) {
      change(
          registry,
          wearer,
          known -> known.stream().filter(channel -> !channel.equals(gone)).toList());
    }
  }

  private static Stream<ChannelSettings> without(List<ChannelSettings> channels, String name) {
    return channels.stream().filter(channel -> !channel.name().equals(name));
  }

  private void keep(Wearer wearer, UnaryOperator<List<ChannelSettings>> change) {
    try {
      change(registry, wearer.id(), change);
    } catch (IllegalArgumentException e) {
      throw ApiException.badRequest(String.valueOf(e.getMessage()));
    }
  }

  private static void change(
      Registry registry, WearerId wearer, UnaryOperator<List<ChannelSettings>> change) {
    registry.changeSettings(
        wearer,
        newest ->
            newest.withAlerts(
                newest.alerts().withChannels(change.apply(newest.alerts().channels()))));
  }

  private static void answer(Context context, Object value) {
    context.contentType("application/json; charset=utf-8");
    context.header("Cache-Control", "no-store");
    context.result(Json.bytes(value));
  }

  private static byte[] worker() {
    try (InputStream in = PushRoutes.class.getResourceAsStream(WORKER)) {
      if (in == null) {
        throw new IllegalStateException(WORKER + " is not on the classpath");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
