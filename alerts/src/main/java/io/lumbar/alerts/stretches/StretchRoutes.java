package io.lumbar.alerts.stretches;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.lumbar.alerts.stretches.figures.Figures;
import io.lumbar.http.Answers;
import io.lumbar.http.ApiException;
import io.lumbar.http.Routes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Serves the catalogue, its pictures and its words to anybody: they hold nothing about any wearer.
 * The language is that of {@code ?lang=}, or else what the client accepts.
 */
public final class StretchRoutes implements Routes {
  /** A picture styles itself and loads nothing. */
  private static final String PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'";

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get(
        "/api/v1/stretches",
        context -> Answers.json(context, 200, new Listing(catalogue(context).all(), null)));
    routes.get("/api/v1/stretches/{id}", context -> Answers.json(context, 200, stretch(context)));
    routes.get("/api/v1/stretches/{id}/figure.svg", StretchRoutes::figure);
    routes.get("/api/v1/stretch-words", StretchRoutes::words);
  }

  /** The language a client wants. */
  static Language language(Context context) {
    String asked = context.queryParam("lang");
    return Language.of(asked == null ? context.header("Accept-Language") : asked);
  }

  private static Stretches catalogue(Context context) {
    return Stretches.catalogue(language(context));
  }

  private static Stretch stretch(Context context) {
    return catalogue(context)
        .byId(context.pathParam("id"))
        .orElseThrow(
            () ->
                ApiException.notFound(
                    "No stretch has this id; GET /api/v1/stretches lists them all."));
  }

  private static void figure(Context context) {
    String svg =
        Figures.bundled()
            .svg(stretch(context).figure())
            .orElseThrow(() -> ApiException.notFound("This stretch has no picture."));
    context.header("Content-Security-Policy", PICTURE_POLICY);
    context.header("X-Content-Type-Options", "nosniff");
    context.header("Cache-Control", "public, max-age=3600");
    context.contentType("image/svg+xml").result(svg.getBytes(StandardCharsets.UTF_8));
  }

  private static void words(Context context) {
    Language language = language(context);
    Texts texts = Texts.in(language);
    Answers.json(
        context,
        200,
        new WordsAnswer(
            language.tag(),
            texts.section("page"),
            texts.section("conditions"),
            texts.section("causes")));
  }

  private record Listing(List<Stretch> items, @Nullable String next) {}

  private record WordsAnswer(
      String language, JsonNode page, JsonNode conditions, JsonNode causes) {}
}
