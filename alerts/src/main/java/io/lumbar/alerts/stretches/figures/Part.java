package io.lumbar.alerts.stretches.figures;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.lumbar.alerts.stretches.figures.Camera.Seen;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is drawn as one piece, so that no seams show inside it. */
enum Part {
  RIGHT_LEG(Figure.Side.RIGHT),
  LEFT_LEG(Figure.Side.LEFT),
  RIGHT_ARM(Figure.Side.RIGHT),
  LEFT_ARM(Figure.Side.LEFT),
  TRUNK(null),
  HEAD(null);

  private static final double HEAD_RADIUS = 11.5;

  final Figure.@Nullable Side side;

  Part(Figure.@Nullable Side side) {
    this.side = side;
  }

  @JsonCreator
  static Part of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /** The path of this part. */
  String path(Map<Joint, Vec> joints, Function<Vec, Seen> camera) {
    Function<Joint, Seen> at = joint -> camera.apply(Skeleton.at(joints, joint));
    return switch (this) {
      case RIGHT_LEG ->
          leg(at, Joint.RIGHT_HIP, Joint.RIGHT_KNEE, Joint.RIGHT_ANKLE, Joint.RIGHT_TOES);
      case LEFT_LEG -> leg(at, Joint.LEFT_HIP, Joint.LEFT_KNEE, Joint.LEFT_ANKLE, Joint.LEFT_TOES);
      case RIGHT_ARM ->
          arm(at, Joint.RIGHT_SHOULDER, Joint.RIGHT_ELBOW, Joint.RIGHT_WRIST, Joint.RIGHT_FINGERS);
      case LEFT_ARM ->
          arm(at, Joint.LEFT_SHOULDER, Joint.LEFT_ELBOW, Joint.LEFT_WRIST, Joint.LEFT_FINGERS);
      case TRUNK -> trunk(joints, camera);
      case HEAD -> head(at);
    };
  }

  /** How near this part is to the viewer. */
  double depth(Map<Joint, Vec> joints, Function<Vec, Seen> camera) {
    Function<Joint, Double> at = joint -> camera.apply(Skeleton.at(joints, joint)).depth();
    return switch (this) {
      case RIGHT_LEG -> (at.apply(Joint.RIGHT_HIP) + at.apply(Joint.RIGHT_KNEE)) / 2;
      case LEFT_LEG -> (at.apply(Joint.LEFT_HIP) + at.apply(Joint.LEFT_KNEE)) / 2;
      case RIGHT_ARM -> (at.apply(Joint.RIGHT_SHOULDER) + at.apply(Joint.RIGHT_ELBOW)) / 2;
      case LEFT_ARM -> (at.apply(Joint.LEFT_SHOULDER) + at.apply(Joint.LEFT_ELBOW)) / 2;
      case TRUNK -> (at.apply(Joint.PELVIS) + at.apply(Joint.NECK)) / 2;
      case HEAD -> at.apply(Joint.HEAD);
    };
  }

  private static String leg(
      Function<Joint, Seen> at, Joint hip, Joint knee, Joint ankle, Joint toes) {
    return new Outline()
        .limb(at.apply(hip), 10.5, at.apply(knee), 7.2)
        .limb(at.apply(knee), 7.2, at.apply(ankle), 4.6)
        .limb(at.apply(ankle), 4.6, at.apply(toes), 3.4)
        .toString();
  }

  private static String arm(
      Function<Joint, Seen> at, Joint shoulder, Joint elbow, Joint wrist, Joint fingers) {
    return new Outline()
        .limb(at.apply(shoulder), 6.6, at.apply(elbow), 5)
        .limb(at.apply(elbow), 5, at.apply(wrist), 3.8)
        .limb(at.apply(wrist), 3.8, at.apply(fingers), 3.4)
        .toString();
  }

  /**
   * Hull of the two flanks and the middle, so that it is broad from the front, slim from the side.
   */
  private static String trunk(Map<Joint, Vec> joints, Function<Vec, Seen> camera) {
    Vec hips = half(joints, Joint.RIGHT_HIP, Joint.LEFT_HIP).times(0.9);
    Vec shoulders = half(joints, Joint.RIGHT_SHOULDER, Joint.LEFT_SHOULDER).times(0.8);
    Joint[] levels = {Joint.PELVIS, Joint.WAIST, Joint.CHEST, Joint.NECK};
    double[] radius = {10.5, 8.6, 10, 7.4};
    Vec[] flank = {
      hips, hips.towards(shoulders, 0.25).times(0.85), shoulders.times(0.72), shoulders
    };
    Outline outline = new Outline();
    for (int side = -1; side <= 1; side++) {
      for (int i = 0; i < 3; i++) {
        outline.limb(
            camera.apply(Skeleton.at(joints, levels[i]).plus(flank[i].times(side))),
            radius[i],
            camera.apply(Skeleton.at(joints, levels[i + 1]).plus(flank[i + 1].times(side))),
            radius[i + 1]);
      }
    }
    Seen neck = camera.apply(Skeleton.at(joints, Joint.NECK));
    return outline
        .limb(neck, 6, camera.apply(Skeleton.at(joints, Joint.HEAD)), 5)
        .limb(
            camera.apply(Skeleton.at(joints, Joint.NECK).minus(flank[3])),
            radius[3],
            camera.apply(Skeleton.at(joints, Joint.NECK).plus(flank[3])),
            radius[3])
        .toString();
  }

  private static Vec half(Map<Joint, Vec> joints, Joint right, Joint left) {
    return Skeleton.at(joints, right).minus(Skeleton.at(joints, left)).times(0.5);
  }

  /** The nose says which way the face looks. */
  private static String head(Function<Joint, Seen> at) {
    Seen head = at.apply(Joint.HEAD);
    return new Outline()
        .limb(head, HEAD_RADIUS, new Seen(head.x() + 0.1, head.y(), head.depth()), HEAD_RADIUS)
        .limb(head, 5, at.apply(Joint.NOSE), 2.6)
        .toString();
  }
}
