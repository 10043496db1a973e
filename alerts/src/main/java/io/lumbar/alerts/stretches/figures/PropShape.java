package io.lumbar.alerts.stretches.figures;

import io.lumbar.alerts.stretches.figures.Camera.Seen;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** Draws mats, boxes, bars and pillows. */
final class PropShape {
  /**
   * The rim stands out from beds, mats and the panel, in the dark too: some pictures are about it.
   */
  private static final String PILLOW =
      "fill=\"var(--pillow)\" stroke=\"var(--rim)\" stroke-width=\"1.8\"";

  private PropShape() {}

  /** How something that moves with the figure looks, apart from its path. */
  static String look(Prop prop) {
    return prop.kind() == Prop.Kind.PILLOW
        ? PILLOW
        : "fill=\"none\" stroke=\"var(--mark)\" stroke-width=\"3\" stroke-linejoin=\"round\"";
  }

  /** The path of something that moves with the figure. */
  static String path(Prop prop, Map<Joint, Vec> joints, Function<Vec, Seen> camera) {
    Seen[] points =
        Objects.requireNonNull(prop.through()).stream()
            .map(joint -> camera.apply(Skeleton.at(joints, joint)))
            .toArray(Seen[]::new);
    Outline outline = new Outline();
    return prop.kind() == Prop.Kind.PILLOW
        ? outline.limb(points[0], prop.radius(), points[1], prop.radius()).toString()
        : outline.line(points).toString();
  }

  /** The points that the picture must leave room for. */
  static List<Vec> corners(Prop prop) {
    if (prop.moves()) {
      return List.of();
    }
    Vec a = from(prop);
    Vec b = to(prop);
    return List.of(
        a,
        b,
        new Vec(a.x(), a.y(), b.z()),
        new Vec(b.x(), a.y(), a.z()),
        new Vec(a.x(), b.y(), b.z()));
  }

  static void write(StringBuilder svg, Prop prop, Function<Vec, Seen> camera) {
    switch (prop.kind()) {
      case MAT -> mat(svg, prop, camera);
      case BOX -> box(svg, prop, camera);
      case BAR ->
          shape(
              svg,
              "edge",
              new Outline().limb(camera.apply(from(prop)), 2, camera.apply(to(prop)), 2));
      case PILLOW -> pillow(svg, prop, camera);
      case STRAP -> {}
    }
  }

  private static void mat(StringBuilder svg, Prop prop, Function<Vec, Seen> camera) {
    Vec a = from(prop);
    Vec b = to(prop);
    face(svg, "prop", camera, a, new Vec(b.x(), a.y(), a.z()), b, new Vec(a.x(), a.y(), b.z()));
  }

  private static void box(StringBuilder svg, Prop prop, Function<Vec, Seen> camera) {
    Vec a = from(prop);
    Vec b = to(prop);
    Vec near = new Vec(a.x(), a.y(), b.z());
    boolean rightSide = camera.apply(new Vec(1, 0, 0)).depth() > 0;
    double x = rightSide ? b.x() : a.x();
    face(
        svg,
        "side",
        camera,
        new Vec(x, a.y(), a.z()),
        new Vec(x, a.y(), b.z()),
        new Vec(x, b.y(), b.z()),
        new Vec(x, b.y(), a.z()));
    face(svg, "side", camera, near, new Vec(b.x(), a.y(), b.z()), b, new Vec(a.x(), b.y(), b.z()));
    face(
        svg,
        "prop",
        camera,
        new Vec(a.x(), b.y(), a.z()),
        new Vec(b.x(), b.y(), a.z()),
        b,
        new Vec(a.x(), b.y(), b.z()));
  }

  private static void face(
      StringBuilder svg, String tone, Function<Vec, Seen> camera, Vec a, Vec b, Vec c, Vec d) {
    svg.append("<path fill=\"var(--")
        .append(tone)
        .append(")\" stroke=\"var(--edge)\" stroke-width=\"1\" stroke-linejoin=\"round\" d=\"")
        .append(
            new Outline()
                .line(camera.apply(a), camera.apply(b), camera.apply(c), camera.apply(d))
                .closed())
        .append("\"/>\n");
  }

  private static void pillow(StringBuilder svg, Prop prop, Function<Vec, Seen> camera) {
    svg.append("<path ")
        .append(PILLOW)
        .append(" d=\"")
        .append(
            new Outline()
                .limb(
                    camera.apply(from(prop)), prop.radius(), camera.apply(to(prop)), prop.radius()))
        .append("\"/>\n");
  }

  private static void shape(StringBuilder svg, String tone, Outline outline) {
    svg.append("<path fill=\"var(--")
        .append(tone)
        .append(")\" d=\"")
        .append(outline)
        .append("\"/>\n");
  }

  private static Vec from(Prop prop) {
    return Objects.requireNonNull(prop.from());
  }

  private static Vec to(Prop prop) {
    return Objects.requireNonNull(prop.to());
  }
}
