package io.lumbar.alerts.rules;

import io.lumbar.model.Bout;
import io.lumbar.model.Decision;
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

/** In words why there was an alert around an instant, or none. */
final class WhyAnswer {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

  private WhyAnswer() {}

  /** From the nearest decision, or when there is none from how long the wearer had sat. */
  static String of(
      List<Decision> decisions, List<Bout> bouts, WearerSettings settings, Instant at) {
    return decisions.stream()
        .min(Comparator.comparing(decision -> Duration.between(decision.at(), at).abs()))
        .map(WhyAnswer::decided)
        .orElseGet(() -> undecided(bouts, settings, at));
  }

  private static String decided(Decision decision) {
    return CLOCK.format(decision.at().atZone(decision.zone())) + ": " + decision.detail();
  }

  private static String undecided(List<Bout> bouts, WearerSettings settings, Instant at) {
    List<Bout> known = bouts.stream().filter(bout -> !bout.from().isAfter(at)).toList();
    Optional<Bout> then =
        known.stream().filter(bout -> bout.to().isAfter(at)).reduce((one, last) -> last);
    if (then.isEmpty()) {
      return "Nothing is known about that time, so nothing was decided.";
    }
    if (!SittingClock.isSeated(then.get().posture())) {
      return "You were not sitting then (" + then.get().posture().wireName() + ").";
    }
    List<Run> runs = SittingClock.runs(known);
    Run run = runs.get(runs.size() - 1);
    long beyond = Math.max(0, Duration.between(at, run.lastSeated().to()).toMinutes());
    return "You had sat for %d minutes since %s; the first reminder comes at %d."
        .formatted(
            Math.max(0, run.seated().toMinutes() - beyond),
            CLOCK.format(run.first().from().atZone(run.first().zone())),
            settings.longSittingMinutes());
  }
}
