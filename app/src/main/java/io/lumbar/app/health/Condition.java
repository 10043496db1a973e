package io.lumbar.app.health;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * How a part of a process is.
 *
 * @param sentence what is wrong, without a health value; "ok" when nothing is
 */
public record Condition(Grade grade, String sentence) {
  private static final Condition OK = new Condition(Grade.OK, "ok");

  /** From well to ill. */
  public enum Grade {
    OK,
    /** It does its work late or in part, and nothing is lost: no reason to restart it. */
    DEGRADED,
    /** It does not do its work; requests should go elsewhere. */
    FAILING
  }

  /** Nothing is wrong. */
  public static Condition ok() {
    return OK;
  }

  /** Failing when there is a reason. */
  public static Condition failing(Optional<String> reason) {
    return reason.map(why -> new Condition(Grade.FAILING, why)).orElse(OK);
  }

  /** Degraded when there is a reason. */
  public static Condition degraded(Optional<String> reason) {
    return reason.map(why -> new Condition(Grade.DEGRADED, why)).orElse(OK);
  }

  /** This, or another when nothing is wrong so far. */
  public Condition or(Supplier<Condition> other) {
    return grade == Grade.OK ? other.get() : this;
  }
}
