package io.lumbar.alerts.stretches.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class FiguresTest {
  private static final Figures FIGURES = Figures.bundled();
  private static final Path GALLERY = Path.of("../docs/images/stretches");
  private static final Path DRAWN = Path.of("target/figures");

  static Set<String> ids() {
    return FIGURES.ids();
  }

  @ParameterizedTest
  @MethodSource("ids")
  void everyHandAndFootIsWhereItShouldBe(String id) {
    for (Pose pose : FIGURES.figure(id).poses()) {
      Map<Joint, Vec> joints = Skeleton.of(pose);
      reaches(pose.rightLeg(), joints, Joint.RIGHT_ANKLE, 8);
      reaches(pose.leftLeg(), joints, Joint.LEFT_ANKLE, 8);
      // A hand that misses by its own length still touches with its fingers.
      reaches(pose.rightArm(), joints, Joint.RIGHT_WRIST, 14);
      reaches(pose.leftArm(), joints, Joint.LEFT_WRIST, 14);
    }
  }

  private static void reaches(Reach reach, Map<Joint, Vec> joints, Joint end, double most) {
    Vec from = reach.on() == null ? new Vec(0, 0, 0) : joints.get(reach.on());
    assertThat(from.plus(reach.to()).minus(joints.get(end)).length())
        .as("%s misses its target by", end)
        .isLessThan(most);
  }

  /** 3:1 is what WCAG 2.2 asks of pictures (1.4.11). */
  @Test
  void aPillowStandsOutFromWhatItLiesOnInLightAndDark() {
    String picture = FIGURES.svg("side-sleep").orElseThrow();
    assertThat(picture).contains("fill=\"var(--pillow)\" stroke=\"var(--rim)\"");
    int dark = picture.indexOf("prefers-color-scheme:dark");
    for (String scheme : List.of(picture.substring(0, dark), picture.substring(dark))) {
      for (String beside : List.of("panel", "prop", "side", "pillow")) {
        assertThat(contrast(colour(scheme, "rim"), colour(scheme, beside)))
            .as("rim on %s", beside)
            .isGreaterThanOrEqualTo(3);
      }
    }
  }

  private static int colour(String style, String name) {
    int at = style.indexOf("--" + name + ":#") + name.length() + 4;
    return Integer.parseInt(style.substring(at, at + 6), 16);
  }

  private static double contrast(int one, int other) {
    double a = luminance(one) + 0.05;
    double b = luminance(other) + 0.05;
    return Math.max(a, b) / Math.min(a, b);
  }

  private static double luminance(int rgb) {
    return 0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8) + 0.0722 * linear(rgb);
  }

  private static double linear(int channel) {
    double share = (channel & 255) / 255.0;
    return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
  }

  @ParameterizedTest
  @MethodSource("ids")
  void bonesKeepTheirLengthInEveryPose(String id) {
    for (Pose pose : FIGURES.figure(id).poses()) {
      Map<Joint, Vec> joints = Skeleton.of(pose);
      length(joints, Joint.RIGHT_HIP, Joint.RIGHT_KNEE, Skeleton.THIGH);
      length(joints, Joint.LEFT_KNEE, Joint.LEFT_ANKLE, Skeleton.SHANK);
      length(joints, Joint.RIGHT_SHOULDER, Joint.RIGHT_ELBOW, Skeleton.UPPER_ARM);
      length(joints, Joint.LEFT_ELBOW, Joint.LEFT_WRIST, Skeleton.FOREARM);
    }
  }

  private static void length(Map<Joint, Vec> joints, Joint from, Joint to, double expected) {
    assertThat(joints.get(to).minus(joints.get(from)).length())
        .isCloseTo(expected, org.assertj.core.api.Assertions.within(0.01));
  }

  @ParameterizedTest
  @MethodSource("ids")
  void aLimbThatHoldsOnToSomethingDoesSoInEveryPose(String id) {
    List<Pose> poses = FIGURES.figure(id).poses();
    for (Pose pose : poses) {
      assertThat(Stream.of(pose.rightLeg(), pose.leftLeg(), pose.rightArm(), pose.leftArm()))
          .extracting(Reach::on)
          .containsExactlyElementsOf(
              Stream.of(
                      poses.get(0).rightLeg(),
                      poses.get(0).leftLeg(),
                      poses.get(0).rightArm(),
                      poses.get(0).leftArm())
                  .map(Reach::on)
                  .collect(Collectors.toCollection(ArrayList::new)));
    }
  }

  @ParameterizedTest
  @MethodSource("ids")
  void isWellFormedLoadsNothingAndStandsStillForThoseWhoWantThat(String id) throws Exception {
    String svg = FIGURES.svg(id).orElseThrow();
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(svg)));
    assertThat(svg)
        .contains("prefers-reduced-motion", "prefers-color-scheme")
        .doesNotContain("NaN", "Infinity", "href", "url(", "<script");
    assertThat(svg.length()).isLessThan(60_000);
    for (Element animation : elements(document, "animate")) {
      String[] values = animation.getAttribute("values").split(";", -1);
      String[] times = animation.getAttribute("keyTimes").split(";", -1);
      assertThat(times).hasSameSizeAs(values).startsWith("0").endsWith("1");
      assertThat(Stream.of(values).map(FiguresTest::commands).distinct()).hasSize(1);
      assertThat(values[0]).isEqualTo(values[values.length - 1]);
    }
  }

  /** Browsers animate a path into another only when their commands agree. */
  private static String commands(String path) {
    return path.replaceAll("[^MLQAZ]", "");
  }

  private static List<Element> elements(Document document, String name) {
    NodeList nodes = document.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  @ParameterizedTest
  @MethodSource("ids")
  void theGalleryOfTheDocumentationShowsIt(String id) throws IOException {
    String svg = FIGURES.svg(id).orElseThrow();
    Files.createDirectories(DRAWN);
    Files.writeString(DRAWN.resolve(id + ".svg"), svg);
    assertThat(GALLERY.resolve(id + ".svg"))
        .as("copy alerts/target/figures to docs/images/stretches")
        .hasContent(svg);
  }

  @Test
  void aFigureThatCannotBeDrawnIsNamed() {
    String yaml =
        """
        defaults: {figure: {camera: {yaw: 0, pitch: 0}}, pose: {}}
        figures:
          handstand: {still: 3, move: 1, rest: 1, poses: []}
        """;
    assertThatThrownBy(
            () -> Figures.read(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("handstand")
        .hasMessageContaining("still must be one of the poses");
  }
}
