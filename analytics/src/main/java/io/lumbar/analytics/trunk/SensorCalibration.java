package io.lumbar.analytics.trunk;

import io.lumbar.analytics.trunk.BedCalibration.Learnt;
import io.lumbar.analytics.trunk.BedCalibration.Outcome;
import io.lumbar.analytics.trunk.BedCalibration.Refused;
import io.lumbar.analytics.trunk.TrunkAxes.Direction;
import io.lumbar.model.Calibration;
import io.lumbar.model.CalibrationResult;
import io.lumbar.model.Json;
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
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the poses that a wearer told of showed of one sensor: which way is up when standing still,
 * and from the five poses in bed its axes and what is flat. A pure function of the poses and of
 * what was measured during them; what was learnt from a day that is closed stays.
 *
 * <p>Form: a JSON object with {@code version} 2, {@code standings}, {@code beds} and {@code
 * refusals}; the same without a version is read.
 *
 * <p>Poses in bed belong together when less than half an hour lies between two of them; of one pose
 * the last counts.
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
   * @param poses that count, by time
   * @param readings what was measured during a pose
   * @param isClosed whether what was measured during a pose is not kept any more
   */
  SensorCalibration learn(
      List<Calibration> poses,
      Function<Calibration, List<Reading>> readings,
      Predicate<Calibration> isClosed) {
    SensorCalibration learnt =
        new SensorCalibration(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    List<Calibration> inBed = new ArrayList<>();
    for (Calibration pose : poses) {
      long at = pose.from().toEpochMilli();
      if (pose.pose() != Calibration.Pose.STANDING) {
        inBed.add(pose);
      } else {
        Optional<Direction> up =
            isClosed.test(pose)
                ? Optional.ofNullable(standings.get(at))
                : StandingPose.of(readings.apply(pose));
        up.ifPresent(one -> learnt.standings.put(at, one));
      }
    }
    for (List<Calibration> session : sessions(inBed)) {
      long at = session.get(0).from().toEpochMilli();
      Learnt kept = session.stream().anyMatch(isClosed) ? beds.get(at) : null;
      Outcome outcome = kept == null ? learn(session, readings) : kept;
      if (outcome instanceof Learnt bed) {
        learnt.beds.put(at, bed);
      } else if (outcome instanceof Refused refused) {
        learnt.refusals.put(at, refused.why());
      }
    }
    return learnt;
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

  private static Outcome learn(
      List<Calibration> session, Function<Calibration, List<Reading>> readings) {
    Map<BedPose, List<Reading>> felt = new EnumMap<>(BedPose.class);
    Set<Calibration.Pose> missing = EnumSet.noneOf(Calibration.Pose.class);
    POSES.forEach(
        (bedPose, pose) -> {
          Optional<Calibration> last =
              session.stream().filter(one -> one.pose() == pose).reduce((a, b) -> b);
          last.ifPresentOrElse(
              one -> felt.put(bedPose, readings.apply(one)), () -> missing.add(pose));
        });
    if (!missing.isEmpty()) {
      return new Refused(
          "still to come: "
              + String.join(", ", missing.stream().map(Calibration.Pose::wireName).toList()));
    }
    return BedCalibration.learn(felt);
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

  /** What came of it, for the wearer; empty when nothing was told. */
  Optional<CalibrationResult> result(WearerId wearer, Stamp stamp) {
    boolean nothing = standings.isEmpty() && beds.isEmpty() && refusals.isEmpty();
    Instant standing = standings.isEmpty() ? null : Instant.ofEpochMilli(standings.lastKey());
    return nothing
        ? Optional.empty()
        : Optional.of(
            new CalibrationResult(wearer, stamp.device(), stamp.placement(), standing, newest()));
  }

  private CalibrationResult.@Nullable Bed newest() {
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
        learnt.warnings());
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

  /** What is stored; the first form of it had no version. */
  private record Form(
      @Nullable Integer version,
      NavigableMap<Long, Direction> standings,
      NavigableMap<Long, Learnt> beds,
      NavigableMap<Long, String> refusals) {}
}
