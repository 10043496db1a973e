package io.lumbar.alerts.effect;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lumbar.alerts.night.NightFeedback;
import io.lumbar.model.Alert;
import io.lumbar.model.Episode;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.Posture;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How long a sleeper stayed with an arched back after the minute of the first signal, in nights
 * with signals and in those before them. Pure: from the stored episodes, so that late data corrects
 * it.
 */
final class TimeToLeave {
  private static final Duration FIRST_SIGNAL = Duration.ofMinutes(NightFeedback.STEPS.get(0));

  /** What says that nobody knows when the position was left. */
  private static final Set<String> UNKNOWN =
      Set.of("silence", Posture.NOT_WORN.wireName(), Posture.UNKNOWN.wireName());

  private TimeToLeave() {}

  /**
   * One time in the position.
   *
   * @param signals how many were sent
   * @param secondsToLeave from its tenth minute until it was left; null when nobody knows
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Item(
      OffsetDateTime from, OffsetDateTime to, int signals, @Nullable Integer secondsToLeave) {}

  /**
   * A span of nights.
   *
   * @param times how often the position was left and that is known
   * @param medianSeconds the middle one; of an even number the lower
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Nights(int times, @Nullable Integer medianSeconds) {}

  /** All closed episodes of an arched back, by start. */
  static List<Item> items(Collection<Episode> episodes, Collection<Alert> alerts) {
    return episodes.stream()
        .filter(episode -> episode.kind() == EpisodeKind.ARCHED_SLEEP)
        .filter(episode -> !episode.open() && !episode.retracted())
        .sorted(Comparator.comparing(Episode::from))
        .map(episode -> item(episode, alerts))
        .toList();
  }

  private static Item item(Episode episode, Collection<Alert> alerts) {
    long signals =
        alerts.stream()
            .filter(alert -> alert.episode().equals(episode.id()))
            .filter(alert -> alert.decision().equals("sent"))
            .count();
    return new Item(
        episode.from().atZone(episode.zone()).toOffsetDateTime(),
        episode.to().atZone(episode.zone()).toOffsetDateTime(),
        (int) signals,
        seconds(episode));
  }

  private static @Nullable Integer seconds(Episode episode) {
    String endedBy = episode.endedBy();
    Duration after = Duration.between(episode.from().plus(FIRST_SIGNAL), episode.to());
    boolean known = endedBy != null && !UNKNOWN.contains(endedBy) && !after.isNegative();
    return known ? (int) after.toSeconds() : null;
  }

  /** Those that began within [from, to) together. */
  static Nights of(List<Item> items, Instant from, Instant to) {
    List<Integer> seconds =
        items.stream()
            .filter(item -> !item.from().toInstant().isBefore(from))
            .filter(item -> item.from().toInstant().isBefore(to))
            .flatMap(item -> Stream.ofNullable(item.secondsToLeave()))
            .sorted()
            .toList();
    return new Nights(
        seconds.size(), seconds.isEmpty() ? null : seconds.get((seconds.size() - 1) / 2));
  }
}
