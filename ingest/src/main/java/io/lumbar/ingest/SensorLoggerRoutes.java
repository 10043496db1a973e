package io.lumbar.ingest;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.lumbar.http.Answers;
import io.lumbar.http.ApiException;
import io.lumbar.http.Bodies;
import io.lumbar.http.Routes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The upload of the app Sensor Logger. With the token in the address, a fault that the user can
 * mend is answered with 499 and a sentence, which the app shows.
 */
final class SensorLoggerRoutes implements Routes {
  private static final Logger LOG = LoggerFactory.getLogger(SensorLoggerRoutes.class);
  private static final String PATH = "/api/v1/ingest/sensor-logger";
  private static final int SHOWN_TO_THE_USER = 499;

  private final Uploaders uploaders;
  private final Funnel funnel;
  private final int maxBodyBytes;

  SensorLoggerRoutes(Uploaders uploaders, Funnel funnel, int maxBodyBytes) {
    this.uploaders = uploaders;
    this.funnel = funnel;
    this.maxBodyBytes = maxBodyBytes;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.post(PATH, ctx -> upload(ctx, uploaders.require(ctx)));
    routes.post(PATH + "/{token}", this::uploadByAddress);
  }

  private void uploadByAddress(Context ctx) {
    Source source;
    try {
      source = uploaders.requireToken(ctx, ctx.pathParam("token"), PATH);
    } catch (ApiException e) {
      if (e.status() != 401 && e.status() != 403) {
        throw e;
      }
      ctx.status(SHOWN_TO_THE_USER)
          .contentType("text/plain")
          .result("Lumbar: " + e.getMessage() + ".");
      return;
    }
    upload(ctx, source);
  }

  private void upload(Context ctx, Source source) {
    SensorLoggerReader.Message message =
        SensorLoggerReader.read(Bodies.read(ctx, maxBodyBytes), source);
    if (message.hello() != null) {
      LOG.info(
          "device {} said hello (phone {})", source.device().id(), Spelling.clip(message.hello()));
    }
    Answers.json(ctx, 200, funnel.accept(source, message.elements()));
  }
}
