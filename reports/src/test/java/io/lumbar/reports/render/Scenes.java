package io.lumbar.reports.render;

import io.lumbar.model.AlertResponse.Action;
import io.lumbar.model.Experiment;
import io.lumbar.model.LoadChange;
import io.lumbar.model.NightSummary;
import io.lumbar.model.Placement;
import io.lumbar.model.SleepPosition;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;

/** The mornings that a report has to be right on. */
final class Scenes {
  private static final LocalDate MORNING = LocalDate.of(2026, 3, 5);
  private static final String OFFICE =
      "00:00 lying 06:42 walking 06:51 standing 07:10 sitting 07:32 standing 07:39 walking 07:46"
          + " travelling 08:14 walking 08:23 sitting 08:51 standing 08:53 sitting 09:38 walking"
          + " 09:44 sitting 10:07 standing 10:31 walking 10:33 sitting 11:14 walking 11:18 sitting"
          + " 11:46 walking 12:01 sitting 12:27 walking 12:44 standing 12:52 sitting 13:41 walking"
          + " 13:47 standing 14:05 sitting 14:19 walking 14:22 standing 14:29 sitting 14:52 walking"
          + " 15:02 sitting 16:21 walking 16:24 sitting 17:08 walking 17:16 travelling 17:49"
          + " walking 18:20 standing 18:55 sitting 19:31 standing 19:48 cycling 20:36 not-worn"
          + " 21:04 sitting 22:31 standing 22:44 lying 24:00";
  private static final String GOOD =
      "00:00 lying 06:40 walking 06:55 standing 07:20 sitting 07:45 walking 08:20 sitting 08:48"
          + " standing 09:10 sitting 09:36 walking 09:44 sitting 10:10 standing 10:40 walking 10:47"
          + " sitting 11:12 walking 11:20 sitting 11:44 walking 12:05 sitting 12:30 walking 13:02"
          + " standing 13:25 sitting 13:52 walking 13:58 sitting 14:24 standing 14:55 sitting 15:21"
          + " walking 15:29 sitting 15:57 walking 16:04 sitting 16:30 walking 17:12 standing 18:00"
          + " sitting 18:26 standing 18:50 cycling 19:40 standing 20:05 sitting 20:34 walking 20:40"
          + " sitting 21:08 standing 21:20 sitting 21:48 standing 22:40 lying 24:00";

  private Scenes() {}

  static Map<String, Scene> all() {
    Map<String, Scene> scenes = new LinkedHashMap<>();
    scenes.put("good-day", goodDay());
    scenes.put("restless-night", restlessNight());
    scenes.put("no-data", new Scene(MORNING).before(20, false));
    scenes.put("half-day", halfDay());
    scenes.put("hardly-seen-night", hardlySeenNight());
    scenes.put("estimated-night", estimatedNight());
    scenes.put("arched-night", archedNight());
    scenes.put("dst-night", dstNight());
    scenes.put("first-day", new Scene(MORNING).yesterday(OFFICE, 6412).alert("09:23", 30, null));
    scenes.put("ninety-days", ninetyDays());
    scenes.put("partly-known-night", partlyKnownNight());
    scenes.put("no-night-sensor", noNightSensor());
    scenes.put("bends-of-two-hours", goodDay().bends(12, 2));
    scenes.put("bends-of-twelve-hours", goodDay().bends(31, 12));
    scenes.put("two-zones", twoZones());
    scenes.put("forgotten-hours", forgottenHours());
    scenes.put("night-alone", nightAlone());
    scenes.put("own-machine", restlessNight().guided("http://localhost:8080"));
    scenes.put("every-other-day", halfDay().everyOther());
    scenes.put("night-of-sums", nightOfSums());
    return scenes;
  }

  static Scene goodDay() {
    return goodNight(new Scene(MORNING).before(28, true).yesterday(GOOD, 9120))
        .alert("11:40", 20, Action.DONE);
  }

  private static Scene goodNight(Scene scene) {
    return scene.night(
        Scene.night(
            MORNING,
            Scene.at(MORNING.minusDays(1), "22:40"),
            Scene.at(MORNING, "06:35"),
            Map.of(
                SleepPosition.LEFT, 215.0,
                SleepPosition.RIGHT, 120.0,
                SleepPosition.SUPINE, 131.0),
            11,
            0,
            1));
  }

  static Scene restlessNight() {
    return new Scene(MORNING)
        .before(28, true)
        .yesterday(OFFICE, 6412)
        .night(
            Scene.night(
                MORNING,
                Scene.at(MORNING.minusDays(1), "22:44"),
                Scene.at(MORNING, "06:48"),
                Map.of(
                    SleepPosition.PRONE, 131.0,
                    SleepPosition.THREE_QUARTER_PRONE, 38.0,
                    SleepPosition.LEFT, 92.0,
                    SleepPosition.RIGHT, 61.0,
                    SleepPosition.SUPINE, 128.0),
                41,
                3,
                4))
        .tries(Experiment.Change.SIDE_SLEEPING, 9)
        .alert("09:23", 30, Action.SNOOZE)
        .alert("11:03", 30, Action.DONE)
        .alert("13:22", 30, null)
        .alert("15:32", 30, null)
        .alert("15:47", 45, Action.DISMISS)
        .keptBack("10:14", "backed-off")
        .keptBack("12:31", "withheld-at-random")
        .keptBack("16:54", "cooldown")
        .keptBack("17:40", "budget")
        .keptBack("22:10", "quiet-hours")
        .keptBack("22:25", "quiet-hours");
  }

  static Scene halfDay() {
    return new Scene(MORNING)
        .before(28, false)
        .yesterday(
            "00:00 unknown 09:10 sitting 09:58 walking 10:06 sitting 11:20 standing 11:40 walking"
                + " 11:58 sitting 12:36 walking 14:30 unknown 24:00",
            4022)
        .alert("09:41", 30, null);
  }

  /** A device was off for a part of what was forgotten. */
  static Scene forgottenHours() {
    return new Scene(MORNING)
        .before(28, true)
        .yesterday(
            "00:00 lying 06:42 walking 06:51 standing 07:10 sitting 08:51 standing 08:53 sitting"
                + " 09:38 walking 09:44 sitting 11:14 walking 11:18 sitting 11:46 walking 12:30"
                + " unknown 13:30 not-worn 14:10 unknown 15:05 sitting 16:21 walking 16:24 sitting"
                + " 17:08 walking 18:20 standing 18:55 sitting 19:31 standing 19:48 cycling 20:36"
                + " not-worn 21:04 sitting 22:31 standing 22:44 lying 24:00",
            5120)
        .forgets("12:30", "15:05");
  }

  /** Of somebody who wears a sensor on the thigh alone. */
  static Scene estimatedNight() {
    return new Scene(MORNING)
        .before(28, true)
        .yesterday(GOOD, 9120)
        .night(longOnTheFront())
        .estimates(Placement.THIGH, 30);
  }

  /** Of somebody who wears a sensor on the chest in bed and nothing by day. */
  static Scene nightAlone() {
    return goodNight(new Scene(MORNING).before(12, true))
        .yesterday("00:00 lying 06:40 unknown 22:40 lying 24:00", 0)
        .worn(Placement.CHEST);
  }

  /** As an app tells it that gives the minutes of each position and no times. */
  static Scene nightOfSums() {
    return new Scene(MORNING)
        .before(28, true)
        .yesterday(GOOD, 9120)
        .night(
            Scene.with(
                Scene.night(
                    MORNING,
                    Scene.at(MORNING.minusDays(1), "22:40"),
                    Scene.at(MORNING, "06:35"),
                    Map.of(
                        SleepPosition.PRONE, 71.0,
                        SleepPosition.THREE_QUARTER_PRONE, 38.0,
                        SleepPosition.LEFT, 188.0,
                        SleepPosition.RIGHT, 0.4,
                        SleepPosition.SUPINE, 140.0),
                    12,
                    0,
                    2),
                tree -> tree.putArray("track")));
  }

  /** As two sensors on the trunk measured it. */
  static Scene archedNight() {
    return new Scene(MORNING)
        .before(28, true)
        .yesterday(GOOD, 9120)
        .night(
            Scene.with(
                longOnTheFront(),
                tree ->
                    tree.put("archedMinutes", 96)
                        .put("stronglyArchedMinutes", 31)
                        .put("archDegrees", 17.5)
                        .put("archConfidence", 0.8)));
  }

  private static NightSummary longOnTheFront() {
    return Scene.night(
        MORNING,
        Scene.at(MORNING.minusDays(1), "22:40"),
        Scene.at(MORNING, "06:35"),
        Map.of(
            SleepPosition.PRONE, 149.0,
            SleepPosition.LEFT, 190.0,
            SleepPosition.SUPINE, 120.0),
        12,
        0,
        2);
  }

  /** A sensor that stopped at half past two. */
  static Scene hardlySeenNight() {
    return new Scene(MORNING)
        .before(28, true)
        .yesterday(GOOD, 9120)
        .night(
            Scene.night(
                MORNING,
                Scene.at(MORNING.minusDays(1), "22:40"),
                Scene.at(MORNING, "06:35"),
                Map.of(
                    SleepPosition.PRONE, 48.0,
                    SleepPosition.LEFT, 95.0,
                    SleepPosition.SUPINE, 57.0),
                7,
                0,
                2));
  }

  /** In bed for 7 h 55 min, seen for 7 h 36 min; a thigh sensor went on alone after 4 h 54 min. */
  static Scene partlyKnownNight() {
    return new Scene(MORNING)
        .before(28, true)
        .yesterday(GOOD, 9120)
        .night(
            Scene.with(
                Scene.night(
                    MORNING,
                    Scene.at(MORNING.minusDays(1), "22:40"),
                    Scene.at(MORNING, "06:35"),
                    Map.of(
                        SleepPosition.PRONE, 70.0,
                        SleepPosition.LEFT, 134.0,
                        SleepPosition.SUPINE, 90.0),
                    9,
                    0,
                    2),
                tree -> tree.put("coverageMinutes", 456)));
  }

  static Scene noNightSensor() {
    return new Scene(MORNING)
        .before(28, false)
        .yesterday(GOOD, 9120)
        .tells(4, 2)
        .alert("11:40", 20, Action.DONE);
  }

  /** Yesterday in Berlin, then by night to New York, and in bed there. */
  static Scene twoZones() {
    ZoneId newYork = ZoneId.of("America/New_York");
    LocalDate before = MORNING.minusDays(1);
    return new Scene(MORNING)
        .flies(newYork, Scene.at(before, "23:30"))
        .before(28, true)
        .yesterday(
            "00:00 lying 06:40 walking 06:55 standing 07:20 sitting 07:45 walking 08:20 sitting"
                + " 09:40 walking 10:05 standing 12:30 sitting 13:10 walking 14:00 sitting 15:05"
                + " standing 17:10 travelling 24:00",
            6120)
        .night(
            Scene.with(
                Scene.night(
                    MORNING,
                    MORNING.atTime(0, 10).atZone(newYork).toInstant(),
                    MORNING.atTime(7, 5).atZone(newYork).toInstant(),
                    Map.of(SleepPosition.LEFT, 225.0, SleepPosition.SUPINE, 185.0),
                    8,
                    0,
                    1),
                tree -> tree.put("zone", newYork.getId())))
        .alert("14:30", 30, Action.DONE)
        .alert("15:02", 60, null);
  }

  /** Clocks go forward at 02:00 on 29 March. */
  static Scene dstNight() {
    LocalDate morning = LocalDate.of(2026, 3, 29);
    return new Scene(morning)
        .before(12, true)
        .yesterday(GOOD, 9120)
        .night(
            Scene.night(
                morning,
                Scene.at(morning.minusDays(1), "22:40"),
                Scene.at(morning, "07:10"),
                Map.of(
                    SleepPosition.LEFT, 205.0,
                    SleepPosition.PRONE, 52.0,
                    SleepPosition.SUPINE, 181.0),
                14,
                1,
                null));
  }

  static Scene ninetyDays() {
    return new Scene(MORNING)
        .before(90, true)
        .yesterday(
            OFFICE,
            15210,
            new LoadChange(LoadChange.Measure.STEPS, 13480, 7910, 7850, 70.4, 1.704, 1.4, true),
            new LoadChange(LoadChange.Measure.ACTIVE_MINUTES, 131, 96, 95, 36.5, 1.365, 1.2, false))
        .night(
            Scene.night(
                MORNING,
                Scene.at(MORNING.minusDays(1), "22:44"),
                Scene.at(MORNING, "06:40"),
                Map.of(
                    SleepPosition.PRONE, 71.0,
                    SleepPosition.LEFT, 212.0,
                    SleepPosition.SUPINE, 168.0),
                15,
                0,
                5))
        .tries(Experiment.Change.EVENING_STRETCH, 30)
        .alert("09:23", 30, Action.DONE)
        .alert("15:32", 30, null);
  }
}
