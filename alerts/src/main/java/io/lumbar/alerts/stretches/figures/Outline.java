package io.lumbar.alerts.stretches.figures;

import io.lumbar.alerts.stretches.figures.Camera.Seen;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * SVG path text of rounded shapes. The text of the same shapes at another moment has the same
 * commands, so that one can be animated into the other.
 */
final class Outline {
  private final StringBuilder path = new StringBuilder();

  /** Two circles and what lies between them. */
  Outline limb(Seen from, double fromRadius, Seen to, double toRadius) {
    double dx = to.x() - from.x();
    double dy = to.y() - from.y();
    double seen = Math.hypot(dx, dy);
    double distance = Math.max(seen, Math.abs(fromRadius - toRadius) + 0.3);
    double ux = seen < 1e-3 ? 1 : dx / seen;
    double uy = seen < 1e-3 ? 0 : dy / seen;
    double cos = (fromRadius - toRadius) / distance;
    double sin = Math.sqrt(1 - cos * cos);
    double ax = ux * cos - uy * sin;
    double ay = uy * cos + ux * sin;
    double bx = ux * cos + uy * sin;
    double by = uy * cos - ux * sin;
    double qx = from.x() + ux * distance;
    double qy = from.y() + uy * distance;
    boolean wide = fromRadius > toRadius;
    move('M', from.x() + fromRadius * ax, from.y() + fromRadius * ay);
    arc(fromRadius, wide, from.x() + fromRadius * bx, from.y() + fromRadius * by);
    move('L', qx + toRadius * bx, qy + toRadius * by);
    arc(toRadius, !wide, qx + toRadius * ax, qy + toRadius * ay);
    path.append('Z');
    return this;
  }

  /** A line through points. */
  Outline line(Seen... points) {
    for (int i = 0; i < points.length; i++) {
      move(i == 0 ? 'M' : 'L', points[i].x(), points[i].y());
    }
    return this;
  }

  /** A curve from one point to another, drawn towards a third. */
  Outline curve(Seen from, Seen via, Seen to) {
    move('M', from.x(), from.y());
    move('Q', via.x(), via.y());
    path.append(' ').append(number(to.x())).append(' ').append(number(to.y()));
    return this;
  }

  Outline closed() {
    path.append('Z');
    return this;
  }

  private void move(char command, double x, double y) {
    path.append(command).append(number(x)).append(' ').append(number(y));
  }

  private void arc(double radius, boolean large, double x, double y) {
    path.append('A').append(number(radius)).append(' ').append(number(radius)).append(" 0 ");
    path.append(large ? '1' : '0').append(" 1 ");
    path.append(number(x)).append(' ').append(number(y));
  }

  static String number(double value) {
    BigDecimal rounded = BigDecimal.valueOf(value).setScale(1, RoundingMode.HALF_UP);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
