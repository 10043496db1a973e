package io.lumbar.alerts.stretches.figures;

import static io.lumbar.alerts.stretches.figures.Outline.number;

import io.lumbar.alerts.stretches.figures.Camera.Seen;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes a figure as SVG that needs nothing from outside: colours follow the reader's light or dark
 * setting, and a reader who wants less motion sees the telling pose over a pale one it began from.
 */
final class FigureSvg {
  private static final int STEPS = 3;
  private static final double LEAST_WIDTH = 200;
  private static final double MARGIN = 14;
  private static final String STYLE =
      """
      <style>
      svg{--panel:#edeae0;--near:#1f5a51;--far:#86aea4;--prop:#d6cfbd;--side:#c3baa4;--edge:#a89f88;\
      --mark:#b5651d;--feel:#eda24c;--pillow:#fbf9f3;--rim:#655c47}
      @media(prefers-color-scheme:dark){svg{--panel:#26302e;--near:#8fd3c4;--far:#4c8579;--prop:#3a4644;\
      --side:#31403d;--edge:#5c6b68;--mark:#f0b26b;--feel:#f09a3e;--pillow:#55635f;\
      --rim:#b3beb9}}
      .body{stroke:var(--panel);stroke-width:2.6;stroke-linejoin:round;paint-order:stroke}
      .still{display:none}
      @media(prefers-reduced-motion:reduce){.still{display:inline}.moving{display:none}}
      </style>
      """;

  private final Figure figure;
  private final List<Map<Joint, Vec>> frames = new ArrayList<>();
  private final List<Double> times = new ArrayList<>();
  private final Map<Joint, Vec> told;
  private final Map<Joint, Vec> start;

  FigureSvg(Figure figure) {
    this.figure = figure;
    this.told = Skeleton.of(figure.poses().get(figure.still()));
    this.start =
        Skeleton.of(figure.poses().get(figure.still() == 0 ? figure.poses().size() - 1 : 0));
    sample();
  }

  /** All poses in turn and back to the first, with the moments at which the picture has them. */
  private void sample() {
    List<Pose> poses = figure.poses();
    int count = poses.size();
    double clock = 0;
    for (int i = 0; i < count; i++) {
      Pose pose = poses.get(i);
      add(pose, clock);
      clock += figure.rest();
      if (count == 1) {
        break;
      }
      add(pose, clock);
      Pose next = poses.get((i + 1) % count);
      for (int step = 1; step < STEPS; step++) {
        double share = (double) step / STEPS;
        double eased = (1 - Math.cos(Math.PI * share)) / 2;
        add(pose.towards(next, eased), clock + figure.move() * share);
      }
      clock += figure.move();
    }
    if (count > 1) {
      add(poses.get(0), clock);
    }
  }

  private void add(Pose pose, double at) {
    frames.add(Skeleton.of(pose));
    times.add(at);
  }

  /** The whole picture. */
  String write() {
    View view = fit();
    StringBuilder svg = new StringBuilder();
    svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"")
        .append(view.box())
        .append("\" width=\"480\" height=\"360\">\n")
        .append(STYLE)
        .append(view.panel());
    props(svg);
    svg.append("<g class=\"still\">");
    ghost(svg);
    bodies(svg, List.of(told));
    svg.append("</g>\n<g class=\"moving\">");
    bodies(svg, frames);
    svg.append("</g>\n");
    figure.arrows().forEach(arrow -> arrow(svg, arrow));
    return svg.append("</svg>\n").toString();
  }

  private void ghost(StringBuilder svg) {
    if (figure.poses().size() > 1) {
      svg.append("<g opacity=\".28\" fill=\"var(--far)\">");
      for (Part part : order()) {
        svg.append("<path d=\"").append(part.path(start, this::see)).append("\"/>");
      }
      svg.append("</g>");
    }
  }

  private void bodies(StringBuilder svg, List<Map<Joint, Vec>> moments) {
    for (Part part : order()) {
      held(svg, moments, part);
      String tone = part.side != null && part.side == figure.far() ? "far" : "near";
      svg.append("<path class=\"body\" fill=\"var(--").append(tone).append(")\" ");
      animated(svg, "d", moments, joints -> part.path(joints, this::see));
      svg.append("</path>");
    }
    for (Figure.Feel feel : figure.feel()) {
      svg.append("<circle fill=\"var(--feel)\" opacity=\".82\" r=\"")
          .append(number(feel.radius()))
          .append("\" ");
      Function<Map<Joint, Vec>, Seen> at = joints -> see(spot(feel, joints));
      svg.append("cy=\"").append(number(at.apply(moments.get(0)).y())).append("\" ");
      animated(svg, "cx", moments, joints -> number(at.apply(joints).x()));
      animate(svg, "cy", values(moments, joints -> number(at.apply(joints).y())));
      svg.append("</circle>");
    }
    held(svg, moments, null);
  }

  /** What lies between parts of the body or is held; {@code before} null: over all of it. */
  private void held(StringBuilder svg, List<Map<Joint, Vec>> moments, @Nullable Part before) {
    for (Prop prop : figure.props()) {
      if (prop.before() != before) {
        continue;
      }
      if (prop.moves()) {
        svg.append("<path ").append(PropShape.look(prop)).append(' ');
        animated(svg, "d", moments, joints -> PropShape.path(prop, joints, this::see));
        svg.append("</path>");
      } else if (before != null) {
        PropShape.write(svg, prop, this::see);
      }
    }
  }

  private static Vec spot(Figure.Feel feel, Map<Joint, Vec> joints) {
    return Skeleton.at(joints, feel.from())
        .towards(Skeleton.at(joints, feel.to()), feel.share())
        .plus(feel.offset());
  }

  private void animated(
      StringBuilder svg,
      String attribute,
      List<Map<Joint, Vec>> moments,
      Function<Map<Joint, Vec>, String> value) {
    List<String> values = values(moments, value);
    svg.append(attribute).append("=\"").append(values.get(0)).append("\">");
    animate(svg, attribute, values);
  }

  private static List<String> values(
      List<Map<Joint, Vec>> moments, Function<Map<Joint, Vec>, String> value) {
    return moments.stream().map(value).toList();
  }

  private void animate(StringBuilder svg, String attribute, List<String> values) {
    if (values.stream().distinct().count() < 2) {
      return;
    }
    double duration = times.get(times.size() - 1);
    svg.append("<animate attributeName=\"")
        .append(attribute)
        .append("\" dur=\"")
        .append(number(duration))
        .append("s\" repeatCount=\"indefinite\" values=\"")
        .append(String.join(";", values))
        .append("\" keyTimes=\"")
        .append(
            times.stream()
                .map(at -> number(1000 * at / duration))
                .map(thousandths -> shortened(Double.parseDouble(thousandths) / 1000))
                .collect(Collectors.joining(";")))
        .append("\"/>");
  }

  private static String shortened(double share) {
    return share >= 1 ? "1" : share <= 0 ? "0" : Double.toString(share).substring(1);
  }

  private List<Part> order() {
    Map<Part, Double> depth = new EnumMap<>(Part.class);
    for (Part part : Part.values()) {
      double layer = figure.back().contains(part) ? -1e6 : 0;
      int front = figure.front().indexOf(part);
      depth.put(part, front >= 0 ? 1e6 + front : layer + part.depth(told, this::see));
    }
    // The neck belongs to the trunk and would cut through the face.
    depth.merge(Part.HEAD, depth.getOrDefault(Part.TRUNK, 0.0) + 1e-3, Math::max);
    return depth.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.naturalOrder()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private void props(StringBuilder svg) {
    for (Prop prop : figure.props()) {
      if (!prop.moves() && prop.before() == null) {
        PropShape.write(svg, prop, this::see);
      }
    }
  }

  private void arrow(StringBuilder svg, Figure.Arrow arrow) {
    Seen from = see(arrow.from());
    Seen via = see(arrow.via());
    Seen to = see(arrow.to());
    double length = Math.max(1e-3, Math.hypot(to.x() - via.x(), to.y() - via.y()));
    double ux = (to.x() - via.x()) / length;
    double uy = (to.y() - via.y()) / length;
    Seen left = new Seen(to.x() - 8 * ux - 5.5 * uy, to.y() - 8 * uy + 5.5 * ux, 0);
    Seen right = new Seen(to.x() - 8 * ux + 5.5 * uy, to.y() - 8 * uy - 5.5 * ux, 0);
    svg.append("<path fill=\"none\" stroke=\"var(--mark)\" stroke-width=\"3\" ")
        .append("stroke-linecap=\"round\" stroke-linejoin=\"round\" d=\"")
        .append(new Outline().curve(from, via, to).line(left, to, right))
        .append("\"/>\n");
  }

  private Seen see(Vec point) {
    return figure.camera().see(point);
  }

  /** What of the plane is shown, four wide to three high. */
  private record View(double left, double top, double width, double height) {
    String box() {
      return number(left) + " " + number(top) + " " + number(width) + " " + number(height);
    }

    String panel() {
      return "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"%s\" fill=\"var(--panel)\"/>\n"
          .formatted(number(left), number(top), number(width), number(height), number(width / 24));
    }
  }

  private View fit() {
    Bounds bounds = new Bounds();
    for (Map<Joint, Vec> joints : frames) {
      joints.values().forEach(joint -> bounds.add(see(joint), 11));
    }
    for (Figure.Arrow arrow : figure.arrows()) {
      bounds.add(see(arrow.from()), 4);
      bounds.add(see(arrow.to()), 6);
    }
    for (Prop prop : figure.props()) {
      PropShape.corners(prop).forEach(corner -> bounds.add(see(corner), 2));
    }
    double width = Math.max(LEAST_WIDTH, bounds.right - bounds.left + 2 * MARGIN);
    double height = Math.max(width * 3 / 4, bounds.bottom - bounds.top + 2 * MARGIN);
    width = height * 4 / 3;
    return new View(
        (bounds.left + bounds.right - width) / 2,
        (bounds.top + bounds.bottom - height) / 2,
        width,
        height);
  }

  private static final class Bounds {
    private double left = 1e9;
    private double right = -1e9;
    private double top = 1e9;
    private double bottom = -1e9;

    void add(Seen at, double around) {
      left = Math.min(left, at.x() - around);
      right = Math.max(right, at.x() + around);
      top = Math.min(top, at.y() - around);
      bottom = Math.max(bottom, at.y() + around);
    }
  }
}
