package io.lumbar.ingest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.lumbar.http.Answers;
import io.lumbar.http.ApiException;
import io.lumbar.http.Authentication;
import io.lumbar.http.Principal;
import io.lumbar.http.Registry;
import io.lumbar.http.Routes;
import io.lumbar.model.Device;
import io.lumbar.model.Wearer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows whether a wearer's devices are connected, and what of their recordings never came. */
final class UploadBookRoutes implements Routes {
  private final Authentication authentication;
  private final Registry registry;
  private final UploadBook book;

  UploadBookRoutes(Authentication authentication, Registry registry, UploadBook book) {
    this.authentication = authentication;
    this.registry = registry;
    this.book = book;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get("/api/v1/wearers/{wearer}/uploads", this::uploads);
  }

  private void uploads(Context ctx) {
    Principal principal = authentication.require(ctx);
    Wearer wearer =
        registry
            .wearer(ctx.pathParam("wearer"))
            .filter(each -> principal.mayManage() || principal.mayRead(each.id()))
            .orElseThrow(() -> ApiException.notFound("there is no such wearer, or not yours"));
    List<Item> items = registry.devicesOf(wearer.id()).stream().map(this::item).toList();
    Answers.json(ctx, 200, new Items(items, null));
  }

  private Item item(Device device) {
    UploadBook.Entry entry = book.of(device.id());
    return entry == null
        ? new Item(device.id().value(), device.name(), null, null, null, null, 0, 0)
        : new Item(
            device.id().value(),
            device.name(),
            entry.format(),
            entry.at(),
            entry.hello(),
            entry.via() == null ? null : entry.via().value(),
            entry.messagesLost(),
            entry.messagesFilled());
  }

  record Items(List<Item> items, @Nullable String next) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Item(
      String device,
      String name,
      @Nullable String format,
      @Nullable Instant at,
      @Nullable Instant hello,
      @Nullable String via,
      long messagesLost,
      long messagesFilled) {}
}
