package io.lumbar.ingest.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZipEntriesTest {
  private static final int SIZE = 1 << 20;

  @TempDir Path folder;

  @Test
  void anArchiveMayBeReadSomeTimesAndNotForEver() throws IOException {
    try (ZipEntries zip = ZipEntries.open(new InputFile(zeros(), SIZE))) {
      ZipEntry entry = zip.find("zeros").orElseThrow();
      for (int pass = 0; pass < ZipEntries.PASSES; pass++) {
        try (InputStream in = zip.open(entry)) {
          assertThat(in.readAllBytes()).hasSize(SIZE);
        }
      }
      try (InputStream in = zip.open(entry)) {
        assertThatThrownBy(in::readAllBytes)
            .isInstanceOf(UnusableFile.class)
            .hasMessageContaining("inflates beyond");
      }
    }
  }

  @Test
  void anEntryMayHaveALimitOfItsOwn() throws IOException {
    try (ZipEntries zip = ZipEntries.open(new InputFile(zeros(), SIZE));
        InputStream in = zip.open(zip.find("zeros").orElseThrow(), SIZE - 1)) {
      assertThatThrownBy(in::readAllBytes).isInstanceOf(UnusableFile.class);
    }
  }

  @Test
  void anArchiveIsNotReadOnWhenItsReaderIsStopped() throws IOException {
    try (ZipEntries zip = ZipEntries.open(new InputFile(zeros(), SIZE));
        InputStream in = zip.open(zip.find("zeros").orElseThrow())) {
      assertThat(in.read()).isZero();
      Thread.currentThread().interrupt();
      try {
        assertThatThrownBy(in::readAllBytes).isInstanceOf(InterruptedIOException.class);
      } finally {
        assertThat(Thread.interrupted()).isTrue();
      }
    }
  }

  private Path zeros() throws IOException {
    Path file = folder.resolve("zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("zeros"));
      zip.write(new byte[SIZE]);
      zip.closeEntry();
    }
    return file;
  }
}
