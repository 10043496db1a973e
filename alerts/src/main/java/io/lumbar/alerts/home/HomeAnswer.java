package io.lumbar.alerts.home;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.lumbar.alerts.responses.QuietNow;
import io.lumbar.alerts.stretches.Language;
import io.lumbar.alerts.stretches.Texts;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What became of a button that was pressed in the home. Pure.
 *
 * @param as {@code snooze} or {@code pause}, of quiet that was kept
 * @param until when that quiet ends
 * @param text why it is not quiet, in the wearer's language
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record HomeAnswer(
    @JsonProperty("event_type") String type,
    @Nullable String as,
    @Nullable OffsetDateTime until,
    @Nullable String text) {
  private static final String KEPT = name(QuietNow.Outcome.KEPT);
  private static final String FAILED = "failed";

  /** All that an answer may be. */
  static final List<String> TYPES =
      List.of(KEPT, name(QuietNow.Outcome.REFUSED), name(QuietNow.Outcome.ENDED), FAILED);

  /** The answer in the zone where the wearer is. */
  static HomeAnswer of(QuietNow.Answer answer, ZoneId zone) {
    String type = name(answer.outcome());
    Instant until = answer.until();
    return new HomeAnswer(
        type,
        type.equals(KEPT) ? answer.pause() ? "pause" : "snooze" : null,
        until == null ? null : until.atZone(zone).toOffsetDateTime(),
        answer.text());
  }

  /** It could not be kept at the moment. */
  static HomeAnswer failed(String language) {
    return new HomeAnswer(
        FAILED, null, null, Texts.in(Language.of(language)).line("home", "notKept"));
  }

  private static String name(QuietNow.Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT);
  }
}
