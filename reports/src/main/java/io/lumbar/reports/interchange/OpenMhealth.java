package io.lumbar.reports.interchange;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lumbar.model.Bout;
import io.lumbar.model.DaySummary;
import io.lumbar.model.Json;
import io.lumbar.model.NightSummary;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.reports.statistics.Rounded;
import io.lumbar.reports.trends.Nights;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Data points with the header of IEEE 1752.1: spells of a posture as its {@code physical-activity},
 * time in bed as its {@code time-in-bed}; the steps of each hour, which name no activity, as Open
 * mHealth's {@code step-count}, and nights as its {@code sleep-episode} where something guessed
 * when sleep began. Positions in bed, for which neither has a schema, come under a name of our own,
 * {@code lumbar:lying-positions}.
 *
 * <p>A sleep episode has no {@code number_of_awakenings}: how often somebody was out of bed is
 * known, and most awakenings are in bed. {@link DaysCsv} has that under a name of its own.
 *
 * <p>The same record always has the same id, in a study one of its own; when the points were made
 * is when they are handed on, because what they are made of is worked out anew.
 */
final class OpenMhealth {
  private final ArrayNode points = Json.mapper().createArrayNode();

  private final Measured measured;

  private OpenMhealth(Measured measured) {
    this.measured = measured;
  }

  static byte[] of(Measured measured) {
    OpenMhealth out = new OpenMhealth(measured);
    measured.bouts().forEach(out::posture);
    measured.days().forEach(out::steps);
    measured.nights().forEach(out::night);
    return Json.bytes(out.points);
  }

  private void posture(Bout bout) {
    String activity =
        switch (bout.posture()) {
          case SITTING, TRAVELLING -> "sedentary";
          case STANDING, UPRIGHT -> "standing";
          case WALKING -> "walking";
          case RUNNING -> "running";
          case STAIRS -> "stair climbing";
          case CYCLING -> "bicycling";
          case LYING -> "lying";
          case INACTIVE, NOT_WORN, UNKNOWN -> "";
        };
    if (activity.isEmpty() || bout.open()) {
      return;
    }
    ObjectNode body = point(bout.id(), "ieee", "physical-activity", "1.0", bout.zone());
    if (bout.placement() == Placement.ESTIMATED) {
      toldBy(measured.hasUnworn() ? Optional.empty() : Optional.of("self-reported"));
    }
    body.put("activity_name", activity);
    interval(body, bout.from(), bout.to(), bout.zone());
    body.putObject("duration").put("value", bout.seconds()).put("unit", "sec");
  }

  /**
   * Of each hour on the clock that has steps; an hour that comes twice stands at its first. Of a
   * day with a flight, whose hours are those of two clocks, its steps as one.
   */
  private void steps(DaySummary day) {
    if (day.span() != null) {
      if (day.steps() > 0) {
        steps(day, "steps|" + day.wearer() + "|" + day.date(), day.begin(), day.end(), day.steps());
      }
      return;
    }
    List<Long> hours = day.stepsByHour();
    for (int hour = 0; hour < hours.size(); hour++) {
      long steps = hours.get(hour);
      if (steps > 0) {
        ZonedDateTime from = day.date().atTime(hour, 0).atZone(day.zone());
        String id = "steps|" + day.wearer() + "|" + day.date() + "|" + hour;
        steps(day, id, from.toInstant(), from.plusHours(1).toInstant(), steps);
      }
    }
  }

  private void steps(DaySummary day, String id, Instant from, Instant to, long steps) {
    ObjectNode body = point(id, "omh", "step-count", "3.0", day.zone());
    body.putObject("step_count").put("value", steps).put("unit", "steps");
    interval(body, from, to, day.zone());
  }

  private void night(NightSummary night) {
    String id = night.wearer() + "|" + night.date();
    if (night.open()) {
      return;
    }
    Instant asleep = night.asleepFrom();
    if (asleep != null) {
      ObjectNode body = point("night|" + id, "omh", "sleep-episode", "1.1", night.zone());
      interval(body, asleep, night.inBedTo(), night.zone());
      body.put("is_main_sleep", true);
    }
    ObjectNode bed = point("bed|" + id, "ieee", "time-in-bed", "1.0", night.zone());
    bed.putObject("time_in_bed").put("value", Rounded.of(night.inBedMinutes())).put("unit", "min");
    interval(bed, night.inBedFrom(), night.inBedTo(), night.zone());
    if (!night.positionMinutes().isEmpty()) {
      ObjectNode lying = point("positions|" + id, "lumbar", "lying-positions", "1.1", night.zone());
      interval(lying, night.inBedFrom(), night.inBedTo(), night.zone());
      if (night.estimatedFrom() != null) {
        lying.put("estimated_from", night.estimatedFrom().wireName());
      }
      ObjectNode positions = lying.putObject("positions");
      night.positionMinutes().keySet().stream()
          .sorted()
          .forEach(
              position ->
                  positions
                      .putObject(position.wireName())
                      .put("value", Rounded.of(Nights.minutes(night, position)))
                      .put("unit", "min"));
    }
  }

  /** A point with its header, whose body is still empty. */
  private ObjectNode point(String id, String namespace, String name, String version, ZoneId zone) {
    ObjectNode point = points.addObject();
    ObjectNode header = point.putObject("header");
    byte[] whole = measured.subject().idOf(id).getBytes(StandardCharsets.UTF_8);
    header.put("uuid", UUID.nameUUIDFromBytes(whole).toString());
    header
        .putObject("schema_id")
        .put("namespace", namespace)
        .put("name", name)
        .put("version", version);
    header.put("source_creation_date_time", local(measured.madeAt(), zone));
    header.put("modality", "sensed");
    return point.putObject("body");
  }

  /** Of the newest point: by whose word it is, where that is known. */
  private void toldBy(Optional<String> modality) {
    ObjectNode header = (ObjectNode) points.get(points.size() - 1).path("header");
    header.remove("modality");
    modality.ifPresent(word -> header.put("modality", word));
  }

  private static void interval(ObjectNode body, Instant from, Instant to, ZoneId zone) {
    body.putObject("effective_time_frame")
        .putObject("time_interval")
        .put("start_date_time", local(from, zone))
        .put("end_date_time", local(to, zone));
  }

  private static String local(Instant instant, ZoneId zone) {
    // With the seconds: RFC 3339, which the schemas name, does not leave them out.
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(instant.atZone(zone));
  }

  /** Whether steps are taken in a posture. */
  static boolean isMoving(Posture posture) {
    return switch (posture) {
      case WALKING, RUNNING, STAIRS -> true;
      default -> false;
    };
  }
}
