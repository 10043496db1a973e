package io.lumbar.analytics.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.analytics.Picture;
import io.lumbar.analytics.trunk.TrunkAxes.Direction;
import io.lumbar.model.DetectionSettings;
import io.lumbar.model.Placement;
import io.lumbar.model.SleepPosition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The pictures of docs/detection.md show what the detectors say today. After a change on purpose
 * run with {@code -Dpictures=write}.
 */
class PicturesTest {
  @Test
  void sleepPositions() throws IOException {
    Body body = new Body(0, 1, 1).hold(Body.SUPINE, 300).hold(rolled(50), 10);
    body.hold(Body.SUPINE, 200).hold(rolled(95), 300).hold(rolled(128), 240);
    body.hold(Body.PRONE, 120).hold(new Direction(0.9, 0, -0.42), 200);
    body.hold(new Direction(0.97, 0.05, 0.1), 150).hold(Body.PRONE, 120).hold(rolled(-80), 260);
    List<double[]> rolls = new ArrayList<>();
    List<double[]> pitches = new ArrayList<>();
    List<double[]> said = new ArrayList<>();
    List<String> names = new ArrayList<>();
    SleepPositionState state = SleepPositionState.START;
    for (Reading one : body.readings()) {
      Tilt tilt = tilt(one);
      state = SleepPositions.advance(state, one.at(), tilt);
      double at = one.at() / 1000.0;
      rolls.add(new double[] {at, tilt.roll()});
      pitches.add(new double[] {at, tilt.headUp()});
      Lie lie = state.lie();
      extend(said, names, at, 1, lie == null ? "-" : lie.position().wireName());
    }
    Picture picture =
        new Picture("Sleep positions: the chest is near vertical at 23 min", 1900, -180, 180)
            .line("roll about the long axis", rolls)
            .line("head-up pitch", pitches);
    say(picture, said, names).isThatOf("trunk-positions");
  }

  @Test
  void bends() throws IOException {
    Body body = new Body(0, 25, 2).hold(Body.UPRIGHT, 4).bend(85, 3).hold(Body.UPRIGHT, 4);
    body.bend(50, 2).hold(Body.UPRIGHT, 5).bend(50, 2).hold(Body.UPRIGHT, 5).bend(28, 3);
    body.hold(Body.UPRIGHT, 7);
    List<double[]> trunk = new ArrayList<>();
    List<double[]> thigh = new ArrayList<>();
    List<double[]> said = new ArrayList<>();
    List<String> names = new ArrayList<>();
    BendState state = BendState.START;
    for (Reading one : body.readings()) {
      double at = one.at() / 1000.0;
      double leg = at > 12.5 && at < 19 ? 85 : 8;
      Bends.Step step = Bends.advance(state, one.at(), tilt(one), leg, false);
      state = step.state();
      trunk.add(new double[] {at, state.smooth().forward()});
      thigh.add(new double[] {at, leg});
      Bend bend = step.bend();
      if (bend != null) {
        extend(
            said,
            names,
            bend.from() / 1000.0,
            bend.seconds(),
            "%s %.0f°".formatted(bend.style().name().toLowerCase(Locale.ROOT), bend.peakDegrees()));
      }
    }
    Picture picture =
        new Picture("Bends: one stoop; sitting down, standing up and a nod are none", 35, -15, 95)
            .line("trunk forward", trunk)
            .line("thigh", thigh);
    assertThat(names).hasSize(1);
    say(picture, said, names).isThatOf("trunk-bends");
  }

  @Test
  void lying() throws IOException {
    Body body = new Body(0, 1, 3).hold(Body.UPRIGHT, 120);
    for (int degrees = 0; degrees <= 90; degrees += 3) {
      body.hold(leaning(degrees), 10);
    }
    for (int degrees = 90; degrees >= 0; degrees -= 3) {
      body.hold(leaning(degrees), 10);
    }
    List<double[]> inclinations = new ArrayList<>();
    List<double[]> said = new ArrayList<>();
    List<String> names = new ArrayList<>();
    LyingState state = LyingState.START;
    for (Reading one : body.readings()) {
      state = Lying.advance(state, one.at(), tilt(one), null);
      double at = one.at() / 1000.0;
      inclinations.add(new double[] {at, tilt(one).inclination()});
      extend(said, names, at, 1, state.lying() ? "lying" : "upright");
    }
    Picture picture =
        new Picture("Lying begins at 60 degrees and ends at 55", 740, 0, 95)
            .line("trunk against the vertical", inclinations);
    say(picture, said, names).isThatOf("trunk-lying");
  }

  @Test
  void sleepGuess() throws IOException {
    Body body = new Body(0, 0.2, 5).hold(Body.SUPINE, 2000);
    for (int i = 0; i < 2; i++) {
      body.hold(Body.LEFT, 40).hold(Body.SUPINE, 40);
    }
    body.hold(Body.LEFT, 1500).hold(Body.PRONE, 2000);
    List<double[]> unrest = new ArrayList<>();
    List<double[]> said = new ArrayList<>();
    List<String> names = new ArrayList<>();
    SleepOnsetState state = SleepOnsetState.START;
    for (Reading one : body.readings()) {
      state = SleepOnset.advance(state, one.at(), one.value());
      double at = one.at() / 1000.0;
      unrest.add(new double[] {at, state.unrest()});
      extend(said, names, at, 5, state.awake() ? "awake" : "probably asleep");
    }
    Picture picture =
        new Picture("Sleep is guessed while unrest is at 1 or less", 5660, 0, 3, 0.5, "")
            .line("unrest since lying down", unrest);
    assertThat(names).containsExactly("awake", "probably asleep", "awake", "probably asleep");
    say(picture, said, names).isThatOf("trunk-sleep");
  }

  @Test
  void arch() throws IOException {
    List<double[]> chest = new ArrayList<>();
    List<double[]> back = new ArrayList<>();
    List<double[]> both = new ArrayList<>();
    List<String> names = new ArrayList<>();
    SleepOnsetState onset = SleepOnsetState.START;
    TrunkFrame chestFlat = flat(2);
    TrunkFrame backFlat = flat(3);
    for (int second = 0; second < 3600; second += 10) {
      double raised = second < 1500 ? 30 : second < 2400 ? 16 : second < 3000 ? 34 : 3;
      double pelvis = second < 1500 ? 4 : second < 2400 ? 1 : second < 3000 ? -1 : 3;
      double angle = Math.toRadians(raised);
      Direction reading = new Direction(Math.sin(angle), 0, -Math.cos(angle));
      onset = SleepOnset.advance(onset, second * 1000L, reading);
      TrunkSlot upper = ArchMeterTest.slot(second * 1000L, SleepPosition.PRONE, raised);
      TrunkSlot lower = ArchMeterTest.slot(second * 1000L, SleepPosition.PRONE, pelvis);
      double arch =
          ArchMeter.both(Placement.CHEST, chestFlat, List.of(lower), backFlat)
              .degrees(upper)
              .orElseThrow();
      chest.add(new double[] {second, raised});
      back.add(new double[] {second, pelvis});
      extend(both, names, second, 10, arched(arch, onset.awake()));
    }
    Picture picture =
        new Picture("Arch from two sensors, after sleep onset", 3600, -10, 60)
            .line("chest head-up", chest)
            .line("lower back head-up", back);
    say(picture, both, names).isThatOf("trunk-arch");
  }

  /** By the limits that a wearer has who set none. */
  private static String arched(double degrees, boolean awake) {
    DetectionSettings limits = DetectionSettings.defaults();
    if (degrees < limits.archDegrees()) {
      return "flat";
    }
    return awake
        ? "propped awake"
        : degrees < limits.strongArchDegrees() ? "arched" : "strongly arched";
  }

  private static TrunkFrame flat(double degrees) {
    Optional<TrunkAxes> upright = Optional.of(TrunkAxes.STANDARD);
    return new TrunkFrame(TrunkAxes.STANDARD, upright, degrees, true, true);
  }

  private static void extend(
      List<double[]> said, List<String> names, double at, double length, String name) {
    int last = names.size() - 1;
    if (last >= 0 && names.get(last).equals(name) && said.get(last)[1] >= at - 1e-6) {
      said.get(last)[1] = at + length;
    } else {
      said.add(new double[] {at, at + length});
      names.add(name);
    }
  }

  private static Picture say(Picture picture, List<double[]> said, List<String> names) {
    for (int i = 0; i < names.size(); i++) {
      picture.said(said.get(i)[0], said.get(i)[1], names.get(i));
    }
    return picture;
  }

  private static Direction rolled(double degrees) {
    double roll = Math.toRadians(degrees);
    return new Direction(0.1, Math.sin(roll), Math.cos(roll));
  }

  private static Direction leaning(double degrees) {
    double back = Math.toRadians(degrees);
    return new Direction(Math.cos(back), 0, Math.sin(back));
  }

  private static Tilt tilt(Reading one) {
    return TrunkAxes.STANDARD.tilt(one.value().x(), one.value().y(), one.value().z());
  }
}
