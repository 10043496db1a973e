package io.lumbar.analytics.trunk;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes positions that held out of positions as they came: a new one counts once it has lasted a
 * minute, so that the seconds of turning over and getting up make no episode of their own. Pure.
 *
 * <p>Example: back 2 h, standing and front in turns of a few seconds for 2 min, back 1 h gives back
 * 2 h, unsettled 2 min, back 1 h. A short stretch between two of the same belongs to them.
 */
public final class PositionEpisodes {
  /** How long a position must last to count. */
  static final long DWELL_MILLIS = 60_000;

  private PositionEpisodes() {}

  /**
   * A position over [from, to) in epoch milliseconds.
   *
   * @param value what it was; null where nothing held
   */
  public record Stretch<T>(long from, long to, @Nullable T value) {
    long millis() {
      return to - from;
    }
  }

  /**
   * The stretches that held, with what was unsettled between them as null.
   *
   * @param raw positions as they came, by time, without overlap; a gap between two stays a gap
   */
  public static <T> List<Stretch<T>> settle(List<Stretch<T>> raw) {
    List<Stretch<T>> settled = new ArrayList<>();
    for (Stretch<T> one : raw) {
      boolean holds = one.millis() >= DWELL_MILLIS;
      append(settled, holds ? one : new Stretch<>(one.from(), one.to(), null));
    }
    return bridged(settled);
  }

  private static <T> List<Stretch<T>> bridged(List<Stretch<T>> settled) {
    List<Stretch<T>> result = new ArrayList<>();
    for (Stretch<T> one : settled) {
      int size = result.size();
      boolean bridges = size >= 2 && bridges(result.get(size - 2), result.get(size - 1), one);
      if (bridges) {
        result.remove(size - 1);
        result.set(size - 2, new Stretch<>(result.get(size - 2).from(), one.to(), one.value()));
      } else {
        result.add(one);
      }
    }
    return result;
  }

  private static <T> boolean bridges(Stretch<T> before, Stretch<T> gap, Stretch<T> after) {
    return gap.value() == null
        && gap.millis() < DWELL_MILLIS
        && after.value() != null
        && after.value().equals(before.value())
        && before.to() == gap.from()
        && gap.to() == after.from();
  }

  private static <T> void append(List<Stretch<T>> stretches, Stretch<T> next) {
    Stretch<T> last = stretches.isEmpty() ? null : stretches.get(stretches.size() - 1);
    if (last != null && last.to() == next.from() && Objects.equals(last.value(), next.value())) {
      stretches.set(stretches.size() - 1, new Stretch<>(last.from(), next.to(), next.value()));
    } else {
      stretches.add(next);
    }
  }
}
