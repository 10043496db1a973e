package io.lumbar.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lumbar.ingest.recording.TextLines;
import io.lumbar.model.Posture;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.SleepPosition;
import io.lumbar.model.StepsObservation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActivPalFileTest {
  private static final String EX =
      """
      sep=;
      Time;Time(approx);Data Count;Event Type;Duration (s);Waking Day;Cumulative Step Count;Activity Score (MET.h);AbsSumDiffX;AbsSumDiffY;AbsSumDiffZ;Time Upright (s);Time Upside Down (s);Time Back Lying (s);Time Front Lying (s);Time Left Lying (s);Time Right Lying (s)
      """;
  private static final String EVENTS =
      """
      "Time","DataCount (samples)","Interval (s)","ActivityCode (0=sedentary, 1= standing, 2=stepping)","CumulativeStepCount","Activity Score (MET.h)","Abs(sumDiff)"
      """;

  @ParameterizedTest
  @CsvSource({
    "42633.4165162037, 2016-09-20T09:59:47",
    "43428.3953935185, 2018-11-24T09:29:22",
    "43615.6632523148, 2019-05-30T15:55:05",
    "44129.9814918981, 2020-10-25T23:33:20.9",
    "44153.5563379630, 2020-11-18T13:21:07.6",
    "'44129,9814918981', 2020-10-25T23:33:20.9",
    "#9/20/2016 9:59:47#, 2016-09-20T09:59:47",
    "#9/20/2016 9:59:47 PM#, 2016-09-20T21:59:47"
  })
  void readsLocalTimesToATenthOfASecond(String text, LocalDateTime expected) {
    assertThat(ActivPalTime.parse(text)).contains(expected);
  }

  @Test
  void readsAnEventsFile() {
    Read read =
        read(
            EVENTS
                + """
                43000.5,0,60.0,0,0,.4186111,171
                43000.5006944444,600,30.0,1,0,0.01,10
                43000.5010416667,900,1.5,2,1,0.01,10
                43000.5010590278,915,1.0,2,2,0.01,10
                """);

    assertThat(read.postures())
        .extracting(PostureObservation::posture)
        .containsExactly(Posture.SITTING, Posture.STANDING, Posture.WALKING, Posture.WALKING);
    assertThat(read.postures().get(0).from()).isEqualTo("2017-09-22T11:00:00Z");
    assertThat(read.postures().get(3).to()).isEqualTo("2017-09-22T11:01:32.500Z");
    assertThat(read.steps()).extracting(StepsObservation::steps).containsExactly(2, 2);
    assertThat(read.received()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Time,DataCount (samples),Interval (s),ActivityCode (0=sedentary, 1= standing, 2=stepping),CumulativeStepCount",
        "\"Time\",\"DataCount (samples)\",\"Interval (s)\",\"ActivityCode (0=sedentary 1=standing 2=stepping 2.1=cycling 3.1=primary lying, 3.2=secondary lying 4=non-wear 5=travelling)\",\"CumulativeStepCount\",\"Sum(Abs(DiffX)\"",
        "time , data count, INTERVAL (s), activity code (0=sedentary), cumulative step count"
      })
  void knowsEveryGenerationOfHeader(String header) {
    Read read = read(header + "\n43000.5,0,60.0,5,0\n43000.5006944444,0,30.0,2.1,0\n");

    assertThat(read.postures())
        .extracting(PostureObservation::posture)
        .containsExactly(Posture.TRAVELLING, Posture.CYCLING);
  }

  @Test
  void readsSemicolonsDecimalCommasAndTrailingSeparators() {
    Read read =
        read(
            EX
                + "44130,5;2020-10-26 12:00:00;0;3,1;600,5;1;0;0,1;1;1;1;0,0;0,0;300,5;100,0;200,0;0,0;\n");

    PostureObservation lying = read.postures().get(0);
    assertThat(lying.posture()).isEqualTo(Posture.LYING);
    assertThat(Duration.between(lying.from(), lying.to())).isEqualTo(Duration.ofMillis(600_500));
    assertThat(lying.positionSeconds())
        .containsOnly(
            entry(SleepPosition.SUPINE, 300.5),
            entry(SleepPosition.PRONE, 100.0),
            entry(SleepPosition.LEFT, 200.0));
  }

  @Test
  void countsOnThroughTheNightOfAClockChange() {
    // 25 October 2020 in London: 01:30 comes twice, and the sensor's clock does not care.
    Read read =
        read(
            EX
                + "44129.0208333333;x;0;0;7200.0;1;0;0;1;1;1;7200.0;0;0;0;0;0;\n"
                + "44129.1041666667;x;0;1;60.0;1;0;0;1;1;1;60.0;0;0;0;0;0;\n");

    assertThat(read.postures().get(0).from()).isEqualTo("2020-10-24T23:30:00Z");
    assertThat(read.postures().get(1).from()).isEqualTo("2020-10-25T01:30:00Z");
  }

  @Test
  void dropsALastSittingOfOverFourHoursAndSaysSo() {
    Read read = read(EVENTS + "43000.5,0,60.0,1,0,0,0\n43000.5006944444,0,14400.1,0,0,0,0\n");

    assertThat(read.postures()).hasSize(1);
    assertThat(read.elements()).contains(new Element.Ignored(1));
    assertThat(read.notes()).singleElement().asString().contains("line 3", "4.0 h");
  }

  @Test
  void refusesRowsThatCannotBe() {
    Read read =
        read(
            EVENTS
                + """
                43000.5,0,60.0,9,0,0,0
                not a time,0,60.0,0,0,0,0
                43000.5,0,-3,0,0,0,0
                43000.5,0
                43000.5,0,60.0,1,0,0,0
                43000.4,0,60.0,1,0,0,0
                """);

    assertThat(read.elements())
        .filteredOn(Element.Refused.class::isInstance)
        .extracting(each -> ((Element.Refused) each).path())
        .containsExactly("line 2", "line 3", "line 4", "line 5", "line 7");
    assertThat(read.postures()).hasSize(1);
  }

  @Test
  void givesTheKnownSumsOfARealRecording() throws IOException {
    Path file = recording("Test1-EventsEx.csv");
    Read read = read(Files.newInputStream(file), Uploads.LONDON);

    List<Double> sitting =
        read.postures().stream()
            .filter(each -> each.posture() == Posture.SITTING)
            .map(ActivPalFileTest::seconds)
            .toList();
    assertThat(sitting).hasSize(51);
    assertThat(sum(sitting)).isCloseTo(51_906.0, within(0.001));
    assertThat(sitting.stream().filter(each -> each >= 1_800)).hasSize(10);
    assertThat(sitting.stream().sorted((a, b) -> Double.compare(b, a)).limit(3))
        .containsExactly(6_715.2, 4_859.3, 3_704.7);
    assertThat(read.steps().stream().mapToInt(StepsObservation::steps).sum()).isEqualTo(11_792);
    assertThat(read.received()).isEqualTo(6_158);
    assertContiguous(read.postures());
  }

  @Test
  void dropsTheLastRowOfARealRecordingThatRunsPastItsEnd() throws IOException {
    Path file = recording("Test_Events.csv");
    Read read = read(Files.newInputStream(file), Uploads.LONDON);

    List<Double> sitting =
        read.postures().stream()
            .filter(each -> each.posture() == Posture.SITTING)
            .map(ActivPalFileTest::seconds)
            .toList();
    assertThat(sitting).hasSize(42);
    assertThat(sum(sitting)).isCloseTo(23_267.9, within(0.001));
    assertThat(read.steps().stream().mapToInt(StepsObservation::steps).sum()).isEqualTo(2 * 13_761);
    assertThat(read.notes()).hasSize(1);
  }

  private static void assertContiguous(List<PostureObservation> postures) {
    for (int i = 1; i < postures.size(); i++) {
      assertThat(postures.get(i).from()).isEqualTo(postures.get(i - 1).to());
    }
  }

  private static Path recording(String name) {
    Path file =
        Stream.of("../shared", "../../shared", "../../../shared")
            .map(root -> Path.of(root, "recordings", "activpal", name))
            .filter(Files::exists)
            .findFirst()
            .orElse(Path.of("missing"));
    assumeTrue(Files.exists(file), "the recordings are not on this machine");
    return file;
  }

  private static double seconds(PostureObservation each) {
    return Duration.between(each.from(), each.to()).toMillis() / 1_000.0;
  }

  private static double sum(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).sum();
  }

  private static Read read(String text) {
    return read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), null);
  }

  private static Read read(InputStream file, ZoneId zone) {
    Read read = new Read(new ArrayList<>(), new ArrayList<>());
    Source source = new Source(Uploads.WEARER, Uploads.DEVICE, zone, "test");
    try (TextLines lines = new TextLines(file)) {
      ActivPalFile.read(lines, source, read);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return read;
  }

  private record Read(List<Element> elements, List<String> notes) implements ImportSink {
    @Override
    public void take(Element element) {
      elements.add(element);
    }

    @Override
    public void note(String sentence) {
      notes.add(sentence);
    }

    List<PostureObservation> postures() {
      return readings(PostureObservation.class);
    }

    List<StepsObservation> steps() {
      return readings(StepsObservation.class);
    }

    int received() {
      return elements.stream()
          .mapToInt(
              each ->
                  each instanceof Element.Reading reading
                      ? reading.count()
                      : each instanceof Element.Ignored ignored ? ignored.count() : 1)
          .sum();
    }

    private <T> List<T> readings(Class<T> type) {
      return elements.stream()
          .filter(Element.Reading.class::isInstance)
          .map(each -> ((Element.Reading) each).observation())
          .filter(type::isInstance)
          .map(type::cast)
          .toList();
    }
  }
}
