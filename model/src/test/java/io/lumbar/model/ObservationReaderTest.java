package io.lumbar.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObservationReaderTest {
  private static final String USUAL =
      "{\"kind\":\"posture\",\"stamp\":{\"device\":\"d_1\",\"placement\":\"thigh\",\"zone\":\"UTC\"},"
          + "\"posture\":\"sitting\",\"from\":\"2026-03-02T09:00:00Z\",\"to\":\"2026-03-02T09:05:00Z\","
          + "\"origin\":\"REPORTED\",\"grade\":\"FINAL\",\"v\":1}";

  @Property
  void everyPostureIsReadTheShortWayAsDataBindingReadsIt(
      @ForAll("postures") PostureObservation posture) {
    byte[] json = Json.bytes(posture);
    assertThat(ObservationReader.posture(json)).contains(posture);
    assertThat(Json.read(json, Observation.class)).isEqualTo(posture);
  }

  @Provide
  Arbitrary<PostureObservation> postures() {
    Arbitrary<Stamp> stamps =
        Combinators.combine(
                Arbitraries.of("d_1", "d_Zz9"),
                Arbitraries.of(Placement.class),
                Arbitraries.of("UTC", "Europe/Berlin", "UTC+05:45", "Z", "+02:00"))
            .as((device, at, zone) -> new Stamp(new DeviceId(device), at, ZoneId.of(zone)));
    Arbitrary<Instant> starts =
        Combinators.combine(
                Arbitraries.longs().between(0, 4_000_000_000L),
                Arbitraries.integers().between(0, 999_999_999))
            .as(Instant::ofEpochSecond);
    Arbitrary<Double> degrees = Arbitraries.doubles().between(-180, 180).injectNull(0.5);
    Arbitrary<PostureObservation> plain =
        Combinators.combine(
                stamps,
                Arbitraries.of(Posture.class),
                starts,
                Arbitraries.longs().between(1, 86_400_000),
                Arbitraries.of(true, false),
                Arbitraries.of(PostureObservation.Origin.class),
                Arbitraries.of(PostureObservation.Grade.class),
                Arbitraries.of(SleepPosition.class).injectNull(0.5))
            .as(
                (stamp, posture, from, millis, change, origin, grade, position) ->
                    new PostureObservation(
                        stamp,
                        posture,
                        from,
                        from.plusMillis(millis),
                        change,
                        origin,
                        grade,
                        position,
                        null,
                        null,
                        Map.of()));
    return Combinators.combine(
            plain,
            degrees,
            degrees,
            Arbitraries.doubles().between(0, 1).injectNull(0.5),
            Arbitraries.of(true, false).injectNull(0.5))
        .as(
            (of, headUp, arch, confidence, awake) ->
                new PostureObservation(
                    of.stamp(),
                    of.posture(),
                    of.from(),
                    of.to(),
                    of.change(),
                    of.origin(),
                    of.grade(),
                    of.position(),
                    headUp,
                    arch,
                    Map.of(),
                    confidence,
                    awake));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        USUAL,
        "{\"kind\":\"worn\",\"stamp\":{\"device\":\"d_1\",\"placement\":\"thigh\",\"zone\":\"UTC\"},"
            + "\"worn\":true,\"from\":\"2026-03-02T09:00:00Z\",\"to\":\"2026-03-02T09:05:00Z\"}",
        "{\"kind\":\"barrier\"}",
        "{}",
        "[]",
        "null",
        "",
        "{\"kind\":\"posture\"}",
        "{\"kind\":\"posture\"",
      })
  void allElseIsReadOrRefusedByDataBinding(String json) {
    same(json);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"v\":1>\"v\":1,\"new\":{\"a\":[1,2]}",
        "\"v\":1>\"v\":\"1\"",
        "\"v\":1>\"change\":null",
        "\"v\":1>\"headUpDegrees\":\"12.5\"",
        "\"v\":1>\"headUpDegrees\":null",
        "\"v\":1>\"positionSeconds\":{\"prone\":1.5}",
        "\"v\":1>\"awake\":\"true\"",
        "\"v\":1>\"v\":1}garbage",
        "sitting>kneeling",
        "sitting>SITTING",
        "thigh>knee",
        "\"d_1\">7",
        "\"d_1\">null",
        "UTC>Mars/Base",
        "REPORTED>reported",
        "09:05:00Z>08:05:00Z",
        "09:05:00Z>09:05:00+02:00",
        "\"2026-03-02T09:05:00Z\">1772442300",
        "\"zone\":\"UTC\">\"region\":\"UTC\"",
        "\"zone\":\"UTC\">\"zone\":\"UTC\",\"side\":\"left\"",
        "\"kind\":\"posture\",>",
      })
  void aPostureInAnyOtherFormIsReadOrRefusedByDataBinding(String change) {
    String[] parts = change.split(">", 2);
    assertThat(USUAL).contains(parts[0]);
    same(USUAL.replace(parts[0], parts[1]));
  }

  private static void same(String text) {
    byte[] json = text.getBytes(StandardCharsets.UTF_8);
    Throwable refused = catchThrowable(() -> Json.read(json, Observation.class));
    if (refused == null) {
      assertThat(ObservationReader.read(json)).isEqualTo(Json.read(json, Observation.class));
    } else {
      assertThat(catchThrowable(() -> ObservationReader.read(json)))
          .isInstanceOf(refused.getClass())
          .hasMessage(refused.getMessage());
    }
  }
}
