package io.lumbar.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lumbar.http.ApiException;
import io.lumbar.model.Axes;
import io.lumbar.model.DeviceId;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.MotionCodec;
import io.lumbar.model.Placement;
import io.lumbar.model.Stamp;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MotionUploadTest {
  private static final long START = 1_772_442_000_000_000_000L;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"2026-03-02T09:00:00Z\"",
        "\"2026-03-02T10:00:00+01:00\"",
        "1772442000",
        "1772442000000",
        "1772442000000000",
        "1772442000000000000"
      })
  void readsTheStartAsAnInstantOrAsANumberOfAnySize(String start) {
    MotionBatch batch =
        only("{\"start\":%s,\"rate\":50,\"x\":[0,0.1],\"y\":[1,1],\"z\":[0,0]}".formatted(start));

    assertThat(batch.startNanos()).isEqualTo(START);
    assertThat(batch.offsetMicros()).containsExactly(0, 20_000);
    assertThat(batch.stamp().placement()).isEqualTo(Placement.THIGH);
    assertThat(batch.stamp().zone()).isEqualTo(Uploads.LONDON);
  }

  @Test
  void keepsTheTimeOfEachSampleWhereTheyAreUneven() {
    MotionBatch batch =
        only(
            "{\"start\":1772442000,\"offsetsMs\":[5,25.5,25.5,9000.001],\"x\":[0,0,0,0],\"y\":[9.8,9.8,9.7,9.9],\"z\":[0,0,0,0]}");

    assertThat(batch.startNanos()).isEqualTo(START + 5_000_000);
    assertThat(batch.offsetMicros()).containsExactly(0, 20_500, 20_500, 8_995_001);
    assertThat(batch.y()[0]).isCloseTo(0.9993f, within(0.0001f));
  }

  @Test
  void aSampleFromATagThatIsSeldomHeardNeedsNoRate() {
    assertThat(only("{\"start\":1772442000,\"x\":[0.6],\"y\":[0.8],\"z\":[0]}").size())
        .isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"g, 1.7, 1.7", "g, 5, 5", "m/s2, 17, 1.7335", "g, 0.4, 0.4"})
  void aPeakOfAStepPassesInTheUnitThatIsTold(String unit, float sent, float kept) {
    MotionBatch batch =
        only(
            "{\"start\":1772442000,\"unit\":\"%s\",\"x\":[%s],\"y\":[0],\"z\":[0]}"
                .formatted(unit, sent));

    assertThat(batch.x()[0]).isCloseTo(kept, within(0.001f));
  }

  @Test
  void whatAnIphoneSendsIsTurnedOver() {
    Source iphone = Uploads.SOURCE.withAxes(Axes.IOS);
    byte[] json = "{\"start\":1772442000,\"x\":[0],\"y\":[0.1],\"z\":[-1]}".getBytes(UTF_8);
    List<Element> elements =
        NativeReader.read(json, false, Uploads.count(), new MotionDraft(iphone)::read);
    MotionBatch batch = ((Element.Motion) elements.get(0)).batch();
    assertThat(batch.z()[0]).isEqualTo(1);
    assertThat(batch.y()[0]).isEqualTo(-0.1f);

    Element binary =
        MotionRecords.read(record("d_1", Placement.THIGH, 1), iphone, Uploads.count()).get(0);
    assertThat(((Element.Motion) binary).batch().z()).containsExactly(-1, -1, -1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'rate':50,'x':[1],'y':[0],'z':[0]} | [0].start | missing",
        "{'start':'2026-03-02T09:00:00','rate':50,'x':[1],'y':[0],'z':[0]} | [0].start | offset",
        "{'start':12,'x':[1],'y':[0],'z':[0]} | [0].start | 1970",
        "{'start':1772442000,'rate':50} | [0].x | missing",
        "{'start':1772442000,'rate':50,'x':[1,1],'y':[0],'z':[0,0]} | [0].y | 1 values where x has 2",
        "{'start':1772442000,'rate':50,'x':[1,'a'],'y':[0,0],'z':[0,0]} | [0].x[1] | number",
        "{'start':1772442000,'x':[1,1],'y':[0,0],'z':[0,0]} | [0].rate | either",
        "{'start':1772442000,'rate':1000,'x':[1,1],'y':[0,0],'z':[0,0]} | [0].rate | 200",
        "{'start':1772442000,'rate':0.01,'x':[1,1],'y':[0,0],'z':[0,0]} | [0].rate | 0.1",
        "{'start':1772442000,'rate':-5,'x':[1,1],'y':[0,0],'z':[0,0]} | [0].rate | 0.1",
        "{'start':1772442000,'offsetsMs':[0,20,10],'x':[1,1,1],'y':[0,0,0],'z':[0,0,0]} | [0].offsetsMs[2] | order",
        "{'start':1772442000,'offsetsMs':[0,2e9],'x':[1,1],'y':[0,0],'z':[0,0]} | [0].offsetsMs[1] | milliseconds",
        "{'start':1772442000,'unit':'mg','x':[1],'y':[0],'z':[0]} | [0].unit | g or m/s2",
        "{'start':1772442000,'unit':'g','x':[9.8],'y':[0],'z':[0]} | [0] | unit: ",
        "{'start':1772442000,'unit':'m/s2','x':[3.0],'y':[0],'z':[0]} | [0] | unit: ",
        "{'start':1772442000,'unit':'m/s2','x':[500],'y':[0],'z':[0]} | [0] | unit: ",
        "{'start':1772442000,'x':[0.02],'y':[0.01],'z':[0]} | [0] | unit: ",
        "{'start':1772442000,'x':[256],'y':[0],'z':[0]} | [0] | unit: ",
        "{'start':1772442000,'x':[4],'y':[0],'z':[0]} | [0] | unit: ",
        "{'start':1e9999999990,'x':[1],'y':[0],'z':[0]} | [0].start | is too far",
        "{'start':1e99999,'x':[1],'y':[0],'z':[0]} | [0].start | 1970",
        "{'start':1772442000,'X':[1],'y':[0],'z':[0]} | [0].X | did you mean x"
      })
  void saysWhatIsWrongWithABatchAndWhere(String json, String path, String reason) {
    Element element = read("[" + json.replace('\'', '"') + "]").get(0);

    assertThat(element).isInstanceOf(Element.Refused.class);
    assertThat(((Element.Refused) element).path()).isEqualTo(path);
    assertThat(((Element.Refused) element).reason()).contains(reason);
  }

  @Test
  void oneBadBatchDoesNotSinkTheOthers() {
    String good = "{\"start\":1772442000,\"x\":[1],\"y\":[0],\"z\":[0]}";

    List<Element> elements = read("[%s,{\"start\":1},%s]".formatted(good, good));

    assertThat(elements).hasSize(3);
    assertThat(elements.get(0)).isInstanceOf(Element.Motion.class);
    assertThat(elements.get(1)).isInstanceOf(Element.Refused.class);
    assertThat(elements.get(2)).isInstanceOf(Element.Motion.class);
  }

  @Test
  void readsBinaryRecordsOneBehindTheOtherAndStampsThemItself() {
    List<Element> elements =
        MotionRecords.read(
            joined(record("d_1", Placement.THIGH, 1), record("d_1", Placement.THIGH, 2)),
            Uploads.SOURCE,
            Uploads.count());

    assertThat(elements).hasSize(2);
    MotionBatch second = ((Element.Motion) elements.get(1)).batch();
    assertThat(second.startNanos()).isEqualTo(START + 2_000_000_000L);
    assertThat(second.stamp().zone()).isEqualTo(Uploads.LONDON);
    assertThat(second.z()).containsExactly(1, 1, 1);
  }

  @Test
  void readsTheBytesThatTheDocumentationShows() {
    byte[] example = {
      1,
      0,
      0,
      0,
      0,
      0,
      0,
      0x18,
      (byte) 0x98,
      (byte) 0xFA,
      (byte) 0x9B,
      (byte) 0xB2,
      (byte) 0xFB,
      (byte) 0xA0,
      0,
      2,
      0,
      0x00,
      0x00,
      0x08,
      0x00,
      (byte) 0xFC,
      0x00,
      (byte) 0xA0,
      (byte) 0x9C,
      0x01,
      0x00,
      0x02,
      0x08,
      0x00,
      (byte) 0xFC,
      0x00
    };

    MotionBatch batch =
        ((Element.Motion) MotionRecords.read(example, Uploads.SOURCE, Uploads.count()).get(0))
            .batch();

    assertThat(batch.startNanos()).isEqualTo(START);
    assertThat(batch.offsetMicros()).containsExactly(0, 20_000);
    assertThat(batch.x()).containsExactly(0, 2 / 2048f);
    assertThat(batch.y()).containsExactly(1, 1);
    assertThat(batch.z()).containsExactly(-0.5f, -0.5f);
  }

  @Test
  void refusesABinaryRecordOfAnotherDeviceAloneAndABrokenBodyWhole() {
    byte[] foreign = record("d_other", Placement.THIGH, 1);
    byte[] elsewhere = record("d_1", Placement.CHEST, 1);
    byte[] good = record("d_1", Placement.THIGH, 2);

    assertThat(
            MotionRecords.read(
                joined(joined(foreign, elsewhere), good), Uploads.SOURCE, Uploads.count()))
        .extracting(each -> each instanceof Element.Refused refused ? refused.reason() : "kept")
        .satisfiesExactly(
            each -> assertThat(each).startsWith("device: "),
            each -> assertThat(each).startsWith("placement: "),
            each -> assertThat(each).isEqualTo("kept"));
    byte[] cut = Arrays.copyOf(joined(good, good), 2 * good.length - 3);
    assertThatThrownBy(() -> MotionRecords.read(cut, Uploads.SOURCE, Uploads.count()))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("byte " + good.length);
  }

  private static byte[] record(String device, Placement placement, int second) {
    return MotionCodec.encode(
        new MotionBatch(
            new Stamp(new DeviceId(device), placement, Uploads.LONDON),
            START + second * 1_000_000_000L,
            new int[] {0, 20_000, 40_000},
            new float[3],
            new float[3],
            new float[] {1, 1, 1}));
  }

  private static byte[] joined(byte[] first, byte[] second) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(first);
    out.writeBytes(second);
    return out.toByteArray();
  }

  private static MotionBatch only(String json) {
    List<Element> elements = read(json);
    assertThat(elements).singleElement().isInstanceOf(Element.Motion.class);
    return ((Element.Motion) elements.get(0)).batch();
  }

  private static List<Element> read(String json) {
    return NativeReader.read(
        json.getBytes(StandardCharsets.UTF_8),
        false,
        Uploads.count(),
        new MotionDraft(Uploads.SOURCE)::read);
  }
}
