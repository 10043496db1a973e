package io.lumbar.analytics.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lumbar.model.DeviceId;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.Stamp;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MotionPostureTest {
  private static final Stamp PHONE =
      new Stamp(new DeviceId("d_phone"), Placement.TROUSER_POCKET, ZoneOffset.UTC);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aPhoneInAnyOrientationTellsSittingOnceItHasSeenWalking(long seed) {
    Wear wear = new Wear(seed, 50);
    wear.upright(30).walk(60).upright(120).sit(600).upright(60).walk(30);
    Map<Posture, Double> seconds = seconds(wear.batches(1));
    assertThat(seconds.getOrDefault(Posture.SITTING, 0.0)).isCloseTo(600, within(8.0));
    assertThat(seconds.getOrDefault(Posture.WALKING, 0.0)).isCloseTo(80, within(15.0));
  }

  @Test
  void withoutAnyWalkingItIsUnknownNeverSitting() {
    Wear wear = new Wear(9, 50);
    wear.sit(1200);
    assertThat(seconds(wear.batches(10))).isEmpty();
  }

  @Test
  void lyingFlatAndDeadStillIsNotSitting() {
    Wear wear = new Wear(10, 50);
    wear.walk(60).sit(100);
    wear.noise = 0;
    wear.sit(1800);
    Map<Posture, Double> seconds = seconds(wear.batches(10));
    assertThat(seconds.get(Posture.SITTING)).isLessThan(300);
  }

  @Test
  void theSizeOfBatchesDoesNotMatter() {
    Wear one = new Wear(11, 25);
    one.walk(60).sit(300).upright(200);
    Wear other = new Wear(11, 25);
    other.walk(60).sit(300).upright(200);
    assertThat(seconds(one.batches(1))).isEqualTo(seconds(other.batches(37)));
  }

  @Test
  void theStateSurvivesItsByteForm() {
    Wear wear = new Wear(12, 50);
    wear.walk(25);
    MotionState state = MotionState.START;
    for (MotionBatch batch : wear.batches(1)) {
      state = MotionPosture.advance(state, batch).state();
      assertThat(MotionState.decode(state.encode())).isEqualTo(state);
    }
    assertThat(state.encode()).hasSize(MotionState.BYTES);
  }

  /** Seconds per posture, of the union of everything told. */
  static Map<Posture, Double> seconds(List<MotionBatch> batches) {
    MotionState state = MotionState.START;
    Map<String, PostureObservation> last = new java.util.TreeMap<>();
    for (MotionBatch batch : batches) {
      MotionPosture.Step step = MotionPosture.advance(state, batch);
      state = step.state();
      for (PostureObservation posture : step.postures()) {
        last.put(posture.from().toString() + posture.posture(), posture);
      }
    }
    // What goes on at the end is told by the next batch only; close it with one far ahead.
    MotionBatch end =
        new MotionBatch(
            PHONE,
            (state.second() + 60) * 1_000_000_000L,
            new int[] {0},
            new float[] {0},
            new float[] {0},
            new float[] {1});
    for (PostureObservation posture : MotionPosture.advance(state, end).postures()) {
      last.put(posture.from().toString() + posture.posture(), posture);
    }
    Map<Posture, Double> seconds = new EnumMap<>(Posture.class);
    for (PostureObservation posture : last.values()) {
      double length = Duration.between(posture.from(), posture.to()).toMillis() / 1000.0;
      seconds.merge(posture.posture(), length, Double::sum);
    }
    return seconds;
  }

  /** A thigh that stands, walks and sits, with a phone turned at random in its pocket. */
  static final class Wear {
    private final Random random;
    private final int hertz;
    private final double[][] mounting;
    private final List<double[]> samples = new ArrayList<>();
    double noise = 0.01;

    Wear(long seed, int hertz) {
      this.random = new Random(seed);
      this.hertz = hertz;
      this.mounting = rotation(random);
    }

    Wear upright(int seconds) {
      return hold(seconds, 5, false);
    }

    Wear sit(int seconds) {
      return hold(seconds, 85, false);
    }

    Wear walk(int seconds) {
      return hold(seconds, 11, true);
    }

    private Wear hold(int seconds, double inclination, boolean gait) {
      double angle = Math.toRadians(inclination);
      for (int i = 0; i < seconds * hertz; i++) {
        double phase = 2 * Math.PI * 1.9 * i / hertz;
        double bounce = gait ? 0.3 * Math.sin(phase) : 0;
        double swing = gait ? Math.toRadians(20) * Math.sin(phase / 2) : 0;
        double g = 1 + bounce;
        double[] body = {
          g * Math.cos(angle + swing) + noise * random.nextGaussian(),
          noise * random.nextGaussian(),
          -g * Math.sin(angle + swing) + noise * random.nextGaussian()
        };
        double[] phone = new double[3];
        for (int r = 0; r < 3; r++) {
          for (int c = 0; c < 3; c++) {
            phone[r] += mounting[r][c] * body[c];
          }
        }
        samples.add(phone);
      }
      return this;
    }

    List<MotionBatch> batches(int secondsEach) {
      List<MotionBatch> batches = new ArrayList<>();
      int size = secondsEach * hertz;
      for (int start = 0; start < samples.size(); start += size) {
        int n = Math.min(size, samples.size() - start);
        int[] offsets = new int[n];
        float[] x = new float[n];
        float[] y = new float[n];
        float[] z = new float[n];
        for (int i = 0; i < n; i++) {
          offsets[i] = (int) (i * 1_000_000L / hertz);
          x[i] = (float) samples.get(start + i)[0];
          y[i] = (float) samples.get(start + i)[1];
          z[i] = (float) samples.get(start + i)[2];
        }
        long nanos = 1_772_000_000_000_000_000L + start * 1_000_000_000L / hertz;
        batches.add(new MotionBatch(PHONE, nanos, offsets, x, y, z));
      }
      return batches;
    }

    private static double[][] rotation(Random random) {
      double a = random.nextDouble() * 6.28;
      double b = random.nextDouble() * 6.28;
      double c = random.nextDouble() * 6.28;
      double[][] rz = {{Math.cos(a), -Math.sin(a), 0}, {Math.sin(a), Math.cos(a), 0}, {0, 0, 1}};
      double[][] ry = {{Math.cos(b), 0, Math.sin(b)}, {0, 1, 0}, {-Math.sin(b), 0, Math.cos(b)}};
      double[][] rx = {{1, 0, 0}, {0, Math.cos(c), -Math.sin(c)}, {0, Math.sin(c), Math.cos(c)}};
      return times(rz, times(ry, rx));
    }

    private static double[][] times(double[][] a, double[][] b) {
      double[][] product = new double[3][3];
      for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 3; j++) {
          for (int k = 0; k < 3; k++) {
            product[i][j] += a[i][k] * b[k][j];
          }
        }
      }
      return product;
    }
  }
}
