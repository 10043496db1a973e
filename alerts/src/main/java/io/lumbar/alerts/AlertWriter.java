package io.lumbar.alerts;

import io.lumbar.alerts.AlertState.Told;
import io.lumbar.alerts.stretches.Cause;
import io.lumbar.alerts.stretches.Place;
import io.lumbar.alerts.stretches.Rotation;
import io.lumbar.alerts.stretches.Stretch;
import io.lumbar.alerts.stretches.Stretches;
import io.lumbar.model.Episode;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.Placement;
import io.lumbar.model.StableIds;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes what an alert says: the real minutes, since when, from which sensor, and one action of
 * under two minutes. The same alert after the same alerts gets the same words.
 */
final class AlertWriter {
  private static final int NO_REPEAT_WITHIN = 3;
  private static final double UNDER_TWO_MINUTES = 1.9;
  private static final Set<Place> AT_WORK = Set.of(Place.CHAIR, Place.STANDING);
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

  private final Stretches stretches;

  AlertWriter(Stretches stretches) {
    this.stretches = stretches;
  }

  /**
   * The words of one alert.
   *
   * @param phrase which of the phrases was used
   * @param stretch id of the stretch that it names
   */
  record Message(String phrase, String title, String text, @Nullable String stretch) {}

  /**
   * A title and a pattern with the gaps {@code {minutes}}, {@code {since}}, {@code {sensor}} and
   * {@code {action}}.
   */
  record Phrase(String id, String title, String pattern) {}

  /**
   * Writes an alert.
   *
   * @param seconds sat, or without steps
   * @param told what was told before, the newest last
   * @param suits which stretches suit the wearer
   */
  Message write(
      Episode episode, int step, double seconds, List<Told> told, Predicate<Stretch> suits) {
    if (episode.kind().isAboutSensors()) {
      return aboutSensors(episode, seconds);
    }
    int seed = StableIds.alert(episode.id(), step).hashCode();
    Phrase phrase =
        Rotation.pick(phrases(episode.kind()), Phrase::id, seed, recent(told, Told::phrase))
            .orElseThrow();
    Cause cause = episode.kind() == EpisodeKind.INACTIVE ? Cause.INACTIVE : Cause.LONG_SITTING;
    Optional<Stretch> stretch =
        stretches.pick(cause, AT_WORK, UNDER_TWO_MINUTES, seed, recent(told, Told::stretch), suits);
    String text =
        phrase
            .pattern()
            .replace("{minutes}", Long.toString(minutes(seconds)))
            .replace("{since}", CLOCK.format(episode.from().atZone(episode.zone())))
            .replace("{sensor}", sensor(episode.evidence().source()))
            .replace("{action}", stretch.map(AlertWriter::action).orElse("a change of position"));
    return new Message(phrase.id(), phrase.title(), text, stretch.map(Stretch::id).orElse(null));
  }

  private static Message aboutSensors(Episode episode, double seconds) {
    Phrase phrase = Phrases.aboutSensors(episode.kind(), episode.level());
    String text =
        phrase
            .pattern()
            .replace("{minutes}", Long.toString(minutes(seconds)))
            .replace("{since}", CLOCK.format(episode.from().atZone(episode.zone())))
            .replace("{sensor}", name(episode.evidence().source()));
    return new Message(phrase.id(), phrase.title(), text, null);
  }

  /** Whole minutes; a timer that fires a moment early does not lose one. */
  static long minutes(double seconds) {
    return (long) Math.floor((seconds + 1) / 60);
  }

  static List<Phrase> phrases(EpisodeKind kind) {
    return kind == EpisodeKind.INACTIVE ? Phrases.INACTIVE : Phrases.SITTING;
  }

  private static String action(Stretch stretch) {
    String length = stretch.minutes() <= 1 ? "about a minute" : "less than two minutes";
    return "\u201c" + stretch.name() + "\u201d (" + length + ")";
  }

  /** The source, and how well it tells sitting: the thigh alone shows it directly. */
  private static String sensor(Placement source) {
    return switch (source) {
      case THIGH -> "thigh sensor, sure";
      case CHEST -> "chest sensor, fairly sure";
      case LOWER_BACK -> "sensor on your lower back, fairly sure";
      case WAIST -> "sensor at your waist, fairly sure";
      case TROUSER_POCKET -> "phone in your pocket, fairly sure";
      case WRIST -> "watch on your wrist, not quite sure";
      case ESTIMATED -> "estimate without a worn sensor";
    };
  }

  private static String name(Placement source) {
    return switch (source) {
      case THIGH -> "sensor on your thigh";
      case CHEST -> "sensor on your chest";
      case LOWER_BACK -> "sensor on your lower back";
      case WAIST -> "sensor at your waist";
      case TROUSER_POCKET -> "phone in your pocket";
      case WRIST -> "watch on your wrist";
      case ESTIMATED -> "sensor";
    };
  }

  private static List<String> recent(List<Told> told, Function<Told, @Nullable String> what) {
    List<String> used =
        told.stream()
            .filter(Told::sent)
            .flatMap(one -> Stream.ofNullable(what.apply(one)))
            .toList();
    return used.subList(Math.max(0, used.size() - NO_REPEAT_WITHIN), used.size());
  }
}
