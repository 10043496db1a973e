package io.lumbar.analytics.trunk;

import io.lumbar.analytics.trunk.BedCalibration.Learnt;
import io.lumbar.analytics.trunk.BedCalibration.Outcome;
import io.lumbar.analytics.trunk.BedCalibration.Refused;
import io.lumbar.analytics.trunk.TrunkAxes.Direction;
import io.lumbar.model.Calibration;
import io.lumbar.model.CalibrationResult;
import io.lumbar.model.Json;
import io.lumbar.model.Placement;
import io.lumbar.model.SleepPosition;
import io.lumbar.model.Stamp;
import io.lumbar.model.WearerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the poses that a wearer told of showed of one sensor: which way is up when standing still,
 * and from the five poses in bed its axes and what is flat. A pure function of the poses and of
 * what was measured during them; what was learnt from a day that is closed stays. Of poses in bed
 * on days of which nothing is kept here nothing is said: another state of the sensor may know them.
 *
 * <p>Form: a JSON object with {@code version} 2, {@code standings}, {@code beds} and {@code
 * refusals}; the same without a version is read.
 *
 * <p>Poses in bed belong together when less than half an hour lies between two of them; of one pose
 * the last counts, and where that was heard too seldom all of them, if they agree.
 *
 * @param standings by the start of the pose in epoch milliseconds
 * @param beds learnt from, by the start of the first pose
 * @param refusals what was not learnt from and why, likewise
 */
record SensorCalibration(
    NavigableMap<Long, Direction> standings,
    NavigableMap<Long, Learnt> beds,
    NavigableMap<Long, String> refusals) {
  /** Nothing told yet. */
  static final SensorCalibration NONE =
      new SensorCalibration(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());

  private static final int VERSION = 2;
  private static final String NOT_USED =
      "not used now: by how you stood or walked, the sensor is worn another way than in these poses";
  private static final Duration TOGETHER = Duration.ofMinutes(30);
  private static final Map<BedPose, Calibration.Pose> POSES =
      Map.of(
          BedPose.BACK, Calibration.Pose.BACK,
          BedPose.LEFT, Calibration.Pose.LEFT,
          BedPose.RIGHT, Calibration.Pose.RIGHT,
          BedPose.FLAT_FRONT, Calibration.Pose.FRONT_FLAT,
          BedPose.PROPPED_FRONT, Calibration.Pose.FRONT_PROPPED);

  /**
   * Learns from poses.
   *
   * @param told poses, by time, with those that were taken back
   * @param placement of the sensor
   * @param readings what was measured during a pose
   * @param isGone whether what was measured during a pose is not kept any more, if anything was
   */
  SensorCalibration learn(
      List<Calibration> told,
      Placement placement,
      Function<Calibration, List<Reading>> readings,
      Predicate<Calibration> isGone) {
    List<Calibration> revoked = told.stream().filter(Calibration::revoked).toList();
    SensorCalibration learnt =
        new SensorCalibration(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    List<Calibration> inBed = new ArrayList<>();
    for (Calibration pose : told.stream().filter(one -> !one.revoked()).toList()) {
      long at = pose.from().toEpochMilli();
      if (pose.pose() != Calibration.Pose.STANDING) {
        inBed.add(pose);
      } else {
        Optional<Direction> up =
            isGone.test(pose)
                ? Optional.ofNullable(standings.get(at))
                : StandingPose.of(readings.apply(pose));
        up.ifPresent(one -> learnt.standings.put(at, one));
      }
    }
    long before = Long.MIN_VALUE;
    for (List<Calibration> session : sessions(inBed)) {
      boolean gone = session.stream().anyMatch(isGone);
      if (!gone || !learnt.keep(this, session, revoked, before)) {
        if (!gone || session.stream().anyMatch(pose -> !readings.apply(pose).isEmpty())) {
          learnt.learn(session, placement, readings);
        }
      }
      before = end(session);
    }
    return learnt;
  }

  /**
   * Keeps what was learnt from a session before its motion was let go, also when the statement it
   * began with is not kept any more.
   *
   * @param before the end of the session before it
   */
  private boolean keep(
      SensorCalibration known, List<Calibration> session, List<Calibration> revoked, long before) {
    long at = session.get(0).from().toEpochMilli();
    long from = Math.max(before, at - TOGETHER.plus(Calibration.LONGEST).toMillis());
    Map.Entry<Long, Learnt> bed = known.beds.lowerEntry(end(session));
    if (bed != null && bed.getKey() >= from) {
      if (isTakenBack(session, revoked, bed.getKey())) {
        return false;
      }
      beds.put(bed.getKey(), bed.getValue());
      return true;
    }
    String why = known.refusals.get(at);
    if (why != null) {
      refusals.put(at, why);
    }
    return why != null;
  }

  /** Whether one of the poses of a bed was taken back and not told again. */
  private static boolean isTakenBack(
      List<Calibration> session, List<Calibration> revoked, long from) {
    long to = end(session) + TOGETHER.toMillis();
    return revoked.stream()
        .filter(one -> one.to().toEpochMilli() > from && one.from().toEpochMilli() < to)
        .filter(one -> one.pose() != Calibration.Pose.STANDING)
        .anyMatch(one -> session.stream().noneMatch(pose -> pose.pose() == one.pose()));
  }

  private static long end(List<Calibration> session) {
    return session.stream().mapToLong(pose -> pose.to().toEpochMilli()).max().orElseThrow();
  }

  private void learn(
      List<Calibration> session,
      Placement placement,
      Function<Calibration, List<Reading>> readings) {
    long at = session.get(0).from().toEpochMilli();
    Outcome outcome = outcome(session, placement, readings);
    if (outcome instanceof Learnt bed) {
      beds.put(at, bed);
    } else if (outcome instanceof Refused refused) {
      refusals.put(at, refused.why());
    }
  }

  private static List<List<Calibration>> sessions(List<Calibration> poses) {
    List<List<Calibration>> sessions = new ArrayList<>();
    Instant last = Instant.MIN;
    for (Calibration pose : poses) {
      if (sessions.isEmpty() || last.plus(TOGETHER).isBefore(pose.from())) {
        sessions.add(new ArrayList<>());
      }
      sessions.get(sessions.size() - 1).add(pose);
      last = pose.to().isAfter(last) ? pose.to() : last;
    }
    return sessions;
  }

  private static Outcome outcome(
      List<Calibration> session,
      Placement placement,
      Function<Calibration, List<Reading>> readings) {
    Map<BedPose, List<Reading>> felt = new EnumMap<>(BedPose.class);
    Set<Calibration.Pose> missing = EnumSet.noneOf(Calibration.Pose.class);
    POSES.forEach(
        (bedPose, pose) -> {
          List<List<Reading>> tries =
              session.stream().filter(one -> one.pose() == pose).map(readings).toList();
          if (tries.isEmpty()) {
            missing.add(pose);
          } else {
            felt.put(bedPose, BedCalibration.ofTries(tries));
          }
        });
    if (!missing.isEmpty()) {
      return new Refused(
          "still to come: "
              + String.join(", ", missing.stream().map(Calibration.Pose::wireName).toList()));
    }
    return BedCalibration.learn(felt, placement);
  }

  /** What this and another state of the same sensor know, which were learnt apart. */
  SensorCalibration and(SensorCalibration other) {
    SensorCalibration both =
        new SensorCalibration(
            new TreeMap<>(standings), new TreeMap<>(beds), new TreeMap<>(refusals));
    other.standings.forEach(both.standings::putIfAbsent);
    other.beds.forEach(both.beds::putIfAbsent);
    // A session concerns all zones that were worn that day, and was felt in one of them.
    other.refusals.forEach(
        (at, why) ->
            both.refusals.merge(
                at, why, (one, two) -> one.equals(BedCalibration.NOTHING_FELT) ? two : one));
    both.refusals.keySet().removeAll(both.beds.keySet());
    return both;
  }

  /** Which way was up for a wearer who stood still: the last before a time, or soon after it. */
  Optional<Direction> standing(long at) {
    Map.Entry<Long, Direction> last = standings.floorEntry(at);
    if (last != null) {
      return Optional.of(last.getValue());
    }
    Map.Entry<Long, Direction> coming = standings.higherEntry(at);
    return coming != null && coming.getKey() - at <= TrunkWalks.AHEAD_MILLIS
        ? Optional.of(coming.getValue())
        : Optional.empty();
  }

  /** When the wearer stood whose standing counts at a time; nobody did unless one counts. */
  long stoodAt(long at) {
    Long last = standings.floorKey(at);
    return last == null ? Long.MIN_VALUE : last;
  }

  /** What a bed taught that counts at a time: the last before it, or the next one soon after. */
  Optional<Learnt> bed(long at) {
    Map.Entry<Long, Learnt> last = beds.floorEntry(at);
    Map.Entry<Long, Learnt> coming = beds.higherEntry(at);
    boolean soon = coming != null && coming.getKey() - at <= TrunkWalks.AHEAD_MILLIS;
    Map.Entry<Long, Learnt> used = last == null && soon ? coming : last;
    return Optional.ofNullable(used).map(Map.Entry::getValue);
  }

  /** When the wearer lay down for the bed that counts at a time; nobody did before it unless so. */
  OptionalLong layAt(long at) {
    Long last = beds.floorKey(at);
    return last == null ? OptionalLong.empty() : OptionalLong.of(last);
  }

  /**
   * What came of it, for the wearer; empty when nothing was told.
   *
   * @param usesBed whether the newest motion is judged by the bed
   */
  Optional<CalibrationResult> result(WearerId wearer, Stamp stamp, boolean usesBed) {
    boolean nothing = standings.isEmpty() && beds.isEmpty() && refusals.isEmpty();
    Instant standing = standings.isEmpty() ? null : Instant.ofEpochMilli(standings.lastKey());
    Instant bed = beds.isEmpty() ? null : Instant.ofEpochMilli(beds.lastKey());
    return nothing
        ? Optional.empty()
        : Optional.of(
            new CalibrationResult(
                wearer, stamp.device(), stamp.placement(), standing, newest(usesBed), bed));
  }

  private CalibrationResult.@Nullable Bed newest(boolean usesBed) {
    Map.Entry<Long, Learnt> bed = beds.lastEntry();
    Map.Entry<Long, String> refusal = refusals.lastEntry();
    if (refusal != null && (bed == null || bed.getKey() < refusal.getKey())) {
      return new CalibrationResult.Bed(
          Instant.ofEpochMilli(refusal.getKey()),
          false,
          refusal.getValue(),
          null,
          null,
          Map.of(),
          List.of());
    }
    if (bed == null) {
      return null;
    }
    Learnt learnt = bed.getValue();
    Map<Calibration.Pose, Map<SleepPosition, Integer>> judged =
        new EnumMap<>(Calibration.Pose.class);
    POSES.forEach(
        (bedPose, pose) -> judged.put(pose, learnt.judged().getOrDefault(bedPose, Map.of())));
    return new CalibrationResult.Bed(
        Instant.ofEpochMilli(bed.getKey()),
        true,
        null,
        (double) Math.round(learnt.flatDegrees()),
        (double) Math.round(learnt.proppedDegrees()),
        judged,
        usesBed ? learnt.warnings() : and(NOT_USED, learnt.warnings()));
  }

  private static List<String> and(String warning, List<String> others) {
    List<String> warnings = new ArrayList<>();
    warnings.add(warning);
    warnings.addAll(others);
    return warnings;
  }

  byte[] encode() {
    return Json.bytes(new Form(VERSION, standings, beds, refusals));
  }

  static SensorCalibration decode(byte[] bytes) {
    Form form = Json.read(bytes, Form.class);
    if (form.version() != null && form.version() != VERSION) {
      throw new IllegalStateException(
          "a sensor calibration of version " + form.version() + " is not known");
    }
    return new SensorCalibration(form.standings(), form.beds(), form.refusals());
  }

  /** The same without standings that point nowhere: zeros, kept of a sender that dropped out. */
  SensorCalibration withoutDropOuts() {
    NavigableMap<Long, Direction> felt = new TreeMap<>(standings);
    felt.values().removeIf(up -> !up.mayBeStill());
    return new SensorCalibration(felt, beds, refusals);
  }

  /** What is stored; the first form of it had no version. */
  private record Form(
      @Nullable Integer version,
      NavigableMap<Long, Direction> standings,
      NavigableMap<Long, Learnt> beds,
      NavigableMap<Long, String> refusals) {}
}
