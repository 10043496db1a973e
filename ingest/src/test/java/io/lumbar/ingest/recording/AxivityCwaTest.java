package io.lumbar.ingest.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.lumbar.ingest.recording.CwaWriter.Layout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AxivityCwaTest {
  private static final LocalDateTime START = LocalDateTime.of(2026, 3, 2, 9, 0, 0);
  private static final Path CORRUPT =
      Path.of(
          "..",
          "..",
          "shared",
          "recordings",
          "device-files",
          "ax3_testfile_corrupt_blocks_0_13_14_142_143_144.cwa");
  private static final AxivityCwa FORMAT = new AxivityCwa();

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Layout.class)
  void readsEachLayoutToItsLastDigit(Layout layout) throws IOException {
    Taken taken = read(write(layout, 100, 97.3, 60));

    assertThat(taken.samples.size()).isBetween(5838, 5838 + 120);
    assertThat(taken.refused).isEmpty();
    for (int i = 0; i < taken.samples.size(); i++) {
      Taken.Sample sample = taken.samples.get(i);
      assertThat(sample.x()).isEqualTo((float) x(i));
      assertThat(sample.y()).isEqualTo(-0.25f);
      assertThat(sample.z()).isEqualTo(0.5f);
    }
  }

  @ParameterizedTest
  @EnumSource(Layout.class)
  void timesFollowTheSensorsRealRateAndNotTheConfiguredOne(Layout layout) throws IOException {
    Taken taken = read(write(layout, 100, 97.3, 300));

    long start = Instant.parse("2026-03-02T09:00:00Z").getEpochSecond() * 1_000_000_000L;
    for (int i = 0; i < taken.samples.size(); i++) {
      double wanted = i / 97.3 * 1e9;
      // Half a sample, and what a block's end is off by the configured rate.
      assertThat((double) (taken.samples.get(i).nanos() - start)).isCloseTo(wanted, within(40e6));
    }
    assertThat(taken.samples).isSortedAccordingTo((a, b) -> Long.compare(a.nanos(), b.nanos()));
    assertThat(taken.gapsBefore).isEmpty();
  }

  @Test
  void readsValuesBeyondTwoGByTheExponent() throws IOException {
    CwaWriter writer = new CwaWriter(Layout.PACKED, 50, 50, START);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writer.write(out, 7, 1, i -> 15.96875, i -> -16, i -> 1);

    Taken.Sample first = read(out.toByteArray()).samples.get(0);

    assertThat(first.x()).isEqualTo(15.96875f);
    assertThat(first.y()).isEqualTo(-16f);
    assertThat(first.z()).isEqualTo(1f);
  }

  @Test
  void skipsCorruptBlocksCountsThemAndDoesNotStretchWhatComesAfter() throws IOException {
    byte[] file = write(Layout.PACKED, 200, 200, 12);
    file[1024 + 3 * 512 + 100] ^= 1;
    file[1024 + 4 * 512] = 'Q';
    file[1024 + 19 * 512 + 29] ^= 1;

    Taken taken = read(file);

    assertThat(taken.refused)
        .containsExactly(
            "block 3: its checksum is wrong",
            "block 4: it does not begin as a data block does",
            "block 19: its checksum is wrong");
    assertThat(taken.parts).isEqualTo(17);
    assertThat(taken.samples).hasSize(17 * 120);
    assertThat(taken.gapsBefore).containsExactly(360);
    assertThat(taken.samples.get(360).nanos() - taken.samples.get(0).nanos())
        .isCloseTo(3_000_000_000L, within(5_000_000L));
    assertThat(taken.notes).contains("3 of 20 blocks could not be read and were skipped");
  }

  @Test
  void aFileThatWasCutOffIsReadAsFarAsItGoes() throws IOException {
    byte[] file = write(Layout.UNPACKED, 100, 100, 4);

    Taken taken = read(Arrays.copyOf(file, file.length - 100));

    assertThat(taken.refused).containsExactly("block 4: the file ends within it");
    assertThat(taken.samples).hasSize(320);
  }

  @Test
  void convertsTheFirstLocalTimeAndRunsThroughAChangeOfTheClocks() throws IOException {
    CwaWriter writer =
        new CwaWriter(Layout.PACKED, 25, 25, LocalDateTime.of(2026, 10, 25, 0, 59, 0));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writer.write(out, 7, 3600, i -> 0, i -> 0, i -> 1);
    Path file = Files.write(folder.resolve("night"), out.toByteArray());

    Taken taken = Taken.from(FORMAT, file, "Europe/London", null);

    assertThat(taken.samples.get(0).at())
        .isBetween("2026-10-24T23:58:59.9Z", "2026-10-24T23:59:00.1Z");
    Taken.Sample last = taken.samples.get(taken.samples.size() - 1);
    assertThat(last.at()).isBetween("2026-10-25T00:58:55Z", "2026-10-25T00:59:05Z");
  }

  @Test
  void namesTheDeviceByItsSerialNumber() throws IOException {
    Path file = folder.resolve("file");
    Files.write(file, new CwaWriter(Layout.WITH_GYROSCOPE, 100, 100, START).header(6_012_345));
    InputFile input = new InputFile(file, 1 << 20);

    assertThat(FORMAT.recognises(input.head())).isTrue();
    assertThat(FORMAT.origin(input).device()).isEqualTo("Axivity AX6 6012345");
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 700));
    assertThatThrownBy(() -> FORMAT.origin(new InputFile(file, 1 << 20)))
        .isInstanceOf(UnusableFile.class)
        .hasMessageContaining("header");
  }

  @Test
  void readsARealFileWithCorruptBlocksToItsEnd() throws IOException {
    assumeThat(CORRUPT).as("recordings are not beside the project").exists();

    Taken taken = Taken.from(FORMAT, CORRUPT, "UTC", null);

    assertThat(taken.refused)
        .extracting(each -> each.substring(0, each.indexOf(':')))
        .containsExactly("block 0", "block 13", "block 14", "block 142", "block 143", "block 144");
    assertThat(taken.parts).isEqualTo(139);
  }

  private Taken read(byte[] file) throws IOException {
    return Taken.from(FORMAT, Files.write(folder.resolve("file"), file), "UTC", null);
  }

  private static byte[] write(Layout layout, int rate, double realRate, double seconds)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new CwaWriter(layout, rate, realRate, START)
        .write(out, 47_231, seconds, AxivityCwaTest::x, i -> -0.25, i -> 0.5);
    return out.toByteArray();
  }

  private static double x(int i) {
    return (i % 400 - 200) / 256.0;
  }
}
