package io.lumbar.ingest.format.lineprotocol;

import static io.lumbar.ingest.format.Collected.fixture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lumbar.http.ApiException;
import io.lumbar.ingest.format.Collected;
import io.lumbar.model.Posture;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.StepCounterObservation;
import io.lumbar.model.StepsObservation;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineProtocolTest {

  @Test
  void readsPostureAndStepsAndCountsOtherMeasurements() {
    Collected found =
        Collected.of(new LineProtocol(), fixture("lineprotocol", "lines.txt"), Map.of());

    assertThat(found.refused).isEmpty();
    assertThat(found.received()).isEqualTo(5);
    assertThat(found.ignored).isEqualTo(1);
    PostureObservation change = (PostureObservation) found.observations.get(0);
    assertThat(change.posture()).isEqualTo(Posture.SITTING);
    assertThat(change.change()).isTrue();
    assertThat(change.from()).isEqualTo("2026-05-04T08:00:00Z");
    PostureObservation span = (PostureObservation) found.observations.get(1);
    assertThat(span.to()).isEqualTo("2026-05-04T08:06:30Z");
    StepsObservation steps = (StepsObservation) found.observations.get(2);
    assertThat(steps.steps()).isEqualTo(120);
    assertThat(steps.to()).isEqualTo("2026-05-04T08:05:00Z");
    StepCounterObservation counter = (StepCounterObservation) found.observations.get(3);
    assertThat(counter.session()).isEqualTo("run,1");
  }

  @Test
  void readsTimesInTheToldPrecision() {
    PostureObservation change =
        (PostureObservation)
            Collected.of(
                    new LineProtocol(),
                    "posture code=\"sitting\" 1777881600123".getBytes(StandardCharsets.UTF_8),
                    Map.of("precision", "ms"))
                .observations
                .get(0);
    assertThat(change.from()).isEqualTo("2026-05-04T08:00:00.123Z");
    assertThatThrownBy(
            () -> Collected.of(new LineProtocol(), new byte[] {'a'}, Map.of("precision", "weeks")))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("precision");
  }

  @Test
  void refusesALineWhoseTimeCannotBeInThePrecision() {
    Collected found =
        Collected.of(
            new LineProtocol(),
            "posture code=\"sitting\" 1777881600000000000\nsteps count=1 1777881600"
                .getBytes(StandardCharsets.UTF_8),
            Map.of("precision", "s"));
    assertThat(found.refused).singleElement().asString().startsWith("line 1.time: is too far");
    assertThat(found.observations).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "1777881600, ns, s",
    "1777881600123, ns, ms",
    "1777881600123456, ns, us",
    "1777881600123, s, ms",
    "1777881600123456789, ms, ns"
  })
  void saysWhichPrecisionATimeIsIn(String time, String told, String meant) {
    Collected found =
        Collected.of(
            new LineProtocol(),
            ("posture code=\"sitting\" " + time).getBytes(StandardCharsets.UTF_8),
            Map.of("precision", told));
    assertThat(found.refused)
        .containsExactly(
            "line 1.time: is too far from the present; by its size it is in %1$s: add precision=%1$s to the address"
                .formatted(meant));
  }

  @Test
  void textsMayHoldBlanksCommasAndQuotes() {
    Line line = Line.parse("m\\ 1,a\\=b=c\\,d text=\"say \\\"x, y\\\"\",n=1.5 7");
    assertThat(line)
        .isEqualTo(
            new Line("m 1", Map.of("a=b", "c,d"), Map.of("text", "say \"x, y\"", "n", "1.5"), "7"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "posture; line 1: cannot be: must be a line",
        "posture code=\"sitting\"; line 1.time: missing",
        "posture code=\"sitting\" soon; line 1.time: missing",
        "posture code=\"flying\" 1777881600000000000; line 1: cannot be: 'flying' is not one of",
        "posture angle=3 1777881600000000000; line 1.code: missing",
        "posture code=\"sitting\",seconds=-4 1777881600000000000; line 1.seconds: must be above 0",
        "steps x=1 1777881600000000000; line 1.count: missing",
        "steps count=many 1777881600000000000; line 1.count: must be a number",
        "steps count=\"12 1777881600000000000; line 1: cannot be: must be a line"
      })
  void refusesALineByWhatIsWrongWithIt(String line, String fault) {
    Collected found =
        Collected.of(new LineProtocol(), line.getBytes(StandardCharsets.UTF_8), Map.of());
    assertThat(found.refused).singleElement().asString().startsWith(fault);
  }
}
