package io.lumbar.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.model.Placement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportJobsTest {
  private static final ImportJob JOB =
      ImportJob.fresh(
          "i_1",
          Uploads.WEARER.id(),
          new ImportedFile("steps.csv", "fitbit", "Fitbit", null, Placement.WRIST, "", ""));

  @TempDir Path folder;

  @Test
  void theUploadOfAnImportThatIsOverGoesAlsoWhenItsEndCannotBeWritten() throws IOException {
    ImportJobs jobs = ImportJobs.open(folder);
    Files.writeString(jobs.data("i_1"), "x");
    jobs.keep(JOB);
    // Nothing can be written to where this is.
    Path inTheWay = Files.createDirectories(folder.resolve("i_1.part/full"));

    jobs.save(JOB.with(ImportJob.State.DONE, 1));
    assertThat(jobs.data("i_1")).doesNotExist();
    assertThat(jobs.job("i_1").orElseThrow().isOver()).isTrue();

    Files.delete(inTheWay);
    jobs.save(JOB.with(ImportJob.State.DONE, 1));
    assertThat(ImportJobs.open(folder).job("i_1").orElseThrow().isOver()).isTrue();
  }

  @Test
  void anUploadUnderImportStays() throws IOException {
    ImportJobs jobs = ImportJobs.open(folder);
    Files.writeString(jobs.data("i_1"), "x");
    Files.createDirectories(folder.resolve("i_1.part/full"));
    jobs.save(JOB.with(ImportJob.State.READING, 0.5));
    assertThat(jobs.data("i_1")).exists();
  }
}
