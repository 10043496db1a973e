package io.lumbar.analytics.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lumbar.analytics.stream.MemoryStore;
import io.lumbar.analytics.stream.PosturesJudged;
import io.lumbar.model.DeviceId;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.Stamp;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What is kept of thigh and pocket sensors, byte by byte, in every form that may be stored. */
class MotionBytesTest {
  private static final Stamp THIGH =
      new Stamp(new DeviceId("d_thigh"), Placement.THIGH, ZoneOffset.UTC);
  private static final String KEY = "w_anna|d_thigh|thigh|Z";

  /** A single sample in second 3, and five in second 7, which is told as standing. */
  private static final String MINUTE =
      "02"
          + ("02000000000000" + "00c80000f73f00" + "02000000000000" + "00580000ff0340")
          + "33000000000000"
          + ("0600" + "0002" + "3300")
          + "02"
          + ("03" + "01" + "a08d06000414a01fd704")
          + ("07"
              + "01"
              + "0080ea300005b09f01fc07ab02c306000000000000888600000000013e5e1201a901000001a701000001a7"
              + "01000001a501000001a301000000");

  /** Three days, the last one written last. */
  private static final String OPEN = "01" + "00005022" + "00005023" + "00005024";

  /** Of a day the first two times ten minutes. */
  private static final String CLOSED = "01" + "00005022" + "01" + "03";

  /** Standing said to hold until second 1,772,445,720, labelled up to 70 seconds before. */
  private static final String TOLD = "02" + "0000000069a56018" + "0000000069a55fd2";

  private static final long FIRST = 1_772_445_600L;

  @Test
  void aMinute() {
    Minute minute = Minute.decode(bytes(MINUTE));
    assertThat(minute.label(7)).isEqualTo(Labels.of(Posture.STANDING));
    assertThat(minute.label(8)).isEqualTo(Labels.NONE);
    assertThat(minute.feature(3)).isEqualTo(0xc80000f73f00L);
    assertThat(minute.feature(7)).isEqualTo(0x580000ff0340L);
    assertThat(hex(minute.encode())).isEqualTo(MINUTE);
    assertThatThrownBy(() -> Minute.decode(bytes("03" + MINUTE.substring(2))))
        .hasMessageContaining("version 3");
  }

  @Test
  void openAndClosedDays() {
    OpenDays days = new OpenDays();
    days.decodeOpen(ByteBuffer.wrap(bytes(OPEN)));
    assertThat(days.open()).containsExactly(20514L, 20515L, 20516L);
    assertThat(hex(days.encodeOpen())).isEqualTo(OPEN);
    OpenDays closed = new OpenDays();
    closed.decodeClosed(bytes(CLOSED));
    assertThat(closed.isLetGo(20514L * 1440 + 19)).isTrue();
    assertThat(closed.isLetGo(20514L * 1440 + 20)).isFalse();
    assertThat(hex(closed.encodeClosed())).isEqualTo(CLOSED);
    assertThatThrownBy(() -> closed.decodeClosed(bytes("02" + CLOSED.substring(2))))
        .hasMessageContaining("version 2");
  }

  @Test
  void whatWasToldLast() {
    MemoryStore store = new MemoryStore();
    store.put(KEY + "|t", bytes("02" + TOLD + "0000000069a55fbe"));
    assertThat(sensor(store).due()).isEqualTo(OptionalLong.of(1_772_445_720_000L));
    store.put(KEY + "|t", bytes("03" + TOLD + "0000000069a55fbe"));
    assertThatThrownBy(() -> sensor(store)).isInstanceOf(IllegalStateException.class);
  }

  /** Without grades all that is kept is told once more, as final. */
  @Test
  void whatWasToldLastWhenLabelsHadNoGrades() {
    MemoryStore store = new MemoryStore();
    Minute minute = new Minute();
    for (int second = 0; second < 60; second++) {
      minute.setLabel(second, Labels.of(Posture.STANDING));
    }
    long number = FIRST / 60;
    store.put(KEY + "|m" + "%08x".formatted(number), minute.encode());
    store.put(KEY + "|k", ByteBuffer.allocate(16).putLong(number).putLong(number + 1).array());
    store.put(
        KEY + "|t",
        ByteBuffer.allocate(18)
            .put(bytes("0102"))
            .putLong(FIRST + 120)
            .putLong(FIRST + 60)
            .array());
    List<PosturesJudged> ended = sensor(store).ended(THIGH);
    assertThat(ended)
        .singleElement()
        .satisfies(
            judged ->
                assertThat(judged.postures())
                    .extracting(PostureObservation::grade, PostureObservation::to)
                    .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                            PostureObservation.Grade.FINAL, Instant.ofEpochSecond(FIRST + 60))));
  }

  private static LimbSensor sensor(MemoryStore store) {
    return new LimbSensor(store, KEY, THIGH, List.of(), List.of());
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
