package io.lumbar.alerts;

import io.lumbar.alerts.AlertState.Told;
import io.lumbar.alerts.Messages.Phrase;
import io.lumbar.alerts.stretches.Cause;
import io.lumbar.alerts.stretches.Place;
import io.lumbar.alerts.stretches.Rotation;
import io.lumbar.alerts.stretches.Stretch;
import io.lumbar.alerts.stretches.Stretches;
import io.lumbar.model.Episode;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.OwnStretch;
import io.lumbar.model.StableIds;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
   * What the words and the action are chosen from.
   *
   * @param suits which stretches suit the wearer
   * @param own what the wearer wrote down, besides the catalogue
   * @param phrases which phrases suit the wearer, by their ids
   */
  record Choice(Predicate<Stretch> suits, List<OwnStretch> own, Predicate<String> phrases) {
    static Choice any() {
      return new Choice(stretch -> true, List.of(), phrase -> true);
    }
  }

  /**
   * Writes an alert.
   *
   * @param seconds sat, or without steps
   * @param told what was told before, the newest last
   * @param choice of stretches
   * @param messages of the wearer's language
   */
  Message write(
      Episode episode,
      int step,
      double seconds,
      List<Told> told,
      Choice choice,
      Messages messages) {
    if (episode.kind().isAboutSensors()) {
      return aboutSensors(episode, seconds, messages);
    }
    int seed = StableIds.alert(episode.id(), step).hashCode();
    List<Phrase> phrases =
        messages.phrases(episode.kind()).stream()
            .filter(phrase -> choice.phrases().test(phrase.id()))
            .toList();
    Phrase phrase =
        Rotation.pick(phrases, Phrase::id, seed, recent(told, Told::phrase)).orElseThrow();
    if (episode.kind().isOfSleep()) {
      boolean sure = episode.evidence().confidence() == null;
      String text =
          filled(phrase, episode, seconds, messages.word("turn"), messages)
              .replace("{was}", messages.word(sure ? "wasArched" : "mayHaveBeenArched"));
      return new Message(phrase.id(), phrase.title(), text, null);
    }
    Cause cause = cause(episode.kind());
    Optional<Stretch> stretch =
        stretches
            .with(choice.own(), messages.texts())
            .pick(
                cause,
                Place.AT_WORK,
                UNDER_TWO_MINUTES,
                seed,
                recent(told, Told::stretch),
                choice.suits());
    String action = stretch.map(messages::action).orElseGet(() -> messages.word("anyAction"));
    String text =
        filled(phrase, episode, seconds, action, messages)
            .replace("{degrees}", Integer.toString(episode.level()));
    return new Message(phrase.id(), phrase.title(), text, stretch.map(Stretch::id).orElse(null));
  }

  /** After a bend nothing that bends backwards, which few can judge. */
  private static Cause cause(EpisodeKind kind) {
    return switch (kind) {
      case INACTIVE -> Cause.INACTIVE;
      case DEEP_BEND -> Cause.LIFTING;
      default -> Cause.LONG_SITTING;
    };
  }

  private static Message aboutSensors(Episode episode, double seconds, Messages messages) {
    Phrase phrase = messages.aboutSensors(episode.kind(), episode.level());
    String text =
        phrase
            .text()
            .replace("{minutes}", Long.toString(minutes(seconds)))
            .replace("{since}", CLOCK.format(episode.from().atZone(episode.zone())))
            .replace("{sensor}", messages.device(episode.evidence().source()));
    return new Message(phrase.id(), phrase.title(), text, null);
  }

  private static String filled(
      Phrase phrase, Episode episode, double seconds, String action, Messages messages) {
    return phrase
        .text()
        .replace("{minutes}", Long.toString(minutes(seconds)))
        .replace("{since}", CLOCK.format(episode.from().atZone(episode.zone())))
        .replace("{sensor}", messages.sensor(episode.evidence().source()))
        .replace("{action}", action);
  }

  /** Whole minutes; a timer that fires a moment early does not lose one. */
  static long minutes(double seconds) {
    return (long) Math.floor((seconds + 1) / 60);
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
