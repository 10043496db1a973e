package io.lumbar.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.javalin.http.Context;
import io.lumbar.model.Json;
import org.jspecify.annotations.Nullable;

/** Writes answers: JSON as the topics write it, and problems as RFC 9457 has them. */
public final class Answers {
  private Answers() {}

  /** The value as JSON with a status. */
  public static void json(Context ctx, int status, Object value) {
    ctx.status(status).contentType("application/json").result(Json.bytes(value));
  }

  static void problem(Context ctx, int status, String title, @Nullable String detail) {
    ctx.status(status)
        .contentType("application/problem+json")
        .result(Json.bytes(new Problem("about:blank", title, status, detail)));
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Problem(String type, String title, int status, @Nullable String detail) {}
}
