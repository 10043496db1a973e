package io.lumbar.ingest;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.lumbar.http.Answers;
import io.lumbar.http.Bodies;
import io.lumbar.http.Routes;
import java.util.List;
import java.util.Locale;

/** The native upload of raw motion, as JSON or as the records that Kafka keeps. */
final class MotionRoutes implements Routes {
  /** The content type of binary records. */
  static final String BINARY = "application/vnd.lumbar.motion";

  private final Uploaders uploaders;
  private final Funnel funnel;
  private final int maxBodyBytes;

  MotionRoutes(Uploaders uploaders, Funnel funnel, int maxBodyBytes) {
    this.uploaders = uploaders;
    this.funnel = funnel;
    this.maxBodyBytes = maxBodyBytes;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.post("/api/v1/motion", this::upload);
  }

  private void upload(Context ctx) {
    Source source = uploaders.require(ctx);
    byte[] body = Bodies.read(ctx, maxBodyBytes);
    String type = ctx.contentType();
    String lower = type == null ? "" : type.toLowerCase(Locale.ROOT);
    List<Element> elements =
        lower.startsWith(BINARY)
            ? MotionRecords.read(body, source, funnel.elementCount())
            : NativeReader.read(
                body,
                lower.contains("ndjson") || lower.contains("jsonl"),
                funnel.elementCount(),
                new MotionDraft(source)::read);
    Answers.json(ctx, 200, funnel.accept(source, Formats.MOTION, elements));
  }
}
