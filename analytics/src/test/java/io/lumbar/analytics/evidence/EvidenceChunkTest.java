package io.lumbar.analytics.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lumbar.analytics.evidence.Evidence.Kind;
import io.lumbar.model.DeviceId;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.SleepPosition;
import io.lumbar.model.Stamp;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Evidence that a former version stored is read, and today's form stays as it is. */
class EvidenceChunkTest {
  private static final long CHUNK = 600_000;
  private static final Stamp STAMP =
      new Stamp(new DeviceId("d_thigh"), Placement.THIGH, ZoneId.of("UTC"));

  private static final LyingDetail PRONE =
      new LyingDetail(SleepPosition.PRONE, 13.3, 14.0, 0.8, false);

  private static final String STAMPS = "0001" + "0007645f7468696768" + "00" + "0003555443";
  private static final String SUMS = "01" + "01" + "4014000000000000";

  private static final String VERSION_1 =
      "01" + STAMPS + "00000001" + "0000" + "00" + "06" + "06" + "000003e8" + "00002710" + SUMS;

  private static final String VERSION_2 =
      "02"
          + STAMPS
          + "00000002"
          + ("0000" + "00" + "06" + "0e" + "000003e8" + "00002710" + SUMS)
          + ("02" + "01" + "0085" + "008c" + "50")
          + ("0000" + "01" + "00" + "02" + "00002af8" + "000003e8");

  private static final String VERSION_3 =
      "03"
          + STAMPS
          + "00"
          + "00000006"
          + ("00" + "00" + "06" + "0e" + SUMS + "02" + "01" + "0085" + "008c" + "50")
          + ("d00f" + "904e")
          + ("00" + "00" + "10" + "02" + "a09c01" + "e807")
          + ("02" + "d00f")
          + ("03" + "02")
          + ("01" + "d00f" + "d00f");

  @Test
  void readsTheFirstVersion() {
    assertThat(EvidenceChunk.decode(HexFormat.of().parseHex(VERSION_1), CHUNK).entries())
        .containsExactly(lying(LyingDetail.NONE));
  }

  @Test
  void readsTheSecond() {
    assertThat(EvidenceChunk.decode(HexFormat.of().parseHex(VERSION_2), CHUNK).entries())
        .containsExactly(lying(PRONE), holding(11_000, 1_000));
  }

  @Test
  void whatTheSecondHadInEachChunkPointsToWhereItBegan() {
    String before =
        "02" + STAMPS + "00000001" + ("0000" + "01" + "00" + "02" + "fffffc18" + "00002710");
    EvidenceChunk chunk = EvidenceChunk.decode(HexFormat.of().parseHex(before), CHUNK);
    assertThat(chunk.entries()).isEmpty();
    assertThat(chunk.reachingIn()).containsExactly(STAMP.device());
    assertThat(EvidenceChunk.decode(chunk.bytes(), CHUNK).reachingIn())
        .containsExactly(STAMP.device());
  }

  @Test
  void writesAndReadsTheThird() {
    List<Evidence> entries =
        List.of(
            lying(PRONE),
            holding(11_000, 1_000),
            holding(12_000, 1_000),
            holding(13_000, 1_000),
            holding(14_000, 1_000),
            holding(15_000, 2_000));
    byte[] bytes = chunk(entries).bytes();
    assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(VERSION_3);
    assertThat(EvidenceChunk.decode(bytes, CHUNK).entries()).isEqualTo(entries);
  }

  private static Evidence holding(long after, long millis) {
    return new Evidence(
        STAMP,
        Kind.CHANGE,
        Posture.SITTING,
        CHUNK + after,
        CHUNK + after + millis,
        false,
        true,
        Map.of(),
        LyingDetail.NONE);
  }

  @Test
  void ofTooMuchTheLongestStayInWhateverOrder() {
    Random random = new Random(3);
    List<Evidence> all = new ArrayList<>();
    for (int i = 0; i < EvidenceChunk.MOST + 500; i++) {
      all.add(anything(random));
    }
    Set<Evidence> first = Set.copyOf(chunk(all).entries());
    Collections.shuffle(all, random);
    Set<Evidence> second = Set.copyOf(chunk(all).entries());

    assertThat(first).hasSize(EvidenceChunk.MOST).isEqualTo(second);
    assertThat(chunk(all).bytes().length).isLessThan(100_000);
  }

  @Test
  void readsBackWhatIsKnownInPart() {
    List<Evidence> entries =
        List.of(
            lying(new LyingDetail(null, -7.5, null, null, true)),
            lying(new LyingDetail(SleepPosition.THREE_QUARTER_PRONE, null, 0.0, 0.0, null)));
    assertThat(EvidenceChunk.decode(chunk(entries).bytes(), CHUNK).entries()).isEqualTo(entries);
  }

  @Test
  void growsToWhatWritingAllAtOnceGives() {
    Random random = new Random(5);
    List<Evidence> entries = new ArrayList<>();
    EvidenceChunk growing = EvidenceChunk.empty(CHUNK);
    for (int i = 0; i < 60; i++) {
      Evidence one = random.nextInt(4) == 0 ? lying(LyingDetail.NONE) : anything(random);
      entries.add(one);
      growing.add(one);
      if (random.nextInt(10) == 0) {
        growing = EvidenceChunk.decode(growing.bytes(), CHUNK);
      }
      assertThat(growing.bytes()).isEqualTo(chunk(entries).bytes());
      assertThat(EvidenceChunk.decode(growing.bytes(), CHUNK).entries()).isEqualTo(entries);
    }
    List<Evidence> gone = entries.subList(10, 30);
    growing.removeAll(List.copyOf(gone));
    List<Evidence> left = new ArrayList<>(entries);
    left.removeAll(gone);
    assertThat(growing.bytes()).isEqualTo(chunk(left).bytes());
  }

  @Test
  void rewritesWhatTheFirstVersionHoldsBeforeItGrows() {
    EvidenceChunk old = EvidenceChunk.decode(HexFormat.of().parseHex(VERSION_1), CHUNK);
    Evidence prone = lying(new LyingDetail(SleepPosition.PRONE, 13.3, 14.0, 0.8, false));
    old.add(prone);
    assertThat(EvidenceChunk.decode(old.bytes(), CHUNK).entries())
        .containsExactly(lying(LyingDetail.NONE), prone);
  }

  private static EvidenceChunk chunk(List<Evidence> entries) {
    EvidenceChunk chunk = EvidenceChunk.empty(CHUNK);
    entries.forEach(chunk::add);
    return chunk;
  }

  private static Evidence anything(Random random) {
    long from = CHUNK + random.nextInt(600_000);
    Stamp stamp =
        new Stamp(new DeviceId("d_" + random.nextInt(4) + "abc"), STAMP.placement(), STAMP.zone());
    Posture[] postures = Posture.values();
    return new Evidence(
        stamp,
        Kind.SPAN,
        postures[random.nextInt(postures.length)],
        from,
        from + 1 + random.nextInt(9_000),
        random.nextBoolean(),
        random.nextBoolean(),
        Map.of(),
        LyingDetail.NONE);
  }

  @Test
  void refusesWhatALaterVersionWrote() {
    assertThatThrownBy(
            () -> EvidenceChunk.decode(HexFormat.of().parseHex("04" + STAMPS + "00000000"), CHUNK))
        .hasMessage("evidence of version 4 is not known");
  }

  private static Evidence lying(LyingDetail detail) {
    return new Evidence(
        STAMP,
        Kind.SPAN,
        Posture.LYING,
        CHUNK + 1_000,
        CHUNK + 11_000,
        false,
        true,
        Map.of(SleepPosition.PRONE, 5.0),
        detail);
  }
}
