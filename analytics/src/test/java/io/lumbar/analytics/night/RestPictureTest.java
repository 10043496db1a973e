package io.lumbar.analytics.night;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.analytics.Picture;
import io.lumbar.model.Bout;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.WearerId;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The picture of docs/detection.md shows what counts as time in bed today. After a change on
 * purpose run with {@code -Dpictures=write}.
 */
class RestPictureTest {
  private static final Instant START = Instant.parse("2026-03-02T18:00:00Z");

  private final List<Bout> bouts = new ArrayList<>();
  private final List<double[]> inclination = new ArrayList<>();
  private long minutes;

  @Test
  void timeInBed() throws IOException {
    then(Posture.SITTING, 70).then(Posture.LYING, 45).then(Posture.SITTING, 150);
    then(Posture.WALKING, 15).then(Posture.LYING, 160).then(Posture.WALKING, 12);
    then(Posture.LYING, 190).then(Posture.STANDING, 30).then(Posture.LYING, 75);
    then(Posture.WALKING, 33);
    Picture picture =
        new Picture("Time in bed: up for 12 minutes and for 30", minutes * 60, 0, 105)
            .line("trunk against the vertical", inclination);
    List<String> said = new ArrayList<>();
    for (Rest rest : Rests.of(bouts)) {
      String what =
          rest.isNight() ? "in bed, a night" : rest.isInBed() ? "in bed" : "lay for a while";
      said.add(what);
      picture.said(second(rest.from()), second(rest.to()), what);
    }
    assertThat(said).containsExactly("lay for a while", "in bed, a night", "in bed");
    picture.isThatOf("night-in-bed");
  }

  private RestPictureTest then(Posture posture, int length) {
    Instant from = START.plusSeconds(minutes * 60);
    Instant to = from.plusSeconds(length * 60L);
    bouts.add(
        new Bout(
            "b_" + bouts.size(),
            new WearerId("w_anna"),
            posture,
            from,
            to,
            to,
            ZoneOffset.UTC,
            Placement.THIGH,
            false,
            1,
            false,
            Map.of()));
    double degrees = posture == Posture.LYING ? 88 : posture == Posture.SITTING ? 12 : 4;
    inclination.add(new double[] {minutes * 60, degrees});
    minutes += length;
    inclination.add(new double[] {minutes * 60, degrees});
    return this;
  }

  private static double second(long millis) {
    return millis / 1000.0 - START.getEpochSecond();
  }
}
