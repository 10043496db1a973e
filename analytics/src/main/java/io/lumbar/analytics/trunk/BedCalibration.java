package io.lumbar.analytics.trunk;

import io.lumbar.analytics.trunk.TrunkAxes.Direction;
import io.lumbar.model.Placement;
import io.lumbar.model.SleepPosition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Learns from two minutes in the wearer's own bed how a trunk sensor is turned and what is flat for
 * this wearer, and says at once what it still confuses. Pure; the order of readings does not
 * matter.
 *
 * <p>The wearer lies on the back, left, right, flat on the front and propped on the front, some
 * twenty seconds each. Left against right gives the right side, back against front the front, and
 * both together the head's end; no pose has to be exact, because each axis is the difference of two
 * poses. The propped pose tells left from right: with the two swapped the chest would seem to sink.
 *
 * <p>The first third of each pose is settling and is left out; the rest is reduced to its medians.
 * Of a tag that is heard too seldom for that the last three readings count, or two that agree.
 * Readings that cannot be gravity are drop-outs and blows, and do not count.
 */
public final class BedCalibration {
  private static final int FEWEST_READINGS = 3;
  private static final int FEWEST_THAT_AGREE = 2;
  private static final double AGREE_DEGREES = 10;
  private static final double SAME_TRIES_DEGREES = 15;
  private static final double SAME_POSE_DEGREES = 30;
  private static final double SHORTEST_MIDDLE = 0.5;
  private static final double SHORTEST_FRONT = 0.5;

  /** Less than that the propped pose does not tell left from right. */
  static final double PROPPED_DEGREES = 8;

  private static final double CONFUSED_SHARE = 0.1;

  /** What is said of poses in none of which anything was felt. */
  static final String NOTHING_FELT = tooFew(BedPose.values()[0]);

  private BedCalibration() {}

  /**
   * The readings of a pose that was held more than once: those of the last time, or of all where
   * that was heard too seldom and all show the same.
   *
   * @param tries by time, at least one
   */
  static List<Reading> ofTries(List<List<Reading>> tries) {
    List<Reading> last = tries.get(tries.size() - 1);
    List<Reading> all = tries.stream().flatMap(List::stream).toList();
    List<Direction> felt = all.stream().map(Reading::value).filter(Direction::mayBeStill).toList();
    long still = last.stream().filter(one -> one.value().mayBeStill()).count();
    if (still >= FEWEST_READINGS || felt.isEmpty()) {
      return last;
    }
    Direction median = Direction.median(felt);
    boolean same =
        median.length() > SHORTEST_MIDDLE
            && felt.stream().allMatch(one -> one.degreesTo(median) < SAME_TRIES_DEGREES);
    return same ? all : last;
  }

  /** What came of it. */
  public sealed interface Outcome permits Learnt, Refused {}

  /**
   * Axes and references to keep.
   *
   * @param axes how the sensor is turned
   * @param flatDegrees head-up pitch flat on the front, the reference for a raised chest or an arch
   * @param proppedDegrees how far above that the propped pose was
   * @param judged how the readings of each pose are called with these axes; the right answer is
   *     {@link BedPose#side()}
   * @param warnings sentences for the wearer about poses that are still taken for each other
   */
  public record Learnt(
      TrunkAxes axes,
      double flatDegrees,
      double proppedDegrees,
      Map<BedPose, Map<SleepPosition, Integer>> judged,
      List<String> warnings)
      implements Outcome {
    public Learnt {
      judged = Map.copyOf(judged);
      warnings = List.copyOf(warnings);
    }
  }

  /** Nothing to keep; {@code why} says in a sentence what to do. */
  public record Refused(String why) implements Outcome {}

  /**
   * Learns from the readings of the five poses.
   *
   * @param placement of the sensor: a lower back hardly tilts when the chest is propped
   */
  public static Outcome learn(Map<BedPose, List<Reading>> poses, Placement placement) {
    Map<BedPose, Direction> middle = new EnumMap<>(BedPose.class);
    for (BedPose pose : BedPose.values()) {
      List<Direction> settled = settled(poses.getOrDefault(pose, List.of()));
      if (settled.size() < FEWEST_READINGS && !agree(settled)) {
        return new Refused(tooFew(pose));
      }
      Direction median = Direction.median(settled);
      if (median.length() < SHORTEST_MIDDLE) {
        return new Refused("the pose %s was not kept: lie still in it".formatted(name(pose)));
      }
      middle.put(pose, median);
    }
    Optional<String> same = samePoses(middle);
    if (same.isPresent()) {
      return new Refused(same.get());
    }
    Direction right = of(middle, BedPose.LEFT).minus(of(middle, BedPose.RIGHT), 1).unit();
    Direction back = of(middle, BedPose.BACK).minus(of(middle, BedPose.FLAT_FRONT), 1);
    Direction forward = back.minus(right, back.dot(right));
    if (forward.length() < SHORTEST_FRONT) {
      return new Refused(
          "back and front differ as left and right do: lie on the sides, the back and the front");
    }
    Direction front = forward.unit();
    TrunkAxes axes = new TrunkAxes(right.cross(front), right, front);
    double flat = headUp(axes, of(middle, BedPose.FLAT_FRONT));
    double propped = headUp(axes, of(middle, BedPose.PROPPED_FRONT)) - flat;
    if (propped <= -PROPPED_DEGREES) {
      return new Refused("left and right seem to be swapped: start again with the left side");
    }
    Map<BedPose, Map<SleepPosition, Integer>> judged = judge(axes, poses);
    return new Learnt(axes, flat, propped, judged, warnings(judged, placement, propped));
  }

  private static Optional<String> samePoses(Map<BedPose, Direction> middle) {
    for (BedPose one : BedPose.values()) {
      for (BedPose other : BedPose.values()) {
        boolean mayMeet = one.side() == other.side();
        if (one.compareTo(other) < 0
            && !mayMeet
            && of(middle, one).degreesTo(of(middle, other)) < SAME_POSE_DEGREES) {
          return Optional.of(
              "%s and %s look the same to the sensor: is it fixed to the body, and did you turn?"
                  .formatted(name(one), name(other)));
        }
      }
    }
    return Optional.empty();
  }

  private static Map<BedPose, Map<SleepPosition, Integer>> judge(
      TrunkAxes axes, Map<BedPose, List<Reading>> poses) {
    Map<BedPose, Map<SleepPosition, Integer>> judged = new EnumMap<>(BedPose.class);
    for (BedPose pose : BedPose.values()) {
      Map<SleepPosition, Integer> counts = new EnumMap<>(SleepPosition.class);
      SleepPositionState state = SleepPositionState.START;
      for (Direction value : settled(poses.getOrDefault(pose, List.of()))) {
        state = SleepPositions.advance(state, 0, axes.tilt(value.x(), value.y(), value.z()));
        if (state.lie() != null) {
          counts.merge(state.lie().side(), 1, Integer::sum);
        }
      }
      judged.put(pose, Map.copyOf(counts));
    }
    return judged;
  }

  private static List<String> warnings(
      Map<BedPose, Map<SleepPosition, Integer>> judged, Placement placement, double propped) {
    List<String> warnings = new ArrayList<>();
    judged.forEach(
        (pose, counts) -> {
          int all = counts.values().stream().mapToInt(Integer::intValue).sum();
          counts.forEach(
              (side, count) -> {
                if (side != pose.side() && count > CONFUSED_SHARE * all) {
                  warnings.add(
                      "%s was taken for %s in %d of %d readings"
                          .formatted(name(pose), side.wireName(), count, all));
                }
              });
        });
    if (propped < PROPPED_DEGREES && placement != Placement.LOWER_BACK) {
      warnings.add(
          "flat and propped on the front differ by only %.0f degrees: a raised chest will not be told"
              .formatted(propped));
    }
    warnings.sort(null);
    return warnings;
  }

  private static List<Direction> settled(List<Reading> readings) {
    List<Reading> still =
        readings.stream()
            .filter(one -> one.value().mayBeStill())
            .sorted(Comparator.comparingLong(Reading::at))
            .toList();
    long first = still.isEmpty() ? 0 : still.get(0).at();
    long last = still.isEmpty() ? 0 : still.get(still.size() - 1).at();
    long from = first + (last - first) / 3;
    List<Direction> settled =
        still.stream().filter(one -> one.at() >= from).map(Reading::value).toList();
    return settled.size() < FEWEST_READINGS
        ? still.subList(Math.max(0, still.size() - FEWEST_READINGS), still.size()).stream()
            .map(Reading::value)
            .toList()
        : settled;
  }

  /** Whether readings too few to outvote an odd one show the same. */
  private static boolean agree(List<Direction> few) {
    return few.size() == FEWEST_THAT_AGREE && few.get(0).degreesTo(few.get(1)) < AGREE_DEGREES;
  }

  private static double headUp(TrunkAxes axes, Direction value) {
    return axes.tilt(value.x(), value.y(), value.z()).headUp();
  }

  private static Direction of(Map<BedPose, Direction> middle, BedPose pose) {
    Direction value = middle.get(pose);
    if (value == null) {
      throw new IllegalStateException("no pose " + pose);
    }
    return value;
  }

  private static String tooFew(BedPose pose) {
    return "the pose %s has too few readings: stay in it for twenty seconds, with a tag that is heard seldom for a minute"
        .formatted(name(pose));
  }

  private static String name(BedPose pose) {
    return pose.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
