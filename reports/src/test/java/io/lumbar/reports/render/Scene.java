package io.lumbar.reports.render;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lumbar.history.HistoryStore.AnsweredAlert;
import io.lumbar.model.Alert;
import io.lumbar.model.AlertResponse;
import io.lumbar.model.Bout;
import io.lumbar.model.DaySummary;
import io.lumbar.model.Decision;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.Experiment;
import io.lumbar.model.Json;
import io.lumbar.model.LoadChange;
import io.lumbar.model.NightSummary;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.SleepPosition;
import io.lumbar.model.StretchProfile;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerSettings;
import io.lumbar.reports.daily.Exercises;
import io.lumbar.reports.daily.Report;
import io.lumbar.reports.daily.ReportFacts;
import io.lumbar.reports.daily.ReportMaker;
import io.lumbar.reports.trends.DayEntries;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a made-up wearer did before the morning of a report. */
final class Scene {
  static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
  static final Wearer MIRA =
      new Wearer(
          new WearerId("w_mira"),
          "Mira",
          "00",
          List.of(new Wearer.ZoneFrom(ZONE, Instant.EPOCH)),
          WearerSettings.defaults());
  private static final List<String> ROUTINE =
      List.of(
          "pelvic-tilt",
          "cat-cow",
          "half-kneeling-hip-stretch",
          "glute-bridge",
          "side-reach",
          "knee-rolls");
  static final URI GUIDE = guide("https://lumbar.example");
  static final Exercises EXERCISES = new SomeExercises(GUIDE);

  private final LocalDate morning;
  private Wearer wearer = MIRA;
  private Exercises exercises = EXERCISES;
  private final List<Bout> bouts = new ArrayList<>();
  private final List<DaySummary> days = new ArrayList<>();
  private final List<NightSummary> nights = new ArrayList<>();
  private final List<AnsweredAlert> alerts = new ArrayList<>();
  private final List<Decision> decisions = new ArrayList<>();
  private final List<Experiment> experiments = new ArrayList<>();

  Scene(LocalDate morning) {
    this.morning = morning;
  }

  Report report() {
    return new ReportMaker(exercises).make(facts());
  }

  /** Where the page is that leads through the routine; null where no address of it is known. */
  Scene guided(@Nullable String start) {
    exercises = new SomeExercises(start == null ? null : guide(start));
    return this;
  }

  private static URI guide(String start) {
    return URI.create(start + "/stretches/routine?exercises=" + String.join(",", ROUTINE));
  }

  ReportFacts facts() {
    return new ReportFacts(
        wearer,
        morning,
        DayEntries.of(days, nights, wearer.settings()),
        bouts,
        alerts,
        decisions,
        experiments);
  }

  /** Yesterday as {@code "00:00 lying 06:42 walking 24:00"}; gaps are written as unknown. */
  Scene yesterday(String plan, long steps, LoadChange... load) {
    LocalDate date = morning.minusDays(1);
    String[] words = plan.split(" ");
    for (int i = 0; i + 2 < words.length; i += 2) {
      Posture posture = Posture.of(words[i + 1]);
      if (posture != Posture.UNKNOWN) {
        bouts.add(bout(posture, at(date, words[i]), at(date, words[i + 2])));
      }
    }
    days.add(summary(date, bouts, steps, List.of(load), List.of(), null));
    return this;
  }

  /**
   * Yesterday's time from and to a time by the clock is forgotten; a device may still know of it.
   */
  Scene forgets(String from, String to) {
    LocalDate date = morning.minusDays(1);
    days.replaceAll(
        day -> {
          if (!day.date().equals(date)) {
            return day;
          }
          ObjectNode tree = Json.mapper().valueToTree(day);
          tree.putArray("forgotten")
              .addObject()
              .put("from", at(date, from).toString())
              .put("to", at(date, to).toString());
          return Json.read(Json.bytes(tree), DaySummary.class);
        });
    return this;
  }

  /** A change that is tried since so many days ago. */
  Scene tries(Experiment.Change change, int daysAgo) {
    experiments.add(
        new Experiment(
            "s_" + change.wireName(), Instant.EPOCH, false, morning.minusDays(daysAgo), change));
    return this;
  }

  /** Is in another zone from an instant on. */
  Scene flies(ZoneId to, Instant at) {
    List<Wearer.ZoneFrom> zones = new ArrayList<>(MIRA.zones());
    zones.add(new Wearer.ZoneFrom(to, at));
    wearer = new Wearer(MIRA.id(), MIRA.name(), MIRA.tokenHash(), zones, MIRA.settings());
    return this;
  }

  /**
   * Bends of 45 degrees yesterday, in so many hours; on other days ten to fourteen, in fourteen.
   */
  Scene bends(int of45, double hours) {
    days.replaceAll(
        day ->
            day.date().equals(morning.minusDays(1))
                ? day.withBending(bending(of45, hours))
                : day.withBending(bending(10 + day.date().getDayOfMonth() % 5, 14)));
    return this;
  }

  private static DaySummary.Bending bending(int of45, double hours) {
    return new DaySummary.Bending(
        2 * of45,
        of45,
        of45 / 2,
        0,
        0,
        Map.of("stoop", 2 * of45),
        new DaySummary.Bending.Forward(30, 15, 4, 0),
        60 * hours);
  }

  /** A check-in this morning, and others in the mornings before; nothing else of this day. */
  Scene tells(int pain, int stiffness) {
    days.replaceAll(
        day -> day.withMorning(day.date().getDayOfMonth() % 4, day.date().getDayOfMonth() % 3));
    days.add(
        summary(morning, List.of(), 0, List.of(), List.of(), null).withMorning(pain, stiffness));
    return this;
  }

  /** Of the last night and so many before it the positions are an estimate. */
  Scene estimates(Placement from, int before) {
    nights.replaceAll(
        night ->
            night.date().isBefore(morning.minusDays(before))
                ? night
                : with(night, tree -> tree.put("estimatedFrom", from.wireName())));
    return this;
  }

  /** The last night and so many before it were measured. */
  Scene measures(int before) {
    nights.replaceAll(
        night ->
            night.date().isBefore(morning.minusDays(before))
                ? night
                : with(night, tree -> tree.remove("estimatedFrom")));
    return this;
  }

  /** Of every other day before yesterday nothing is known. */
  Scene everyOther() {
    LocalDate yesterday = morning.minusDays(1);
    days.removeIf(
        day ->
            day.date().isBefore(yesterday)
                && (day.date().toEpochDay() - yesterday.toEpochDay()) % 2 == 0);
    return this;
  }

  /** Yesterday's steps are counted by something that knows no posture, all of them from 7 to 8. */
  Scene steps(long count) {
    days.replaceAll(
        day -> {
          if (!day.date().equals(morning.minusDays(1))) {
            return day;
          }
          ObjectNode tree = Json.mapper().valueToTree(day);
          ArrayNode hours = tree.put("steps", count).putArray("stepsByHour");
          for (int hour = 0; hour < 24; hour++) {
            hours.add(hour == 7 ? count : 0);
          }
          return Json.read(Json.bytes(tree), DaySummary.class);
        });
    return this;
  }

  /** Yesterday's postures are from a sensor there. */
  Scene worn(Placement placement) {
    bouts.replaceAll(
        bout -> {
          ObjectNode tree = Json.mapper().valueToTree(bout);
          return Json.read(Json.bytes(tree.put("placement", placement.wireName())), Bout.class);
        });
    return this;
  }

  /** The night that ended this morning. */
  Scene night(NightSummary night) {
    nights.add(night);
    return this;
  }

  /** Ordinary days and nights before yesterday, the same for the same count. */
  Scene before(int count, boolean withNights) {
    Random random = new Random(count);
    for (int back = count + 1; back > 1; back--) {
      LocalDate date = morning.minusDays(back);
      double sitting = 400 + 110 * random.nextGaussian() / 2;
      double longest = 60 + 25 * random.nextDouble();
      double prone = Math.max(0, 45 + 30 * random.nextGaussian());
      int pain = (int) Math.max(0, Math.min(10, Math.round(prone / 18 + random.nextGaussian())));
      Map<Posture, Double> minutes = new EnumMap<>(Posture.class);
      minutes.put(Posture.SITTING, sitting);
      minutes.put(Posture.WALKING, 80 + 30 * random.nextDouble());
      minutes.put(Posture.STANDING, 200.0);
      minutes.put(Posture.LYING, 450.0);
      days.add(
          new DaySummary(
              MIRA.id(),
              date,
              ZONE,
              1,
              minutes,
              new DaySummary.Sitting(
                  18, sitting, longest, 7, 3 + random.nextInt(3), 1, 17 + random.nextInt(6)),
              6000 + random.nextInt(4000),
              450 + sitting + 300,
              new DaySummary.Wear(950, 990, 0.9, true),
              List.of(),
              20,
              null,
              List.of(),
              List.of(),
              withNights ? pain : null,
              null));
      if (withNights) {
        nights.add(
            night(
                date,
                at(date.minusDays(1), "23:00"),
                at(date, "06:40"),
                Map.of(
                    SleepPosition.PRONE,
                    prone,
                    SleepPosition.SUPINE,
                    180.0,
                    SleepPosition.LEFT,
                    430 - 180 - prone),
                12 + random.nextInt(8),
                0,
                pain));
      }
    }
    return this;
  }

  Scene alert(String time, int step, AlertResponse.@Nullable Action answer) {
    Instant at = at(morning.minusDays(1), time);
    Alert alert =
        new Alert(
            "a_" + time,
            MIRA.id(),
            "e_" + time,
            EpisodeKind.LONG_SITTING,
            step,
            at,
            at.minusSeconds(step * 60L),
            ZONE,
            "Time to stand up",
            "You have been sitting for a while.",
            null,
            "sent");
    alerts.add(
        new AnsweredAlert(
            alert,
            answer == null
                ? null
                : new AlertResponse(alert.id(), MIRA.id(), answer, null, null, at)));
    return this;
  }

  /** A step that was not told: its decision, and as the policy does it its place in the list. */
  Scene keptBack(String time, String reason) {
    Instant at = at(morning.minusDays(1), time);
    alerts.add(
        new AnsweredAlert(
            new Alert(
                "d_" + time + reason,
                MIRA.id(),
                "e_" + time,
                EpisodeKind.LONG_SITTING,
                30,
                at,
                at.minusSeconds(1800),
                ZONE,
                "Held back at 30 minutes",
                reason,
                null,
                reason),
            null));
    decisions.add(
        new Decision(
            "d_" + time + reason,
            MIRA.id(),
            "e_" + time,
            EpisodeKind.LONG_SITTING,
            30,
            at,
            ZONE,
            reason,
            reason,
            null));
    return this;
  }

  static NightSummary night(
      LocalDate date,
      Instant from,
      Instant to,
      Map<SleepPosition, Double> positions,
      int shifts,
      int outOfBed,
      @Nullable Integer pain) {
    double known = positions.values().stream().mapToDouble(Double::doubleValue).sum();
    return new NightSummary(
        MIRA.id(),
        date,
        ZONE,
        1,
        false,
        false,
        from,
        to,
        null,
        positions,
        positions.getOrDefault(SleepPosition.PRONE, 0.0) / 2,
        shifts,
        shifts / (known / 60),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        outOfBed,
        known,
        null,
        pain,
        pain,
        track(from, positions, shifts, outOfBed),
        null,
        0);
  }

  /** The same night with more fields. */
  static NightSummary with(NightSummary night, Consumer<ObjectNode> more) {
    ObjectNode tree = Json.mapper().valueToTree(night);
    more.accept(tree);
    return Json.read(Json.bytes(tree), NightSummary.class);
  }

  /** The positions in turn, shifts in all, with times out of bed in between. */
  private static List<NightSummary.Lie> track(
      Instant from, Map<SleepPosition, Double> positions, int shifts, int outOfBed) {
    List<SleepPosition> turns = new ArrayList<>(new TreeMap<>(positions).keySet());
    List<NightSummary.Lie> track = new ArrayList<>();
    Instant at = from.plusSeconds(600);
    for (int i = 0; i <= shifts; i++) {
      SleepPosition position = turns.get(i % turns.size());
      int times = shifts / turns.size() + (i % turns.size() <= shifts % turns.size() ? 1 : 0);
      long share = Math.round(positions.get(position) * 60 / Math.max(1, times));
      long seconds = Math.round(share * (0.6 + 0.8 * ((i * 7 % 10) / 9.0)));
      track.add(new NightSummary.Lie(at, at.plusSeconds(seconds), position));
      at = at.plusSeconds(seconds);
      if (outOfBed > 0 && i > 0 && i % (shifts / (outOfBed + 1)) == 0 && i < shifts) {
        track.add(new NightSummary.Lie(at, at.plusSeconds(240), null));
        at = at.plusSeconds(240);
      }
    }
    return track;
  }

  static Instant at(LocalDate date, String time) {
    return time.equals("24:00")
        ? date.plusDays(1).atStartOfDay(ZONE).toInstant()
        : date.atTime(LocalTime.parse(time)).atZone(ZONE).toInstant();
  }

  private static Bout bout(Posture posture, Instant from, Instant to) {
    return new Bout(
        "b_" + from.toEpochMilli(),
        MIRA.id(),
        posture,
        from,
        to,
        to,
        ZONE,
        Placement.THIGH,
        false,
        1,
        false,
        Map.of());
  }

  private static DaySummary summary(
      LocalDate date,
      List<Bout> bouts,
      long steps,
      List<LoadChange> load,
      List<String> tags,
      DaySummary.@Nullable Wear wear) {
    Map<Posture, Double> minutes = new EnumMap<>(Posture.class);
    bouts.forEach(b -> minutes.merge(b.posture(), b.seconds() / 60, Double::sum));
    List<Bout> sat = bouts.stream().filter(b -> b.posture() == Posture.SITTING).toList();
    double known =
        bouts.stream().filter(b -> b.posture().isKnown()).mapToDouble(Bout::seconds).sum() / 60;
    double day =
        Duration.between(at(date, "00:00"), at(date, "24:00")).toMinutes()
            - minutes.getOrDefault(Posture.LYING, 0.0);
    double seen = known - minutes.getOrDefault(Posture.LYING, 0.0);
    return new DaySummary(
        MIRA.id(),
        date,
        ZONE,
        1,
        minutes,
        new DaySummary.Sitting(
            sat.size(),
            minutes.getOrDefault(Posture.SITTING, 0.0),
            sat.stream().mapToDouble(Bout::seconds).max().orElse(0) / 60,
            longer(sat, 20),
            longer(sat, 30),
            longer(sat, 60),
            Math.max(0, sat.size() - 1)),
        steps,
        known,
        new DaySummary.Wear(known, day, seen / day, seen >= 600),
        stepsByHour(bouts, steps),
        sat.size(),
        null,
        load,
        tags,
        null,
        null);
  }

  /** The day's steps as its walking is spread over the hours. */
  private static List<Long> stepsByHour(List<Bout> bouts, long steps) {
    double[] walked = new double[24];
    for (Bout bout : bouts) {
      if (bout.posture() == Posture.WALKING) {
        walked[bout.from().atZone(ZONE).getHour()] += bout.seconds();
      }
    }
    double all = Arrays.stream(walked).sum();
    return all == 0
        ? List.of()
        : Arrays.stream(walked).mapToObj(one -> Math.round(steps * one / all)).toList();
  }

  private static int longer(List<Bout> bouts, int minutes) {
    return (int) bouts.stream().filter(b -> b.seconds() >= minutes * 60).count();
  }

  /** A catalogue in which every id is an exercise. */
  private record SomeExercises(@Nullable URI guide) implements Exercises {
    @Override
    public Optional<Report.Exercise> byId(String id) {
      return Optional.of(
          new Report.Exercise(
              id,
              capital(id.replace('-', ' ')),
              "hold 20 s, 2 times each side",
              List.of(
                  "Start as it is easy for you, with your feet flat on the floor.",
                  "Breathe calmly and stay a while, without going any further.",
                  "Come back slowly, and change sides."),
              List.of("Leave it out if it hurts.")));
    }

    @Override
    public Optional<Report.Routine> routine(
        StretchProfile profile,
        LocalDate day,
        List<DaySummary> days,
        @Nullable NightSummary night) {
      return Optional.of(
          new Report.Routine(
              12.5, ROUTINE.stream().flatMap(id -> byId(id).stream()).toList(), guide));
    }
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ENGLISH) + text.substring(1);
  }
}
