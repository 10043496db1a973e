package io.lumbar.reports;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.lumbar.http.Principal;
import io.lumbar.http.Registry;
import io.lumbar.http.Routes;
import io.lumbar.model.Calibration;
import io.lumbar.model.CalibrationResult;
import io.lumbar.model.DeviceId;
import io.lumbar.model.Json;
import io.lumbar.model.Placement;
import io.lumbar.model.SleepPosition;
import io.lumbar.model.Wearer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What came of a wearer's calibrations, as a JSON list; empty where none was told. */
public final class CalibrationRoutes implements Routes {
  private final CalibrationBook book;
  private final Access access;

  public CalibrationRoutes(
      CalibrationBook book, Registry registry, Function<Context, Principal> authenticator) {
    this.book = book;
    this.access = new Access(registry, authenticator);
  }

  /** A sensor's calibration; instants in the wearer's zone. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Answer(
      DeviceId device,
      Placement placement,
      @Nullable OffsetDateTime standing,
      @Nullable Bed bed,
      @Nullable OffsetDateTime bedLearned) {}

  /** The newest poses in bed. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Bed(
      OffsetDateTime from,
      boolean accepted,
      @Nullable String refused,
      @Nullable Double flatDegrees,
      @Nullable Double proppedDegrees,
      Map<Calibration.Pose, Map<SleepPosition, Integer>> judged,
      List<String> warnings) {
    static Bed of(CalibrationResult.Bed bed, Wearer wearer) {
      return new Bed(
          Answers.local(bed.from(), wearer.zoneAt(bed.from())),
          bed.accepted(),
          bed.refused(),
          bed.flatDegrees(),
          bed.proppedDegrees(),
          bed.judged(),
          bed.warnings());
    }
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get("/api/v1/wearers/{wearer}/calibrations", this::list);
  }

  private void list(Context context) {
    Wearer wearer = access.wearer(context);
    List<Answer> items =
        book.of(wearer.id()).stream().map(result -> answer(wearer, result)).toList();
    context.contentType("application/json; charset=utf-8");
    context.header("Cache-Control", "no-store");
    context.result(Json.bytes(new Answers.Listing<>(items, null)));
  }

  private static Answer answer(Wearer wearer, CalibrationResult result) {
    CalibrationResult.Bed bed = result.bed();
    return new Answer(
        result.device(),
        result.placement(),
        local(result.standing(), wearer),
        bed == null ? null : Bed.of(bed, wearer),
        local(result.bedLearned(), wearer));
  }

  private static @Nullable OffsetDateTime local(@Nullable Instant instant, Wearer wearer) {
    return instant == null ? null : Answers.local(instant, wearer.zoneAt(instant));
  }
}
