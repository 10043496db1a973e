package io.lumbar.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Says that a day was not like others, so that it stays out of what is usual for the wearer.
 *
 * @param date a calendar day of the wearer
 */
public record DayTag(
    String id,
    Instant statedAt,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean revoked,
    LocalDate date,
    Tag tag)
    implements Statement {

  public DayTag {
    StatementId.require(id);
  }

  /** Why a day was different. */
  public enum Tag {
    ILL,
    HOLIDAY,
    NIGHT_SHIFT,
    FLARE_UP;

    /** The name used in JSON and pages, for example {@code night-shift}. */
    @JsonValue
    public String wireName() {
      return WireName.of(this);
    }

    /**
     * Reads a wire name.
     *
     * @throws IllegalArgumentException with the accepted names when the text is none of them
     */
    @JsonCreator
    public static Tag of(String wireName) {
      return WireName.parse(Tag.class, wireName);
    }
  }
}
