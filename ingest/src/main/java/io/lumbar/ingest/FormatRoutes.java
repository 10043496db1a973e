package io.lumbar.ingest;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.lumbar.http.Answers;
import io.lumbar.http.ApiException;
import io.lumbar.http.Bodies;
import io.lumbar.http.Routes;
import io.lumbar.ingest.format.Adapter;
import io.lumbar.ingest.format.Answer;
import io.lumbar.ingest.format.ElementCount;
import io.lumbar.ingest.format.Upload;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The uploads of clients with a format of their own, each answered as it likes to be. For clients
 * that can only be given an address, the token may stand in the path.
 */
final class FormatRoutes implements Routes {
  private static final String PATH = "/api/v1/ingest/";
  private static final int SHOWN_TO_THE_USER = 499;
  private static final int PARTLY_DONE = 207;

  private final Map<String, Adapter> adapters = new TreeMap<>();
  private final Uploaders uploaders;
  private final FormatUploads uploads;
  private final int maxBodyBytes;

  FormatRoutes(
      List<Adapter> adapters, Uploaders uploaders, FormatUploads uploads, int maxBodyBytes) {
    adapters.forEach(adapter -> this.adapters.put(adapter.format(), adapter));
    this.uploaders = uploaders;
    this.uploads = uploads;
    this.maxBodyBytes = maxBodyBytes;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.post(PATH + "{format}", this::upload);
    routes.post(PATH + "{format}/{token}", this::uploadByAddress);
  }

  private void upload(Context ctx) {
    take(ctx, adapter(ctx), () -> uploaders.require(ctx));
  }

  private void uploadByAddress(Context ctx) {
    Adapter adapter = adapter(ctx);
    take(
        ctx,
        adapter,
        () -> uploaders.requireToken(ctx, ctx.pathParam("token"), PATH + adapter.format()));
  }

  /** A token that does not hold is something that the client's user can mend. */
  private void take(Context ctx, Adapter adapter, Supplier<Source> uploader) {
    Source source;
    try {
      source = uploader.get();
    } catch (ApiException e) {
      if (adapter.answer() != Answer.SHOWN || (e.status() != 401 && e.status() != 403)) {
        throw e;
      }
      show(ctx, String.valueOf(e.getMessage()));
      return;
    }
    take(ctx, adapter, source);
  }

  private Adapter adapter(Context ctx) {
    Adapter adapter = adapters.get(ctx.pathParam("format"));
    if (adapter == null) {
      throw ApiException.notFound(
          "no such format is read here; there are " + String.join(", ", adapters.keySet()));
    }
    return adapter;
  }

  private void take(Context ctx, Adapter adapter, Source source) {
    byte[] body = body(ctx, adapter, source);
    Upload.Hints hints =
        name -> {
          String parameter = ctx.queryParam(name);
          return parameter == null ? ctx.header(name) : parameter;
        };
    ElementCount count = uploads.elementCount(source);
    Bodies.onceAnswered(ctx, count::close);
    FormatUploads.Taken taken = uploads.take(adapter, source, body, hints, count);
    boolean partly = !taken.receipt().rejected().isEmpty();
    String advice = taken.advice();
    switch (adapter.answer()) {
      case RECEIPT, ALWAYS_TAKEN -> Answers.json(ctx, 200, taken.receipt());
      case PARTLY -> Answers.json(ctx, partly ? PARTLY_DONE : 200, taken.receipt());
      case EMPTY_LIST -> Answers.json(ctx, 200, List.of());
      case SHOWN -> {
        if (advice == null) {
          Answers.json(ctx, 200, taken.receipt());
        } else {
          show(ctx, advice);
        }
      }
    }
  }

  private byte[] body(Context ctx, Adapter adapter, Source source) {
    try {
      return Bodies.read(ctx, maxBodyBytes);
    } catch (ApiException e) {
      uploads.refuse(adapter, source, e, null);
      throw e;
    }
  }

  private static void show(Context ctx, String sentence) {
    ctx.status(SHOWN_TO_THE_USER).contentType("text/plain").result("Lumbar: " + sentence + ".");
  }
}
