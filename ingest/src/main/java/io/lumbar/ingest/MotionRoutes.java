package io.lumbar.ingest;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.lumbar.http.Answers;
import io.lumbar.http.ApiException;
import io.lumbar.http.Routes;
import io.lumbar.ingest.format.ElementCount;
import io.lumbar.model.Axes;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The native upload of raw motion, as JSON or as the records that Kafka keeps. */
final class MotionRoutes implements Routes {
  /** The content type of binary records. */
  static final String BINARY = "application/vnd.lumbar.motion";

  private final Uploaders uploaders;
  private final NativeUploads uploads;

  MotionRoutes(Uploaders uploaders, NativeUploads uploads) {
    this.uploaders = uploaders;
    this.uploads = uploads;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.post("/api/v1/motion", this::upload);
  }

  private void upload(Context ctx) {
    Source source = turned(uploaders.require(ctx), ctx.queryParam("axes"));
    String type = ctx.contentType();
    String lower = type == null ? "" : type.toLowerCase(Locale.ROOT);
    Answers.json(
        ctx,
        200,
        uploads.take(
            ctx, source, Formats.MOTION, (body, count) -> elements(body, lower, source, count)));
  }

  /** Whose signs count is said of the device, and for one upload by its address. */
  private static Source turned(Source source, @Nullable String axes) {
    if (axes == null) {
      return source;
    }
    try {
      return source.withAxes(Axes.of(axes));
    } catch (IllegalArgumentException e) {
      throw ApiException.badRequest("axes: " + e.getMessage());
    }
  }

  private List<Element> elements(byte[] body, String type, Source source, ElementCount count) {
    return type.startsWith(BINARY)
        ? MotionRecords.read(body, source, count)
        : NativeReader.read(
            body,
            type.contains("ndjson") || type.contains("jsonl"),
            count,
            new MotionDraft(source)::read);
  }
}
