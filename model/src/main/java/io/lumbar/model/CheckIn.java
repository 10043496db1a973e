package io.lumbar.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the wearer feels and what the wearer did, as no sensor can know it. At least one thing is
 * said.
 *
 * @param at when it held: the moment of the feeling, the lift or the stretch
 * @param pain of the lower back, 0 (none) to 10 (the worst imaginable), a numeric rating scale
 * @param stiffness on waking, 0 to 10 likewise
 * @param liftedKg weight of one lift; null when no weight is known
 * @param repetitions how often it was lifted; goes with {@code liftedKg}
 * @param heavierThanUsual said instead of a weight, or beside it
 * @param stretchDone id of a stretch of the catalogue
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CheckIn(
    String id,
    Instant statedAt,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean revoked,
    Instant at,
    @Nullable Integer pain,
    @Nullable Integer stiffness,
    @Nullable Double liftedKg,
    @Nullable Integer repetitions,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean heavierThanUsual,
    @Nullable String stretchDone)
    implements Statement {
  /** The upper end of both rating scales. */
  public static final int WORST = 10;

  public CheckIn {
    StatementId.require(id);
    requireRating(pain, "pain");
    requireRating(stiffness, "stiffness");
    if (liftedKg != null && !(liftedKg > 0 && liftedKg <= 1_000)) {
      throw new IllegalArgumentException("liftedKg must be above 0 and at most 1000");
    }
    if ((liftedKg == null) != (repetitions == null)) {
      throw new IllegalArgumentException("liftedKg and repetitions go together");
    }
    if (repetitions != null && (repetitions < 1 || repetitions > 10_000)) {
      throw new IllegalArgumentException("repetitions must be between 1 and 10000");
    }
    if (pain == null
        && stiffness == null
        && liftedKg == null
        && !heavierThanUsual
        && stretchDone == null) {
      throw new IllegalArgumentException("a check-in says at least one thing");
    }
  }

  private static void requireRating(@Nullable Integer value, String name) {
    if (value != null && (value < 0 || value > WORST)) {
      throw new IllegalArgumentException(name + " must be between 0 and " + WORST);
    }
  }
}
