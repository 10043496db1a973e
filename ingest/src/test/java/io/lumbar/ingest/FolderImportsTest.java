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
  void aLinkThatTookTheFoldersPlaceIsNotFollowed() throws IOException {
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve("steps.csv"), "planted");
    Path watched = Files.createDirectories(folder.resolve("watched"));
    Files.createSymbolicLink(watched.resolve("Anna"), elsewhere);
    Path copy = folder.resolve("copy");
    Arrival arrival = new Arrival(watched, watched.resolve("Anna/steps.csv"), "Anna", "", 7);
    assertThatThrownBy(() -> FolderImports.copy(arrival, Uploads.SOURCE.wearer(), copy))
        .isInstanceOf(IOException.class);
    assertThat(copy).doesNotExist();

    Path real = Files.createDirectories(watched.resolve("Ben/thigh")).resolve("steps.csv");
    Files.writeString(real, "planted");
    String id =
        FolderImports.copy(
            new Arrival(watched, real, "Ben", "thigh", 7), Uploads.SOURCE.wearer(), copy);
    assertThat(id).startsWith("i_");
  }

  @Test
  void aFileIsCopied() throws IOException {
    Path file = Files.writeString(folder.resolve("steps.csv"), "planted");
    Path copy = folder.resolve("copy");
    assertThat(copyOf(file, copy)).startsWith("i_");
    assertThat(copy).hasContent("planted");
  }

  private String copyOf(Path path, Path copy) throws IOException {
    return FolderImports.copy(
        new Arrival(folder, path, "Anna", "", 7), Uploads.SOURCE.wearer(), copy);
  }
}
