package io.lumbar.history;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lumbar.history.HistoryStore.Batch;
import io.lumbar.history.HistoryStore.PassedBarrier;
import io.lumbar.model.Alert;
import io.lumbar.model.AlertResponse;
import io.lumbar.model.Bout;
import io.lumbar.model.DaySummary;
import io.lumbar.model.Decision;
import io.lumbar.model.Episode;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.Json;
import io.lumbar.model.NightSummary;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.SleepPosition;
import io.lumbar.model.StableIds;
import io.lumbar.model.WearerId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Records as analytics and alerts write them, on one morning. */
public final class Samples {
  public static final WearerId ANNA = new WearerId("w_anna");
  public static final WearerId BEN = new WearerId("w_ben");
  public static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
  public static final Instant NINE = Instant.parse("2026-03-02T08:00:00Z");

  private Samples() {}

  /** Nine o'clock and some minutes. */
  public static Instant at(double minutes) {
    return NINE.plusMillis(Math.round(minutes * 60_000));
  }

  public static Bout bout(
      WearerId wearer, Posture posture, double from, double to, int revision, boolean retracted) {
    return new Bout(
        StableIds.bout(wearer, posture, at(from)),
        wearer,
        posture,
        at(from),
        at(to),
        at(to),
        ZONE,
        Placement.THIGH,
        false,
        revision,
        retracted,
        posture == Posture.LYING ? Map.of(SleepPosition.PRONE, (to - from) * 60) : Map.of());
  }

  public static Bout sitting(double from, double to) {
    return bout(ANNA, Posture.SITTING, from, to, 1, false);
  }

  public static Episode episode(
      WearerId wearer, double from, double to, int revision, boolean retracted) {
    return new Episode(
        StableIds.episode(wearer, EpisodeKind.LONG_SITTING, at(from)),
        wearer,
        EpisodeKind.LONG_SITTING,
        at(from),
        at(to),
        ZONE,
        30,
        false,
        revision,
        retracted,
        new Episode.Evidence(at(to), at(to), (to - from) * 60, Posture.STANDING, Placement.THIGH),
        "standing");
  }

  public static Alert alert(WearerId wearer, double since, double at, String text) {
    String episode = StableIds.episode(wearer, EpisodeKind.LONG_SITTING, at(since));
    return new Alert(
        StableIds.alert(episode, 30),
        wearer,
        episode,
        EpisodeKind.LONG_SITTING,
        30,
        at(at),
        at(since),
        ZONE,
        "Time to stand up",
        text,
        "hip-flexor",
        "sent");
  }

  public static AlertResponse response(Alert alert, AlertResponse.Action action, double at) {
    return new AlertResponse(
        alert.id(),
        alert.wearer(),
        action,
        action == AlertResponse.Action.SNOOZE ? 15 : null,
        null,
        at(at));
  }

  public static Decision decision(WearerId wearer, double since, String reason, double at) {
    String episode = StableIds.episode(wearer, EpisodeKind.LONG_SITTING, at(since));
    return new Decision(
        StableIds.decision(episode, 30, reason),
        wearer,
        episode,
        EpisodeKind.LONG_SITTING,
        30,
        at(at),
        ZONE,
        reason,
        "because of " + reason,
        null);
  }

  public static DaySummary day(WearerId wearer, LocalDate date, ZoneId zone, int revision) {
    return new DaySummary(
        wearer,
        date,
        zone,
        revision,
        Map.of(Posture.SITTING, 480.25, Posture.NOT_WORN, 60.0),
        new DaySummary.Sitting(12, 480.25, 111.5, 6, 4, 1, 11),
        7_000 + revision,
        900.5);
  }

  /** A day of which the wearer had all forgotten. */
  public static DaySummary forgotten(WearerId wearer, LocalDate date, int revision) {
    ObjectNode tree = Json.mapper().valueToTree(day(wearer, date, ZONE, revision));
    tree.remove(List.of("sitting", "steps", "coverageMinutes"));
    tree.putObject("postureMinutes");
    tree.putArray("forgotten")
        .addObject()
        .put("from", date.atStartOfDay(ZONE).toInstant().toString())
        .put("to", date.plusDays(1).atStartOfDay(ZONE).toInstant().toString());
    return Json.read(Json.bytes(tree), DaySummary.class);
  }

  public static NightSummary night(
      WearerId wearer, LocalDate date, ZoneId zone, int revision, boolean retracted) {
    return new NightSummary(
        wearer,
        date,
        zone,
        revision,
        retracted,
        false,
        date.minusDays(1).atTime(22, 50).atZone(zone).toInstant(),
        date.atTime(6, 40).atZone(zone).toInstant(),
        null,
        Map.of(SleepPosition.LEFT, 300.5, SleepPosition.THREE_QUARTER_PRONE, 41.0),
        41.0,
        6,
        1.05,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        7.5,
        1,
        455.5,
        null,
        2,
        null);
  }

  /** A batch of records of any kinds. */
  public static Batch batch(Object... records) {
    return batch(List.of(records));
  }

  public static Batch batch(List<?> records) {
    List<Bout> bouts = new ArrayList<>();
    List<Episode> episodes = new ArrayList<>();
    List<Alert> alerts = new ArrayList<>();
    List<AlertResponse> responses = new ArrayList<>();
    List<Decision> decisions = new ArrayList<>();
    List<DaySummary> days = new ArrayList<>();
    List<NightSummary> nights = new ArrayList<>();
    List<PassedBarrier> barriers = new ArrayList<>();
    for (Object each : records) {
      if (each instanceof Bout bout) {
        bouts.add(bout);
      } else if (each instanceof Episode episode) {
        episodes.add(episode);
      } else if (each instanceof Alert alert) {
        alerts.add(alert);
      } else if (each instanceof AlertResponse response) {
        responses.add(response);
      } else if (each instanceof Decision decision) {
        decisions.add(decision);
      } else if (each instanceof DaySummary day) {
        days.add(day);
      } else if (each instanceof NightSummary night) {
        nights.add(night);
      } else {
        barriers.add((PassedBarrier) each);
      }
    }
    return new Batch(bouts, episodes, alerts, responses, decisions, days, nights, barriers);
  }
}
