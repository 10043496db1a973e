package io.lumbar.history.influx;

import io.lumbar.history.HistoryStore.Erasure;
import io.lumbar.history.HistoryStore.HistoryRefused;
import io.lumbar.history.HistoryStore.PassedBarrier;
import io.lumbar.history.HistoryStore.Reading;
import io.lumbar.history.HistoryStore.ToldExperiment;
import io.lumbar.history.Listing;
import io.lumbar.model.Alert;
import io.lumbar.model.AlertResponse;
import io.lumbar.model.Bout;
import io.lumbar.model.CountedDays;
import io.lumbar.model.DaySummary;
import io.lumbar.model.Decision;
import io.lumbar.model.Episode;
import io.lumbar.model.Json;
import io.lumbar.model.NightSummary;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerSettings;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Which point stands for which record: the same record always gives the same point, so that writing
 * it again overwrites.
 *
 * <p>A bout's id is a function of wearer, posture and start, and so is its point: the sitting bout
 * that starts at an instant is one point whatever happened to it, and a retracted one cannot hide
 * the standing one that took its start. Alerts and decisions of one wearer and millisecond are told
 * apart by the nanoseconds, which come from the id; a tag would make one series of each.
 *
 * <p>The field {@code record} is the whole record as JSON; the other fields serve queries.
 */
final class Points {
  static final long NANOS = 1_000_000;

  private static final int SLOTS = 4096;
  private static final String MINUTES = "minutes_";
  private static final String STEPS = "steps";
  private static final String COVERAGE = "coverage_minutes";
  private static final String AWAKE_SEEN = "awake_seen_minutes";
  private static final String SITTING = "sitting_minutes";
  private static final String LONGEST = "sitting_longest_minutes";

  /** The fields of which dashboards show a median of seven days. */
  static final List<String> MEDIANS = List.of(SITTING, LONGEST, STEPS);

  static final String HOURS = "hours";

  /**
   * Nothing here knows what a wearer's usual waking hours are; they matter only to days that an
   * earlier version summed up.
   */
  private static final WearerSettings USUAL_HOURS = WearerSettings.defaults();

  private static final DaySummary.Sitting NO_SITTING = new DaySummary.Sitting(0, 0, 0, 0, 0, 0, 0);

  private Points() {}

  static String of(Bout bout) {
    return new Line("bouts")
        .tag("posture", bout.posture().wireName())
        .tag("wearer", bout.wearer().value())
        .field("id", bout.id())
        .field("seconds", bout.retracted() ? 0 : bout.seconds())
        .field("until", bout.retracted() ? 0 : Listing.until(bout.from(), bout.to()))
        .field("open", bout.open())
        .field("revision", (long) bout.revision())
        .field("retracted", bout.retracted())
        .field("record", bout.retracted() ? "" : json(bout))
        .at(time(bout));
  }

  static long time(Bout bout) {
    return nanos(bout.from());
  }

  static String of(Episode episode) {
    return new Line("episodes")
        .tag("kind", episode.kind().wireName())
        .tag("wearer", episode.wearer().value())
        .field("id", episode.id())
        .field("level", episode.retracted() ? 0 : (long) episode.level())
        .field("until", episode.retracted() ? 0 : Listing.until(episode.from(), episode.to()))
        .field("open", episode.open())
        .field("revision", (long) episode.revision())
        .field("retracted", episode.retracted())
        .field("record", episode.retracted() ? "" : json(episode))
        .at(time(episode));
  }

  static long time(Episode episode) {
    return nanos(episode.from());
  }

  static String of(Alert alert) {
    return new Line("alerts")
        .tag("kind", alert.kind().wireName())
        .tag("wearer", alert.wearer().value())
        .field("id", alert.id())
        .field("step", (long) alert.step())
        .field("decision", alert.decision())
        .field("title", alert.title())
        .field("text", alert.text())
        .field("record", json(alert))
        .at(time(alert.at(), alert.id()));
  }

  /** Where to look for an alert of which only the id is known. */
  static String place(Alert alert) {
    return new Line("alert_ids")
        .tag("slot", slot(alert.id()))
        .field("id", alert.id())
        .field("wearer", alert.wearer().value())
        .at(time(alert.at(), alert.id()));
  }

  /** In place of {@link #place}, for an alert whose wearer is no more. */
  static String emptyPlace(String alert, long nanos) {
    return new Line("alert_ids")
        .tag("slot", slot(alert))
        .field("id", "")
        .field("wearer", "")
        .at(nanos);
  }

  static String slot(String alert) {
    return Long.toHexString(hash(alert) % SLOTS);
  }

  static String of(AlertResponse response) {
    return new Line("responses")
        .tag("wearer", response.wearer().value())
        .field("alert", response.alert())
        .field("action", response.action().wireName())
        .field("record", json(response))
        .at(time(response.at(), response.alert()));
  }

  static String of(Decision decision) {
    return new Line("decisions")
        .tag("kind", decision.kind().wireName())
        .tag("wearer", decision.wearer().value())
        .field("id", decision.id())
        .field("step", (long) decision.step())
        .field("reason", decision.reason())
        .field("record", json(decision))
        .at(time(decision.at(), decision.id()));
  }

  /** For dashboards; the whole record stands apart, see {@link DateKind}. */
  static String of(DaySummary day) {
    return line(day, optional(day));
  }

  /** The same over a point that cannot be deleted: a zero hides what the day has no more. */
  static String over(DaySummary day) {
    Map<String, Number> fields = new LinkedHashMap<>(sitting(NO_SITTING));
    fields.put(STEPS, 0L);
    fields.put(COVERAGE, 0.0);
    fields.put(AWAKE_SEEN, 0.0);
    fields.putAll(optional(day));
    return line(day, fields);
  }

  /** Whether so much of the waking hours was seen that there are totals of the day. */
  static boolean isSeen(DaySummary day) {
    return CountedDays.isSeen(day, USUAL_HOURS);
  }

  private static Map<String, Number> sitting(DaySummary.Sitting sitting) {
    Map<String, Number> fields = new LinkedHashMap<>();
    fields.put(SITTING, sitting.minutes());
    fields.put("sitting_bouts", sitting.bouts());
    fields.put("sitting_bouts_30", sitting.boutsOf30());
    fields.put(LONGEST, sitting.longestMinutes());
    fields.put("breaks", sitting.breaks());
    return fields;
  }

  private static String line(DaySummary day, Map<String, Number> fields) {
    Line line =
        new Line("days")
            .tag("local_date", day.date().toString())
            .tag("wearer", day.wearer().value())
            .field("too_little_seen", !isSeen(day))
            .field("revision", (long) day.revision());
    fields.forEach((name, value) -> number(line, name, value));
    return line.at(time(day));
  }

  /**
   * The fields that another revision of the day may lack; none is a zero that nobody measured or
   * counted, and totals are those of days of which enough was seen for them. Dashboards need not
   * ask whether it was: InfluxQL leaves out points without the field that would tell, and so all of
   * former versions.
   */
  static Map<String, Number> optional(DaySummary day) {
    Map<String, Number> fields = new LinkedHashMap<>();
    if (isSeen(day)) {
      fields.putAll(sitting(day.sitting()));
      put(fields, STEPS, day.countedSteps());
    }
    if (!day.holdsOnlyForgotten() && !day.retracted()) {
      fields.put(COVERAGE, day.coverageMinutes());
      DaySummary.Wear wear = CountedDays.withAwake(day, USUAL_HOURS).wear();
      double awake = wear == null ? 0 : CountedDays.seenMinutes(wear);
      put(fields, AWAKE_SEEN, awake > 0 ? awake : null);
    }
    day.postureMinutes()
        .forEach((posture, minutes) -> fields.put(MINUTES + posture.wireName(), minutes));
    DaySummary.Bending bending = day.bending();
    if (bending != null && CountedDays.isTrunkSeen(day, USUAL_HOURS)) {
      fields.put("bends", bending.bends());
      fields.put("bends_60", bending.of60());
    }
    put(fields, "pain", day.pain());
    put(fields, "stiffness", day.stiffness());
    return fields;
  }

  /**
   * Of these fields all that any version may have left in the day's point: former ones wrote totals
   * however little was seen.
   */
  static Set<String> ever(DaySummary day) {
    Set<String> fields = new HashSet<>(optional(day).keySet());
    if (day.coverageMinutes() > 0) {
      fields.addAll(sitting(NO_SITTING).keySet());
    }
    if (day.bending() != null) {
      fields.addAll(List.of("bends", "bends_60"));
    }
    if (day.countedSteps() != null) {
      fields.add(STEPS);
    }
    return fields;
  }

  /**
   * What a mean over some days takes of one: of a day of which too little was seen no minutes of
   * postures either.
   */
  static Map<String, Number> comparable(DaySummary day) {
    Map<String, Number> fields = optional(day);
    if (!isSeen(day)) {
      fields.keySet().removeIf(name -> name.startsWith(MINUTES));
    }
    return fields;
  }

  /** Of {@link #MEDIANS} what the day has; empty where it counts in none. */
  static Map<String, Number> counted(DaySummary day) {
    Map<String, Number> figures = new LinkedHashMap<>();
    if (isSeen(day) && !CountedDays.isKeptOut(day) && day.forgottenMinutes() == 0) {
      figures.put(SITTING, day.sitting().minutes());
      figures.put(LONGEST, day.sitting().longestMinutes());
      put(figures, STEPS, day.countedSteps());
    }
    return figures;
  }

  /**
   * Fields beside those that a day's point has or gets.
   *
   * @param nanos the point's time
   */
  static String beside(WearerId wearer, LocalDate date, long nanos, Map<String, Double> fields) {
    Line line = new Line("days").tag("local_date", date.toString()).tag("wearer", wearer.value());
    fields.forEach(line::field);
    return line.at(nanos);
  }

  /**
   * The part of a bout that lies within an hour. What is below a millisecond comes from the bout's
   * id: a bout of the same posture may begin where a former revision of this one went on.
   *
   * @param from in milliseconds: the bout's start or the full hour
   * @param minutes 0 where the bout no longer reaches
   */
  static String hour(Bout bout, long from, double minutes) {
    return new Line(HOURS)
        .tag("posture", bout.posture().wireName())
        .tag("wearer", bout.wearer().value())
        .field("minutes", minutes)
        .at(hour(from, bout.id()));
  }

  /** The time of such a point, in nanoseconds. */
  static long hour(long from, String bout) {
    return time(Instant.ofEpochMilli(from), bout);
  }

  /** Midnight at the wearer's place, or the first instant of a day that has none. */
  static long time(DaySummary day) {
    return nanos(day.date().atStartOfDay(day.zone()).toInstant());
  }

  /** For dashboards; the whole record stands apart, see {@link DateKind}. */
  static String of(NightSummary night) {
    Line line =
        new Line("nights")
            .tag("local_date", night.date().toString())
            .tag("wearer", night.wearer().value())
            .field("in_bed_minutes", night.retracted() ? 0 : night.inBedMinutes())
            .field("out_of_bed", night.retracted() ? 0 : (long) night.outOfBed())
            .field(COVERAGE, night.retracted() ? 0 : night.coverageMinutes())
            .field("revision", (long) night.revision())
            .field("retracted", night.retracted());
    optional(night).forEach((name, value) -> number(line, name, value));
    return line.at(time(night));
  }

  /** The fields that another revision of the night may lack. */
  static Map<String, Number> optional(NightSummary night) {
    Map<String, Number> fields = new LinkedHashMap<>();
    if (!night.retracted()) {
      night
          .positionMinutes()
          .forEach((position, minutes) -> fields.put(MINUTES + position.wireName(), minutes));
      put(fields, "shifts_per_hour", night.shiftsPerHour());
      put(fields, "longest_prone_minutes", night.longestProneMinutes());
      put(fields, "arched_minutes", night.archedMinutes());
      put(fields, "possibly_arched_minutes", night.possiblyArchedMinutes());
      if (night.raisedChest() != null) {
        put(fields, "chest_raised_minutes", night.raisedChest().minutes());
      }
      put(fields, "pain", night.morningPain());
      put(fields, "stiffness", night.morningStiffness());
    }
    return fields;
  }

  /** As with days: midnight at the start of the date of waking. */
  static long time(NightSummary night) {
    return nanos(night.date().atStartOfDay(night.zone()).toInstant());
  }

  /** Without a time: barriers have none, and the server's own is never beyond its retention. */
  static String of(PassedBarrier passed) {
    return new Line("barriers")
        .tag("topic", passed.topic())
        .tag("wearer", passed.wearer().value())
        .field("id", passed.barrier())
        .toString();
  }

  /** One series a wearer; stands at when it was asked, which no retention refuses. */
  static String of(Erasure erasure) {
    Instant from = erasure.from();
    Instant to = erasure.to();
    return new Line("erasures")
        .tag("wearer", erasure.wearer().value())
        .field("at", Listing.at(erasure.at()))
        .field("start", from == null ? 0 : Listing.at(from))
        .field("until", to == null ? 0 : Listing.at(to))
        .at(time(erasure.at(), from + "|" + to));
  }

  static String of(Reading reading) {
    return new Line("readings")
        .tag("reader", reading.reader())
        .tag("wearer", reading.wearer().value())
        .field("what", reading.what())
        .field("source", reading.source())
        .field("first", Listing.at(reading.first()))
        .field("last", Listing.at(reading.last()))
        .field("times", reading.times())
        .at(time(reading.hour(), reading.what() + "|" + reading.source()));
  }

  static String of(ToldExperiment told) {
    return new Line("experiments")
        .tag("wearer", told.wearer().value())
        .field("id", told.experiment().id())
        .field("record", json(told.experiment()))
        .at(time(told.experiment().statedAt(), told.experiment().id()));
  }

  static String handedOver(WearerId wearer, String report, Instant at) {
    return new Line("handed_over")
        .tag("wearer", wearer.value())
        .field("report", report)
        .at(time(at, report));
  }

  static String sharing(WearerId wearer, boolean shared, Instant at) {
    return new Line("sharing")
        .tag("wearer", wearer.value())
        .field("id", wearer.value())
        .field("shared", shared)
        .at(nanos(at));
  }

  /** What a process says of its own work, for the people who run it. */
  static String pulse(String process, Map<String, Double> values, Instant at) {
    Line line = new Line("pipeline").tag("process", process);
    values.forEach(line::field);
    return line.at(nanos(at));
  }

  private static void put(Map<String, Number> fields, String name, @Nullable Number value) {
    if (value != null) {
      fields.put(name, value);
    }
  }

  private static void number(Line line, String name, Number value) {
    if (value instanceof Double some) {
      line.field(name, some);
    } else {
      line.field(name, value.longValue());
    }
  }

  static long nanos(Instant instant) {
    try {
      return Math.multiplyExact(Listing.at(instant), NANOS);
    } catch (ArithmeticException e) {
      throw new HistoryRefused("InfluxDB keeps the years 1677 to 2262 only", e);
    }
  }

  private static long time(Instant at, String id) {
    return nanos(at) + hash(id) % NANOS;
  }

  private static long hash(String id) {
    CRC32 crc = new CRC32();
    crc.update(id.getBytes(StandardCharsets.UTF_8));
    return crc.getValue();
  }

  static String json(Object value) {
    return new String(Json.bytes(value), StandardCharsets.UTF_8);
  }
}
