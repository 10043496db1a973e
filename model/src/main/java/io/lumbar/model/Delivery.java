package io.lumbar.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of the delivery log: what came of an attempt to bring an alert to a wearer, or of a test
 * of a channel.
 *
 * @param channel the wearer's name of the channel; null when the alert as a whole was missed
 * @param attempt from 1
 * @param detail why it failed, in words, without addresses or secrets
 * @param test whether a test was sent, and {@code alert} is its id; false in lines that do not say
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Delivery(
    String alert,
    WearerId wearer,
    @Nullable String channel,
    Outcome outcome,
    int attempt,
    Instant at,
    @Nullable String detail,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean test) {

  /** A line about an alert. */
  public Delivery(
      String alert,
      WearerId wearer,
      @Nullable String channel,
      Outcome outcome,
      int attempt,
      Instant at,
      @Nullable String detail) {
    this(alert, wearer, channel, outcome, attempt, at, detail, false);
  }

  /** How an attempt stands. */
  public enum Outcome {
    /** Written before a receiver that cannot tell repeats is spoken to. */
    TRYING,
    DELIVERED,
    /** Not reached; another attempt follows. */
    RETRYING,
    FAILED,
    /** No channel of the wearer could be reached while the alert was of use. */
    MISSED;

    @JsonValue
    public String wireName() {
      return WireName.of(this);
    }

    @JsonCreator
    public static Outcome of(String wireName) {
      return WireName.parse(Outcome.class, wireName);
    }
  }

  @JsonProperty("v")
  public int version() {
    return 1;
  }
}
