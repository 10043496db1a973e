package io.lumbar.alerts.stretches.figures;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Places every joint of a pose: the back as an arc, arms and legs by their two bones. */
final class Skeleton {
  static final double THIGH = 43;
  static final double SHANK = 41;
  static final double UPPER_ARM = 30;
  static final double FOREARM = 27;
  private static final double FOOT = 16;
  private static final double HAND = 9;
  private static final double LOWER_BACK = 17;
  private static final double MIDDLE_BACK = 18;
  private static final double UPPER_BACK = 17;
  private static final double NECK = 20;
  private static final double NOSE = 11.5;
  private static final double HALF_HIPS = 8.5;
  private static final double HALF_SHOULDERS = 14.5;
  private static final Vec UP = new Vec(0, 1, 0);
  private static final Vec RIGHT = new Vec(1, 0, 0);

  private final Map<Joint, Vec> joints = new EnumMap<>(Joint.class);

  /** Where the back points, and what is in front and to the right of it there. */
  private record Frame(Vec up, Vec front, Vec right) {
    static Frame of(Vec up, Vec front) {
      Vec axis = up.unit(UP);
      Vec ahead = front.without(axis).unit(RIGHT);
      return new Frame(axis, ahead, ahead.cross(axis));
    }

    Frame turned(double bend, double side, double twist) {
      Vec twisted = front.turned(up, -twist);
      Vec flank = twisted.cross(up);
      Vec bentUp = up.turned(flank, -bend);
      Vec bentFront = twisted.turned(flank, -bend);
      return of(bentUp.turned(bentFront, side), bentFront);
    }
  }

  private Skeleton() {}

  /** A joint of those that {@link #of} gave. */
  static Vec at(Map<Joint, Vec> joints, Joint joint) {
    return Objects.requireNonNull(joints.get(joint), joint.name());
  }

  /** The joints of a pose. */
  static Map<Joint, Vec> of(Pose pose) {
    Skeleton skeleton = new Skeleton();
    skeleton.back(pose);
    skeleton.legs(pose);
    skeleton.limb(
        pose.rightArm(), Joint.RIGHT_SHOULDER, Joint.RIGHT_ELBOW, UPPER_ARM, FOREARM, HAND);
    skeleton.limb(pose.leftArm(), Joint.LEFT_SHOULDER, Joint.LEFT_ELBOW, UPPER_ARM, FOREARM, HAND);
    return skeleton.joints;
  }

  private void back(Pose pose) {
    Frame pelvis = Frame.of(pose.up(), pose.front());
    put(Joint.PELVIS, pose.pelvis());
    put(Joint.RIGHT_HIP, pose.pelvis().plus(pelvis.right().times(HALF_HIPS)));
    put(Joint.LEFT_HIP, pose.pelvis().minus(pelvis.right().times(HALF_HIPS)));
    put(Joint.WAIST, along(pose.pelvis(), part(pelvis, pose, 1 / 6.0), LOWER_BACK));
    put(Joint.CHEST, along(at(Joint.WAIST), part(pelvis, pose, 0.5), MIDDLE_BACK));
    put(Joint.NECK, along(at(Joint.CHEST), part(pelvis, pose, 5 / 6.0), UPPER_BACK));
    Frame shoulders = part(pelvis, pose, 1);
    put(Joint.RIGHT_SHOULDER, at(Joint.NECK).plus(shoulders.right().times(HALF_SHOULDERS)));
    put(Joint.LEFT_SHOULDER, at(Joint.NECK).minus(shoulders.right().times(HALF_SHOULDERS)));
    Frame head = shoulders.turned(pose.nod(), 0, pose.turn());
    put(Joint.HEAD, at(Joint.NECK).plus(head.up().times(NECK)).plus(head.front().times(2)));
    put(Joint.NOSE, at(Joint.HEAD).plus(head.front().times(NOSE)));
  }

  private static Frame part(Frame pelvis, Pose pose, double share) {
    return pelvis.turned(pose.bend() * share, pose.side() * share, pose.twist() * share);
  }

  private static Vec along(Vec from, Frame frame, double length) {
    return from.plus(frame.up().times(length));
  }

  private void legs(Pose pose) {
    // A leg that rests on the other one comes second.
    if (pose.rightLeg().on() == null) {
      limb(pose.rightLeg(), Joint.RIGHT_HIP, Joint.RIGHT_KNEE, THIGH, SHANK, FOOT);
      limb(pose.leftLeg(), Joint.LEFT_HIP, Joint.LEFT_KNEE, THIGH, SHANK, FOOT);
    } else {
      limb(pose.leftLeg(), Joint.LEFT_HIP, Joint.LEFT_KNEE, THIGH, SHANK, FOOT);
      limb(pose.rightLeg(), Joint.RIGHT_HIP, Joint.RIGHT_KNEE, THIGH, SHANK, FOOT);
    }
  }

  /** Two bones from a root to a target by the law of cosines; a target too far is pointed at. */
  private void limb(
      Reach reach, Joint root, Joint middle, double first, double second, double tip) {
    Vec from = at(root);
    Vec target = reach.on() == null ? reach.to() : at(reach.on()).plus(reach.to());
    Vec way = target.minus(from);
    Vec direction = way.unit(UP.times(-1));
    double least = Math.abs(first - second) + 0.5;
    double distance = Math.max(least, Math.min(first + second - 0.01, way.length()));
    double reached = (first * first - second * second + distance * distance) / (2 * distance);
    double height = Math.sqrt(Math.max(0, first * first - reached * reached));
    Vec pole = reach.bend().without(direction).unit(UP.without(direction).unit(RIGHT));
    Vec end = from.plus(direction.times(distance));
    put(middle, from.plus(direction.times(reached)).plus(pole.times(height)));
    put(next(middle), end);
    Vec pointing = reach.end().unit(end.minus(at(middle)).unit(direction));
    put(next(next(middle)), end.plus(pointing.times(tip)));
  }

  private static Joint next(Joint joint) {
    return Joint.values()[joint.ordinal() + 1];
  }

  private void put(Joint joint, Vec at) {
    joints.put(joint, at);
  }

  private Vec at(Joint joint) {
    Vec at = joints.get(joint);
    if (at == null) {
      throw new IllegalArgumentException(joint + " cannot be held on to, it follows later");
    }
    return at;
  }
}
