package io.lumbar.reports;

import static io.lumbar.reports.ReportsServer.MIRA;
import static io.lumbar.reports.ReportsServer.ZONE;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lumbar.model.AlertResponse;
import io.lumbar.model.Bout;
import io.lumbar.model.DaySummary;
import io.lumbar.model.Json;
import io.lumbar.model.Posture;
import io.lumbar.reports.testing.InMemoryHistory;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** An office day of Mira up to 14:52, and the day before: with a night, breaks and reminders. */
final class SeededDay {
  static final LocalDate DATE = LocalDate.of(2026, 3, 4);
  static final Instant NOW = at(DATE, "14:52").plusSeconds(20);

  private static final String PLAN =
      "00:00 lying 06:42 walking 06:51 standing 07:10 sitting 07:32 standing 07:39 walking 07:46"
          + " travelling 08:14 walking 08:21 stairs 08:23 sitting 08:51 standing 08:53 sitting"
          + " 09:38 walking 09:44 sitting 10:07 standing 10:31 walking 10:33 sitting 11:14 walking"
          + " 11:18 sitting 11:46 walking 12:01 sitting 12:27 walking 12:44 standing 12:52 sitting"
          + " 13:41 stairs 13:43 walking 13:47 standing 14:05 sitting 14:19 walking 14:22 standing"
          + " 14:29 sitting 14:52";
  private static final String REST_OF_DAY =
      " walking 15:02 sitting 16:21 walking 16:24 sitting 17:08 walking 17:16 travelling 17:49"
          + " walking 18:20 standing 18:55 sitting 19:31 standing 19:48 cycling 20:36 not-worn"
          + " 21:04 sitting 22:31 standing 22:44 lying 24:00";

  private SeededDay() {}

  static void into(InMemoryHistory history) {
    day(history, DATE.minusDays(1), PLAN + REST_OF_DAY, false);
    day(history, DATE, PLAN, true);
    history.alerts(
        Records.alert(MIRA, "a1", 30, at(DATE, "09:23"), "sent"),
        Records.alert(MIRA, "a2", 45, at(DATE, "09:38"), "quiet-hours"),
        Records.alert(MIRA, "a3", 30, at(DATE, "11:03"), "sent"),
        Records.alert(MIRA, "a4", 30, at(DATE, "13:22"), "sent"));
    history.responses(
        response("a1", AlertResponse.Action.SNOOZE, 15, at(DATE, "09:24")),
        response("a3", AlertResponse.Action.DONE, null, at(DATE, "11:13")),
        response("a4", AlertResponse.Action.DONE, null, at(DATE, "13:40")));
  }

  /** The day as it is right after the wearer had some of it forgotten. */
  static void forget(InMemoryHistory history, String from, String to) {
    DaySummary day = history.days(MIRA.id(), DATE, DATE).get(0);
    ObjectNode tree = Json.mapper().valueToTree(day.withRevision(day.revision() + 1));
    tree.putArray("forgotten")
        .addObject()
        .put("from", at(DATE, from).toString())
        .put("to", at(DATE, to).toString());
    history.days(Json.read(Json.bytes(tree), DaySummary.class));
  }

  /** The day with what the wearer logged of lifts. */
  static void lift(InMemoryHistory history, DaySummary.Lifting lifting) {
    DaySummary day = history.days(MIRA.id(), DATE, DATE).get(0);
    ObjectNode tree = Json.mapper().valueToTree(day.withRevision(day.revision() + 1));
    history.days(Json.read(Json.bytes(tree.putPOJO("lifting", lifting)), DaySummary.class));
  }

  static Instant at(LocalDate date, String time) {
    return time.equals("24:00")
        ? date.plusDays(1).atStartOfDay(ZONE).toInstant()
        : date.atTime(LocalTime.parse(time)).atZone(ZONE).toInstant();
  }

  private static AlertResponse response(
      String alert, AlertResponse.Action action, Integer minutes, Instant at) {
    return new AlertResponse(alert, MIRA.id(), action, minutes, null, at);
  }

  private static void day(
      InMemoryHistory history, LocalDate date, String plan, boolean lastIsOpen) {
    String[] words = plan.split(" ");
    List<Bout> bouts = new ArrayList<>();
    for (int i = 0; i + 2 < words.length; i += 2) {
      boolean last = i + 4 > words.length;
      Instant to = last && lastIsOpen ? NOW : at(date, words[i + 2]);
      bouts.add(
          Records.bout(
              MIRA,
              Posture.of(words[i + 1]),
              at(date, words[i]),
              to,
              last && lastIsOpen,
              1,
              false));
    }
    history.bouts(bouts.toArray(Bout[]::new));
    history.days(summary(date, bouts));
  }

  private static DaySummary summary(LocalDate date, List<Bout> bouts) {
    Map<Posture, Double> minutes = new EnumMap<>(Posture.class);
    bouts.forEach(b -> minutes.merge(b.posture(), b.seconds() / 60, Double::sum));
    List<Bout> sat = bouts.stream().filter(b -> b.posture() == Posture.SITTING).toList();
    double longest = sat.stream().mapToDouble(Bout::seconds).max().orElse(0) / 60;
    double known =
        Duration.between(bouts.get(0).from(), bouts.get(bouts.size() - 1).to()).toSeconds() / 60.0;
    return new DaySummary(
        MIRA.id(),
        date,
        ZONE,
        1,
        minutes,
        new DaySummary.Sitting(
            sat.size(),
            minutes.getOrDefault(Posture.SITTING, 0.0),
            longest,
            longer(sat, 20),
            longer(sat, 30),
            longer(sat, 60),
            sat.size() - 1),
        6412,
        known - minutes.getOrDefault(Posture.NOT_WORN, 0.0));
  }

  private static int longer(List<Bout> bouts, int minutes) {
    return (int) bouts.stream().filter(b -> b.seconds() >= minutes * 60).count();
  }
}
