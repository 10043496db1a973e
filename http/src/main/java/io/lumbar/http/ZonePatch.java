package io.lumbar.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lumbar.model.Wearer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Set;

/**
 * A change of where a wearer is: {@code zone}, an IANA name, from {@code zoneFrom} on, which is now
 * where it is left out. What was told for later than that is replaced.
 */
final class ZonePatch {
  /** The fields that a change may name. */
  static final Set<String> FIELDS = Set.of("zone", "zoneFrom");

  /** As long as late data changes a day. */
  static final Duration BACK = Duration.ofDays(14);

  /** A journey is booked so long before. */
  static final Duration AHEAD = Duration.ofDays(366);

  private ZonePatch() {}

  /**
   * The wearer after a change; the same when the body says nothing of zones.
   *
   * @param body holds the changed fields, and may hold others
   * @throws ApiException 400 that names the field, the rule and the fix
   */
  static Wearer apply(Wearer wearer, ObjectNode body, Instant now) {
    if (!body.has("zone")) {
      if (body.has("zoneFrom")) {
        throw ApiException.badRequest("zoneFrom: says from when on zone holds; give zone too");
      }
      return wearer;
    }
    if (!body.get("zone").isTextual()) {
      throw ApiException.badRequest("zone: must be an IANA name such as Europe/London");
    }
    ZoneId zone = RegistryRoutes.zone(body.get("zone").asText());
    return wearer.withZone(zone, from(body.path("zoneFrom"), zone, now));
  }

  private static Instant from(JsonNode given, ZoneId zone, Instant now) {
    if (given.isMissingNode() || given.isNull()) {
      return now.truncatedTo(ChronoUnit.MILLIS);
    }
    Instant from = instant(given, zone).truncatedTo(ChronoUnit.MILLIS);
    if (from.isBefore(now.minus(BACK)) || from.isAfter(now.plus(AHEAD))) {
      throw ApiException.badRequest(
          "zoneFrom: must be within the last %d days, in which days still change, or the next %d"
              .formatted(BACK.toDays(), AHEAD.toDays()));
    }
    return from;
  }

  private static Instant instant(JsonNode given, ZoneId zone) {
    String text = given.isTextual() ? given.asText().trim() : "";
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException noOffset) {
      try {
        return LocalDateTime.parse(text).atZone(zone).toInstant();
      } catch (DateTimeException e) {
        throw ApiException.badRequest(
            "zoneFrom: must be an instant like 2026-03-02T05:30:00Z, or a time on the clocks of the"
                + " new zone like 2026-03-02T14:30");
      }
    }
  }
}
