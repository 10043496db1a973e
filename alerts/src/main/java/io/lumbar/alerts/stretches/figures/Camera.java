package io.lumbar.alerts.stretches.figures;

/**
 * A parallel view of the space.
 *
 * @param yaw how far the viewer walks round to the picture's right, in degrees; 0 sees x and y only
 * @param pitch how far the viewer looks down, in degrees
 */
record Camera(double yaw, double pitch) {

  /** A point of the picture, y down, with its depth: the nearer, the larger. */
  record Seen(double x, double y, double depth) {}

  Seen see(Vec point) {
    double turn = Math.toRadians(yaw);
    double tilt = Math.toRadians(pitch);
    double across = point.x() * Math.cos(turn) - point.z() * Math.sin(turn);
    double away = point.x() * Math.sin(turn) + point.z() * Math.cos(turn);
    double height = point.y() * Math.cos(tilt) - away * Math.sin(tilt);
    return new Seen(across, -height, away * Math.cos(tilt) + point.y() * Math.sin(tilt));
  }
}
