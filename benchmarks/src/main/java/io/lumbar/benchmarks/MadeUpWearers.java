package io.lumbar.benchmarks;

import io.lumbar.history.HistoryStore;
import io.lumbar.history.HistoryStore.Batch;
import io.lumbar.model.Alert;
import io.lumbar.model.AlertResponse;
import io.lumbar.model.Bout;
import io.lumbar.model.DaySummary;
import io.lumbar.model.Decision;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.NightSummary;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.SleepPosition;
import io.lumbar.model.StableIds;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerSettings;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Wearers with days and nights, and bouts and alerts of the last days; the same for the same
 * number.
 */
final class MadeUpWearers {
  static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
  static final LocalDate LAST = LocalDate.of(2026, 3, 31);

  /** Wearers in one batch. */
  private static final int TOGETHER = 20;

  private static final Posture[] WORK = {
    Posture.SITTING, Posture.STANDING, Posture.SITTING, Posture.WALKING
  };

  private MadeUpWearers() {}

  static Wearer wearer(int number) {
    return new Wearer(
        new WearerId("w_" + number),
        "Wearer " + number,
        "hash",
        List.of(new Wearer.ZoneFrom(ZONE, Instant.EPOCH)),
        WearerSettings.defaults());
  }

  /**
   * What is known of a wearer.
   *
   * @param days of summaries up to {@link #LAST}
   * @param detailed of these, how many of the last have bouts and alerts too
   */
  static Batch of(int number, int days, int detailed) {
    Random random = new Random(number);
    Wearer wearer = wearer(number);
    List<Bout> bouts = new ArrayList<>();
    List<Alert> alerts = new ArrayList<>();
    List<AlertResponse> responses = new ArrayList<>();
    List<Decision> decisions = new ArrayList<>();
    List<DaySummary> summaries = new ArrayList<>();
    List<NightSummary> nights = new ArrayList<>();
    for (int back = days - 1; back >= 0; back--) {
      LocalDate date = LAST.minusDays(back);
      if (back < detailed) {
        details(wearer.id(), date, random, bouts, alerts, responses, decisions);
      }
      summaries.add(day(wearer.id(), date, random));
      nights.add(night(wearer.id(), date, random));
    }
    return new Batch(bouts, List.of(), alerts, responses, decisions, summaries, nights, List.of());
  }

  /** Writes so many wearers as {@link #of} has them. */
  static void plant(HistoryStore store, int wearers, int days, int detailed) {
    for (int from = 0; from < wearers; from += TOGETHER) {
      store.write(
          merged(
              IntStream.range(from, Math.min(wearers, from + TOGETHER))
                  .mapToObj(number -> of(number, days, detailed))
                  .toList()));
    }
  }

  private static Batch merged(List<Batch> batches) {
    return new Batch(
        all(batches, Batch::bouts),
        List.of(),
        all(batches, Batch::alerts),
        all(batches, Batch::responses),
        all(batches, Batch::decisions),
        all(batches, Batch::days),
        all(batches, Batch::nights),
        List.of());
  }

  private static <T> List<T> all(List<Batch> batches, Function<Batch, List<T>> part) {
    return batches.stream().map(part).flatMap(List::stream).toList();
  }

  private static void details(
      WearerId wearer,
      LocalDate date,
      Random random,
      List<Bout> bouts,
      List<Alert> alerts,
      List<AlertResponse> responses,
      List<Decision> decisions) {
    Instant at = date.atTime(7, 0).atZone(ZONE).toInstant();
    for (int i = 0; i < 40; i++) {
      Posture posture = WORK[i % WORK.length];
      long seconds =
          posture == Posture.SITTING ? 900 + random.nextInt(2400) : 120 + random.nextInt(600);
      Instant to = at.plusSeconds(seconds);
      bouts.add(
          new Bout(
              StableIds.bout(wearer, posture, at),
              wearer,
              posture,
              at,
              to,
              to,
              ZONE,
              Placement.THIGH,
              false,
              1,
              false,
              Map.of()));
      if (posture == Posture.SITTING && seconds > 1800) {
        String episode = StableIds.episode(wearer, EpisodeKind.LONG_SITTING, at);
        Instant told = at.plusSeconds(1800);
        String id = StableIds.alert(episode, 30);
        alerts.add(
            new Alert(
                id,
                wearer,
                episode,
                EpisodeKind.LONG_SITTING,
                30,
                told,
                at,
                ZONE,
                "Time to stand up",
                "You have sat for 30 minutes.",
                "hip-flexor",
                "sent"));
        decisions.add(
            new Decision(
                StableIds.decision(episode, 30, "sent"),
                wearer,
                episode,
                EpisodeKind.LONG_SITTING,
                30,
                told,
                ZONE,
                "sent",
                "sent",
                null));
        if (random.nextBoolean()) {
          responses.add(
              new AlertResponse(
                  id, wearer, AlertResponse.Action.DONE, null, null, told.plusSeconds(60)));
        }
      }
      at = to;
    }
  }

  private static DaySummary day(WearerId wearer, LocalDate date, Random random) {
    double sitting = 380 + random.nextInt(200) + 0.25;
    Map<Posture, Double> minutes = new EnumMap<>(Posture.class);
    minutes.put(Posture.SITTING, sitting);
    minutes.put(Posture.STANDING, 180.0 + random.nextInt(60));
    minutes.put(Posture.WALKING, 60.0 + random.nextInt(60));
    minutes.put(Posture.LYING, 450.0);
    double known = minutes.values().stream().mapToDouble(Double::doubleValue).sum();
    return new DaySummary(
        wearer,
        date,
        ZONE,
        1,
        minutes,
        new DaySummary.Sitting(14, sitting, 60 + random.nextInt(60), 8, 5, 1, 13),
        4000 + random.nextInt(8000),
        known);
  }

  private static NightSummary night(WearerId wearer, LocalDate date, Random random) {
    double prone = random.nextInt(90);
    return new NightSummary(
        wearer,
        date,
        ZONE,
        1,
        false,
        false,
        date.minusDays(1).atTime(22, 40).atZone(ZONE).toInstant(),
        date.atTime(6, 30).atZone(ZONE).toInstant(),
        null,
        Map.of(SleepPosition.PRONE, prone, SleepPosition.LEFT, 200.0, SleepPosition.SUPINE, 150.0),
        prone,
        12,
        1.6,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        1,
        460.0,
        null,
        random.nextInt(6),
        random.nextInt(6),
        List.of(),
        null,
        0);
  }
}
