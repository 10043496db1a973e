package io.lumbar.reports.daily;

import io.lumbar.history.HistoryStore.AnsweredAlert;
import io.lumbar.model.Alert;
import io.lumbar.model.AlertReaction;
import io.lumbar.model.AlertResponse;
import io.lumbar.model.Bout;
import io.lumbar.model.DaySummary;
import io.lumbar.model.Decision;
import io.lumbar.model.EpisodeKind;
import io.lumbar.reports.daily.Report.Outcome;
import io.lumbar.reports.daily.Report.Reminders;
import io.lumbar.reports.daily.Report.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Yesterday's alerts and what came of them. */
final class ReminderPage {
  private static final Duration IN_TIME = Duration.ofMinutes(5);
  private static final Duration A_REAL_BREAK = Duration.ofSeconds(60);

  /** How long after an alert bouts tell what came of it. */
  static final Duration FOLLOWED = IN_TIME.plus(A_REAL_BREAK);

  /** Decisions that tell how the software works rather than why the wearer heard nothing. */
  private static final Set<String> INTERNAL =
      Set.of("sent", "ended", "retracted", "superseded", "already-alerted");

  private ReminderPage() {}

  static Section<Reminders> of(ReportFacts facts) {
    List<Told> told = new ArrayList<>();
    for (AnsweredAlert answered : facts.alerts()) {
      EpisodeKind kind = answered.alert().kind();
      // Signals at night are told by the night, and a sensor's wants are no reminders.
      if (answered.alert().decision().equals("sent")
          && !kind.isOfSleep()
          && !kind.isAboutSensors()) {
        told.add(told(answered, facts));
      }
    }
    Map<String, Integer> keptBack = new TreeMap<>();
    Set<String> counted = new HashSet<>();
    for (AnsweredAlert answered : facts.alerts()) {
      // The list holds what was kept back, too.
      if (answered.alert().decision().equals("sent")) {
        counted.add(answered.alert().episode() + '|' + answered.alert().step());
      }
    }
    for (Decision decision : facts.decisions()) {
      // A step can be kept back for one reason after the other; the first one counts.
      if (!INTERNAL.contains(decision.reason())
          && !decision.kind().isAboutSensors()
          && counted.add(decision.episode() + '|' + decision.step())) {
        keptBack.merge(decision.reason(), 1, Integer::sum);
      }
    }
    return told.isEmpty() && keptBack.isEmpty()
        ? Section.absent("No reminder was due.")
        : Section.of(new Reminders(told, keptBack));
  }

  private static Told told(AnsweredAlert answered, ReportFacts facts) {
    Alert alert = answered.alert();
    if (!asksToGetUp(alert.kind())) {
      return new Told(
          alert.at(),
          alert.kind(),
          alert.step(),
          answer(answered.response()).orElse(Outcome.NO_ANSWER),
          null,
          null);
    }
    List<Bout> bouts = facts.bouts();
    Instant up = upFrom(alert.at(), bouts);
    boolean seen =
        bouts.stream()
            .anyMatch(
                bout ->
                    bout.posture().isKnown()
                        && bout.from().isBefore(alert.at().plus(IN_TIME))
                        && bout.to().isAfter(alert.at()));
    return new Told(
        alert.at(),
        alert.kind(),
        alert.step(),
        answer(answered.response())
            .orElse(up != null ? Outcome.GOT_UP : seen ? Outcome.NONE : Outcome.NOT_SEEN),
        up == null
            ? null
            : (int) Math.max(0, Math.round(Duration.between(alert.at(), up).toSeconds() / 60.0)),
        AlertReaction.stepsAfter(alert.at(), days(facts), facts.endOf(facts.date())));
  }

  /** The day that the report is about, and the next, for what went on past midnight. */
  private static List<DaySummary> days(ReportFacts facts) {
    return facts.entries().stream()
        .filter(entry -> !entry.date().isBefore(facts.yesterday()))
        .flatMap(entry -> Stream.ofNullable(entry.day()))
        .toList();
  }

  /** Of the others getting up is no answer: who bent low is on their feet as a rule. */
  private static boolean asksToGetUp(EpisodeKind kind) {
    return kind == EpisodeKind.LONG_SITTING || kind == EpisodeKind.INACTIVE;
  }

  private static Optional<Outcome> answer(@Nullable AlertResponse response) {
    return response == null
        ? Optional.empty()
        : Optional.of(
            switch (response.action()) {
              case DONE -> Outcome.DONE;
              case SNOOZE -> Outcome.SNOOZED;
              case DISMISS -> Outcome.DISMISSED;
              case WRONG -> Outcome.WRONG;
            });
  }

  /** When a minute on the feet began within five minutes of an alert, or null. */
  private static @Nullable Instant upFrom(Instant alert, List<Bout> bouts) {
    Instant start = null;
    Instant end = null;
    for (Bout bout : bouts) {
      if (!bout.posture().isUpright() || !bout.to().isAfter(alert)) {
        continue;
      }
      Instant from = bout.from().isBefore(alert) ? alert : bout.from();
      if (end == null || !from.equals(end)) {
        start = from;
      }
      end = bout.to();
      if (start != null
          && !start.isAfter(alert.plus(IN_TIME))
          && !Duration.between(start, end).minus(A_REAL_BREAK).isNegative()) {
        return start;
      }
    }
    return null;
  }
}
