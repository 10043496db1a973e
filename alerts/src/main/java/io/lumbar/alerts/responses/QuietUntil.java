package io.lumbar.alerts.responses;

import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.http.ApiException;
import io.lumbar.model.WearerSettings;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;

/** How long a wearer wants quiet: minutes, an instant, or the word {@code tomorrow}. */
final class QuietUntil {
  static final String TOMORROW = "tomorrow";
  private static final int LEAST_MINUTES = 5;
  private static final int MOST_MINUTES = 1440;
  private static final Duration UP_EARLY = Duration.ofHours(2);
  private static final Duration LONGEST = Duration.ofDays(31);

  private QuietUntil() {}

  /**
   * The start of the wearer's next day, by their awake hours. Who says it after midnight means this
   * morning; who is up less than two hours early means the next one.
   */
  static Instant tomorrow(Instant now, ZoneId zone, WearerSettings settings) {
    LocalDate today = now.atZone(zone).toLocalDate();
    Instant thisMorning = today.atTime(settings.awakeFrom()).atZone(zone).toInstant();
    return now.isAfter(thisMorning.minus(UP_EARLY))
        ? today.plusDays(1).atTime(settings.awakeFrom()).atZone(zone).toInstant()
        : thisMorning;
  }

  /**
   * Reads the end of a pause.
   *
   * @throws ApiException 400 that names the field, the rule and the fix
   */
  static Instant pause(JsonNode body, Instant now, ZoneId zone, WearerSettings settings) {
    JsonNode minutes = body.path("minutes");
    JsonNode until = body.path("until");
    if (minutes.isMissingNode() == until.isMissingNode()) {
      throw ApiException.badRequest(
          "give either minutes, such as 60, or until, such as \"tomorrow\"");
    }
    if (until.isMissingNode()) {
      int asked = minutes.isIntegralNumber() && minutes.canConvertToInt() ? minutes.intValue() : 0;
      if (asked < LEAST_MINUTES || asked > MOST_MINUTES) {
        throw ApiException.badRequest(
            "minutes must be a whole number from %d to %d".formatted(LEAST_MINUTES, MOST_MINUTES));
      }
      return now.plus(Duration.ofMinutes(asked));
    }
    return until.asText().equals(TOMORROW) ? tomorrow(now, zone, settings) : instant(until, now);
  }

  private static Instant instant(JsonNode until, Instant now) {
    try {
      Instant end = OffsetDateTime.parse(until.asText()).toInstant();
      if (end.isAfter(now) && !end.isAfter(now.plus(LONGEST))) {
        return end;
      }
    } catch (DateTimeException e) {
      // The sentence below covers it.
    }
    throw ApiException.badRequest(
        "until must be \"tomorrow\" or an instant with offset within the next 31 days, like"
            + " 2026-03-02T15:00:00+01:00");
  }
}
