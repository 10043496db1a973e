package io.lumbar.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the wearer answered to an alert.
 *
 * @param minutes how long to be quiet, with {@code snooze}
 * @param until when the quiet ends, with a {@code snooze} to a time of day, or that ends one that
 *     runs, at {@code at}; else {@code minutes} says it
 * @param was what the wearer really did, with {@code wrong}
 * @param ticket the one-use token by which it was answered from a message; null for others
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AlertResponse(
    String alert,
    WearerId wearer,
    Action action,
    @Nullable Integer minutes,
    @Nullable String was,
    Instant at,
    @Nullable Instant until,
    @Nullable String ticket) {

  /** An answer without a ticket. */
  public AlertResponse(
      String alert,
      WearerId wearer,
      Action action,
      @Nullable Integer minutes,
      @Nullable String was,
      Instant at,
      @Nullable Instant until) {
    this(alert, wearer, action, minutes, was, at, until, null);
  }

  /** An answer whose quiet, if any, is counted in minutes. */
  public AlertResponse(
      String alert,
      WearerId wearer,
      Action action,
      @Nullable Integer minutes,
      @Nullable String was,
      Instant at) {
    this(alert, wearer, action, minutes, was, at, null, null);
  }

  /** Until when it asks to be quiet; null for other answers. */
  public @Nullable Instant snoozedUntil() {
    if (action != Action.SNOOZE || until != null) {
      return until;
    }
    return minutes == null ? null : at.plus(Duration.ofMinutes(minutes));
  }

  /**
   * Whether it is no answer to its alert, but the word that ends the snooze that runs: kept as a
   * snooze whose end is when it was said.
   */
  public boolean endsSnooze() {
    return action == Action.SNOOZE && until != null && !until.isAfter(at);
  }

  /** The answers that an alert offers. */
  public enum Action {
    DONE,
    SNOOZE,
    DISMISS,
    WRONG;

    @JsonValue
    public String wireName() {
      return WireName.of(this);
    }

    @JsonCreator
    public static Action of(String wireName) {
      return WireName.parse(Action.class, wireName);
    }
  }

  @JsonProperty("v")
  public int version() {
    return 1;
  }
}
