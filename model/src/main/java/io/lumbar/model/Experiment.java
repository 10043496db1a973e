package io.lumbar.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Random;

/**
 * One change that a wearer tries on themselves for four weeks, in blocks of three days with it and
 * without it. Of each two blocks that follow each other one is with it, by a draw that the id
 * decides, so that nobody can choose and everybody finds the same.
 *
 * @param from its first day
 */
public record Experiment(
    String id,
    Instant statedAt,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean revoked,
    LocalDate from,
    Change change)
    implements Statement {
  /** How many days it lasts. */
  public static final int DAYS = 28;

  /** How many days are alike. */
  public static final int BLOCK = 3;

  public Experiment {
    StatementId.require(id);
  }

  /** What is tried. */
  public enum Change {
    PILLOW,
    EVENING_STRETCH,
    ALERTS,
    MATTRESS,
    SIDE_SLEEPING;

    /** The name used in JSON and pages, for example {@code evening-stretch}. */
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
    public static Change of(String wireName) {
      return WireName.parse(Change.class, wireName);
    }
  }

  /** The day after its last. */
  public LocalDate end() {
    return from.plusDays(DAYS);
  }

  /** Whether a day is one of its days. */
  public boolean covers(LocalDate day) {
    return !day.isBefore(from) && day.isBefore(end());
  }

  /** Whether a day of it is one with the change. */
  public boolean isWith(LocalDate day) {
    int block = (int) ChronoUnit.DAYS.between(from, day) / BLOCK;
    return (block % 2 == 0) == isFirstWith(block / 2);
  }

  /** Whether a day is the first of its block, on which what was before may still be felt. */
  public boolean isFirstOfBlock(LocalDate day) {
    return ChronoUnit.DAYS.between(from, day) % BLOCK == 0;
  }

  /** Java says how this generator works, so that the draw is the same for ever. */
  private boolean isFirstWith(int pair) {
    Random random = new Random(id.hashCode() * 0x9E3779B97F4A7C15L);
    for (int i = 0; i < pair; i++) {
      random.nextBoolean();
    }
    return random.nextBoolean();
  }
}
