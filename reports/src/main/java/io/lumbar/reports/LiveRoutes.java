package io.lumbar.reports;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.lumbar.history.HistoryStore;
import io.lumbar.http.Principal;
import io.lumbar.http.ReadableWearer;
import io.lumbar.http.Registry;
import io.lumbar.http.Routes;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * {@code GET /api/v1/wearers/{w}/live}: server-sent events {@code now} (at once), {@code bout},
 * {@code episode}, {@code alert}, {@code response}, and every 15 s {@code clock} with a comment. A
 * listener holds no thread, and is let go within a second once its token holds no more or sharing
 * is paused.
 */
public final class LiveRoutes implements Routes {
  private final LiveFeed feed;
  private final CurrentPosture currentPosture;
  private final Access access;
  private final Registry registry;
  private final BiPredicate<Principal, WearerId> stillReads;

  /**
   * Shows what a feed brings.
   *
   * @param stillReads whether who was let in may go on reading a wearer
   */
  public LiveRoutes(
      HistoryStore history,
      Registry registry,
      InstantSource clock,
      Function<Context, Principal> authenticator,
      BiPredicate<Principal, WearerId> stillReads,
      LiveFeed feed) {
    this.stillReads = stillReads;
    this.feed = feed;
    this.currentPosture = new CurrentPosture(history, registry, feed, clock);
    this.registry = registry;
    this.access = new Access(registry, authenticator);
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get("/api/v1/wearers/{wearer}/live", this::live);
  }

  private void live(Context context) {
    Principal principal = access.principal(context);
    Wearer wearer = ReadableWearer.of(context, registry, principal);
    CurrentPosture.Now now = Access.read(() -> currentPosture.of(wearer));
    context.contentType("text/event-stream; charset=utf-8");
    context.header("Cache-Control", "no-store");
    // Proxies of the nginx kind would otherwise collect events before they pass them on.
    context.header("X-Accel-Buffering", "no");
    context.future(
        () -> listen(context, wearer, now, () -> stillReads.test(principal, wearer.id())));
  }

  private CompletableFuture<Void> listen(
      Context context, Wearer wearer, CurrentPosture.Now now, BooleanSupplier mayRead) {
    context.req().getAsyncContext().setTimeout(0);
    LiveClient client = new LiveClient(out(context), mayRead);
    client.offer(LiveFrame.HELLO);
    long lastId = feed.join(wearer.id(), client, lastEventId(context));
    client.offer(LiveFrame.event("now", Long.toString(lastId), now));
    client.start();
    return client.gone().thenRun(() -> feed.leave(wearer.id(), client));
  }

  private static ServletOutputStream out(Context context) {
    try {
      return context.res().getOutputStream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static OptionalLong lastEventId(Context context) {
    String header = context.header("Last-Event-ID");
    try {
      return header == null
          ? OptionalLong.empty()
          : OptionalLong.of(Long.parseLong(header.strip()));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
