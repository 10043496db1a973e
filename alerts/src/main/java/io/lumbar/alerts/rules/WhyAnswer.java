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
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** In words why there was an alert around an instant, or none. */
final class WhyAnswer {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

  private WhyAnswer() {}

  /**
   * From the nearest decision, or when there is none from how long the wearer had sat, beside what
   * is for the report alone.
   */
  static String of(
      List<Decision> decisions, List<Bout> bouts, WearerSettings settings, Instant at) {
    Comparator<Decision> nearest =
        Comparator.comparing(decision -> Duration.between(decision.at(), at).abs());
    return decisions.stream()
        .filter(decision -> !decision.kind().isForReport())
        .min(nearest)
        .map(WhyAnswer::decided)
        .orElseGet(
            () ->
                Stream.concat(
                        decisions.stream().min(nearest).map(WhyAnswer::decided).stream(),
                        Stream.of(undecided(bouts, settings, at)))
                    .collect(Collectors.joining(" ")));
  }

  private static String decided(Decision decision) {
    return CLOCK.format(decision.at().atZone(decision.zone())) + ": " + decision.detail();
  }

  private static String undecided(List<Bout> bouts, WearerSettings settings, Instant at) {
    Texts texts = Texts.in(Language.of(settings.alerts().language()));
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
    long beyond = Math.max(0, Duration.between(at, run.lastSeated().to()).toMinutes());
    return texts
        .line("why", "sat")
        .replace("{minutes}", Long.toString(Math.max(0, run.seated().toMinutes() - beyond)))
        .replace("{since}", CLOCK.format(run.first().from().atZone(run.first().zone())))
        .replace("{first}", Integer.toString(settings.longSittingMinutes()));
  }
}
