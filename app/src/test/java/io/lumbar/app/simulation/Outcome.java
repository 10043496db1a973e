package io.lumbar.app.simulation;

import io.lumbar.analytics.AnalyticsTopology;
import io.lumbar.model.Alert;
import io.lumbar.model.Bout;
import io.lumbar.model.DaySummary;
import io.lumbar.model.Decision;
import io.lumbar.model.Episode;
import io.lumbar.model.ForgottenDates;
import io.lumbar.model.Json;
import io.lumbar.model.NightSummary;
import io.lumbar.model.WearerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What stands in the output topics after compaction, checked as it comes. */
final class Outcome {
  private final Map<String, Bout> bouts = new LinkedHashMap<>();
  private final Map<String, Episode> episodes = new LinkedHashMap<>();
  private final Map<String, DaySummary> days = new LinkedHashMap<>();
  private final Map<String, NightSummary> nights = new LinkedHashMap<>();
  private final List<Alert> alerts = new ArrayList<>();
  private final List<Decision> decisions = new ArrayList<>();
  private final Map<String, Integer> revisions = new HashMap<>();

  /** What stands for a wearer; revisions count the way there and are left out. */
  record Standing(
      List<Bout> bouts, List<Episode> episodes, List<DaySummary> days, List<NightSummary> nights) {

    /** What is over at an instant: of what goes on it counts when it was looked at. */
    Standing overAt(Instant now) {
      return new Standing(
          bouts.stream().filter(bout -> !bout.open()).toList(),
          episodes.stream().filter(one -> !one.open() && isPast(one.to(), now)).toList(),
          days.stream().filter(day -> isPast(end(day), now)).toList(),
          nights.stream().filter(one -> !one.open() && isPast(toldBy(one), now)).toList());
    }

    /** Until then a timer may or may not have said yet that the night is over. */
    private static Instant toldBy(NightSummary night) {
      return night.inBedTo().plus(AnalyticsTopology.SILENCE);
    }

    private static boolean isPast(Instant end, Instant now) {
      return !end.isAfter(now);
    }

    private static Instant end(DaySummary day) {
      return day.end();
    }
  }

  void add(World.Output output) {
    if (ForgottenDates.isKey(output.key())) {
      // Of days that are gone for good the ordered run may say more or less.
      return;
    }
    switch (output.topic()) {
      case BOUTS -> {
        Bout bout = Json.read(output.value(), Bout.class);
        grows(output, bout.revision());
        bouts.put(output.key(), bout);
      }
      case EPISODES -> {
        Episode episode = Json.read(output.value(), Episode.class);
        grows(output, episode.revision());
        episodes.put(output.key(), episode);
      }
      case DAYS -> {
        DaySummary day = Json.read(output.value(), DaySummary.class);
        grows(output, day.revision());
        fits(day);
        days.put(output.key(), day);
      }
      case NIGHTS -> {
        NightSummary night = Json.read(output.value(), NightSummary.class);
        grows(output, night.revision());
        nights.put(output.key(), night);
      }
      case ALERTS -> alerts.add(Json.read(output.value(), Alert.class));
      case DECISIONS -> decisions.add(Json.read(output.value(), Decision.class));
      default -> throw new AssertionError(output.topic() + ": " + new String(output.value()));
    }
  }

  List<Alert> alerts() {
    return alerts;
  }

  List<Decision> decisions() {
    return decisions;
  }

  Standing standing(WearerId wearer) {
    return new Standing(
        bouts.values().stream()
            .filter(bout -> bout.wearer().equals(wearer) && !bout.retracted())
            .map(Outcome::plain)
            .sorted(Comparator.comparing(Bout::from))
            .toList(),
        episodes.values().stream()
            .filter(episode -> episode.wearer().equals(wearer) && !episode.retracted())
            .map(Outcome::plain)
            .sorted(Comparator.comparing(Episode::from).thenComparing(Episode::kind))
            .toList(),
        days.values().stream()
            .filter(day -> day.wearer().equals(wearer) && !day.retracted())
            .map(day -> day.withRevision(0))
            .sorted(Comparator.comparing(DaySummary::date))
            .toList(),
        nights.values().stream()
            .filter(night -> night.wearer().equals(wearer) && !night.retracted())
            .map(night -> night.with(0, false, night.usualShiftsPerHour()))
            .sorted(Comparator.comparing(NightSummary::date))
            .toList());
  }

  private void grows(World.Output output, int revision) {
    Integer before = revisions.put(output.topic() + output.key(), revision);
    if (before != null && before >= revision) {
      throw new AssertionError(
          output.topic() + " " + output.key() + " goes from " + before + " to " + revision);
    }
  }

  private static void fits(DaySummary day) {
    double most = Duration.between(day.begin(), day.end()).toMillis() / 60_000.0;
    double sum = minutes(day);
    if (sum > most + 1e-6) {
      throw new AssertionError(day.date() + " has " + most + " minutes, but " + sum + " are told");
    }
  }

  static double minutes(DaySummary day) {
    return day.postureMinutes().values().stream().mapToDouble(Double::doubleValue).sum();
  }

  private static Bout plain(Bout bout) {
    return new Bout(
        bout.id(),
        bout.wearer(),
        bout.posture(),
        bout.from(),
        bout.to(),
        bout.holdsUntil(),
        bout.zone(),
        bout.placement(),
        bout.open(),
        0,
        false,
        bout.positionSeconds(),
        bout.provisional());
  }

  private static Episode plain(Episode episode) {
    return new Episode(
        episode.id(),
        episode.wearer(),
        episode.kind(),
        episode.from(),
        episode.to(),
        episode.zone(),
        episode.level(),
        episode.open(),
        0,
        false,
        episode.evidence(),
        episode.endedBy(),
        episode.dayTags());
  }
}
