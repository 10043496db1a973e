package io.lumbar.alerts.stretches.figures;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One picture: the poses that are gone through, and what helps to read them.
 *
 * @param still the pose that tells most, counted from 0; it is what is shown without motion
 * @param move seconds from one pose to the next
 * @param rest seconds in each pose
 * @param far the side that is drawn paler; null for neither
 * @param back parts that are drawn first, whatever their depth
 * @param front parts that are drawn last, whatever their depth
 * @param feel where the stretch or the work is felt
 */
record Figure(
    Camera camera,
    int still,
    double move,
    double rest,
    @Nullable Side far,
    List<Part> back,
    List<Part> front,
    List<Prop> props,
    List<Arrow> arrows,
    List<Feel> feel,
    List<Pose> poses) {

  enum Side {
    RIGHT,
    LEFT
  }

  /** A curved arrow that says which way. */
  record Arrow(Vec from, Vec via, Vec to) {}

  /** A spot between two joints, moved by an offset. */
  record Feel(Joint from, Joint to, double share, Vec offset, double radius) {}

  Figure {
    if (poses.isEmpty() || still < 0 || still >= poses.size()) {
      throw new IllegalArgumentException("still must be one of the poses, counted from 0");
    }
    if (!(move > 0) || !(rest >= 0)) {
      throw new IllegalArgumentException("move and rest are seconds");
    }
  }
}
