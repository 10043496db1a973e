package io.lumbar.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lumbar.ingest.watch.Importer.Arrival;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderImportsTest {
  @TempDir Path folder;

  @Test
  void aLinkThatTookTheFilesPlaceSinceItWasFoundIsNotFollowed() throws IOException {
    Path secret = Files.writeString(folder.resolve("owner-token"), "planted");
    Path link = Files.createSymbolicLink(folder.resolve("steps.csv"), secret);
    Path copy = folder.resolve("copy");
    assertThatThrownBy(() -> copyOf(link, copy)).isInstanceOf(IOException.class);
    assertThat(copy).doesNotExist();
  }

  @Test
  void aFileIsCopied() throws IOException {
    Path file = Files.writeString(folder.resolve("steps.csv"), "planted");
    Path copy = folder.resolve("copy");
    assertThat(copyOf(file, copy)).startsWith("i_");
    assertThat(copy).hasContent("planted");
  }

  private static String copyOf(Path path, Path copy) throws IOException {
    return FolderImports.copy(new Arrival(path, "Anna", "", 7), Uploads.SOURCE.wearer(), copy);
  }
}
