package io.lumbar.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lumbar.http.ApiException;
import io.lumbar.ingest.recording.UnusableFile;
import io.lumbar.model.Placement;
import io.lumbar.model.WearerId;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportRoomTest {
  private static final int MB = 1 << 20;
  @TempDir Path folder;

  @Test
  void allFilesTogetherHaveSoMuchRoom() throws IOException {
    ImportRoom room = new ImportRoom(folder, 40 * MB, 0);
    assertThatCode(() -> room.require(40 * MB)).doesNotThrowAnyException();
    Files.write(folder.resolve("a.data"), new byte[MB]);
    Files.write(folder.resolve("gadgetbridge1.part"), new byte[2 * MB]);
    assertThatCode(() -> room.require(37 * MB)).doesNotThrowAnyException();
    assertThatThrownBy(() -> room.require(38 * MB))
        .isInstanceOfSatisfying(
            ApiException.class,
            e -> {
              assertThat(e.status()).isEqualTo(503);
              assertThat(e.retryAfterSeconds()).isPositive();
            });
  }

  @Test
  void aFileWhoseSizeNobodySaidEndsWhereTheRoomDoes() throws IOException {
    ImportRoom room = new ImportRoom(folder, 40 * MB, 0);
    assertThatThrownBy(() -> fill(room, "a.data", 60 * MB, Long.MAX_VALUE))
        .isInstanceOf(UnusableFile.class)
        .hasMessageContaining("no room");
    assertThat(Files.size(folder.resolve("a.data"))).isLessThanOrEqualTo(40 * MB);
  }

  @Test
  void whatIsUnpackedMayBeAsLargeAsAnImport() {
    ImportRoom room = new ImportRoom(folder, 40 * MB, 0);
    assertThatThrownBy(() -> fill(room, "a.part", 5 * MB, 4 * MB))
        .isInstanceOf(UnusableFile.class)
        .hasMessageContaining("larger than 4 MiB");
  }

  @Test
  void someOfTheDiskStaysFree() {
    ImportRoom room = new ImportRoom(folder, Long.MAX_VALUE / 2, Long.MAX_VALUE / 2);
    assertThatThrownBy(() -> room.require(0)).isInstanceOf(ApiException.class);
    assertThatThrownBy(() -> fill(room, "a.data", 1, Long.MAX_VALUE))
        .isInstanceOf(UnusableFile.class);
  }

  @Test
  void aJobThatCannotBeWrittenIsNotKnown() throws IOException {
    Path imports = folder.resolve("imports");
    ImportJobs jobs = ImportJobs.open(imports);
    Files.delete(imports);
    ImportedFile file =
        new ImportedFile("a.csv", "activpal", "activPAL", null, Placement.THIGH, "", "");
    ImportJob job = ImportJob.fresh("i_1", new WearerId("w_1"), file);

    assertThatThrownBy(() -> jobs.keep(job)).isInstanceOf(IOException.class);
    assertThat(jobs.job("i_1")).isEmpty();

    Files.createDirectory(imports);
    jobs.keep(job);
    assertThat(ImportJobs.open(imports).job("i_1")).contains(job);
  }

  private void fill(ImportRoom room, String name, int bytes, long limit) throws IOException {
    byte[] part = new byte[Math.min(bytes, MB)];
    try (OutputStream out = room.bounded(Files.newOutputStream(folder.resolve(name)), limit)) {
      for (int written = 0; written < bytes; written += part.length) {
        out.write(part);
      }
    }
  }
}
