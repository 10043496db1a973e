package io.lumbar.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lumbar.model.Thresholds;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerSettings;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * The field {@code thresholdsFrom} of a change of settings: from when on its thresholds judge what
 * is measured. What was told for later than that is replaced.
 */
final class ThresholdsFrom {
  static final String FIELD = "thresholdsFrom";

  private ThresholdsFrom() {}

  /**
   * The wearer with other settings, by a change that may name the instant. One that neither does so
   * nor changes a threshold leaves those of the time before as they are.
   *
   * @throws ApiException 400 that names the field, the rule and the fix
   */
  static Wearer apply(Wearer wearer, WearerSettings other, ObjectNode body, Instant now) {
    boolean same = Thresholds.of(other).equals(Thresholds.of(wearer.settings()));
    return same && !body.hasNonNull(FIELD)
        ? wearer.withSettings(other)
        : wearer.withSettings(other, of(wearer, body, now));
  }

  /**
   * The instant, not after now; where the field is left out, now, or for all time while the wearer
   * is being set up.
   */
  private static Instant of(Wearer wearer, ObjectNode body, Instant now) {
    JsonNode given = body.path(FIELD);
    if (given.isMissingNode() || given.isNull()) {
      return wearer.thresholdsFrom(now);
    }
    Instant from = instant(given);
    if (from.isAfter(now)) {
      throw ApiException.badRequest(FIELD + ": must not lie ahead; leave it out for now");
    }
    return from;
  }

  private static Instant instant(JsonNode given) {
    try {
      return OffsetDateTime.parse(given.isTextual() ? given.asText().trim() : "").toInstant();
    } catch (DateTimeException e) {
      throw ApiException.badRequest(FIELD + ": must be an instant like 2026-03-02T05:30:00Z");
    }
  }
}
