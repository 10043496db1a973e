package io.lumbar.alerts.stretches.figures;

/**
 * How the figure is placed at one moment; angles in degrees.
 *
 * @param pelvis the middle between the hips
 * @param up from the pelvis along the lower back
 * @param front where the belly faces
 * @param bend how far the back is rounded from pelvis to shoulders; less than 0 is arched
 * @param side how far it is bent to the figure's right
 * @param twist how far the shoulders are turned to the figure's right
 * @param nod how far the chin goes to the chest
 * @param turn how far the head is turned to the figure's right
 */
record Pose(
    Vec pelvis,
    Vec up,
    Vec front,
    double bend,
    double side,
    double twist,
    double nod,
    double turn,
    Reach rightLeg,
    Reach leftLeg,
    Reach rightArm,
    Reach leftArm) {

  /** A pose on the way to another, 0 to 1. */
  Pose towards(Pose other, double share) {
    return new Pose(
        pelvis.towards(other.pelvis, share),
        up.towards(other.up, share),
        front.towards(other.front, share),
        between(bend, other.bend, share),
        between(side, other.side, share),
        between(twist, other.twist, share),
        between(nod, other.nod, share),
        between(turn, other.turn, share),
        rightLeg.towards(other.rightLeg, share),
        leftLeg.towards(other.leftLeg, share),
        rightArm.towards(other.rightArm, share),
        leftArm.towards(other.leftArm, share));
  }

  private static double between(double from, double to, double share) {
    return from + (to - from) * share;
  }
}
