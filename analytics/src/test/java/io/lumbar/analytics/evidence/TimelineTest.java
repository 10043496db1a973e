package io.lumbar.analytics.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.analytics.evidence.Evidence.Kind;
import io.lumbar.analytics.stream.Span;
import io.lumbar.model.DeviceId;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.SleepPosition;
import io.lumbar.model.Stamp;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is believed is a function of the set of evidence, of however much of it is looked at. */
class TimelineTest {
  private static final long SILENCE = 300_000;
  private static final long DAY = 7_200_000;
  private static final Placement[] PLACEMENTS = {Placement.THIGH, Placement.CHEST, Placement.WAIST};

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSpanIsThatPartOfTheWhole(boolean changesToo) {
    Random random = new Random(changesToo ? 7 : 8);
    Timeline timeline = new Timeline(SILENCE);
    for (int round = 0; round < 2_000; round++) {
      List<Evidence> evidence = evidence(random, changesToo);
      long now = random.nextInt((int) DAY);
      Span whole = new Span(-DAY, 2 * DAY);
      long from = random.nextInt((int) DAY);
      Span part = new Span(from, from + 1 + random.nextInt(1_200_000));
      List<Piece> expected = new ArrayList<>();
      for (Piece piece : timeline.resolve(evidence, whole, now)) {
        long first = Math.max(piece.from(), part.from());
        long last = Math.min(piece.to(), part.to());
        if (first < last) {
          expected.add(piece.between(first, last));
        }
      }
      assertThat(timeline.resolve(evidence, part, now))
          .as("round %d, %s", round, part)
          .isEqualTo(expected);
    }
  }

  @Test
  void theOrderOfWhatWasSaidDoesNotCount() {
    Random random = new Random(9);
    Timeline timeline = new Timeline(SILENCE);
    Span whole = new Span(-DAY, 2 * DAY);
    for (int round = 0; round < 2_000; round++) {
      List<Evidence> evidence = evidence(random, true);
      for (int i = 0; i < 6; i++) {
        evidence.add(battery(random, evidence.get(random.nextInt(30))));
      }
      List<Evidence> shuffled = new ArrayList<>(evidence);
      Collections.shuffle(shuffled, random);

      assertThat(timeline.resolve(shuffled, whole, DAY))
          .as("round %d", round)
          .isEqualTo(timeline.resolve(evidence, whole, DAY));
    }
  }

  /** A lower back that was never in bed for it knows that its wearer lies, and not how. */
  @ParameterizedTest
  @ValueSource(longs = {0, 600_000})
  void ofTwoAsWellPlacedThatLieTheOneThatKnowsHowIsBelieved(long later) {
    LyingDetail prone = new LyingDetail(SleepPosition.PRONE, null, null, null, null);
    Evidence chest = lying("d_1", Placement.CHEST, 0, prone);
    Evidence lowerBack = lying("d_2", Placement.LOWER_BACK, later, LyingDetail.NONE);
    List<Piece> pieces =
        new Timeline(SILENCE).resolve(List.of(lowerBack, chest), new Span(0, 1_200_000), DAY);
    assertThat(pieces).extracting(Piece::evidence).containsOnly(chest);
    Evidence thigh = lying("d_3", Placement.THIGH, 0, LyingDetail.NONE);
    assertThat(
            new Timeline(SILENCE)
                .resolve(List.of(thigh, lowerBack, chest), new Span(0, 1_200_000), DAY))
        .extracting(Piece::evidence)
        .containsOnly(chest);
  }

  private static Evidence lying(String device, Placement placement, long from, LyingDetail how) {
    return new Evidence(
        new Stamp(new DeviceId(device), placement, ZoneId.of("UTC")),
        Kind.SPAN,
        Posture.LYING,
        from,
        1_200_000,
        true,
        true,
        Map.of(),
        how);
  }

  /** Half of them at one instant, when a plug was touched twice. */
  private static Evidence battery(Random random, Evidence other) {
    boolean charging = random.nextBoolean();
    long from = random.nextBoolean() ? DAY / 4 : random.nextInt((int) DAY);
    return new Evidence(
        other.stamp(),
        charging ? Kind.CHARGING : Kind.UNPLUGGED,
        charging ? Posture.NOT_WORN : Posture.UNKNOWN,
        from,
        from + (charging ? 3_600_000 : 1),
        false,
        true,
        Map.of(),
        LyingDetail.NONE);
  }

  private static List<Evidence> evidence(Random random, boolean changesToo) {
    List<Evidence> evidence = new ArrayList<>();
    int devices = 1 + random.nextInt(2);
    boolean inARow = random.nextBoolean();
    long next = random.nextInt((int) DAY / 2);
    for (int i = 0; i < 30; i++) {
      int device = random.nextInt(devices);
      long length = 1 + random.nextInt(400_000);
      long from = inARow ? next : random.nextInt((int) DAY);
      next += length + (random.nextBoolean() ? 0 : random.nextInt(2 * (int) SILENCE));
      boolean change = changesToo && random.nextInt(4) == 0;
      Posture[] postures = {Posture.SITTING, Posture.STANDING, Posture.LYING, Posture.UNKNOWN};
      evidence.add(
          new Evidence(
              new Stamp(new DeviceId("d_" + device), PLACEMENTS[device], ZoneId.of("UTC")),
              change ? Kind.CHANGE : Kind.SPAN,
              postures[random.nextInt(postures.length)],
              from,
              from + (change ? 3_600_000 : length),
              random.nextBoolean(),
              random.nextInt(4) > 0,
              Map.of(),
              LyingDetail.NONE));
    }
    return evidence;
  }
}
