package io.lumbar.alerts.delivery;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.lumbar.alerts.responses.AnswerTickets;
import io.lumbar.alerts.stretches.Language;
import io.lumbar.http.ApiException;
import io.lumbar.http.Principal;
import io.lumbar.http.ReadableWearer;
import io.lumbar.http.Registry;
import io.lumbar.http.Routes;
import io.lumbar.model.Alert;
import io.lumbar.model.ChannelSettings;
import io.lumbar.model.Delivery;
import io.lumbar.model.Delivery.Outcome;
import io.lumbar.model.Json;
import io.lumbar.model.KafkaConnection;
import io.lumbar.model.RandomIds;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** "Send a test" for one channel of a wearer, and the log of what was delivered to them. */
public final class ChannelRoutes implements Routes {
  private static final Logger LOG = LoggerFactory.getLogger(ChannelRoutes.class);
  private static final Duration LOOK_BACK = Duration.ofDays(1);
  private static final int MOST_LINES = 500;
  private static final int WAIT_SECONDS = 20;
  private static final int RETRY_SECONDS = 10;

  private final Registry registry;
  private final Function<Context, Principal> authentication;
  private final Channels channels;
  private final Log log;
  private final Consumer<Delivery> keep;
  private final InstantSource clock;

  /** The lines about a wearer that the broker took since an instant, in order. */
  @FunctionalInterface
  interface Log {
    List<Delivery> since(WearerId wearer, long appendedAt);
  }

  /**
   * Routes over the given channels.
   *
   * @param kafka where the delivery log is
   * @param keep writes what came of a test to it, or throws an {@link ApiException}
   */
  public ChannelRoutes(
      Registry registry,
      Function<Context, Principal> authentication,
      Channels channels,
      KafkaConnection kafka,
      Consumer<Delivery> keep,
      InstantSource clock) {
    this(registry, authentication, channels, DeliveryReader.lines(kafka)::since, keep, clock);
  }

  ChannelRoutes(
      Registry registry,
      Function<Context, Principal> authentication,
      Channels channels,
      Log log,
      Consumer<Delivery> keep,
      InstantSource clock) {
    this.registry = registry;
    this.authentication = authentication;
    this.channels = channels;
    this.log = log;
    this.keep = keep;
    this.clock = clock;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get("/api/v1/wearers/{wearer}/channels", this::types);
    routes.post("/api/v1/wearers/{wearer}/channels/{channel}/test", this::test);
    routes.get("/api/v1/wearers/{wearer}/deliveries", this::deliveries);
  }

  /** The types of channel that this server can deliver by, in the order of their names. */
  record Types(List<String> types) {}

  private void types(Context context) {
    // Of nobody in particular, but the page asks for the wearer whose settings it shows.
    wearer(context);
    answer(
        context,
        new Types(channels.types().stream().map(ChannelSettings.Type::wireName).sorted().toList()));
  }

  /** What came of a test; {@code detail} says why it did not arrive. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Tested(String channel, boolean delivered, @Nullable String detail) {}

  /** A line of the log. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Line(
      String alert,
      @Nullable String channel,
      Outcome outcome,
      int attempt,
      OffsetDateTime at,
      @Nullable String detail,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean test) {}

  record Lines(List<Line> items, @Nullable String next) {}

  private void test(Context context) {
    Wearer wearer = wearer(context);
    ChannelSettings channel = channel(wearer, context.pathParam("channel"));
    Instant now = clock.instant();
    Notice notice =
        Notice.test(
            RandomIds.next(AnswerTickets.TEST_ID),
            wearer.id(),
            wearer.zoneAt(now),
            now,
            Language.of(wearer.settings().alerts().language()));
    Tested tested = tested(channel, notice);
    note(notice.alert(), tested);
    answer(context, tested);
  }

  /** What came of a test is known to who asked for it, whether or not it can be written down. */
  private void note(Alert test, Tested tested) {
    Outcome outcome = tested.delivered() ? Outcome.DELIVERED : Outcome.FAILED;
    try {
      keep.accept(
          new Delivery(
              test.id(),
              test.wearer(),
              tested.channel(),
              outcome,
              1,
              clock.instant(),
              tested.detail(),
              true));
    } catch (ApiException e) {
      LOG.warn("no line about {} in the log: {}", test.id(), e.getMessage());
    }
  }

  private Tested tested(ChannelSettings channel, Notice notice) {
    try {
      channels
          .deliver(notice, channel)
          .toCompletableFuture()
          .orTimeout(WAIT_SECONDS, TimeUnit.SECONDS)
          .join();
      return new Tested(channel.name(), true, null);
    } catch (CompletionException e) {
      return new Tested(channel.name(), false, ChannelFault.of(e).in(notice.language()));
    }
  }

  private static ChannelSettings channel(Wearer wearer, String name) {
    return wearer.settings().alerts().channels().stream()
        .filter(channel -> channel.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                ApiException.notFound(
                    "There is no channel '"
                        + name
                        + "'; the settings have alerts.channels with the names."));
  }

  private void deliveries(Context context) {
    Wearer wearer = wearer(context);
    long since = clock.instant().minus(LOOK_BACK).toEpochMilli();
    List<Delivery> lines = DeliveryReader.missedOnce(lines(wearer, since));
    List<Line> newest =
        lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size()).stream()
            .map(line -> line(line, wearer.zoneAt(line.at())))
            .toList();
    answer(context, new Lines(newest, null));
  }

  private List<Delivery> lines(Wearer wearer, long since) {
    try {
      return log.since(wearer.id(), since);
    } catch (KafkaException e) {
      throw ApiException.unavailable("The log cannot be read at the moment.", RETRY_SECONDS);
    }
  }

  private static Line line(Delivery line, ZoneId zone) {
    return new Line(
        line.alert(),
        line.channel(),
        line.outcome(),
        line.attempt(),
        line.at().atZone(zone).toOffsetDateTime(),
        line.detail(),
        line.test());
  }

  private Wearer wearer(Context context) {
    return ReadableWearer.of(context, registry, authentication.apply(context));
  }

  private static void answer(Context context, Object value) {
    context.contentType("application/json; charset=utf-8");
    context.header("Cache-Control", "no-store");
    context.result(Json.bytes(value));
  }
}
