package io.lumbar.analytics.trunk;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Makes positions that held out of positions as they came: a new one counts once it has lasted a
 * minute, so that the seconds of turning over and getting up make no episode of their own. Pure.
 *
 * <p>Example: back 2 h, standing and front in turns of a few seconds for 2 min, back 1 h gives back
 * 2 h, unsettled 2 min, back 1 h. A short stretch between two of the same belongs to them. Each
 * episode keeps the undebounced time of every position inside it, so that sums over a night are
 * true to the millisecond.
 */
public final class PositionEpisodes {
  private static final long DWELL_MILLIS = 60_000;

  private PositionEpisodes() {}

  /** A position as it came, over [from, to) in epoch milliseconds. */
  public record Stretch<T extends Comparable<T>>(long from, long to, T value) {}

  /**
   * A time in which one position held, or none did.
   *
   * @param held the position; empty where nothing held for a minute
   * @param millis the time of each position inside, however short
   */
  public record Episode<T extends Comparable<T>>(
      long from, long to, Optional<T> held, Map<T, Long> millis) {

    private static <T extends Comparable<T>> Episode<T> of(Stretch<T> one) {
      long length = one.to() - one.from();
      return new Episode<>(
          one.from(),
          one.to(),
          length >= DWELL_MILLIS ? Optional.of(one.value()) : Optional.empty(),
          Map.of(one.value(), length));
    }

    private Episode<T> with(Episode<T> next) {
      Map<T, Long> sums = new TreeMap<>(millis);
      next.millis.forEach((value, length) -> sums.merge(value, length, Long::sum));
      return new Episode<>(from, next.to, held, sums);
    }

    private boolean isShort() {
      return held.isEmpty() && to - from < DWELL_MILLIS;
    }
  }

  /**
   * The episodes, by time.
   *
   * @param raw positions as they came, by time, without overlap; a gap between two ends an episode
   */
  public static <T extends Comparable<T>> List<Episode<T>> settle(List<Stretch<T>> raw) {
    List<Episode<T>> episodes = new ArrayList<>();
    for (Stretch<T> one : raw) {
      Episode<T> next = Episode.of(one);
      if (joins(episodes, 1, next)) {
        next = pop(episodes).with(next);
      } else if (joins(episodes, 2, next)) {
        Episode<T> between = pop(episodes);
        next = pop(episodes).with(between).with(next);
      }
      episodes.add(next);
    }
    return episodes;
  }

  /** Whether the episode so many back holds the same, with nothing but a moment in between. */
  private static <T extends Comparable<T>> boolean joins(
      List<Episode<T>> episodes, int back, Episode<T> next) {
    int at = episodes.size() - back;
    if (at < 0 || !episodes.get(at).held().equals(next.held())) {
      return false;
    }
    long end = next.from();
    for (int i = episodes.size() - 1; i >= at; i--) {
      boolean between = i > at;
      if (episodes.get(i).to() != end || (between && !episodes.get(i).isShort())) {
        return false;
      }
      end = episodes.get(i).from();
    }
    return back == 1 || next.held().isPresent();
  }

  private static <T> T pop(List<T> list) {
    return list.remove(list.size() - 1);
  }
}
