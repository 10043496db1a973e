package io.lumbar.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.lumbar.http.ApiException;
import io.lumbar.ingest.format.ElementCount;
import io.lumbar.model.Device;
import io.lumbar.model.DeviceId;
import io.lumbar.model.Observation;
import io.lumbar.model.ObservationReader;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.SleepPosition;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NativeReaderTest {

  @Test
  void readsASpanWithTheWearersZoneAndTheDevicesPlacement() {
    PostureObservation posture =
        (PostureObservation)
            only(
                """
                [{"kind":"posture","posture":"sitting",
                  "from":"2026-03-02T09:00:00+01:00","to":"2026-03-02T09:05:00+01:00"}]
                """);

    assertThat(posture)
        .isEqualTo(
            PostureObservation.span(
                Uploads.SOURCE.stampAt(Instant.EPOCH),
                Posture.SITTING,
                Instant.parse("2026-03-02T08:00:00Z"),
                Instant.parse("2026-03-02T08:05:00Z")));
    assertThat(posture.stamp().zone()).isEqualTo(Uploads.LONDON);
  }

  @Test
  void aChangeHoldsForTenMinutesUnlessItSaysOtherwise() {
    PostureObservation standard =
        (PostureObservation)
            only("{\"kind\":\"posture\",\"posture\":\"sitting\",\"at\":\"2026-03-02T09:00:00Z\"}");
    PostureObservation longer =
        (PostureObservation)
            only(
                """
                {"validFor":"PT2H","at":"2026-03-02T09:00:00Z","posture":"sitting","kind":"posture"}
                """);

    assertThat(standard.change()).isTrue();
    assertThat(standard.to()).isEqualTo("2026-03-02T09:10:00Z");
    assertThat(longer.to()).isEqualTo("2026-03-02T11:00:00Z");
  }

  @Test
  void readsLyingWithPositionAnglesAndSums() {
    PostureObservation lying =
        (PostureObservation)
            only(
                """
                {"kind":"posture","posture":"lying","position":"prone","headUpDegrees":25,
                 "archDegrees":14.5,"from":"2026-03-02T01:00:00Z","to":"2026-03-02T03:00:00Z",
                 "positionSeconds":{"supine":4200,"prone":589.4}}
                """);

    assertThat(lying.position()).isEqualTo(SleepPosition.PRONE);
    assertThat(lying.headUpDegrees()).isEqualTo(25.0);
    assertThat(lying.archDegrees()).isEqualTo(14.5);
    assertThat(lying.positionSeconds())
        .containsOnly(entry(SleepPosition.SUPINE, 4200.0), entry(SleepPosition.PRONE, 589.4));
  }

  /** One sensor cannot tell an arch from a raised chest. */
  @ParameterizedTest
  @CsvSource({"'',0.3", "'\"archSensors\":1,',0.3", "'\"archSensors\":2,',0.7"})
  void anArchIsAsSureAsTheSensorsBehindIt(String sensors, double confidence) {
    PostureObservation lying =
        (PostureObservation)
            only(
                """
                {"kind":"posture","posture":"lying","position":"prone","archDegrees":14.5,%s
                 "from":"2026-03-02T01:00:00Z","to":"2026-03-02T03:00:00Z"}
                """
                    .formatted(sensors));

    assertThat(lying.archConfidence()).isEqualTo(confidence);
    byte[] bytes = new ObservationBytes().of(lying);
    assertThat(ObservationReader.read(bytes)).isEqualTo(lying);
  }

  @ParameterizedTest
  @EnumSource(
      value = Placement.class,
      names = {"WRIST", "ESTIMATED"})
  void aPositionFromWhatCannotFeelTheTrunkIsRefusedButLyingIsNot(Placement placement) {
    Device device =
        new Device(new DeviceId("d_2"), "ring", Uploads.WEARER.id(), placement, "1".repeat(64));
    Source source = new Source(Uploads.WEARER, device, null, "/test");
    String span = "\"from\":\"2026-03-02T01:00:00Z\",\"to\":\"2026-03-02T03:00:00Z\"}";
    String prone = "{\"kind\":\"posture\",\"posture\":\"lying\",\"position\":\"prone\"," + span;
    String lying = "{\"kind\":\"posture\",\"posture\":\"lying\"," + span;
    byte[] body = (prone + "\n" + lying).getBytes(StandardCharsets.UTF_8);

    List<Element> elements =
        NativeReader.read(body, true, Uploads.count(), new NativeDraft(source)::read);

    assertThat(((Element.Refused) elements.get(0)).reason())
        .contains(placement.wireName())
        .contains("chest");
    assertThat(elements.get(1)).isInstanceOf(Element.Reading.class);
  }

  @Test
  void readsStepsWornAndBattery() {
    List<Element> elements =
        read(
            """
            [{"kind":"steps","steps":120,"from":"2026-03-02T09:00:00Z","to":"2026-03-02T09:05:00Z"},
             {"kind":"worn","worn":false,"at":"2026-03-02T09:00:00Z"},
             {"kind":"battery","level":0.4,"charging":true,"at":"2026-03-02T09:00:00Z"}]
            """);

    assertThat(elements)
        .extracting(each -> ((Element.Reading) each).observation().getClass().getSimpleName())
        .containsExactly("StepsObservation", "WornObservation", "BatteryObservation");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'kind':'posture','postur':'sitting'}|[0].postur|did you mean posture?",
        "{'kind':'posture','colour':'red'}|[0].colour|unknown field; known are",
        "{'posture':'sitting'}|[0].kind|missing; one of posture, steps, worn, battery",
        "{'kind':'sleep'}|[0].kind|'sleep' is not one of",
        "{'kind':'posture','posture':'siting','at':'2026-03-02T09:00:00Z'}|[0].posture|'siting' is not one of sitting, standing",
        "{'kind':'posture','posture':'sitting'}|[0].from|give from and to (a span) or at (a change)",
        "{'kind':'posture','posture':'sitting','at':'2026-03-02T09:00:00'}|[0].at|needs its offset",
        "{'kind':'posture','posture':'sitting','at':1709370000}|[0].at|must be a text such as",
        "{'kind':'posture','posture':'sitting','at':'2026-03-02T09:00:00Z','validFor':'PT5H'}|[0].validFor|at most PT4H",
        "{'kind':'posture','posture':'sitting','from':'2026-03-02T09:00:00Z','to':'2026-03-02T09:00:00Z'}|[0].to|must be after from",
        "{'kind':'posture','posture':'sitting','from':'2026-03-02T09:00:00Z','to':'2026-03-03T09:00:01Z'}|[0].to|at most 24 h",
        "{'kind':'posture','posture':'sitting','position':'prone','at':'2026-03-02T09:00:00Z'}|[0].position|posture lying only",
        "{'kind':'posture','posture':'lying','from':'2026-03-02T09:00:00Z','to':'2026-03-02T09:10:00Z','positionSeconds':{'left':900}}|[0].positionSeconds|add up to 900.0 s",
        "{'kind':'posture','posture':'lying','from':'2026-03-02T09:00:00Z','to':'2026-03-02T09:10:00Z','positionSeconds':{'up':9}}|[0].positionSeconds.up|is not one of supine",
        "{'kind':'steps','steps':12.5,'from':'2026-03-02T09:00:00Z','to':'2026-03-02T09:01:00Z'}|[0].steps|whole number",
        "{'kind':'steps','steps':-1,'from':'2026-03-02T09:00:00Z','to':'2026-03-02T09:01:00Z'}|[0].steps|between 0 and",
        "{'kind':'steps','steps':3,'worn':true}|[0].worn|not a field of kind steps",
        "{'kind':'worn','kind':'worn'}|[0].kind|given twice",
        "{'kind':'battery','level':40,'at':'2026-03-02T09:00:00Z'}|[0].level|between 0 and 1"
      })
  void refusesByNameAndSaysHowToMendIt(String json, String path, String reason) {
    Element element = read("[" + json.replace('\'', '"') + "]").get(0);

    assertThat(element).isInstanceOf(Element.Refused.class);
    assertThat(((Element.Refused) element).path()).isEqualTo(path);
    assertThat(((Element.Refused) element).reason()).contains(reason);
  }

  @Test
  void oneBadElementLeavesTheOthersAlone() {
    List<Element> elements =
        read(
            """
            [{"kind":"worn","worn":true,"at":"2026-03-02T09:00:00Z"},
             {"kind":"posture","nested":{"deep":[1,{"er":2}]},"at":"2026-03-02T09:00:00Z"},
             7,
             {"kind":"worn","worn":false,"at":"2026-03-02T09:01:00Z"}]
            """);

    assertThat(elements).hasSize(4);
    assertThat(elements.get(0)).isInstanceOf(Element.Reading.class);
    Element.Refused refused = (Element.Refused) elements.get(1);
    assertThat(refused.path()).isEqualTo("[1].nested");
    assertThat(new String(refused.raw(), StandardCharsets.UTF_8))
        .startsWith("{\"kind\":\"posture\"")
        .endsWith("\"2026-03-02T09:00:00Z\"}");
    assertThat(elements.get(2)).isInstanceOf(Element.Refused.class);
    assertThat(elements.get(3)).isInstanceOf(Element.Reading.class);
  }

  @Test
  void aBrokenDocumentIsRefusedWholeWithItsPlace() {
    assertThatThrownBy(
            () -> read("[{\"kind\":\"worn\",\"worn\":true,\"at\":\"2026-03-02T09:00:00Z\"},\n {"))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("line 2");
    assertThatThrownBy(() -> read("[] []"))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("more text");
    assertThatThrownBy(() -> read("  "))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("empty");
    assertThatThrownBy(() -> read("[".repeat(200) + "]".repeat(200)))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("nested deeper");
  }

  @Test
  void aBrokenLineIsOneRefusal() {
    List<Element> elements =
        read(
            """
            {"kind":"worn","worn":true,"at":"2026-03-02T09:00:00Z"}

            {"kind":"worn","worn":tru
            {"kind":"worn","worn":false,"at":"2026-03-02T09:01:00Z"}
            """);

    assertThat(elements).hasSize(3);
    assertThat(elements.get(1)).isInstanceOf(Element.Refused.class);
    assertThat(((Element.Refused) elements.get(1)).path()).isEqualTo("[1]");
    assertThat(((Element.Refused) elements.get(1)).reason()).contains("line 3");
  }

  @Test
  void aBrokenFirstLineIsOneRefusalToo() {
    for (String broken : List.of("{\"kind\":\"worn\",\"worn\":tru", "nonsense")) {
      List<Element> elements =
          read(broken + "\n{\"kind\":\"worn\",\"worn\":false,\"at\":\"2026-03-02T09:01:00Z\"}\n");

      assertThat(elements).hasSize(2);
      assertThat(((Element.Refused) elements.get(0)).reason()).contains("line 1");
      assertThat(elements.get(1)).isNotInstanceOf(Element.Refused.class);
    }
  }

  @Test
  void oneObjectOverSeveralLinesIsNotTakenForLines() {
    assertThat(
            read(
                "{\"kind\":\"worn\",\n\"extra\":\n{}\n,\"worn\":true,\"at\":\"2026-03-02T09:00:00Z\"}"))
        .hasSize(1);
  }

  @Test
  void refusesTooManyElementsBeforeItHoldsThem() {
    byte[] list = ("[" + "{},".repeat(10) + "{}]").getBytes(StandardCharsets.UTF_8);
    byte[] lines = "{}\n".repeat(11).getBytes(StandardCharsets.UTF_8);
    for (byte[] body : List.of(list, lines)) {
      assertThatThrownBy(
              () ->
                  NativeReader.read(
                      body, false, new ElementCount(10), new NativeDraft(Uploads.SOURCE)::read))
          .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.status()).isEqualTo(413));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32"})
  void refusesAnotherEncodingThanUtf8(String encoding) {
    byte[] body =
        "[{\"kind\":\"posture\",\"posture\":\"flying\"}]".getBytes(Charset.forName(encoding));
    assertThatThrownBy(
            () ->
                NativeReader.read(
                    body, false, Uploads.count(), new NativeDraft(Uploads.SOURCE)::read))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("UTF-8");
  }

  @Test
  void anEmptyListIsNothing() {
    assertThat(read("[]")).isEmpty();
  }

  private static Observation only(String json) {
    List<Element> elements = read(json);
    assertThat(elements).hasSize(1);
    assertThat(elements.get(0)).isInstanceOf(Element.Reading.class);
    return ((Element.Reading) elements.get(0)).observation();
  }

  private static List<Element> read(String json) {
    return NativeReader.read(
        json.getBytes(StandardCharsets.UTF_8),
        false,
        Uploads.count(),
        new NativeDraft(Uploads.SOURCE)::read);
  }
}
