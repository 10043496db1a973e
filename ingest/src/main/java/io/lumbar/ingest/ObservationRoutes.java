package io.lumbar.ingest;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.lumbar.http.Answers;
import io.lumbar.http.Routes;
import java.util.Locale;

/** The native upload. */
final class ObservationRoutes implements Routes {
  private final Uploaders uploaders;
  private final NativeUploads uploads;

  ObservationRoutes(Uploaders uploaders, NativeUploads uploads) {
    this.uploaders = uploaders;
    this.uploads = uploads;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.post("/api/v1/observations", this::upload);
  }

  private void upload(Context ctx) {
    Source source = uploaders.require(ctx);
    String type = ctx.contentType();
    String lower = type == null ? "" : type.toLowerCase(Locale.ROOT);
    boolean lines = lower.contains("ndjson") || lower.contains("jsonl");
    Answers.json(
        ctx,
        200,
        uploads.take(
            ctx,
            source,
            Formats.OBSERVATIONS,
            (body, count) -> NativeReader.read(body, lines, count, new NativeDraft(source)::read)));
  }
}
