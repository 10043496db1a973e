package io.lumbar.alerts.rules;

import io.lumbar.alerts.stretches.Language;
import io.lumbar.alerts.stretches.Texts;
import io.lumbar.model.Bout;
import io.lumbar.model.Decision;
import io.lumbar.model.Posture;
import io.lumbar.model.SittingClock;
import io.lumbar.model.SittingClock.Run;
import io.lumbar.model.WearerSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** In words why there was an alert around an instant, or none. */
final class WhyAnswer {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

  private final WearerSettings settings;
  private final Instant at;
  private final Texts texts;

  WhyAnswer(WearerSettings settings, Instant at) {
    this.settings = settings;
    this.at = at;
    this.texts = Texts.in(Language.of(settings.alerts().language()));
  }

  /**
   * From the nearest decision, or when there is none from how long the wearer had sat, beside what
   * is for the report alone.
   *
   * @param near decisions around the instant
   * @param before these and those of the hours before, by time
   * @param episodes ids of those that stand by now
   * @param bouts of all postures that begin by then, by start
   */
  String of(List<Decision> near, List<Decision> before, Set<String> episodes, List<Bout> bouts) {
    Comparator<Decision> nearest =
        Comparator.comparing(decision -> Duration.between(decision.at(), at).abs());
    return near.stream()
        .filter(decision -> !decision.kind().isForReport())
        .min(nearest)
        .map(decision -> decided(decision, episodes))
        .orElseGet(
            () ->
                sentences(
                    near.stream().min(nearest).map(one -> decided(one, episodes)).orElse(""),
                    undecided(before, episodes, bouts)));
  }

  /** What was decided once stays so; what is known by now may be something else. */
  private String decided(Decision decision, Set<String> episodes) {
    return sentences(
        clock(decision.at(), decision.zone()) + ": " + decision.detail(),
        episodes.contains(decision.episode()) ? "" : texts.line("why", "changed"));
  }

  private String undecided(List<Decision> before, Set<String> episodes, List<Bout> bouts) {
    List<Bout> known = bouts.stream().filter(bout -> !bout.from().isAfter(at)).toList();
    Optional<Bout> then =
        known.stream().filter(bout -> bout.to().isAfter(at)).reduce((one, last) -> last);
    if (then.isEmpty()) {
      return texts.line("why", "unknown");
    }
    Posture posture = then.get().posture();
    if (!SittingClock.isSeated(posture)) {
      return texts
          .line("why", "notSitting")
          .replace("{posture}", texts.line("postures", posture.wireName()));
    }
    List<Run> runs = SittingClock.runs(known);
    Run run = runs.get(runs.size() - 1);
    Bout first = run.first();
    long beyond = Math.max(0, Duration.between(at, run.lastSeated().to()).toMinutes());
    long minutes = Math.max(0, run.seated().toMinutes() - beyond);
    String sat =
        texts
            .line("why", "sat")
            .replace("{minutes}", Long.toString(minutes))
            .replace("{since}", clock(first.from(), first.zone()))
            .replace("{first}", Integer.toString(settings.longSittingMinutes()));
    return minutes < settings.longSittingMinutes()
        ? sat
        : sentences(sat, ofSitting(before, episodes, first.from()));
  }

  /** The last word about a sitting that had gone on for long enough. */
  private String ofSitting(List<Decision> before, Set<String> episodes, Instant since) {
    return before.stream()
        .filter(one -> !one.kind().isForReport() && !one.kind().isAboutSensors())
        .filter(one -> one.at().isAfter(since) && !one.at().isAfter(at))
        .reduce((one, last) -> last)
        .map(last -> decided(last, episodes))
        .orElseGet(() -> texts.line("why", "late"));
  }

  private static String clock(Instant instant, ZoneId zone) {
    return CLOCK.format(instant.atZone(zone));
  }

  private static String sentences(String... all) {
    return Stream.of(all).filter(one -> !one.isEmpty()).collect(Collectors.joining(" "));
  }
}
