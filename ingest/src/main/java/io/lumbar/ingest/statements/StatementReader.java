package io.lumbar.ingest.statements;

import io.lumbar.http.ApiException;
import io.lumbar.model.Calibration;
import io.lumbar.model.CheckIn;
import io.lumbar.model.Correction;
import io.lumbar.model.DayTag;
import io.lumbar.model.Device;
import io.lumbar.model.Experiment;
import io.lumbar.model.StableIds;
import io.lumbar.model.Statement;
import io.lumbar.model.WearerId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes statements of their fields. Without an id of the sender's, a statement's id is a function
 * of what it says, so that a request sent twice is one statement.
 */
final class StatementReader {
  static final Set<String> CHECK_IN =
      Set.of(
          "id",
          "revoked",
          "wearer",
          "at",
          "pain",
          "stiffness",
          "liftedKg",
          "repetitions",
          "heavierThanUsual",
          "stretchDone");
  static final Set<String> CORRECTION = Set.of("id", "revoked", "wearer", "from", "to", "was");
  static final Set<String> DAY_TAG = Set.of("id", "revoked", "wearer", "date", "tag", "remove");
  static final Set<String> CALIBRATION =
      Set.of("id", "revoked", "wearer", "device", "pose", "from", "to");
  static final Set<String> EXPERIMENT = Set.of("id", "revoked", "wearer", "from", "change");
  private static final Pattern STRETCH = Pattern.compile("[a-z0-9-]{1,64}");
  private static final LocalDate FIRST_DAY = LocalDate.of(2000, 1, 1);
  private static final int DAYS_AHEAD = 366;

  private StatementReader() {}

  static Statement checkIn(Fields fields, WearerId wearer) {
    Instant at = fields.instant("at");
    Integer pain = fields.whole("pain");
    Integer stiffness = fields.whole("stiffness");
    Double liftedKg = fields.number("liftedKg");
    Integer repetitions = fields.whole("repetitions");
    boolean heavier = fields.flag("heavierThanUsual");
    String stretch = stretch(fields);
    Instant when = at == null ? fields.now() : at;
    Integer times = liftedKg != null && repetitions == null ? Integer.valueOf(1) : repetitions;
    String id =
        id(fields, wearer, "check-in", when, pain, stiffness, liftedKg, times, heavier, stretch);
    return checked(
        () ->
            new CheckIn(
                id,
                fields.now(),
                fields.flag("revoked"),
                when,
                pain,
                stiffness,
                liftedKg,
                times,
                heavier,
                stretch));
  }

  static Statement correction(Fields fields, WearerId wearer) {
    Instant from = fields.requiredInstant("from").truncatedTo(ChronoUnit.MILLIS);
    Instant to = fields.requiredInstant("to").truncatedTo(ChronoUnit.MILLIS);
    if (from.equals(to)) {
      throw ApiException.badRequest("from: must be before to, by a millisecond at least");
    }
    Correction.Was was = fields.named("was", Correction.Was::of);
    boolean revoked = fields.flag("revoked");
    if (was == Correction.Was.FORGET && revoked) {
      throw ApiException.conflict(
          "revoked: what is forgotten stays so, because what was measured is gone; to say what that"
              + " time was, send a correction of its own, such as \"was\":\"walking\"");
    }
    String id = id(fields, wearer, "correction", from, to, was.wireName());
    return checked(() -> new Correction(id, fields.now(), revoked, from, to, was));
  }

  static Statement dayTag(Fields fields, WearerId wearer) {
    LocalDate date = fields.date("date");
    LocalDate last = LocalDate.ofInstant(fields.now(), ZoneOffset.UTC).plusDays(DAYS_AHEAD);
    if (date.isBefore(FIRST_DAY) || date.isAfter(last)) {
      throw ApiException.badRequest(
          "date: must be between %s and a year from now".formatted(FIRST_DAY));
    }
    DayTag.Tag tag = fields.named("tag", DayTag.Tag::of);
    boolean revoked = fields.flag("revoked") || fields.flag("remove");
    String id = id(fields, wearer, "day-tag", date, tag.wireName());
    return checked(() -> new DayTag(id, fields.now(), revoked, date, tag));
  }

  static Statement calibration(Fields fields, WearerId wearer, List<Device> devices) {
    Device device = device(fields, devices);
    Calibration.Pose pose = fields.named("pose", Calibration.Pose::of);
    Instant from = fields.requiredInstant("from");
    Instant to = fields.requiredInstant("to");
    String id = id(fields, wearer, "calibration", device.id(), pose.wireName(), from, to);
    return checked(
        () ->
            new Calibration(
                id,
                fields.now(),
                fields.flag("revoked"),
                device.id(),
                device.placement(),
                pose,
                from,
                to));
  }

  static Statement experiment(Fields fields, WearerId wearer) {
    LocalDate from = fields.date("from");
    LocalDate today = LocalDate.ofInstant(fields.now(), ZoneOffset.UTC);
    boolean revoked = fields.flag("revoked");
    // West of Greenwich today may still be yesterday. One that is taken back may have begun.
    if (!revoked
        && (from.isBefore(today.minusDays(1)) || from.isAfter(today.plusDays(DAYS_AHEAD)))) {
      throw ApiException.badRequest(
          "from: must be today or a day of the next year; of days that are over nobody was told"
              + " whether they were to be with the change");
    }
    Experiment.Change change = fields.named("change", Experiment.Change::of);
    String id = id(fields, wearer, "experiment", from, change.wireName());
    return checked(() -> new Experiment(id, fields.now(), revoked, from, change));
  }

  private static Device device(Fields fields, List<Device> devices) {
    String named = fields.required("device", "the id of the device that was worn");
    return devices.stream()
        .filter(device -> device.id().value().equals(named))
        .findFirst()
        .orElseThrow(() -> ApiException.badRequest("device: the wearer has no device of this id"));
  }

  private static @Nullable String stretch(Fields fields) {
    String stretch = fields.text("stretchDone");
    if (stretch != null && !STRETCH.matcher(stretch).matches()) {
      throw ApiException.badRequest(
          "stretchDone: must be the id of a stretch; GET /api/v1/stretches lists them");
    }
    return stretch;
  }

  private static String id(Fields fields, WearerId wearer, String kind, @Nullable Object... says) {
    String given = fields.text("id");
    if (given != null) {
      return given;
    }
    String[] parts = new String[says.length];
    for (int i = 0; i < says.length; i++) {
      parts[i] = String.valueOf(says[i]);
    }
    return StableIds.statement(wearer, kind, parts);
  }

  /** The record's own rules are the request's rules; their sentences begin with the field. */
  private static Statement checked(Supplier<Statement> statement) {
    try {
      return statement.get();
    } catch (IllegalArgumentException e) {
      throw ApiException.badRequest(String.valueOf(e.getMessage()));
    }
  }
}
