package io.lumbar.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.lumbar.model.BatteryObservation;
import io.lumbar.model.Json;
import io.lumbar.model.Observation;
import io.lumbar.model.Posture;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.PostureObservation.Grade;
import io.lumbar.model.PostureObservation.Origin;
import io.lumbar.model.SleepPosition;
import io.lumbar.model.Stamp;
import io.lumbar.model.StepsObservation;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ObservationBytesTest {
  private static final Stamp STAMP = Uploads.SOURCE.stampAt(Instant.EPOCH);
  private static final Instant AT = Instant.parse("2026-03-02T09:00:00.120Z");

  static Stream<Observation> observations() {
    return Stream.of(
        PostureObservation.span(STAMP, Posture.NOT_WORN, AT, AT.plusNanos(1)),
        PostureObservation.change(STAMP, Posture.SITTING, AT, Duration.ofHours(2)),
        new PostureObservation(
            STAMP,
            Posture.LYING,
            AT,
            AT.plusSeconds(9_000),
            false,
            Origin.CLASSIFIED,
            Grade.PROVISIONAL,
            SleepPosition.THREE_QUARTER_PRONE,
            -12.5,
            1e-7,
            Map.of(SleepPosition.PRONE, 3_589.4, SleepPosition.SUPINE, 4_200.0)),
        new StepsObservation(STAMP, 120, AT, AT.plusSeconds(60)),
        new BatteryObservation(STAMP, 0.4, true, AT));
  }

  @ParameterizedTest
  @MethodSource("observations")
  void writesWhatJacksonWritesAndReads(Observation observation) throws IOException {
    byte[] bytes = new ObservationBytes().of(observation);

    ObjectMapper plain = new ObjectMapper();
    assertThat(plain.readTree(bytes)).isEqualTo(plain.readTree(Json.bytes(observation)));
    assertThat(Json.read(bytes, Observation.class)).isEqualTo(observation);
  }

  @Property(tries = 500)
  void writesInstantsAsTheJdkDoes(
      @ForAll @LongRange(min = 0, max = 4_102_444_800L) long second,
      @ForAll @IntRange(min = 0, max = 999_999_999) int nano) {
    Instant from = Instant.ofEpochSecond(second, nano);
    StepsObservation steps = new StepsObservation(STAMP, 1, from, from.plusSeconds(1));

    assertThat(new String(new ObservationBytes().of(steps)))
        .contains("\"from\":\"" + from + "\"", "\"to\":\"" + from.plusSeconds(1) + "\"");
  }
}
