package io.lumbar.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Why an alert was sent or was not.
 *
 * @param id a function of episode, step and reason, so that the same decision is written once
 * @param reason {@code sent}, {@code stale}, {@code snoozed}, {@code quiet-hours}, {@code
 *     already-alerted}, ...
 * @param alert the alert, when there is one
 * @param detail the reason in words
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Decision(
    String id,
    WearerId wearer,
    String episode,
    EpisodeKind kind,
    int step,
    Instant at,
    ZoneId zone,
    String reason,
    String detail,
    @Nullable String alert) {

  @JsonProperty("v")
  public int version() {
    return 1;
  }
}
